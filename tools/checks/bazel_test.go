// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package checks

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestBazelVersionsAgree: what a WORKSPACE build takes from the Go module proxy and
// a MODULE.bazel build from the Bazel Central Registry must be the same.
func TestBazelVersionsAgree(t *testing.T) {
	tests := requirements(t, "tests/go.mod")
	tools := requirements(t, "tools/bazel/go.mod")
	const rulesGo = "github.com/bazelbuild/rules_go"
	require.Contains(t, tests, rulesGo)

	workspace := read(t, "tools/bazel/workspace.bzl")
	assert.Contains(t, workspace, `version = "`+tests[rulesGo]+`"`)
	sum := submatch(t, read(t, "tests/go.sum"), `(?m)^`+regexp.QuoteMeta(rulesGo+" "+tests[rulesGo])+` (\S+)$`)
	assert.Contains(t, workspace, `sum = "`+sum+`"`)
	for _, file := range []string{"MODULE.bazel", "examples/bazel-consumer/MODULE.bazel"} {
		assert.Equal(t, tests[rulesGo], "v"+dependency(t, file, "rules_go"), file)
	}
	assert.Equal(t, tools["github.com/bazelbuild/bazel-gazelle"], "v"+dependency(t, "MODULE.bazel", "gazelle"))

	// Bazel takes all modules from tests/go.mod.
	direct := directRequirements(t, "tests/go.mod")
	for _, file := range []string{"go.mod", "mdns/go.mod"} {
		for module := range directRequirements(t, file) {
			assert.Contains(t, tests, module)
			direct[module] = ""
		}
	}
	var names []string
	for module := range direct {
		if module != rulesGo {
			names = append(names, repositoryName(module))
		}
	}
	slices.Sort(names)
	used := submatch(t, read(t, "MODULE.bazel"), `(?s)use_repo\(\s*go_deps,(.*?)\)`)
	assert.Equal(t, names, regexp.MustCompile(`\w+`).FindAllString(used, -1))
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	require.NoError(t, err)
	return string(text)
}

func submatch(t *testing.T, text, expression string) string {
	t.Helper()
	m := regexp.MustCompile(expression).FindStringSubmatch(text)
	require.NotNil(t, m, expression)
	return m[1]
}

// dependency returns the version of a bazel_dep.
func dependency(t *testing.T, file, name string) string {
	t.Helper()
	return submatch(t, read(t, file), `bazel_dep\(name = "`+name+`", version = "([^"]+)"`)
}

// requirements returns the versions of the modules that a go.mod requires.
func requirements(t *testing.T, file string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^(?:require |\t)(\S+/\S+) (v\S+)`).FindAllStringSubmatch(read(t, file), -1) {
		found[m[1]] = m[2]
	}
	require.NotEmpty(t, found, file)
	return found
}

// directRequirements leaves out those that only other modules import, and those of
// this repository.
func directRequirements(t *testing.T, file string) map[string]string {
	t.Helper()
	found := requirements(t, file)
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+) v\S+ // indirect$`).FindAllStringSubmatch(read(t, file), -1) {
		delete(found, m[1])
	}
	delete(found, "github.com/nativertc/nativertc")
	delete(found, "github.com/nativertc/nativertc/mdns")
	return found
}

// repositoryName is gazelle's name for the repository of a module.
func repositoryName(module string) string {
	host, path, _ := strings.Cut(module, "/")
	parts := strings.Split(host, ".")
	slices.Reverse(parts)
	return strings.NewReplacer("/", "_", ".", "_", "-", "_").Replace(strings.ToLower(strings.Join(parts, "_") + "_" + path))
}

// TestRepositoryNames has those that gazelle documents.
func TestRepositoryNames(t *testing.T) {
	assert.Equal(t, "com_github_pion_webrtc_v4", repositoryName("github.com/pion/webrtc/v4"))
	assert.Equal(t, "in_gopkg_yaml_v3", repositoryName("gopkg.in/yaml.v3"))
	assert.Equal(t, "org_golang_x_sys", repositoryName("golang.org/x/sys"))
}
