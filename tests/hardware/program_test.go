// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/hw"
)

// buildProgram builds the command as this test was built.
func buildProgram(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "nativertc")
	arguments := []string{"build", "-o", path}
	info, ok := debug.ReadBuildInfo()
	require.True(t, ok)
	for _, s := range info.Settings {
		if s.Key == "-tags" {
			arguments = append(arguments, "-tags", s.Value)
		}
	}
	const command = "github.com/nativertc/nativertc/tools/nativertc"
	out, err := exec.CommandContext(t.Context(), "go", append(arguments, command)...).CombinedOutput()
	require.NoError(t, err, "%s", out)
	return path
}

// TestProgram: what "nativertc probe" tells of a double, and what "nativertc call
// --encoder" measures over it, by codec.
func TestProgram(t *testing.T) {
	program := buildProgram(t)
	t.Run("probe", func(t *testing.T) {
		forBackends(t, func(t *testing.T, b backend, _ *driver) { checkProbe(t, program, b) })
	})
	forBackends(t, func(t *testing.T, b backend, d *driver) { checkProgram(t, program, "H264", b, d) })
	for _, codec := range lossy {
		t.Run("vaapi "+codec, func(t *testing.T) { checkProgram(t, program, codec, backends[0], useDriver(t, "intel")) })
	}
}

// checkProbe compares what "nativertc probe" prints with what hw.Probe tells.
func checkProbe(t *testing.T, program string, b backend) {
	arguments := []string{"probe", "--quick", "--encoder", string(b.Backend), "--encoder-device", b.device}
	out, err := exec.CommandContext(t.Context(), program, append(arguments, "--json")...).Output()
	require.NoError(t, err)
	var report struct {
		Devices []struct {
			Backend, Device, Name, Reason string

			Profiles []struct {
				Name           string
				MaxWidth       int      `json:"max_width"`
				MaxHeight      int      `json:"max_height"`
				TemporalLayers int      `json:"temporal_layers"`
				RateModes      []string `json:"rate_modes"`
				NotOffered     string   `json:"not_offered"`
			}
			ZeroCopy []struct {
				Memory, Format string
				Scales         bool
			} `json:"zero_copy"`
		}
	}
	require.NoError(t, json.Unmarshal(out, &report))
	require.Len(t, report.Devices, 1)
	got := report.Devices[0]
	devices, err := hw.ProbeDevice(t.Context(), b.Backend, b.device)
	require.NoError(t, err)
	want := devices[0]
	require.NotEmpty(t, want.Profiles)
	require.NotEmpty(t, want.ZeroCopy)
	found := hw.Device{Backend: hw.Backend(got.Backend), Device: got.Device, Name: got.Name, Reason: got.Reason}
	for _, p := range got.Profiles {
		found.Profiles = append(found.Profiles, hw.Profile(p))
	}
	for _, z := range got.ZeroCopy {
		found.ZeroCopy = append(found.ZeroCopy, hw.ZeroCopyFormat{Memory: hw.Memory(z.Memory), Format: z.Format, Scales: z.Scales})
	}
	require.Equal(t, want, found)

	text, err := exec.CommandContext(t.Context(), program, arguments...).Output()
	require.NoError(t, err)
	for _, p := range want.Profiles {
		require.Contains(t, string(text), p.Name)
		require.Contains(t, string(text), strings.Join(p.RateModes, " "))
	}
	for _, z := range want.ZeroCopy {
		require.Regexp(t, string(z.Memory)+" +"+z.Format+" ", string(text))
	}
}

// checkProgram makes a call of a codec.
func checkProgram(t *testing.T, program, codec string, b backend, d *driver) {
	command := exec.CommandContext(t.Context(), program, "call", "--encoder", string(b.Backend), "--encoder-device", b.device,
		"--codec", codec, "--json", "--quiet", "--output", "none", "--png", filepath.Join(t.TempDir(), "frame.png"), "--data-size", "1000",
		"--data-rate", "100k", "--size", "160x96", "--fps", "10", "--duration", "6s", "--min-bitrate", "3M", "--start-bitrate", "5M")
	var out, wrong bytes.Buffer
	command.Stdout, command.Stderr = &out, &wrong
	require.NoError(t, command.Run(), "%s\n%s", out.String(), wrong.String())
	var result struct {
		Video struct {
			Codec, Encoder string
			Sent           int                   `json:"frames_sent"`
			Received       int                   `json:"frames_received"`
			Keys           int                   `json:"key_frames"`
			PSNR           struct{ All float64 } `json:"psnr_db"`
		}
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &result), out.String())
	v := result.Video
	require.Contains(t, v.Codec, codec)
	require.Equal(t, b.implementation, v.Encoder)
	if codec == "H264" {
		require.Equal(t, 100.0, v.PSNR.All, "what the double encodes is without loss")
	} else {
		require.Greater(t, v.PSNR.All, 30.0)
	}
	require.Greater(t, v.Received, v.Sent/2)
	pictures := d.pictures(t)
	require.Equal(t, keysOf(pictures), v.Keys)
	require.LessOrEqual(t, v.Keys, 3, "of %d pictures: the first, and what the start asks for", len(pictures))
	require.Empty(t, d.lines("refused:"))
	for _, line := range d.lines("terminate") {
		require.Contains(t, line, "contexts=0 surfaces=0 buffers=0 configs=0 images=0")
	}
	if b.Backend == hw.NVENC {
		require.NotEmpty(t, d.lines("destroy"))
		require.Contains(t, d.lines("destroy")[len(d.lines("destroy"))-1], "open=0")
	}
}
