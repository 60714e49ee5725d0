// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEncodedTransform_WhatH264CannotBe has a frame hold units without a byte, on which
// libwebrtc's packetizer would end the process.
func TestEncodedTransform_WhatH264CannotBe(t *testing.T) {
	failures := make(chan error, 10)
	newTransformPair(t, RTPCodecTypeVideo, func(p *transformPair) {
		preferCodec(t, p.a.GetTransceivers()[0], MimeTypeH264)
		preferCodec(t, p.b.GetTransceivers()[0], MimeTypeH264)
		require.NoError(t, p.sender.SetTransform(NewRTPScriptTransform(func(s *RTPScriptTransformer) {
			for f := range s.Frames() {
				data := []byte{0, 0, 0, 1, 0, 0, 1, 0x65, 0x88, 0x80}
				if f.Metadata().Type == EncodedFrameTypeDelta {
					data = []byte{0, 0, 1, 0x41, 0x9a, 0, 0, 1, 0, 0, 0, 1, 0x41, 0x9a}
				}
				f.SetData(data)
				select {
				case failures <- s.WriteFrame(f):
				default:
				}
			}
		})))
	})
	for range 5 {
		requireError(t, typeError, receive(t, failures, "a frame"))
	}
}

func preferCodec(t *testing.T, transceiver *RTPTransceiver, mimeType string) {
	t.Helper()
	capabilities, err := GetRTPReceiverCapabilities(transceiver.Kind())
	require.NoError(t, err)
	chosen := slices.DeleteFunc(capabilities.Codecs, func(c RTPCodecCapability) bool { return !strings.EqualFold(c.MimeType, mimeType) })
	require.NoError(t, transceiver.SetCodecPreferences(chosen))
}

// TestEncodedTransform_AnyDataCanBeWritten gives packetizers and decoders what no
// encoder makes.
func TestEncodedTransform_AnyDataCanBeWritten(t *testing.T) {
	kinds := map[string]RTPCodecType{
		MimeTypeOpus: RTPCodecTypeAudio, MimeTypePCMU: RTPCodecTypeAudio, MimeTypeG722: RTPCodecTypeAudio,
		MimeTypeVP8: RTPCodecTypeVideo, MimeTypeVP9: RTPCodecTypeVideo, MimeTypeH264: RTPCodecTypeVideo, MimeTypeAV1: RTPCodecTypeVideo,
	}
	if onDebian() {
		delete(kinds, MimeTypeAV1) // not there
	}
	for mimeType, kind := range kinds {
		t.Run(mimeType, func(t *testing.T) {
			var sent, received atomic.Int32
			p := newTransformPair(t, kind, func(p *transformPair) {
				preferCodec(t, p.a.GetTransceivers()[0], mimeType)
				preferCodec(t, p.b.GetTransceivers()[0], mimeType)
				require.NoError(t, p.sender.SetTransform(spoil(&sent)))
				require.NoError(t, p.receiver.SetTransform(spoil(&received)))
			})
			eventually(t, func() bool { return sent.Load() > 16 }, "frames are sent")
			// Some of what was written is sent, so that the other end has something too.
			require.NoError(t, p.sender.SetTransform(nil))
			eventually(t, func() bool { return received.Load() > 16 }, "frames are received")
			require.NoError(t, p.receiver.SetTransform(nil))
			// Not every decoder finds its way back, but the connection is as before.
			_, err := p.receiver.GetStats()
			require.NoError(t, err)
			assert.Equal(t, PeerConnectionStateConnected, p.b.ConnectionState())
		})
	}
}

// spoil writes each frame with other data, and counts.
func spoil(n *atomic.Int32) *RTPScriptTransform {
	return each(func(s *RTPScriptTransformer, f *EncodedFrame) bool {
		data := bytes.Clone(f.Data())
		switch n.Add(1) % 8 {
		case 0:
			data = nil
		case 1:
			data = data[:min(1, len(data))]
		case 2:
			data = data[:len(data)/2]
		case 3:
			data = append(data, data...)
		case 4:
			data = bytes.Repeat([]byte{0}, 5000)
		case 5:
			data = bytes.Repeat([]byte{0, 0, 1, 0x65}, 1000)
		case 6:
			data = bytes.Repeat([]byte{0xff}, 100000)
		case 7:
			for i := range data {
				data[i] = byte(rand.Uint32())
			}
		}
		f.SetData(data)
		return true
	})
}

// TestEncodedTransform_EmptyFirstPictures hands decoders frames without a byte before
// they have seen any other: libwebrtc's decoder of VP8 would end the process.
func TestEncodedTransform_EmptyFirstPictures(t *testing.T) {
	for _, mimeType := range []string{MimeTypeVP8, MimeTypeVP9, MimeTypeH264} {
		t.Run(mimeType, func(t *testing.T) {
			var emptied atomic.Int32
			p := newTransformPair(t, RTPCodecTypeVideo, func(p *transformPair) {
				preferCodec(t, p.a.GetTransceivers()[0], mimeType)
				preferCodec(t, p.b.GetTransceivers()[0], mimeType)
				require.NoError(t, p.receiver.SetTransform(each(func(_ *RTPScriptTransformer, f *EncodedFrame) bool {
					if emptied.Load() < 3 {
						f.SetData(nil)
						emptied.Add(1)
					}
					return true
				})))
			})
			eventually(t, func() bool { return emptied.Load() == 3 }, "frames are received")
			sink, err := NewVideoSink(p.receiver.Track(), VideoSinkInit{})
			require.NoError(t, err)
			defer sink.Close()
			readFrame(t, sink).Release()
		})
	}
}
