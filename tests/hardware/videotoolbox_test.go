// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build !m150

package hardware

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/hw"
)

// TestVideoToolboxProbe: where there is none, it says so in words.
func TestVideoToolboxProbe(t *testing.T) {
	for _, device := range []string{"", "default"} {
		devices, err := hw.ProbeDevice(t.Context(), hw.VideoToolbox, device)
		require.NoError(t, err)
		require.Len(t, devices, 1)
		require.Equal(t, hw.VideoToolbox, devices[0].Backend)
		require.Equal(t, device, devices[0].Device)
		require.Empty(t, devices[0].Profiles)
		require.Contains(t, devices[0].Reason, "an interface of macOS, which this system is not")
		require.Contains(t, devices[0].Reason, "never run on a Mac")
	}
	devices, err := hw.ProbeDevice(t.Context(), hw.AnyBackend, "default")
	require.NoError(t, err)
	require.Len(t, devices, 1)
	require.Equal(t, hw.VideoToolbox, devices[0].Backend)
}

// TestVideoToolboxIsLinkedOnMacsAlone asks the go command, which needs no Mac for that.
func TestVideoToolboxIsLinkedOnMacsAlone(t *testing.T) {
	for system, linked := range map[string]bool{"darwin": true, "linux": false} {
		command := exec.CommandContext(t.Context(), "go", "list", "-f", "{{.CgoLDFLAGS}}", "./cgo")
		command.Dir = filepath.Join("..", "..")
		command.Env = append(os.Environ(), "GOOS="+system, "GOARCH=arm64", "CGO_ENABLED=1")
		flags, err := command.Output()
		require.NoError(t, err)
		require.Equal(t, linked, bytes.Contains(flags, []byte("-framework VideoToolbox")), "%s: %s", system, flags)
	}
}

// TestVideoToolboxSyntax: what the tool asks of clang, and what it says without an SDK or
// without a clang. Apple's headers are not here, nor may they be.
func TestVideoToolboxSyntax(t *testing.T) {
	tool, err := filepath.Abs(filepath.Join("..", "..", "tools", "videotoolbox", "syntax.sh"))
	require.NoError(t, err)
	dir := t.TempDir()
	run := func(t *testing.T, sdk string, environment ...string) (string, error) {
		command := exec.CommandContext(t.Context(), tool, sdk)
		command.Env = append(os.Environ(), environment...)
		out, err := command.CombinedOutput()
		return string(out), err
	}
	write := func(t *testing.T, name, text string) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o755))
	}
	out, err := run(t, "")
	require.Error(t, err)
	require.Contains(t, out, "SDK=/path/to/MacOSX.sdk")
	out, err = run(t, dir)
	require.Error(t, err)
	require.Contains(t, out, "is no SDK of macOS")

	write(t, "sdk/System/Library/Frameworks/VideoToolbox.framework/Headers/VideoToolbox.h", "")
	sdk := filepath.Join(dir, "sdk")
	out, err = run(t, sdk, "CXX="+filepath.Join(dir, "none"))
	require.Error(t, err)
	require.Contains(t, out, "there is no "+dir)

	write(t, "clang", "#!/bin/sh\nprintf '%s\\n' \"$*\" >>"+dir+"/asked\n")
	out, err = run(t, sdk, "CXX="+filepath.Join(dir, "clang"))
	require.NoError(t, err, out)
	asked, err := os.ReadFile(filepath.Join(dir, "asked"))
	require.NoError(t, err)
	require.Contains(t, string(asked), "-fsyntax-only -target arm64-apple-macos12 -isysroot "+sdk+" ")
	bodies, err := filepath.Glob("../../hw/videotoolbox*.cc")
	require.NoError(t, err)
	require.NotEmpty(t, bodies)
	for _, body := range bodies {
		require.Contains(t, string(asked), " hw/"+filepath.Base(body)+"\n")
	}

	write(t, "clang", "#!/bin/sh\necho it does not agree >&2\nexit 1\n")
	out, err = run(t, sdk, "CXX="+filepath.Join(dir, "clang"))
	require.Error(t, err)
	require.Contains(t, out, "does not agree")
	require.NotContains(t, out, "bodies agree")
}
