// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build !m150

// What is tested here knows nothing of libwebrtc, so one revision is enough.

package hardware

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tests/doubles"
)

// core are the bodies of hw/ that know nothing of libwebrtc.
var core = []string{
	"annexb", "av1_headers", "av1_level", "bit_writer", "cuda_memory", "device", "devices", "dmabuf", "h264_headers", "h264_level",
	"h264_references", "hevc_headers", "hevc_references", "hevc_stream", "hevc_window", "library", "nvenc",
	"nvenc_encoder", "nvenc_input", "picture_copy", "qp_controller", "session", "session_count", "vaapi", "vaapi_av1", "vaapi_h264",
	"vaapi_hevc", "vaapi_import", "vaapi_input", "vaapi_reader", "vaapi_session", "vaapi_vp8", "vaapi_vp9", "videotoolbox", "videotoolbox_compressor", "videotoolbox_properties",
	"vpx_quantiser", "vpx_references", "watched_session",
}

// TestNative runs the C++ tests of hw/, each as a test of its own, and compares the table
// of docs/hardware.md with what they say. NATIVERTC_UPDATE=1 writes it;
// NATIVERTC_NATIVE_FLAGS are more of the compiler's, a sanitizer's say.
func TestNative(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "native")
	arguments := []string{"-std=c++20", "-O1", "-g", "-Wall", "-Wextra", "-I../..", "-lgtest", "-lgtest_main", "-lpthread", "-ldl"}
	arguments = append(arguments, strings.Fields(os.Getenv("NATIVERTC_NATIVE_FLAGS"))...)
	tests, err := filepath.Glob("*_test.cc")
	require.NoError(t, err)
	arguments = append(arguments, tests...)
	for _, body := range core {
		arguments = append(arguments, filepath.Join("..", "..", "hw", body+".cc"))
	}
	arguments = append(arguments, doubles.VideoToolbox()...)
	require.NoError(t, doubles.Compile(binary, arguments...))

	list, err := exec.Command(binary, "--gtest_list_tests").Output()
	require.NoError(t, err)
	suite, count := "", 0
	cells := newTable()
	// A group, whose end waits for all.
	t.Run("all", func(t *testing.T) {
		for line := range strings.Lines(string(list)) {
			name, _, _ := strings.Cut(strings.TrimSpace(line), " ") // what follows is a parameter
			if !strings.HasPrefix(line, " ") {
				suite = name
				continue
			}
			count++
			double, question := cells.expect(suite, name)
			test := suite + name
			t.Run(test, func(t *testing.T) {
				t.Parallel()
				out, err := exec.Command(binary, "--gtest_filter="+test).CombinedOutput()
				require.NoError(t, err, string(out))
				require.Contains(t, string(out), "[  PASSED  ] 1 test.")
				cells.add(double, question, string(out))
			})
		}
	})
	require.Positive(t, count)
	if !t.Failed() {
		cells.compare(t, "../../docs/hardware.md")
	}
}

// TestCoreIsComplete: a body of hw/ either is tested by TestNative or includes
// libwebrtc.
func TestCoreIsComplete(t *testing.T) {
	bodies, err := filepath.Glob("../../hw/*.cc")
	require.NoError(t, err)
	listed := map[string]bool{}
	for _, body := range core {
		listed[body] = true
	}
	libwebrtc := regexp.MustCompile(`#include "(bridge/compat/|hw/(video_encoder|native_buffer|encoder_factory|retrying_encoder|encoder_health|sender_choice|sender_encoder|codec_formats)\.h)`)
	for _, body := range bodies {
		file, err := os.Open(body)
		require.NoError(t, err)
		uses := false
		for lines := bufio.NewScanner(file); lines.Scan(); {
			uses = uses || libwebrtc.MatchString(lines.Text())
		}
		file.Close()
		name := strings.TrimSuffix(filepath.Base(body), ".cc")
		require.NotEqual(t, uses, listed[name], body)
	}
}
