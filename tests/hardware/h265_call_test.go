// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tests/internal/media"
)

func TestH265(t *testing.T) {
	forBackends(t, func(t *testing.T, b backend, d *driver) {
		c := newPionCall(t, media.H265, b.encoders(hw.Auto))
		c.judge(c.record(30))
		require.Equal(t, b.implementation, c.implementation())
		c.checkRatesAndKeys(d, 1_800_000, 1_200_000)
		require.Empty(t, d.lines("refused:"))
		c.failAndReturn(d, b.fails, b.implementation)
	})
}

// TestH265OverEachDriver: to pion, over those that take other headers, or no P pictures.
func TestH265OverEachDriver(t *testing.T) {
	for _, persona := range []string{"mesa", "mesa-sequence", "mesa-none", "cqp", "cbr"} {
		t.Run(persona, func(t *testing.T) {
			d := useDriver(t, persona)
			c := newPionCall(t, media.H265, onDouble(hw.Auto))
			c.judge(c.record(10))
			require.Equal(t, "VAAPI", c.implementation())
			require.Empty(t, d.lines("refused:"))
		})
	}
}

// TestH265WithLayers: the headers of the units, which are those of the packets too, tell the
// temporal layer, and upper ones can be left out.
func TestH265WithLayers(t *testing.T) {
	d := useDriver(t, "intel")
	c := newPionCall(t, media.H265, onDouble(hw.Auto), webrtc.RTPEncodingParameters{ScalabilityMode: "L1T3"})
	pictures := c.record(24)
	require.Equal(t, "VAAPI", c.implementation())
	require.Empty(t, d.lines("refused:"))
	layers := ""
	var lower [][]byte
	for _, p := range pictures {
		layer := media.TemporalLayerOfH265(p)
		layers += strconv.Itoa(layer)
		if layer < 2 {
			lower = append(lower, p)
		}
	}
	require.Contains(t, layers, "02120212")
	c.judge(pictures)
	c.judge(lower)
}
