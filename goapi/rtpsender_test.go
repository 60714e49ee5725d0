// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/cgo"
)

func TestAddAndRemoveTrack(t *testing.T) {
	api, a, b := rtpPair(t)
	track := audioTrack(t, api)
	stream := NewMediaStream()
	sender, err := a.AddTrack(track, stream, stream)
	require.NoError(t, err)
	_, err = a.AddTrack(track)
	requireError(t, invalidAccessError, err)
	_, err = a.AddTrack(nil)
	requireError(t, typeError, err)
	_, err = a.AddTrack((*MediaStreamTrack)(nil))
	requireError(t, typeError, err)
	_, err = a.AddTrack(audioTrack(t, loopbackAPI()))
	requireError(t, invalidAccessError, err)
	closed := audioTrack(t, api)
	require.NoError(t, closed.Close())
	_, err = a.AddTrack(closed)
	require.ErrorIs(t, err, ErrClosed)

	negotiate(t, a, b)
	assert.Contains(t, a.LocalDescription().SDP, "a=msid:"+stream.ID()+" "+track.ID())
	requireError(t, invalidAccessError, b.RemoveTrack(sender))
	requireError(t, typeError, a.RemoveTrack(nil))
	require.NoError(t, a.RemoveTrack(sender))
	assert.Nil(t, sender.Track())
	require.NoError(t, a.RemoveTrack(sender), "without a track it is left alone")
	assert.Equal(t, RTPTransceiverDirectionRecvonly, a.GetTransceivers()[0].Direction())
	negotiate(t, a, b)
	assert.Equal(t, []RTPTransceiverDirection{RTPTransceiverDirectionInactive}, directions(a.GetTransceivers()))
}

func TestAddTrackTakesATransceiverThatFits(t *testing.T) {
	api, a, b := rtpPair(t)
	_, err := a.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	negotiate(t, a, b)
	sender, err := b.AddTrack(audioTrack(t, api))
	require.NoError(t, err)
	require.Len(t, b.GetTransceivers(), 1)
	assert.Same(t, b.GetTransceivers()[0].Sender(), sender)
	assert.Equal(t, RTPTransceiverDirectionSendrecv, b.GetTransceivers()[0].Direction())
}

func TestIDsThatWouldBreakSDP(t *testing.T) {
	api := loopbackAPI()
	pc, err := api.NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	_, err = pc.AddTransceiverFromKind(RTPCodecTypeAudio, RTPTransceiverInit{Streams: []*MediaStream{newMediaStream("a\r\nb=c")}})
	requireError(t, syntaxError, err)
	source, err := api.NewAudioSource(AudioSourceInit{})
	require.NoError(t, err)
	defer source.Close()
	track, err := source.NewTrack("a b", "")
	require.NoError(t, err)
	defer track.Close()
	_, err = pc.AddTrack(track)
	requireError(t, syntaxError, err)
	_, err = pc.AddTransceiverFromTrack(track)
	requireError(t, syntaxError, err)
}

func TestSetStreams(t *testing.T) {
	api, a, b := rtpPair(t)
	first, second := NewMediaStream(), NewMediaStream()
	sender, err := a.AddTrack(audioTrack(t, api), first)
	require.NoError(t, err)
	negotiate(t, a, b)
	needed := make(chan struct{}, 1)
	a.OnNegotiationNeeded(func() { needed <- struct{}{} })
	require.NoError(t, sender.SetStreams(second))
	receive(t, needed, "negotiationneeded")
	negotiate(t, a, b)
	assert.Contains(t, a.LocalDescription().SDP, "a=msid:"+second.ID()+" ")
	assert.NotContains(t, a.LocalDescription().SDP, first.ID())
	requireError(t, typeError, sender.SetStreams(nil))
}

func TestReplaceTrack(t *testing.T) {
	api, a, b := rtpPair(t)
	first, firstSource := videoSourceTrack(t, api)
	second, secondSource := videoSourceTrack(t, api)
	sendPictures(t, firstSource, 64, 48)
	sendPictures(t, secondSource, 128, 96)
	sender, err := a.AddTrack(first)
	require.NoError(t, err)
	tracks := make(chan *TrackRemote, 1)
	b.OnTrack(func(track *TrackRemote, _ *RTPReceiver) { tracks <- track })
	negotiate(t, a, b)
	widths := make(chan int, 1)
	sink, err := NewVideoSink(receive(t, tracks, "track"), VideoSinkInit{})
	require.NoError(t, err)
	defer sink.Close()
	sink.OnFrame(func(f *VideoFrame) {
		width := f.Width
		f.Release()
		select {
		case widths <- width:
		default:
		}
	})
	eventually(t, func() bool { return receive(t, widths, "frame") == 64 }, "pictures of the first track")
	a.OnNegotiationNeeded(func() { assert.Fail(t, "replacing a track needs no negotiation") })
	require.NoError(t, sender.ReplaceTrack(second))
	assert.Same(t, second, sender.Track())
	eventually(t, func() bool { return receive(t, widths, "frame") == 128 }, "pictures of the second track")

	requireError(t, typeError, sender.ReplaceTrack(audioTrack(t, api)))
	requireError(t, invalidAccessError, sender.ReplaceTrack(videoTrack(t, loopbackAPI())))
	assert.Same(t, second, sender.Track())
	require.NoError(t, sender.ReplaceTrack((*MediaStreamTrack)(nil)))
	assert.Nil(t, sender.Track())
	require.NoError(t, sender.ReplaceTrack(nil))
	handlersDone := make(chan struct{}, 1)
	a.d.post(func() { handlersDone <- struct{}{} })
	receive(t, handlersDone, "the end of the handlers")
}

func TestSetParameters(t *testing.T) {
	api, a, b := rtpPair(t)
	sender, err := a.AddTrack(videoTrack(t, api))
	require.NoError(t, err)
	negotiate(t, a, b)

	parameters := sender.GetParameters()
	require.Len(t, parameters.Encodings, 1)
	assert.NotEmpty(t, parameters.TransactionID)
	assert.NotEmpty(t, parameters.RTCP.CNAME)
	assert.True(t, parameters.RTCP.ReducedSize)
	assert.NotEmpty(t, parameters.HeaderExtensions)
	require.NotEmpty(t, parameters.Codecs)
	assert.Equal(t, MimeTypeVP8, parameters.Codecs[0].MimeType)
	encoding := &parameters.Encodings[0]
	assert.True(t, *encoding.Active)
	assert.NotZero(t, encoding.SSRC)
	assert.Equal(t, PriorityTypeLow, encoding.Priority)
	assert.Equal(t, PriorityTypeLow, encoding.NetworkPriority)
	assert.Equal(t, 1.0, *encoding.ScaleResolutionDownBy)

	active, bitrate, framerate, scale := false, uint64(300_000), 12.5, 2.0
	encoding.Active, encoding.MaxBitrate, encoding.MaxFramerate, encoding.ScaleResolutionDownBy = &active, &bitrate, &framerate, &scale
	encoding.Priority, encoding.NetworkPriority = PriorityTypeHigh, PriorityTypeVeryLow
	encoding.ScalabilityMode = "L1T2"
	parameters.DegradationPreference = DegradationPreferenceMaintainResolution
	require.NoError(t, sender.SetParameters(parameters))
	requireError(t, invalidStateError, sender.SetParameters(parameters))

	got := sender.GetParameters()
	assert.NotEqual(t, parameters.TransactionID, got.TransactionID)
	parameters.TransactionID = got.TransactionID
	assert.Equal(t, parameters, got)
	require.NoError(t, sender.SetParameters(got), "unchanged")
}

func TestSetParametersThatAreWrong(t *testing.T) {
	_, a, b := rtpPair(t)
	transceiver, err := a.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.NoError(t, err)
	negotiate(t, a, b)
	// Not negotiated: the answer of a peer without simulcast would leave one
	// encoding.
	simulcast, err := a.AddTransceiverFromKind(RTPCodecTypeVideo, RTPTransceiverInit{
		SendEncodings: []RTPEncodingParameters{testEncoding("a"), testEncoding("b")},
	})
	require.NoError(t, err)
	sender := transceiver.Sender()
	requireError(t, invalidStateError, sender.SetParameters(RTPSendParameters{}))
	for name, c := range map[string]struct {
		want   errorName
		change func(*RTPSendParameters)
	}{
		"transaction":        {invalidModificationError, func(p *RTPSendParameters) { p.TransactionID = "other" }},
		"simulcast fewer":    {invalidModificationError, func(p *RTPSendParameters) { p.Encodings = p.Encodings[1:] }},
		"simulcast reversed": {invalidModificationError, func(p *RTPSendParameters) { slices.Reverse(p.Encodings) }},
		"no encodings":       {invalidModificationError, func(p *RTPSendParameters) { p.Encodings = nil }},
		"rid":                {invalidModificationError, func(p *RTPSendParameters) { p.Encodings[0].RID = "c" }},
		"ssrc":               {invalidModificationError, func(p *RTPSendParameters) { p.Encodings[0].SSRC++ }},
		"codecs":             {invalidModificationError, func(p *RTPSendParameters) { p.Codecs = p.Codecs[1:] }},
		"payload type":       {invalidModificationError, func(p *RTPSendParameters) { p.Codecs[0].PayloadType++ }},
		"extensions":         {invalidModificationError, func(p *RTPSendParameters) { p.HeaderExtensions = nil }},
		"rtcp":               {invalidModificationError, func(p *RTPSendParameters) { p.RTCP.CNAME += "x" }},
		"scale":              {rangeError, func(p *RTPSendParameters) { scaled(0.9)(&p.Encodings[0]) }},
		"scale infinite":     {typeError, func(p *RTPSendParameters) { scaled(math.Inf(1))(&p.Encodings[0]) }},
		"frame rate":         {rangeError, func(p *RTPSendParameters) { atMost(-1)(&p.Encodings[0]) }},
		"priority":           {typeError, func(p *RTPSendParameters) { p.Encodings[0].NetworkPriority = -1 }},
		"preference":         {typeError, func(p *RTPSendParameters) { p.DegradationPreference = 99 }},
		"mode":               {operationError, func(p *RTPSendParameters) { p.Encodings[0].ScalabilityMode = "none" }},
	} {
		t.Run(name, func(t *testing.T) {
			s := sender
			if strings.HasPrefix(name, "simulcast") {
				s = simulcast.Sender()
			}
			p := s.GetParameters()
			c.change(&p)
			requireError(t, c.want, s.SetParameters(p))
		})
	}
	p := sender.GetParameters()
	requireError(t, typeError, sender.SetParameters(p, SetParameterOptions{}, SetParameterOptions{}))
	requireError(t, invalidModificationError, sender.SetParameters(p, SetParameterOptions{EncodingOptions: make([]EncodingOptions, 2)}))
	require.NoError(t, sender.SetParameters(p), "a failure leaves the parameters good")

	p = sender.GetParameters()
	require.NoError(t, transceiver.Stop())
	requireError(t, invalidStateError, sender.SetParameters(p))
}

func TestOldParameters(t *testing.T) {
	pc, err := NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	transceiver, err := pc.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	old := transceiver.Sender().GetParameters()
	fresh := transceiver.Sender().GetParameters()
	requireError(t, invalidModificationError, transceiver.Sender().SetParameters(old))
	fresh.Encodings[0].AdaptivePtime = true
	require.NoError(t, transceiver.Sender().SetParameters(fresh))
	assert.True(t, transceiver.Sender().GetParameters().Encodings[0].AdaptivePtime)
}

// Parameters that somebody else reads at the same time, here past the object that would
// outdate those of the application, spoil no change.
func TestSetParametersWhileTheyAreRead(t *testing.T) {
	pc, err := NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	transceiver, err := pc.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	sender := transceiver.Sender()
	native := sender.ref.Acquire()
	defer sender.ref.Release()
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			default:
				_, err := cgo.RTPSenderGetParameters(native)
				assert.NoError(t, err)
			}
		}
	}()
	defer func() { <-stopped }()
	defer close(stop)
	for i := range 500 {
		parameters := sender.GetParameters()
		bitrate := uint64(10_000 + i)
		parameters.Encodings[0].MaxBitrate = &bitrate
		require.NoError(t, sender.SetParameters(parameters))
	}
}

func TestKeyFrameRequestAndCodecOfAnEncoding(t *testing.T) {
	api, a, b := rtpPair(t)
	sender, err := a.AddTrack(videoTrack(t, api))
	require.NoError(t, err)
	negotiate(t, a, b)

	p := sender.GetParameters()
	err = sender.SetParameters(p, SetParameterOptions{EncodingOptions: []EncodingOptions{{KeyFrame: true}}})
	if onDebian() {
		requireError(t, operationError, err)
	} else {
		require.NoError(t, err)
	}

	p = sender.GetParameters()
	for _, c := range p.Codecs {
		if c.MimeType == MimeTypeVP9 && strings.Contains(c.SDPFmtpLine, "profile-id=0") {
			p.Encodings[0].Codec = &c.RTPCodecCapability
			break
		}
	}
	require.NotNil(t, p.Encodings[0].Codec)
	err = sender.SetParameters(p)
	if onDebian() {
		requireError(t, operationError, err)
		return
	}
	require.NoError(t, err)
	got := sender.GetParameters().Encodings[0].Codec
	require.NotNil(t, got)
	assert.Equal(t, MimeTypeVP9, got.MimeType)

	p = sender.GetParameters()
	p.Encodings[0].Codec = &RTPCodecCapability{MimeType: "video/none", ClockRate: 90000}
	requireError(t, invalidModificationError, sender.SetParameters(p))
}

func TestScaleResolutionDownTo(t *testing.T) {
	pc, err := NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	size := ResolutionRestriction{MaxWidth: 320, MaxHeight: 180}
	transceiver, err := pc.AddTransceiverFromKind(RTPCodecTypeVideo, RTPTransceiverInit{
		SendEncodings: []RTPEncodingParameters{{ScaleResolutionDownTo: &size}},
	})
	require.NoError(t, err)
	encoding := transceiver.Sender().GetParameters().Encodings[0]
	require.NotNil(t, encoding.ScaleResolutionDownTo)
	assert.Equal(t, size, *encoding.ScaleResolutionDownTo)
}

func TestSenderStats(t *testing.T) {
	api, a, b := rtpPair(t)
	track, source := audioSourceTrack(t, api)
	sendTone(t, source)
	sender, err := a.AddTrack(track)
	require.NoError(t, err)
	other, err := a.AddTrack(videoTrack(t, api))
	require.NoError(t, err)
	negotiate(t, a, b)
	count := func(s *RTPSender, kind string) (n int) {
		report, err := s.GetStats()
		require.NoError(t, err)
		for _, o := range StatsOf[*OutboundRTPStreamStats](report) {
			if o.Kind == kind {
				n++
			}
		}
		return n
	}
	eventually(t, func() bool { return count(sender, "audio") == 1 }, "statistics of the audio sender")
	assert.Zero(t, count(other, "audio"), "those of another sender")
}

// Parameters that have been through a form without the members that the W3C's
// dictionary lacks, such as JSON of a page, are taken as they are.
func TestSetParametersWithoutTheMembersThatTheW3CLacks(t *testing.T) {
	pc, err := loopbackAPI().NewPeerConnection(Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = pc.Close() })
	tr, err := pc.AddTransceiverFromKind(RTPCodecTypeVideo, RTPTransceiverInit{SendEncodings: []RTPEncodingParameters{{MaxBitrate: ptr(uint64(90000))}}})
	require.NoError(t, err)
	offer, err := pc.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, pc.SetLocalDescription(offer))

	parameters := tr.Sender().GetParameters()
	require.Len(t, parameters.Encodings, 1)
	parameters.Encodings[0].RTPCodingParameters = RTPCodingParameters{}
	parameters.Encodings[0].MaxBitrate = ptr(uint64(80000))
	require.NoError(t, tr.Sender().SetParameters(parameters))

	parameters = tr.Sender().GetParameters()
	assert.Equal(t, uint64(80000), *parameters.Encodings[0].MaxBitrate)
	parameters.Encodings[0].RID = "other"
	var modification *InvalidModificationError
	require.ErrorAs(t, tr.Sender().SetParameters(parameters), &modification)
}
