// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package checks

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var licence = []string{
	"Copyright 2026 The nativertc Authors. All rights reserved.",
	"Use of this source code is governed by a BSD-style licence that can be",
	"found in the LICENSE file.",
}

// commentOf is how a line of comment begins in a kind of file.
var commentOf = map[string]string{".go": "// ", ".cc": "// ", ".h": "// ", ".sh": "# ", ".bazel": "# ", ".bzl": "# "}

func TestSourcesBeginWithTheLicence(t *testing.T) {
	found := map[string]int{}
	sources(t, func(path string) {
		comment, ok := commentOf[filepath.Ext(path)]
		if !ok {
			return
		}
		found[filepath.Ext(path)]++
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.NoError(t, checkLicence(string(text), comment), path)
	})
	for kind := range commentOf {
		assert.Positive(t, found[kind], "files %s", kind)
	}
}

// checkLicence allows a line #! before the licence and nothing else.
func checkLicence(text, comment string) error {
	lines := strings.Split(text, "\n")
	if strings.HasPrefix(lines[0], "#!") {
		lines = lines[1:]
	}
	for i, want := range licence {
		if i >= len(lines) || lines[i] != comment+want {
			return fmt.Errorf("line %d of the licence is missing", i+1)
		}
	}
	return nil
}

func TestALackOfLicenceIsFound(t *testing.T) {
	whole := "// " + strings.Join(licence, "\n// ") + "\n"
	assert.NoError(t, checkLicence(whole, "// "))
	assert.NoError(t, checkLicence("#!/bin/sh\n# "+strings.Join(licence, "\n# "), "# "))
	for _, text := range []string{"", "package a\n", "\n" + whole, whole[:len(whole)-20], "#!/bin/sh"} {
		assert.Error(t, checkLicence(text, "// "), text)
	}
}

// TestFilesHaveOneSubject keeps the library's files small.
func TestFilesHaveOneSubject(t *testing.T) {
	const most = 600
	checked := 0
	sources(t, func(path string) {
		inside, err := filepath.Rel(root, path)
		require.NoError(t, err)
		switch folder, _, _ := strings.Cut(filepath.ToSlash(inside), "/"); folder {
		case "goapi", "cgo", "bridge", "hw":
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.LessOrEqual(t, bytes.Count(text, []byte("\n")), most, path)
			checked++
		}
	})
	assert.Greater(t, checked, 100)
}

func write(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
}
