// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
)

// TestTemporalLayers: a sender that asks for L1T3 gets the pattern of references, and
// the receiver every picture.
func TestTemporalLayers(t *testing.T) {
	forBackends(t, func(t *testing.T, b backend, d *driver) {
		c := newCall(t, b.encoders(hw.Auto), webrtc.RTPEncodingParameters{ScalabilityMode: "L1T3"})
		c.more(24)
		require.Equal(t, b.implementation, c.implementation())
		require.Zero(t, c.gaps(5))
		if webrtc.LibwebrtcRevision() != "debian" { // which has no such statistic
			require.Equal(t, ptr("L1T3"), c.outbound()[0].ScalabilityMode)
		}
		pattern := ""
		for _, line := range d.lines("picture") {
			switch {
			case strings.Contains(line, " idr=1 "):
				pattern += "K"
			case strings.Contains(line, " ref=0 "), strings.Contains(line, " layer=2 "):
				pattern += "2"
			case strings.Contains(line, " reorder=2 "), strings.Contains(line, " layer=0 "):
				pattern += "0"
			default:
				pattern += "1"
			}
		}
		require.Contains(t, pattern, "K212021202120")
		require.Empty(t, d.lines("refused:"))
	})
}

// TestLayersThatADeviceHasNot are for software, if an application asks for them by name.
func TestLayersThatADeviceHasNot(t *testing.T) {
	useDriver(t, "mesa-none")
	c := newCall(t, onDouble(hw.Auto), webrtc.RTPEncodingParameters{ScalabilityMode: "L1T3"})
	c.more(5)
	require.True(t, c.inSoftware(), c.implementation())
	plain := newCall(t, onDouble(hw.Auto))
	plain.more(5)
	require.Equal(t, "VAAPI", plain.implementation())
}

// TestScreenContent: a track that shows text is encoded as such.
func TestScreenContent(t *testing.T) {
	forBackends(t, func(t *testing.T, b backend, d *driver) {
		of := map[hw.Backend][2]string{hw.VAAPI: {" window=1000 ", " window=2000 "}, hw.NVENC: {" adaptive=1", " adaptive=0"}}[b.Backend]
		c := newCall(t, b.encoders(hw.Auto))
		c.more(3)
		require.Contains(t, d.all(), of[0])
		require.NotContains(t, d.all(), of[1])
		c.track.SetContentHint(webrtc.ContentHintText)
		c.run("what is meant for text", func() bool { return strings.Contains(d.all(), of[1]) })
		c.more(3)
		require.Equal(t, b.implementation, c.implementation())
	})
}

// TestAnEncodingThatIsNotActive pauses its device, and goes on with a key frame.
func TestAnEncodingThatIsNotActive(t *testing.T) {
	d := useDriver(t, "intel")
	c := newCall(t, onDouble(hw.Auto))
	c.more(5)
	sender := c.sender.GetSenders()[0]
	activate := func(active bool) {
		p := sender.GetParameters()
		p.Encodings[0].Active = ptr(active)
		require.NoError(t, sender.SetParameters(p))
	}
	activate(false)
	c.eventually(func() bool {
		before := len(d.lines("picture"))
		for range 5 {
			c.push(width, height)
		}
		return len(d.lines("picture")) == before
	}, "the pause")
	keys := strings.Count(strings.Join(d.lines("picture"), "\n"), " idr=1 ")
	activate(true)
	c.more(5)
	require.Equal(t, "VAAPI", c.implementation())
	require.Greater(t, strings.Count(strings.Join(d.lines("picture"), "\n"), " idr=1 "), keys)
}
