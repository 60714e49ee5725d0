// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"bytes"
	"context"
	"io"
	"math"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// each makes a transform that calls f for each frame and writes it if f returns true.
func each(f func(*RTPScriptTransformer, *EncodedFrame) bool) *RTPScriptTransform {
	return NewRTPScriptTransform(func(t *RTPScriptTransformer) {
		for frame := range t.Frames() {
			if f(t, frame) {
				_ = t.WriteFrame(frame)
			} else {
				frame.Release()
			}
		}
	})
}

// scramble is its own inverse. It leaves the beginning alone, where packetizers look.
func scramble(_ *RTPScriptTransformer, f *EncodedFrame) bool {
	data := bytes.Clone(f.Data())
	for i := min(10, len(data)); i < len(data); i++ {
		data[i] ^= 0x5a
	}
	f.SetData(data)
	return true
}

// transformPair connects a sender to its receiver.
type transformPair struct {
	a, b     *PeerConnection
	sender   *RTPSender
	receiver *RTPReceiver
	video    *VideoSource
	audio    *AudioSource
}

func newTransformPair(t *testing.T, kind RTPCodecType, before func(p *transformPair)) *transformPair {
	t.Helper()
	api, a, b := rtpPair(t)
	p := &transformPair{a: a, b: b}
	var track *MediaStreamTrack
	if kind == RTPCodecTypeVideo {
		track, p.video = videoSourceTrack(t, api)
	} else {
		track, p.audio = audioSourceTrack(t, api)
	}
	var err error
	p.sender, err = a.AddTrack(track)
	require.NoError(t, err)
	transceiver, err := b.AddTransceiverFromKind(kind, RTPTransceiverInit{Direction: RTPTransceiverDirectionRecvonly})
	require.NoError(t, err)
	p.receiver = transceiver.Receiver()
	if before != nil {
		before(p)
	}
	// The receiver's end offers: it exists before anything is negotiated.
	negotiate(t, b, a)
	if p.video != nil {
		whitePictures(t, p.video)
	} else {
		sendTone(t, p.audio)
	}
	return p
}

func (p *transformPair) requireReceived(t *testing.T) {
	t.Helper()
	if p.video != nil {
		sink, err := NewVideoSink(p.receiver.Track(), VideoSinkInit{})
		require.NoError(t, err)
		defer sink.Close()
		requireBrightness(t, sink, true)
		return
	}
	sink, err := NewAudioSink(p.receiver.Track(), AudioSinkInit{})
	require.NoError(t, err)
	defer sink.Close()
	for {
		f, err := sink.ReadFrame(mediaContext(t))
		require.NoError(t, err)
		var sum float64
		for _, s := range f.Samples {
			sum += float64(s) * float64(s)
		}
		if rms := math.Sqrt(sum / float64(len(f.Samples))); rms > 3000 && rms < 8000 {
			return
		}
	}
}

func mediaKinds(t *testing.T, f func(t *testing.T, kind RTPCodecType)) {
	t.Helper()
	for _, kind := range []RTPCodecType{RTPCodecTypeAudio, RTPCodecTypeVideo} {
		t.Run(kind.String(), func(t *testing.T) { f(t, kind) })
	}
}

func TestEncodedTransform_WhatOneEndChangesTheOtherRestores(t *testing.T) {
	mediaKinds(t, func(t *testing.T, kind RTPCodecType) {
		var sent, received atomic.Int32
		count := func(n *atomic.Int32) *RTPScriptTransform {
			return each(func(s *RTPScriptTransformer, f *EncodedFrame) bool {
				n.Add(1)
				return scramble(s, f)
			})
		}
		p := newTransformPair(t, kind, func(p *transformPair) {
			out, in := count(&sent), count(&received)
			require.NoError(t, p.sender.SetTransform(out))
			require.NoError(t, p.receiver.SetTransform(in))
			assert.Same(t, out, p.sender.Transform())
			assert.Same(t, in, p.receiver.Transform())
		})
		p.requireReceived(t)
		assert.NotZero(t, sent.Load())
		assert.NotZero(t, received.Load())
	})
}

func TestEncodedTransform_SetDuringTheCall(t *testing.T) {
	mediaKinds(t, func(t *testing.T, kind RTPCodecType) {
		p := newTransformPair(t, kind, nil)
		p.requireReceived(t)
		for range 2 {
			var first, second, received atomic.Int32
			count := func(n *atomic.Int32) *RTPScriptTransform {
				return each(func(*RTPScriptTransformer, *EncodedFrame) bool { n.Add(1); return true })
			}
			require.NoError(t, p.sender.SetTransform(count(&first)))
			require.NoError(t, p.receiver.SetTransform(count(&received)))
			eventually(t, func() bool { return first.Load() > 5 && received.Load() > 5 }, "frames pass the transforms")
			require.NoError(t, p.sender.SetTransform(count(&second)))
			eventually(t, func() bool { return second.Load() > 5 }, "frames pass the second transform")
			p.requireReceived(t)
			require.NoError(t, p.sender.SetTransform(nil))
			require.NoError(t, p.receiver.SetTransform(nil))
			assert.Nil(t, p.sender.Transform())
			p.requireReceived(t)
			// Negotiating again puts libwebrtc's streams together anew.
			negotiate(t, p.a, p.b)
			negotiate(t, p.b, p.a)
		}
	})
}

func TestEncodedTransform_FramesCanBeDropped(t *testing.T) {
	mediaKinds(t, func(t *testing.T, kind RTPCodecType) {
		var dropped, arrived atomic.Int32
		p := newTransformPair(t, kind, func(p *transformPair) {
			require.NoError(t, p.sender.SetTransform(each(func(*RTPScriptTransformer, *EncodedFrame) bool { dropped.Add(1); return false })))
			require.NoError(t, p.receiver.SetTransform(each(func(*RTPScriptTransformer, *EncodedFrame) bool { arrived.Add(1); return true })))
		})
		eventually(t, func() bool { return dropped.Load() > 20 }, "frames are encoded")
		assert.Zero(t, arrived.Load())
		require.NoError(t, p.sender.SetTransform(nil))
		p.requireReceived(t)
		assert.NotZero(t, arrived.Load())
	})
}

// frames collects copies of what passes through a transform.
func frames(into chan<- EncodedFrameMetadata) *RTPScriptTransform {
	return each(func(_ *RTPScriptTransformer, f *EncodedFrame) bool {
		select {
		case into <- f.Metadata():
		default:
		}
		return true
	})
}

func TestEncodedTransform_Metadata(t *testing.T) {
	mediaKinds(t, func(t *testing.T, kind RTPCodecType) {
		sent, received := make(chan EncodedFrameMetadata, 100), make(chan EncodedFrameMetadata, 100)
		begin := time.Now()
		p := newTransformPair(t, kind, func(p *transformPair) {
			negotiateCaptureTime(t, p.a, p.b)
			require.NoError(t, p.sender.SetTransform(frames(sent)))
			require.NoError(t, p.receiver.SetTransform(frames(received)))
		})
		var out, in []EncodedFrameMetadata
		for range 5 {
			out = append(out, receive(t, sent, "a frame that is sent"))
			in = append(in, receive(t, received, "a frame that is received"))
		}
		codecs := map[PayloadType]string{}
		for _, c := range p.sender.GetParameters().Codecs {
			codecs[c.PayloadType] = c.MimeType
		}
		for _, list := range [][]EncodedFrameMetadata{out, in} {
			for i, m := range list {
				assert.Equal(t, list[0].SynchronizationSource, m.SynchronizationSource)
				assert.NotZero(t, m.SynchronizationSource)
				assert.Contains(t, codecs, m.PayloadType)
				assert.True(t, strings.EqualFold(codecs[m.PayloadType], m.MimeType), "%s is %s", m.MimeType, codecs[m.PayloadType])
				assert.Empty(t, m.ContributingSources)
				if i > 0 {
					assert.NotEqual(t, list[i-1].RTPTimestamp, m.RTPTimestamp)
				}
			}
		}
		assert.Equal(t, out[0].SynchronizationSource, in[0].SynchronizationSource)
		assert.NotZero(t, in[0].ReceiveTime)
		assert.LessOrEqual(t, in[0].ReceiveTime, MediaTime()+time.Millisecond)
		assert.Zero(t, out[0].ReceiveTime)
		checkCaptureTimes(t, begin, out[0], in[0])
		if kind == RTPCodecTypeAudio {
			for i, m := range in {
				assert.Equal(t, EncodedFrameTypeAudio, m.Type)
				require.NotNil(t, m.SequenceNumber)
				if i > 0 {
					assert.Equal(t, *in[i-1].SequenceNumber+1, *m.SequenceNumber)
				}
				require.NotNil(t, m.AudioLevel)
			}
			assert.Greater(t, *in[4].AudioLevel, 0.01)
			return
		}
		assert.Equal(t, EncodedFrameTypeKey, out[0].Type)
		assert.Equal(t, EncodedFrameTypeKey, in[0].Type)
		assert.Empty(t, out[0].Dependencies)
		for i, m := range out {
			require.NotNil(t, m.FrameID)
			assert.Equal(t, [2]int{64, 48}, [2]int{m.Width, m.Height})
			assert.Zero(t, m.SpatialIndex)
			if i > 0 && m.Type == EncodedFrameTypeDelta {
				assert.Equal(t, []int64{*out[i-1].FrameID}, m.Dependencies)
			}
		}
		assert.Equal(t, [2]int{64, 48}, [2]int{in[0].Width, in[0].Height}, "key frames tell their size")
	})
}

// negotiateCaptureTime asks for the header extension that tells when frames were
// captured, where the revision can be asked.
func negotiateCaptureTime(t *testing.T, peers ...*PeerConnection) {
	t.Helper()
	for _, pc := range peers {
		for _, transceiver := range pc.GetTransceivers() {
			extensions := transceiver.GetHeaderExtensionsToNegotiate()
			for i := range extensions {
				if strings.HasSuffix(extensions[i].URI, "/abs-capture-time") {
					extensions[i].Direction = RTPTransceiverDirectionSendrecv
				}
			}
			require.NoError(t, transceiver.SetHeaderExtensionsToNegotiate(extensions))
		}
	}
}

// checkCaptureTimes looks at one frame of each end, captured after begin.
func checkCaptureTimes(t *testing.T, begin time.Time, out, in EncodedFrameMetadata) {
	t.Helper()
	if onDebian() {
		assert.Nil(t, out.CaptureTime)
		assert.Nil(t, in.CaptureTime)
		assert.Nil(t, out.Timestamp)
		return
	}
	for _, m := range []EncodedFrameMetadata{out, in} {
		require.NotNil(t, m.CaptureTime)
		// To the second: libwebrtc derives NTP's time by the millisecond.
		assert.WithinRange(t, *m.CaptureTime, begin.Add(-time.Second), time.Now().Add(time.Second))
	}
	assert.Nil(t, out.SenderCaptureTimeOffset)
	require.NotNil(t, in.SenderCaptureTimeOffset)
	assert.Zero(t, *in.SenderCaptureTimeOffset, "who sends has captured")
	assert.Nil(t, in.Timestamp)
	if out.Type == EncodedFrameTypeAudio {
		assert.Nil(t, out.Timestamp)
		return
	}
	require.NotNil(t, out.Timestamp)
	assert.LessOrEqual(t, *out.Timestamp, MediaTime())
}

func TestEncodedTransform_FramesAreOfEncodings(t *testing.T) {
	sent := make(chan EncodedFrameMetadata, 1000)
	api, a, b := rtpPair(t)
	track, camera := videoSourceTrack(t, api)
	quarter := 4.0
	transceiver, err := a.AddTransceiverFromTrack(track, RTPTransceiverInit{SendEncodings: []RTPEncodingParameters{
		{RTPCodingParameters: RTPCodingParameters{RID: "q"}, ScaleResolutionDownBy: &quarter},
		{RTPCodingParameters: RTPCodingParameters{RID: "f"}},
	}})
	require.NoError(t, err)
	require.NoError(t, transceiver.Sender().SetTransform(frames(sent)))
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, a.SetLocalDescription(offer))
	require.NoError(t, b.SetRemoteDescription(offer))
	require.NoError(t, b.SetLocalDescription(SessionDescription{}))
	// As a server would answer.
	answer := *b.LocalDescription()
	answer.SDP += "a=rid:q recv\r\na=rid:f recv\r\na=simulcast:recv q;f\r\n"
	require.NoError(t, a.SetRemoteDescription(answer))
	sendPictures(t, camera, 640, 480)
	widths := map[string]int{}
	eventually(t, func() bool {
		m := receive(t, sent, "a frame")
		widths[m.RID] = m.Width
		return len(widths) == 2
	}, "frames of both encodings are sent")
	assert.Contains(t, widths, "q")
	assert.Contains(t, widths, "f")
}

func TestEncodedFrameTypes(t *testing.T) {
	assert.Equal(t, EncodedFrameTypeAudio, encodedFrameType(RTPCodecTypeAudio, false, 0))
	assert.Equal(t, EncodedFrameTypeEmpty, encodedFrameType(RTPCodecTypeVideo, true, 0))
	assert.Equal(t, EncodedFrameTypeKey, encodedFrameType(RTPCodecTypeVideo, true, 1))
	assert.Equal(t, EncodedFrameTypeDelta, encodedFrameType(RTPCodecTypeVideo, false, 1))
}

func TestEncodedTransform_FramesCanBeInjected(t *testing.T) {
	mediaKinds(t, func(t *testing.T, kind RTPCodecType) {
		failure, arrived := make(chan error, 100), make(chan []byte, 1000)
		mark := []byte("this was not encoded by anybody")
		newTransformPair(t, kind, func(p *transformPair) {
			require.NoError(t, p.sender.SetTransform(each(func(s *RTPScriptTransformer, f *EncodedFrame) bool {
				extra, err := f.Clone()
				if err == nil {
					assert.Equal(t, f.Metadata(), extra.Metadata())
					assert.Equal(t, f.Data(), extra.Data())
					err = extra.SetRTPTimestamp(f.Metadata().RTPTimestamp - 1)
					extra.SetData(append(bytes.Clone(f.Data()), mark...))
					_ = s.WriteFrame(extra)
				} else {
					requireError(t, notSupportedError, f.SetRTPTimestamp(1))
				}
				select {
				case failure <- err:
				default:
				}
				return true
			})))
			require.NoError(t, p.receiver.SetTransform(each(func(_ *RTPScriptTransformer, f *EncodedFrame) bool {
				select {
				case arrived <- bytes.Clone(f.Data()):
				default:
				}
				return !bytes.HasSuffix(f.Data(), mark)
			})))
		})
		err := receive(t, failure, "a frame")
		if onDebian() {
			requireError(t, notSupportedError, err)
			return
		}
		require.NoError(t, err)
		eventually(t, func() bool { return bytes.HasSuffix(receive(t, arrived, "a frame"), mark) }, "the frame arrives")
	})
}

func TestEncodedTransform_BackPressure(t *testing.T) {
	transformers := make(chan *RTPScriptTransformer, 2)
	stalled := func(capacity int) *RTPScriptTransform {
		return NewRTPScriptTransform(func(s *RTPScriptTransformer) { transformers <- s }, RTPScriptTransformInit{Capacity: capacity})
	}
	p := newTransformPair(t, RTPCodecTypeAudio, nil)
	require.NoError(t, p.sender.SetTransform(stalled(3)))
	s := receive(t, transformers, "the call of the function")
	assert.Equal(t, RTPCodecTypeAudio, s.Kind())
	assert.Same(t, p.sender, s.Sender())
	assert.Nil(t, s.Receiver())
	eventually(t, func() bool { return s.Dropped() > 5 }, "frames are dropped and nobody waits")
	// The oldest three have waited; then come the newest.
	for range 3 {
		require.NotNil(t, s.poll())
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	f, err := s.ReadFrame(ctx)
	require.NoError(t, err)
	require.NoError(t, s.WriteFrame(f))
	require.NoError(t, p.sender.SetTransform(stalled(0)))
	drops := s.Dropped()
	assert.NotZero(t, drops)
	_, err = s.ReadFrame(ctx)
	require.ErrorIs(t, err, io.EOF)
	s = receive(t, transformers, "the call of the second function")
	assert.Zero(t, s.Dropped())
	canceled, stop := context.WithCancel(t.Context())
	stop()
	_, err = s.ReadFrame(canceled)
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, p.a.Close())
	_, err = s.ReadFrame(ctx)
	require.ErrorIs(t, err, io.EOF)
}

func TestEncodedTransform_KeyFrames(t *testing.T) {
	var keys atomic.Int32
	receiving, sending := make(chan *RTPScriptTransformer, 1), make(chan *RTPScriptTransformer, 1)
	p := newTransformPair(t, RTPCodecTypeVideo, func(p *transformPair) {
		require.NoError(t, p.sender.SetTransform(each(func(s *RTPScriptTransformer, f *EncodedFrame) bool {
			select {
			case sending <- s:
			default:
			}
			if f.Metadata().Type == EncodedFrameTypeKey {
				keys.Add(1)
			}
			return true
		})))
		require.NoError(t, p.receiver.SetTransform(each(func(s *RTPScriptTransformer, _ *EncodedFrame) bool {
			select {
			case receiving <- s:
			default:
			}
			return true
		})))
	})
	p.requireReceived(t)
	s, r := receive(t, sending, "the sender's transformer"), receive(t, receiving, "the receiver's transformer")
	// The other peer's.
	assert.Same(t, p.receiver, r.Receiver())
	for before := keys.Load(); keys.Load() == before; time.Sleep(50 * time.Millisecond) {
		require.NoError(t, r.SendKeyFrameRequest())
	}
	requireError(t, invalidStateError, r.GenerateKeyFrame())
	requireError(t, invalidStateError, s.SendKeyFrameRequest())
	// Our own.
	requireError(t, notFoundError, s.GenerateKeyFrame("none"))
	if onDebian() {
		requireError(t, operationError, s.GenerateKeyFrame())
	} else {
		before := keys.Load()
		require.NoError(t, s.GenerateKeyFrame())
		eventually(t, func() bool { return keys.Load() > before }, "a key frame is made")
	}
	require.NoError(t, p.receiver.SetTransform(nil))
	requireError(t, invalidStateError, r.SendKeyFrameRequest())

	audio := newTransformPair(t, RTPCodecTypeAudio, nil)
	requireError(t, invalidStateError, audio.sender.GenerateKeyFrame())
}

func TestEncodedTransform_Errors(t *testing.T) {
	kept := make(chan *EncodedFrame, 2)
	transformers := make(chan *RTPScriptTransformer, 1)
	collect := NewRTPScriptTransform(func(s *RTPScriptTransformer) {
		transformers <- s
		for f := range s.Frames() {
			select {
			case kept <- f:
			default:
				f.Release()
			}
		}
	})
	p := newTransformPair(t, RTPCodecTypeAudio, func(p *transformPair) { require.NoError(t, p.sender.SetTransform(collect)) })
	s := receive(t, transformers, "the transformer")
	requireError(t, invalidStateError, p.sender.SetTransform(collect))
	requireError(t, invalidStateError, p.receiver.SetTransform(collect))
	requireError(t, typeError, p.receiver.SetTransform(&RTPScriptTransform{}))
	assert.Same(t, collect, p.sender.Transform(), "what fails changes nothing")
	first, second := receive(t, kept, "a frame"), receive(t, kept, "another frame")
	require.NoError(t, s.WriteFrame(first))
	requireError(t, invalidStateError, s.WriteFrame(first))
	assert.Nil(t, first.Data())
	requireError(t, invalidStateError, first.SetRTPTimestamp(1))
	_, err := first.Clone()
	requireError(t, invalidStateError, err)
	requireError(t, typeError, s.WriteFrame(nil))
	others := make(chan *RTPScriptTransformer, 1)
	require.NoError(t, p.receiver.SetTransform(NewRTPScriptTransform(func(s *RTPScriptTransformer) { others <- s })))
	requireError(t, typeError, receive(t, others, "the other transformer").WriteFrame(second))
	// A part of what was there, from within libwebrtc's own memory.
	second.SetData(second.Data()[1:])
	require.NoError(t, s.WriteFrame(second))
	last := receive(t, kept, "a last frame")
	require.NoError(t, p.sender.SetTransform(nil))
	requireError(t, invalidStateError, s.WriteFrame(last))
	last.Release()
	runtime.GC()

	transceiver, err := p.b.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	require.NoError(t, transceiver.Stop())
	requireError(t, invalidStateError, transceiver.Sender().SetTransform(frames(nil)))
	require.NoError(t, p.a.Close())
	requireError(t, invalidStateError, p.sender.SetTransform(frames(nil)))
	requireError(t, invalidStateError, p.sender.GenerateKeyFrame())
	require.NoError(t, p.b.Close())
	requireError(t, invalidStateError, p.receiver.SetTransform(frames(nil)))
	assert.Equal(t, "key", EncodedFrameTypeKey.String())
}

func TestEncodedTransform_IsolatedMediaIsNotShown(t *testing.T) {
	api, _ := identityAPI(&testIdP{})
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	require.NoError(t, b.SetIdentityProvider(testDomain, hint("bob")))
	track, source := isolatedVideo(t, api, bob)
	sender, err := a.AddTrack(track)
	require.NoError(t, err)
	requireError(t, invalidAccessError, sender.SetTransform(frames(nil)))
	require.NoError(t, sender.SetTransform(nil))
	open, _ := videoSourceTrack(t, api)
	require.NoError(t, sender.ReplaceTrack(open))
	require.NoError(t, sender.SetTransform(frames(nil)))
	require.NoError(t, sender.ReplaceTrack(track))
	assert.Nil(t, sender.Transform())

	transceiver, err := b.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.NoError(t, err)
	require.NoError(t, transceiver.Receiver().SetTransform(frames(nil)))
	whitePictures(t, source)
	remote := remoteTracks(b)
	negotiate(t, a, b)
	assert.Nil(t, transceiver.Receiver().Transform())
	requireError(t, invalidAccessError, transceiver.Receiver().SetTransform(frames(nil)))
	requireBrightness(t, peek(t, receive(t, remote, "the track")), true)
}
