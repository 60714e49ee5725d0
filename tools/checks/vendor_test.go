// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build !m150 && !nativertc_gcstress && !race

package checks

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const consumer = `package main

import (
	"fmt"

	webrtc "github.com/nativertc/nativertc/goapi"
)

func main() {
	pc, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		panic(err)
	}
	fmt.Println(pc.SignalingState())
	pc.Close()
}
`

// TestAnotherModuleCanVendorThisOne: "go mod vendor" copies only folders of
// packages that are imported, and a cgo package in vendor/ finds its C++ by other
// paths than here. The build compiles the whole bridge, so the test takes up to a
// minute; go test -short leaves it out. It needs nothing but what this module has
// needed to build.
func TestAnotherModuleCanVendorThisOne(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the whole bridge")
	}
	checkout, err := filepath.Abs(root)
	require.NoError(t, err)
	module := t.TempDir()
	// The versions that this module requires, so that nothing is looked up.
	requirements, err := os.ReadFile(filepath.Join(checkout, "go.mod"))
	require.NoError(t, err)
	_, required, found := strings.Cut(string(requirements), "\nrequire ")
	require.True(t, found)
	write(t, filepath.Join(module, "go.mod"), "module example.com/consumer\n\ngo 1.24.0\n\n"+
		"require github.com/nativertc/nativertc v0.0.0\n\n"+
		"replace github.com/nativertc/nativertc => "+checkout+"\n\nrequire "+required)
	sums, err := os.ReadFile(filepath.Join(checkout, "go.sum"))
	require.NoError(t, err)
	write(t, filepath.Join(module, "go.sum"), string(sums))
	write(t, filepath.Join(module, "main.go"), consumer)

	goTool(t, module, "-mod=mod", "mod", "vendor")
	vendored := filepath.Join(module, "vendor", "github.com", "nativertc", "nativertc")
	for _, folder := range []string{"bridge", "bridge/compat"} {
		sameFiles(t, filepath.Join(checkout, folder), filepath.Join(vendored, folder))
	}
	goTool(t, module, "-mod=vendor", "build", "-o", "consumer", ".")
	out, err := exec.CommandContext(t.Context(), filepath.Join(module, "consumer")).CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Equal(t, "stable\n", string(out))
}

// sameFiles checks that no source is left behind.
func sameFiles(t *testing.T, from, to string) {
	t.Helper()
	count := 0
	for _, kind := range []string{"*.h", "*.cc"} {
		names, err := filepath.Glob(filepath.Join(from, kind))
		require.NoError(t, err)
		for _, name := range names {
			want, err := os.ReadFile(name)
			require.NoError(t, err)
			have, err := os.ReadFile(filepath.Join(to, filepath.Base(name)))
			require.NoError(t, err)
			assert.True(t, string(want) == string(have), "%s differs", name)
			count++
		}
	}
	assert.NotZero(t, count, "sources in %s", from)
}

// goTool runs the go command offline, with what a user has set for this machine
// but nothing that is meant for this build.
func goTool(t *testing.T, folder, flags string, arguments ...string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", arguments...)
	command.Dir = folder
	for _, v := range os.Environ() {
		switch name, _, _ := strings.Cut(v, "="); name {
		case "GOFLAGS", "GOWORK", "GOPROXY", "CGO_LDFLAGS", "CGO_CXXFLAGS", "PKG_CONFIG_PATH":
		default:
			command.Env = append(command.Env, v)
		}
	}
	command.Env = append(command.Env, "GOFLAGS="+flags, "GOWORK=off", "GOPROXY=off", "CGO_ENABLED=1")
	out, err := command.CombinedOutput()
	require.NoError(t, err, "go %s: %s", strings.Join(arguments, " "), out)
}
