// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	pion "github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tests/internal/media"
	"github.com/nativertc/nativertc/tests/internal/peer"
	"github.com/nativertc/nativertc/tests/internal/pionpeer"
)

// h265Call sends H.265 to pion, for libwebrtc has no decoder of it.
type h265Call struct {
	*call
	tracks <-chan *pionpeer.Track
}

const h265Width, h265Height = 160, 96

func newH265Call(t *testing.T, encoders hw.Encoders, encodings ...webrtc.RTPEncodingParameters) h265Call {
	t.Helper()
	encoders.Codecs = []string{"H265"}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	c := newSender(t, encoders, encodings...)
	c.draw, c.free = numbered, true
	require.NoError(t, c.transceiver.SetDirection(webrtc.RTPTransceiverDirectionSendonly))
	there := pionpeer.New(t, pion.Configuration{}, media.H265)
	tracks := there.Tracks()
	require.NoError(t, peer.Connect(t, c.peer, there).Negotiate(ctx, c.peer))
	require.Contains(t, c.sender.LocalDescription().SDP, "H265/90000")
	return h265Call{c, tracks}
}

// record returns so many pictures as pion received them, the first of which is a key picture.
func (c h265Call) record(count int) [][]byte {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 2*patience)
	defer cancel()
	type recorded struct {
		codec  media.Codec
		frames [][]byte
		err    error
	}
	done := make(chan recorded, 1)
	go func() {
		track := <-c.tracks
		codec, frames, err := track.RecordVideo(ctx, count)
		done <- recorded{codec, frames, err}
	}()
	var r recorded
	c.runSize(h265Width, h265Height, "a recording", func() bool {
		select {
		case r = <-done:
			return true
		default:
			return false
		}
	})
	require.NoError(c.t, r.err)
	require.Equal(c.t, media.H265, r.codec)
	return r.frames
}

// judge decodes, and compares with what was drawn.
func (c h265Call) judge(pictures [][]byte) {
	c.t.Helper()
	frames, err := media.Judge(media.H265, pictures)
	require.NoError(c.t, err)
	report := media.Inspect(frames, h265Width, h265Height)
	c.t.Log(report)
	require.Equal(c.t, len(pictures), report.Numbered)
	require.Zero(c.t, report.Backward)
	require.Greater(c.t, report.MedianPSNR, 30.0)
}

// TestH265: ffmpeg judges. There is no software to fall back to either: what fails is left out,
// and the device tried again.
func TestH265(t *testing.T) {
	forBackends(t, func(t *testing.T, b backend, d *driver) {
		happened := collectEvents(t)
		encoders := b.encoders(hw.Auto)
		encoders.RetryAfter, encoders.RetryAtMost = 100*time.Millisecond, 400*time.Millisecond
		c := newH265Call(t, encoders)
		c.judge(c.record(30))
		require.Equal(t, b.implementation, c.implementation())
		require.True(t, strings.EqualFold("video/H265", c.sender.GetSenders()[0].GetParameters().Codecs[0].MimeType))
		c.checkRatesAndKeys(d, 1_800_000, 1_200_000)
		require.Empty(t, d.lines("refused:"))

		d.setFault(t, b.fails)
		c.runSize(h265Width, h265Height, "a failure", func() bool { return len(happened.list()) > 0 })
		require.False(t, happened.list()[0].Restored)
		d.setFault(t, "")
		c.runSize(h265Width, h265Height, "the return", func() bool {
			all := happened.list()
			return all[len(all)-1].Restored
		})
		before := len(d.pictures(t))
		c.runSize(h265Width, h265Height, "more pictures", func() bool { return len(d.pictures(t)) > before+5 })
		require.Equal(t, b.implementation, c.implementation())
	})
}

// TestH265OverEachDriver: to pion, over those that take other headers, or no P pictures.
func TestH265OverEachDriver(t *testing.T) {
	for _, persona := range []string{"mesa", "mesa-sequence", "mesa-none", "cqp", "cbr"} {
		t.Run(persona, func(t *testing.T) {
			d := useDriver(t, persona)
			c := newH265Call(t, onDouble(hw.Auto))
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
	c := newH265Call(t, onDouble(hw.Auto), webrtc.RTPEncodingParameters{ScalabilityMode: "L1T3"})
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
