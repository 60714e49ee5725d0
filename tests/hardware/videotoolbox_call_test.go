// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build videotoolbox_double

// Calls over the double of VideoToolbox, which a program has in it only if it was built so:
// see stage videotoolbox of tools/testall.sh.

package hardware

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
)

// useVideoToolbox makes the double be a persona, log and fail for the time of the test.
func useVideoToolbox(t *testing.T, persona string) *driver {
	t.Helper()
	dir := t.TempDir()
	d := &driver{log: filepath.Join(dir, "log"), fault: filepath.Join(dir, "fault")}
	t.Setenv("NATIVERTC_VIDEOTOOLBOX_DOUBLE_PERSONA", persona)
	t.Setenv("NATIVERTC_VIDEOTOOLBOX_DOUBLE_LOG", d.log)
	t.Setenv("NATIVERTC_VIDEOTOOLBOX_DOUBLE_FAULT", d.fault)
	t.Cleanup(func() { require.Empty(t, d.lines("refused:")) })
	return d
}

func onVideoToolbox(use hw.Use) hw.Encoders {
	e := onDouble(use)
	e.Backend, e.Device = hw.VideoToolbox, "default"
	return e
}

// saysOfPower waits for a statistic that only m150 has.
func (c *call) saysOfPower(efficient bool) {
	c.t.Helper()
	if webrtc.LibwebrtcRevision() == "debian" {
		return
	}
	c.eventually(func() bool {
		for _, s := range c.outbound() {
			if s.PowerEfficientEncoder != nil && *s.PowerEfficientEncoder == efficient {
				return true
			}
		}
		return false
	}, fmt.Sprintf("powerEfficientEncoder of %t", efficient))
}

// TestVideoToolboxDoubleCall: bit-exact, with key pictures on request alone, then in software without
// a gap while VideoToolbox fails, then back.
func TestVideoToolboxDoubleCall(t *testing.T) {
	for _, persona := range []string{"", "intel", "late"} {
		t.Run("persona "+persona, func(t *testing.T) {
			d := useVideoToolbox(t, persona)
			happened := collectEvents(t)
			encoders := onVideoToolbox(hw.Auto)
			encoders.RetryAfter, encoders.RetryAtMost = 100*time.Millisecond, 200*time.Millisecond
			c := newCall(t, encoders)
			c.more(10)
			require.Equal(t, "VideoToolbox", c.implementation())
			for _, p := range c.all() {
				require.True(t, p.exact && (p.luma-20)%4 == 0, "not the picture that was sent: %v", p)
			}
			from := len(c.all())
			d.setFault(t, "encode create")
			c.run("a fallback", c.inSoftware)
			c.more(5)
			require.Contains(t, happened.list()[0].Reason, "kVTVideoEncoderMalfunctionErr")
			d.setFault(t, "")
			c.run("the return to hardware", func() bool { return c.implementation() == "VideoToolbox" })
			c.more(5)
			require.Zero(t, c.gaps(from))
			require.True(t, happened.list()[len(happened.list())-1].Restored)
		})
	}
}

// TestVideoToolboxDoubleLosesASession: as after sleep. The call goes on in hardware from that very
// picture, and nobody is told of a failure.
func TestVideoToolboxDoubleLosesASession(t *testing.T) {
	d := useVideoToolbox(t, "")
	happened := collectEvents(t)
	c := newCall(t, onVideoToolbox(hw.Require))
	c.more(10)
	from, keys := len(c.all()), c.keyFrames()
	var last int
	_, err := fmt.Sscanf(d.lines("picture")[len(d.lines("picture"))-1], "picture %d", &last)
	require.NoError(t, err)
	d.setFault(t, fmt.Sprintf("invalid@%d invalid-callback@%d", last+3, last+6))
	c.more(15)
	require.Equal(t, "VideoToolbox", c.implementation())
	require.Zero(t, c.gaps(from))
	require.Equal(t, keys+2, c.keyFrames())
	require.Empty(t, happened.list())
}

// TestVideoToolboxDoubleTellsTheTruth: an encoder of Apple's in software is none of hardware, neither
// in the statistics nor where hardware is required.
func TestVideoToolboxDoubleTellsTheTruth(t *testing.T) {
	useVideoToolbox(t, "")
	c := newCall(t, onVideoToolbox(hw.Auto))
	c.more(5)
	c.saysOfPower(true)

	useVideoToolbox(t, "software")
	devices, err := hw.ProbeDevice(t.Context(), hw.VideoToolbox, "")
	require.NoError(t, err)
	require.Empty(t, devices[0].Profiles)
	// What was found with the first driver is offered still.
	c = newCall(t, onVideoToolbox(hw.Auto))
	c.more(5)
	require.Equal(t, "VideoToolbox", c.implementation())
	c.saysOfPower(false)
}
