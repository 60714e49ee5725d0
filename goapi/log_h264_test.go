// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sendH264 makes a call whose video is H.264, until pictures have arrived. transform,
// if not nil, is the receiver's.
func sendH264(t *testing.T, transform *RTPScriptTransform) {
	t.Helper()
	api, a, b := rtpPair(t)
	track, source := videoSourceTrack(t, api)
	transceiver, err := a.AddTransceiverFromTrack(track)
	require.NoError(t, err)
	capabilities, err := GetRTPReceiverCapabilities(RTPCodecTypeVideo)
	require.NoError(t, err)
	h264 := slices.DeleteFunc(capabilities.Codecs, func(c RTPCodecCapability) bool { return c.MimeType != MimeTypeH264 })
	require.NotEmpty(t, h264)
	require.NoError(t, transceiver.SetCodecPreferences(h264))
	arrived := make(chan *MediaStreamTrack, 1)
	b.OnTrack(func(track *TrackRemote, receiver *RTPReceiver) {
		if transform != nil {
			assert.NoError(t, receiver.SetTransform(transform))
		}
		arrived <- track
	})
	negotiate(t, a, b)
	sink, err := NewVideoSink(receive(t, arrived, "the track"), VideoSinkInit{})
	require.NoError(t, err)
	defer sink.Close()
	sendPictures(t, source, 320, 180)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for range 10 {
		frame, err := sink.ReadFrame(ctx)
		require.NoError(t, err)
		frame.Release()
	}
}

// TestH264EncoderIsSilent sends H.264 in a process of its own, whose output it
// reads: OpenH264 has a log of its own, which would go to stderr.
func TestH264EncoderIsSilent(t *testing.T) {
	if os.Getenv(silentEnv) != "" {
		sendH264(t, nil)
		return
	}
	require.Empty(t, runAlone(t))
}

// TestH264EncoderLogsWithLibwebrtc finds OpenH264's warnings in libwebrtc's log.
func TestH264EncoderLogsWithLibwebrtc(t *testing.T) {
	t.Cleanup(func() { SetLogger(nil, 0) })
	h := &recordingHandler{}
	SetLogger(slog.New(h), slog.LevelWarn)
	sendH264(t, nil)
	eventually(t, func() bool {
		return slices.ContainsFunc(h.all(), func(r slog.Record) bool { return strings.Contains(r.Message, "[OpenH264]") })
	}, "a warning of OpenH264's")
}

// damage makes a transform that garbles the slices of some pictures, which libavcodec
// then finds fault with.
func damage() *RTPScriptTransform {
	return NewRTPScriptTransform(func(s *RTPScriptTransformer) {
		n := 0
		for f := range s.Frames() {
			if n++; n > 3 && n%3 == 0 {
				data := slices.Clone(f.Data())
				for i := len(data) / 2; i < len(data); i++ {
					data[i] ^= 0x55
				}
				f.SetData(data)
			}
			_ = s.WriteFrame(f)
		}
	})
}

// TestH264DecoderIsSilent receives broken H.264 in a process of its own: libavcodec
// would tell of it on stderr.
func TestH264DecoderIsSilent(t *testing.T) {
	if os.Getenv(silentEnv) != "" {
		sendH264(t, damage())
		return
	}
	require.Empty(t, runAlone(t))
}

// TestH264DecoderLogsWithLibwebrtc finds libavcodec's complaints in libwebrtc's log.
func TestH264DecoderLogsWithLibwebrtc(t *testing.T) {
	t.Cleanup(func() { SetLogger(nil, 0) })
	h := &recordingHandler{}
	SetLogger(slog.New(h), slog.LevelWarn)
	sendH264(t, damage())
	eventually(t, func() bool {
		return slices.ContainsFunc(h.all(), func(r slog.Record) bool { return strings.Contains(r.Message, "[h264 @") })
	}, "a complaint of libavcodec's")
}
