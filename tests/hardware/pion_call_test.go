// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"context"
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

// pionCall sends one codec to pion, for not every revision of libwebrtc has a decoder of it, and
// ffmpeg judges.
type pionCall struct {
	*call
	codec    media.Codec
	happened *events
	tracks   <-chan *pionpeer.Track
}

const pionWidth, pionHeight = 160, 96

func newPionCall(t *testing.T, codec media.Codec, encoders hw.Encoders, encodings ...webrtc.RTPEncodingParameters) pionCall {
	t.Helper()
	encoders.Codecs = []string{string(codec)}
	encoders.RetryAfter, encoders.RetryAtMost = 100*time.Millisecond, 400*time.Millisecond
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	happened := collectEvents(t)
	c := newSender(t, encoders, encodings...)
	c.draw, c.free = numbered, true
	require.NoError(t, c.transceiver.SetDirection(webrtc.RTPTransceiverDirectionSendonly))
	there := pionpeer.New(t, pion.Configuration{}, codec)
	tracks := there.Tracks()
	require.NoError(t, peer.Connect(t, c.peer, there).Negotiate(ctx, c.peer))
	require.Contains(t, c.sender.LocalDescription().SDP, string(codec)+"/90000")
	require.True(t, strings.EqualFold("video/"+string(codec), c.sender.GetSenders()[0].GetParameters().Codecs[0].MimeType))
	return pionCall{c, codec, happened, tracks}
}

// record returns so many pictures as pion received them, the first of which is a key picture.
func (c pionCall) record(count int) [][]byte {
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
	c.runSize(pionWidth, pionHeight, "a recording", func() bool {
		select {
		case r = <-done:
			return true
		default:
			return false
		}
	})
	require.NoError(c.t, r.err)
	require.Equal(c.t, c.codec, r.codec)
	return r.frames
}

// judge decodes, and compares with what was drawn.
func (c pionCall) judge(pictures [][]byte) {
	c.t.Helper()
	frames, err := media.Judge(c.codec, pictures)
	require.NoError(c.t, err)
	report := media.Inspect(frames, pionWidth, pionHeight)
	c.t.Log(report)
	require.Equal(c.t, len(pictures), report.Numbered)
	require.Zero(c.t, report.Backward)
	require.Greater(c.t, report.MedianPSNR, 30.0)
}

// failAndReturn makes the device fail for a while. There need be no software to fall back to:
// what fails is left out then, and the device tried again.
func (c pionCall) failAndReturn(d *driver, fault, implementation string) {
	c.t.Helper()
	d.setFault(c.t, fault)
	c.runSize(pionWidth, pionHeight, "a failure", func() bool { return len(c.happened.list()) > 0 })
	require.False(c.t, c.happened.list()[0].Restored)
	d.setFault(c.t, "")
	c.runSize(pionWidth, pionHeight, "the return", func() bool {
		all := c.happened.list()
		return all[len(all)-1].Restored
	})
	before := len(d.pictures(c.t))
	c.runSize(pionWidth, pionHeight, "more pictures", func() bool { return len(d.pictures(c.t)) > before+5 })
	require.Equal(c.t, implementation, c.implementation())
}
