// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestParametersOfCodecs compares the codecs in the parameters of both sides with
// the description that they were agreed by.
func TestParametersOfCodecs(t *testing.T) {
	api, a, b := rtpPair(t)
	for _, track := range []*MediaStreamTrack{audioTrack(t, api), videoTrack(t, api)} {
		_, err := a.AddTrack(track)
		require.NoError(t, err)
	}
	negotiate(t, a, b)
	sdp := a.CurrentRemoteDescription().SDP
	check := func(codecs []RTPCodecParameters) {
		t.Helper()
		require.NotEmpty(t, codecs)
		for _, c := range codecs {
			_, name, _ := strings.Cut(c.MimeType, "/")
			line := fmt.Sprintf("a=rtpmap:%d %s/%d", c.PayloadType, name, c.ClockRate)
			if c.Channels > 1 {
				line += fmt.Sprintf("/%d", c.Channels)
			}
			assert.Contains(t, sdp, line+"\r\n")
			if c.SDPFmtpLine != "" {
				assert.Contains(t, sdp, fmt.Sprintf("a=fmtp:%d %s\r\n", c.PayloadType, c.SDPFmtpLine))
			}
		}
	}
	for _, s := range a.GetSenders() {
		check(s.GetParameters().Codecs)
	}
	for _, r := range b.GetReceivers() {
		check(r.GetParameters().Codecs)
	}
	opus := a.GetSenders()[0].GetParameters().Codecs[0]
	assert.Equal(t, MimeTypeOpus, opus.MimeType)
	assert.EqualValues(t, 48000, opus.ClockRate)
	assert.EqualValues(t, 2, opus.Channels)
}

func TestParametersOfHeaderExtensions(t *testing.T) {
	api, a, b := rtpPair(t)
	sender, err := a.AddTrack(videoTrack(t, api))
	require.NoError(t, err)
	negotiate(t, a, b)
	extensions := sender.GetParameters().HeaderExtensions
	require.NotEmpty(t, extensions)
	for _, e := range extensions {
		assert.Contains(t, a.CurrentRemoteDescription().SDP, fmt.Sprintf("a=extmap:%d %s\r\n", e.ID, e.URI))
		assert.False(t, e.Encrypted, "it would say so in the description (RFC 6904)")
	}
}

func TestSenderPriorities(t *testing.T) {
	api, a, b := rtpPair(t)
	sender, err := a.AddTrack(audioTrack(t, api))
	require.NoError(t, err)
	negotiate(t, a, b)
	for _, p := range []PriorityType{PriorityTypeVeryLow, PriorityTypeLow, PriorityTypeMedium, PriorityTypeHigh} {
		parameters := sender.GetParameters()
		parameters.Encodings[0].Priority = p
		require.NoError(t, sender.SetParameters(parameters))
		assert.Equal(t, p, sender.GetParameters().Encodings[0].Priority)
	}
	parameters := sender.GetParameters()
	parameters.Encodings[0].Priority = 99
	requireError(t, typeError, sender.SetParameters(parameters))
}

func TestDegradationPreferences(t *testing.T) {
	api, a, b := rtpPair(t)
	sender, err := a.AddTrack(videoTrack(t, api))
	require.NoError(t, err)
	negotiate(t, a, b)
	for _, p := range []DegradationPreference{
		DegradationPreferenceMaintainFramerate, DegradationPreferenceMaintainResolution, DegradationPreferenceBalanced,
	} {
		parameters := sender.GetParameters()
		parameters.DegradationPreference = p
		require.NoError(t, sender.SetParameters(parameters))
		assert.Equal(t, p, sender.GetParameters().DegradationPreference)
	}
}

func TestTransceiverInitStreams(t *testing.T) {
	api, a, b := rtpPair(t)
	first, second := NewMediaStream(), NewMediaStream()
	_, err := a.AddTransceiverFromTrack(audioTrack(t, api), RTPTransceiverInit{Streams: []*MediaStream{first, second}})
	require.NoError(t, err)
	events := make(chan TrackEvent, 1)
	b.OnTrackEvent(func(e TrackEvent) { events <- e })
	negotiate(t, a, b)
	e := receive(t, events, "track")
	require.Len(t, e.Streams, 2)
	assert.Equal(t, []string{first.ID(), second.ID()}, []string{e.Streams[0].ID(), e.Streams[1].ID()})
}

func TestCapabilitiesAreThoseOfTheAPI(t *testing.T) {
	api := loopbackAPI()
	for _, kind := range []RTPCodecType{RTPCodecTypeAudio, RTPCodecTypeVideo} {
		ofDefault, err := GetRTPSenderCapabilities(kind)
		require.NoError(t, err)
		ours, err := api.GetRTPSenderCapabilities(kind)
		require.NoError(t, err)
		assert.Equal(t, ofDefault, ours)
		ofDefault, err = GetRTPReceiverCapabilities(kind)
		require.NoError(t, err)
		ours, err = api.GetRTPReceiverCapabilities(kind)
		require.NoError(t, err)
		assert.Equal(t, ofDefault, ours)
	}
}

// TestBundlePolicies counts the transports that candidates are gathered for, of
// an offer of two audio and one video section and data. For balanced, libwebrtc
// gathers for more than it has to: for each section, not for each kind of media.
func TestBundlePolicies(t *testing.T) {
	for policy, want := range map[BundlePolicy]int{
		BundlePolicyBalanced:  4,
		BundlePolicyMaxCompat: 4,
		BundlePolicyMaxBundle: 1,
	} {
		t.Run(policy.String(), func(t *testing.T) {
			pc, err := loopbackAPI(func(s *SettingEngine) {
				s.SetInterfaceFilter(func(name string) bool { return name == "lo" })
				s.SetNetworkTypes([]NetworkType{NetworkTypeUDP4})
			}).NewPeerConnection(Configuration{BundlePolicy: policy})
			require.NoError(t, err)
			defer pc.Close()
			mids, complete := map[string]bool{}, make(chan map[string]bool, 1)
			pc.OnICECandidate(func(c *ICECandidate) {
				if c == nil {
					complete <- mids
					return
				}
				mids[c.SDPMid] = true
			})
			for _, kind := range []RTPCodecType{RTPCodecTypeAudio, RTPCodecTypeAudio, RTPCodecTypeVideo} {
				_, err := pc.AddTransceiverFromKind(kind)
				require.NoError(t, err)
			}
			_, err = pc.CreateDataChannel("", nil)
			require.NoError(t, err)
			require.NoError(t, pc.SetLocalDescription(SessionDescription{}))
			assert.Len(t, receive(t, complete, "the end of gathering"), want)
			assert.Equal(t, policy, pc.GetConfiguration().BundlePolicy)
		})
	}
}
