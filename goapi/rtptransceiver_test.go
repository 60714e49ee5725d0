// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTransceiverDirections(t *testing.T) {
	const (
		sendrecv = RTPTransceiverDirectionSendrecv
		sendonly = RTPTransceiverDirectionSendonly
		recvonly = RTPTransceiverDirectionRecvonly
		inactive = RTPTransceiverDirectionInactive
		stopped  = RTPTransceiverDirectionStopped
	)
	_, a, b := rtpPair(t)
	ours, err := a.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	assert.Equal(t, RTPCodecTypeAudio, ours.Kind())
	assert.Equal(t, sendrecv, ours.Direction())
	assert.Equal(t, RTPTransceiverDirectionUnknown, ours.CurrentDirection())
	assert.Empty(t, ours.Mid())
	assert.False(t, ours.Stopped())

	negotiate(t, a, b)
	assert.Equal(t, sendonly, ours.CurrentDirection(), "the other peer has added nothing")
	assert.Equal(t, sendrecv, ours.Direction())
	require.Len(t, b.GetTransceivers(), 1)
	theirs := b.GetTransceivers()[0]
	assert.Equal(t, recvonly, theirs.CurrentDirection())
	assert.Equal(t, ours.Mid(), theirs.Mid())
	assert.NotEmpty(t, ours.Mid())

	require.NoError(t, theirs.SetDirection(sendrecv))
	negotiate(t, b, a)
	assert.Equal(t, sendrecv, ours.CurrentDirection())
	require.NoError(t, ours.SetDirection(inactive))
	assert.Equal(t, inactive, ours.Direction())
	assert.Equal(t, sendrecv, ours.CurrentDirection())
	negotiate(t, a, b)
	assert.Equal(t, inactive, ours.CurrentDirection())
	assert.Equal(t, inactive, theirs.CurrentDirection())

	requireError(t, typeError, ours.SetDirection(stopped))
	requireError(t, typeError, ours.SetDirection(RTPTransceiverDirectionUnknown))

	mid := ours.Mid()
	require.NoError(t, ours.Stop())
	require.NoError(t, ours.Stop(), "twice is fine")
	assert.Equal(t, stopped, ours.Direction())
	assert.False(t, ours.Stopped(), "not before it is negotiated")
	requireError(t, invalidStateError, ours.SetDirection(inactive))
	requireError(t, invalidStateError, ours.Sender().ReplaceTrack(nil))
	negotiate(t, a, b)
	assert.True(t, ours.Stopped())
	assert.Equal(t, stopped, ours.CurrentDirection())
	assert.True(t, theirs.Stopped())
	assert.Empty(t, a.GetTransceivers())
	assert.Empty(t, a.GetSenders())
	assert.Empty(t, b.GetReceivers())
	assert.True(t, ours.Stopped(), "when it is gone as well")
	assert.Contains(t, []string{mid, ""}, ours.Mid())
	assert.Equal(t, MediaStreamTrackStateEnded, ours.Receiver().Track().ReadyState())
}

func TestTransceiverAfterClose(t *testing.T) {
	api, a, b := rtpPair(t)
	transceiver, err := a.AddTransceiverFromTrack(audioTrack(t, api))
	require.NoError(t, err)
	negotiate(t, a, b)
	mid := transceiver.Mid()
	require.NoError(t, a.Close())
	assert.True(t, transceiver.Stopped())
	assert.Equal(t, RTPTransceiverDirectionStopped, transceiver.Direction())
	assert.Equal(t, RTPTransceiverDirectionStopped, transceiver.CurrentDirection())
	assert.Equal(t, mid, transceiver.Mid())
	assert.Equal(t, []*RTPTransceiver{transceiver}, a.GetTransceivers())
	assert.Empty(t, a.GetSenders())
	assert.Equal(t, MediaStreamTrackStateEnded, transceiver.Receiver().Track().ReadyState())
	for name, call := range map[string]func() error{
		"SetDirection": func() error { return transceiver.SetDirection(RTPTransceiverDirectionInactive) },
		"Stop":         transceiver.Stop,
		"SetCodecPreferences": func() error {
			return transceiver.SetCodecPreferences(nil)
		},
		"SetHeaderExtensionsToNegotiate": func() error { return transceiver.SetHeaderExtensionsToNegotiate(nil) },
		"ReplaceTrack":                   func() error { return transceiver.Sender().ReplaceTrack(nil) },
		"SetStreams":                     func() error { return transceiver.Sender().SetStreams() },
		"SetParameters":                  func() error { return transceiver.Sender().SetParameters(RTPSendParameters{}) },
		"SetJitterBufferTarget":          func() error { return transceiver.Receiver().SetJitterBufferTarget(nil) },
		"InsertDTMF":                     func() error { return transceiver.Sender().DTMF().InsertDTMF("1", 0, 0) },
		"AddTrack":                       func() error { _, err := a.AddTrack(audioTrack(t, api)); return err },
		"RemoveTrack":                    func() error { return a.RemoveTrack(transceiver.Sender()) },
		"AddTransceiverFromKind":         func() error { _, err := a.AddTransceiverFromKind(RTPCodecTypeAudio); return err },
	} {
		t.Run(name, func(t *testing.T) { require.ErrorIs(t, call(), ErrConnectionClosed) })
	}
	for _, get := range []func() (*StatsReport, error){transceiver.Sender().GetStats, transceiver.Receiver().GetStats} {
		report, err := get()
		require.NoError(t, err)
		assert.Zero(t, report.Len())
	}
	assert.Empty(t, transceiver.Sender().GetParameters().Codecs)
	assert.Empty(t, transceiver.Receiver().GetParameters().Codecs)
	assert.Empty(t, transceiver.Receiver().GetSynchronizationSources())
	assert.Nil(t, transceiver.GetHeaderExtensionsToNegotiate())
	assert.False(t, transceiver.Sender().DTMF().CanInsertDTMF())
}

func TestSameObjects(t *testing.T) {
	api, a, b := rtpPair(t)
	events := make(chan TrackEvent, 1)
	b.OnTrackEvent(func(e TrackEvent) { events <- e })
	track := audioTrack(t, api)
	sender, err := a.AddTrack(track)
	require.NoError(t, err)
	negotiate(t, a, b)
	e := receive(t, events, "track event")

	for range 2 {
		require.Len(t, a.GetTransceivers(), 1)
		assert.Same(t, sender, a.GetTransceivers()[0].Sender())
		assert.Same(t, sender, a.GetSenders()[0])
		assert.Same(t, track, sender.Track())
		require.Len(t, b.GetTransceivers(), 1)
		assert.Same(t, e.Transceiver, b.GetTransceivers()[0])
		assert.Same(t, e.Receiver, b.GetReceivers()[0])
		assert.Same(t, e.Receiver, e.Transceiver.Receiver())
		assert.Same(t, e.Track, e.Receiver.Track())
		assert.Same(t, sender.DTMF(), a.GetSenders()[0].DTMF())
	}
	require.NotNil(t, sender.Transport())
	assert.Same(t, sender.Transport(), a.GetReceivers()[0].Transport())
	assert.Same(t, e.Receiver.Transport(), e.Transceiver.Sender().Transport())
	assert.Nil(t, sender.RTCPTransport())
	assert.Nil(t, e.Receiver.RTCPTransport())
}

func TestSetCodecPreferences(t *testing.T) {
	_, a, b := rtpPair(t)
	transceiver, err := a.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.NoError(t, err)
	capabilities, err := GetRTPReceiverCapabilities(RTPCodecTypeVideo)
	require.NoError(t, err)
	var chosen []RTPCodecCapability
	for _, c := range capabilities.Codecs {
		if c.MimeType == MimeTypeVP9 && strings.Contains(c.SDPFmtpLine, "profile-id=0") {
			chosen = append(chosen, c)
		}
	}
	require.NotEmpty(t, chosen)
	require.NoError(t, transceiver.SetCodecPreferences(chosen))
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	assert.Contains(t, offer.SDP, "VP9/90000")
	assert.NotContains(t, offer.SDP, "VP8/90000")
	negotiate(t, a, b)
	codecs := transceiver.Sender().GetParameters().Codecs
	require.NotEmpty(t, codecs)
	assert.Equal(t, MimeTypeVP9, codecs[0].MimeType)
	assert.NotZero(t, codecs[0].PayloadType)

	require.NoError(t, transceiver.SetCodecPreferences(nil), "the default again")
	offer, err = a.CreateOffer(nil)
	require.NoError(t, err)
	assert.Contains(t, offer.SDP, "VP8/90000")

	for name, codecs := range map[string][]RTPCodecCapability{
		"none of ours":   {{MimeType: "video/none", ClockRate: 90000}},
		"not a type":     {{MimeType: "video"}},
		"other kind":     {{MimeType: MimeTypeOpus, ClockRate: 48000, Channels: 2, SDPFmtpLine: "minptime=10;useinbandfec=1"}},
		"no media":       {{MimeType: MimeTypeRTX, ClockRate: 90000}},
		"other settings": {{MimeType: MimeTypeVP8, ClockRate: 8000}},
	} {
		t.Run(name, func(t *testing.T) {
			requireError(t, invalidModificationError, transceiver.SetCodecPreferences(codecs))
		})
	}
}

func TestHeaderExtensionControl(t *testing.T) {
	const level = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
	_, a, b := rtpPair(t)
	transceiver, err := a.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	extensions := transceiver.GetHeaderExtensionsToNegotiate()
	require.NotEmpty(t, extensions)
	found := false
	for i := range extensions {
		if extensions[i].URI == level {
			found = true
			extensions[i].Direction = RTPTransceiverDirectionStopped
		}
	}
	require.True(t, found)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	require.Contains(t, offer.SDP, level)
	require.NoError(t, transceiver.SetHeaderExtensionsToNegotiate(extensions))
	assert.Equal(t, extensions, transceiver.GetHeaderExtensionsToNegotiate())
	negotiate(t, a, b)
	assert.NotContains(t, a.CurrentLocalDescription().SDP, level)
	negotiated := transceiver.GetNegotiatedHeaderExtensions()
	assert.NotEmpty(t, negotiated)
	assert.NotContains(t, negotiated, RTPHeaderExtensionCapability{URI: level, Direction: RTPTransceiverDirectionSendrecv})

	requireError(t, invalidModificationError, transceiver.SetHeaderExtensionsToNegotiate(extensions[1:]))
	other := append([]RTPHeaderExtensionCapability(nil), extensions...)
	other[0].URI = "urn:none"
	requireError(t, invalidModificationError, transceiver.SetHeaderExtensionsToNegotiate(other))
	other[0] = RTPHeaderExtensionCapability{URI: extensions[0].URI}
	requireError(t, typeError, transceiver.SetHeaderExtensionsToNegotiate(other))
}

func TestAddTransceiverThatIsWrong(t *testing.T) {
	pc, err := NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	_, err = pc.AddTransceiverFromKind(RTPCodecTypeUnknown)
	requireError(t, typeError, err)
	_, err = pc.AddTransceiverFromKind(RTPCodecTypeAudio, RTPTransceiverInit{Direction: RTPTransceiverDirectionStopped})
	requireError(t, typeError, err)
	_, err = pc.AddTransceiverFromKind(RTPCodecTypeAudio, RTPTransceiverInit{Direction: 99})
	requireError(t, typeError, err)
	_, err = pc.AddTransceiverFromKind(RTPCodecTypeAudio, RTPTransceiverInit{}, RTPTransceiverInit{})
	requireError(t, typeError, err)
	_, err = pc.AddTransceiverFromKind(RTPCodecTypeAudio, RTPTransceiverInit{Streams: []*MediaStream{nil}})
	requireError(t, typeError, err)
	_, err = pc.AddTransceiverFromTrack(nil)
	requireError(t, typeError, err)
	_, err = pc.AddTransceiverFromTrack((*MediaStreamTrack)(nil))
	requireError(t, typeError, err)
	_, err = pc.AddTransceiverFromTrack(audioTrack(t, loopbackAPI()))
	requireError(t, invalidAccessError, err)
	assert.Empty(t, pc.GetTransceivers())
}

func TestSimulcastIsOffered(t *testing.T) {
	api, a, b := rtpPair(t)
	_, err := a.AddTransceiverFromTrack(videoTrack(t, api), RTPTransceiverInit{
		Direction:     RTPTransceiverDirectionSendonly,
		SendEncodings: []RTPEncodingParameters{testEncoding("low"), testEncoding("mid"), testEncoding("high")},
	})
	require.NoError(t, err)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	for _, line := range []string{"a=rid:low send", "a=rid:mid send", "a=rid:high send", "a=simulcast:send low;mid;high"} {
		assert.Contains(t, offer.SDP, line+"\r\n")
	}
	encodings := a.GetSenders()[0].GetParameters().Encodings
	require.Len(t, encodings, 3)
	for i, want := range []struct {
		rid   string
		scale float64
	}{{"low", 4}, {"mid", 2}, {"high", 1}} {
		assert.Equal(t, want.rid, encodings[i].RID)
		require.NotNil(t, encodings[i].ScaleResolutionDownBy)
		assert.Equal(t, want.scale, *encodings[i].ScaleResolutionDownBy)
		assert.True(t, *encodings[i].Active)
	}
	negotiate(t, a, b)
}

func TestCloseDuringCallsAboutTracks(t *testing.T) {
	for range 10 {
		api, a, b := rtpPair(t)
		sender, err := a.AddTrack(audioTrack(t, api))
		require.NoError(t, err)
		negotiate(t, a, b)
		transceiver := a.GetTransceivers()[0]
		calls := []func(){
			func() { _, _ = a.AddTransceiverFromKind(RTPCodecTypeVideo) },
			func() { a.GetTransceivers() },
			func() { a.GetSenders() },
			func() { _ = sender.SetParameters(sender.GetParameters()) },
			func() { _ = sender.ReplaceTrack(nil) },
			func() { _ = sender.SetStreams() },
			func() { _, _ = sender.GetStats() },
			func() { sender.Transport() },
			func() { _ = sender.DTMF().InsertDTMF("1", 0, 0) },
			func() { transceiver.Mid(); transceiver.CurrentDirection() },
			func() { _ = transceiver.SetDirection(RTPTransceiverDirectionInactive) },
			func() { transceiver.Receiver().GetSynchronizationSources() },
			func() { transceiver.Receiver().GetParameters() },
			func() { _ = transceiver.Receiver().SetJitterBufferTarget(nil) },
		}
		var running sync.WaitGroup
		for _, call := range calls {
			running.Add(1)
			go func() {
				defer running.Done()
				for !transceiver.Stopped() {
					call()
				}
			}()
		}
		require.NoError(t, a.Close())
		running.Wait()
		for _, call := range calls {
			call()
		}
		require.NoError(t, b.Close())
	}
}
