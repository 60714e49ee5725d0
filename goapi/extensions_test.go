// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What follows is of WebRTC Extensions, WebRTC-SVC and today's WebRTC, seen in what
// is sent.

func TestAlwaysNegotiateDataChannels(t *testing.T) {
	api := loopbackAPI()
	always := Configuration{AlwaysNegotiateDataChannels: true}
	if onDebian() {
		_, err := api.NewPeerConnection(always)
		requireError(t, notSupportedError, err)
		return
	}
	a, b := newPairOf(t, api, api, always, Configuration{})
	_, err := a.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	negotiate(t, a, b)
	sdp := a.LocalDescription().SDP
	data, audio := strings.Index(sdp, "m=application"), strings.Index(sdp, "m=audio")
	require.Positive(t, data)
	assert.Less(t, data, audio)
	assert.NotNil(t, a.SCTP())
	// The section is there: a channel needs no negotiation.
	a.OnNegotiationNeeded(func() { assert.Fail(t, "negotiationneeded") })
	channelPair(t, a, b, nil)
	assert.Equal(t, sdp[data:data+20], a.LocalDescription().SDP[data:data+20])
	require.NoError(t, a.SetConfiguration(always))
	assert.True(t, a.GetConfiguration().AlwaysNegotiateDataChannels)
}

// sentMetadata lets what a sender of video sends be seen.
func sentMetadata(t *testing.T) (p *transformPair, sent chan EncodedFrameMetadata) {
	t.Helper()
	sent = make(chan EncodedFrameMetadata, 1000)
	api, a, b := rtpPair(t)
	track, source := videoSourceTrack(t, api)
	p = &transformPair{a: a, b: b, video: source}
	var err error
	p.sender, err = a.AddTrack(track)
	require.NoError(t, err)
	require.NoError(t, p.sender.SetTransform(frames(sent)))
	negotiate(t, a, b)
	sendPictures(t, source, 640, 480) // libwebrtc makes no small spatial layers
	receive(t, sent, "a frame")
	return p, sent
}

// until waits for a frame.
func until(t *testing.T, sent <-chan EncodedFrameMetadata, message string, ok func(EncodedFrameMetadata) bool) {
	t.Helper()
	eventually(t, func() bool { return ok(receive(t, sent, message)) }, message)
}

func setEncoding(t *testing.T, s *RTPSender, change func(*RTPEncodingParameters, []RTPCodecParameters)) error {
	t.Helper()
	p := s.GetParameters()
	require.Len(t, p.Encodings, 1)
	change(&p.Encodings[0], p.Codecs)
	return s.SetParameters(p)
}

func TestScalabilityModeIsSent(t *testing.T) {
	p, sent := sentMetadata(t)
	require.NoError(t, setEncoding(t, p.sender, func(e *RTPEncodingParameters, _ []RTPCodecParameters) { e.ScalabilityMode = "L1T3" }))
	for layer := range 3 {
		until(t, sent, "a frame of a temporal layer", func(m EncodedFrameMetadata) bool { return m.TemporalIndex == layer })
	}
	if onDebian() {
		return // Spatial layers need VP9 or AV1 chosen by Codec.
	}
	require.NoError(t, setEncoding(t, p.sender, func(e *RTPEncodingParameters, codecs []RTPCodecParameters) {
		e.ScalabilityMode = "L2T1"
		e.Codec = vp9Of(t, codecs)
	}))
	for layer := range 2 {
		until(t, sent, "a frame of a spatial layer", func(m EncodedFrameMetadata) bool { return m.SpatialIndex == layer })
	}
	assert.Equal(t, "L2T1", p.sender.GetParameters().Encodings[0].ScalabilityMode)
}

func vp9Of(t *testing.T, codecs []RTPCodecParameters) *RTPCodecCapability {
	t.Helper()
	for _, c := range codecs {
		if c.MimeType == MimeTypeVP9 && strings.Contains(c.SDPFmtpLine, "profile-id=0") {
			return &c.RTPCodecCapability
		}
	}
	require.Fail(t, "no VP9")
	return nil
}

func TestCodecOfAnEncodingIsSent(t *testing.T) {
	p, sent := sentMetadata(t)
	until(t, sent, "VP8", func(m EncodedFrameMetadata) bool { return m.MimeType == MimeTypeVP8 })
	err := setEncoding(t, p.sender, func(e *RTPEncodingParameters, codecs []RTPCodecParameters) { e.Codec = vp9Of(t, codecs) })
	if onDebian() {
		requireError(t, operationError, err)
		return
	}
	require.NoError(t, err)
	until(t, sent, "VP9", func(m EncodedFrameMetadata) bool { return m.MimeType == MimeTypeVP9 })
}

func TestKeyFrameOfSetParametersIsSent(t *testing.T) {
	p, sent := sentMetadata(t)
	until(t, sent, "a delta frame", func(m EncodedFrameMetadata) bool { return m.Type == EncodedFrameTypeDelta })
	parameters := p.sender.GetParameters()
	err := p.sender.SetParameters(parameters, SetParameterOptions{EncodingOptions: []EncodingOptions{{KeyFrame: true}}})
	if onDebian() {
		requireError(t, operationError, err)
		return
	}
	require.NoError(t, err)
	until(t, sent, "a key frame", func(m EncodedFrameMetadata) bool { return m.Type == EncodedFrameTypeKey })
}

// TestJitterBufferTargetHoldsMediaBack compares what the receiver aims at before and
// after.
func TestJitterBufferTargetHoldsMediaBack(t *testing.T) {
	mediaKinds(t, func(t *testing.T, kind RTPCodecType) {
		p := newTransformPair(t, kind, nil)
		p.requireReceived(t)
		target := 500 * time.Millisecond
		require.NoError(t, p.receiver.SetJitterBufferTarget(&target))
		var delayBefore, emittedBefore float64
		eventually(t, func() bool {
			delay, emitted := jitterBuffer(t, p.receiver)
			mean := (delay - delayBefore) / (emitted - emittedBefore)
			if emitted > emittedBefore {
				delayBefore, emittedBefore = delay, emitted
			}
			return mean > 0.6*target.Seconds() && !math.IsInf(mean, 0)
		}, "media is held back")
	})
}

// jitterBuffer returns how long media was held back in all, and how much of it there
// was. What debian tells of audio stands in statistics of a type that has been dropped.
func jitterBuffer(t *testing.T, r *RTPReceiver) (delay, emitted float64) {
	t.Helper()
	report, err := r.GetStats()
	require.NoError(t, err)
	var objects []struct {
		JitterBufferDelay        float64
		JitterBufferEmittedCount float64
	}
	require.NoError(t, json.Unmarshal(report.Raw(), &objects))
	for _, o := range objects {
		if o.JitterBufferEmittedCount > emitted {
			delay, emitted = o.JitterBufferDelay, o.JitterBufferEmittedCount
		}
	}
	return delay, emitted
}
