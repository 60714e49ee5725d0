// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/hw"
)

// useNVENC makes the doubles of CUDA and NVENC log and fail for the time of the
// test.
func useNVENC(t *testing.T) *driver {
	t.Helper()
	dir := t.TempDir()
	d := &driver{log: filepath.Join(dir, "log"), fault: filepath.Join(dir, "fault")}
	t.Setenv("NATIVERTC_NVENC_DOUBLE_LOG", d.log)
	t.Setenv("NATIVERTC_NVENC_DOUBLE_FAULT", d.fault)
	return d
}

func onNVENC() hw.Encoders {
	e := onDouble(hw.Auto)
	e.Backend, e.Device = hw.NVENC, "0"
	return e
}

func TestNVENCProbe(t *testing.T) {
	useNVENC(t)
	devices, err := hw.ProbeDevice(t.Context(), hw.NVENC, "")
	require.NoError(t, err)
	require.Len(t, devices, 1)
	require.Equal(t, "0", devices[0].Device)
	require.Len(t, devices[0].Profiles, 4)
	require.Equal(t, "H265 main", devices[0].Profiles[3].Name)
	require.Empty(t, devices[0].Profiles[3].NotOffered, "both revisions send it")
	require.Contains(t, devices[0].Name, "test double")
}

// TestNVENCCall: bit-exact, then in software without a gap while the GPU fails, then
// back.
func TestNVENCCall(t *testing.T) {
	d := useNVENC(t)
	happened := collectEvents(t)
	encoders := onNVENC()
	encoders.RetryAfter, encoders.RetryAtMost = 100*time.Millisecond, 200*time.Millisecond
	c := newCall(t, encoders)
	c.more(10)
	require.Equal(t, "NVENC", c.implementation())
	for _, p := range c.all() {
		require.True(t, p.exact && (p.luma-20)%4 == 0, "not the picture that was sent: %v", p)
	}
	from := len(c.all())
	d.setFault(t, "encode open")
	c.run("a fallback", c.inSoftware)
	c.more(5)
	require.Zero(t, c.gaps(from))
	require.Contains(t, happened.list()[0].Reason, "a fault as ordered")
	require.Equal(t, hw.NVENC, happened.list()[0].Backend)
	d.setFault(t, "")
	c.run("the return to hardware", func() bool { return c.implementation() == "NVENC" })
	c.more(5)
	require.Zero(t, c.gaps(from))
	require.Equal(t, 1, hw.OpenSessions("0"))
}
