// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	goruntime "runtime"
	"time"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// EncodedFrameType tells what an encoded frame is.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#rtcencodedvideoframetype
type EncodedFrameType int

const (
	// EncodedFrameTypeUnknown is the zero value.
	EncodedFrameTypeUnknown EncodedFrameType = iota

	// EncodedFrameTypeEmpty: video without data.
	EncodedFrameTypeEmpty

	// EncodedFrameTypeKey: video that can be decoded by itself.
	EncodedFrameTypeKey

	// EncodedFrameTypeDelta: video that needs frames before it.
	EncodedFrameTypeDelta

	// EncodedFrameTypeAudio: audio.
	EncodedFrameTypeAudio
)

var encodedFrameTypeNames = newEnumTable("RTCEncodedVideoFrameType", EncodedFrameTypeEmpty, "empty", "key", "delta", "audio")

// String returns the name, or "unknown" for a value that has none.
func (t EncodedFrameType) String() string { return encodedFrameTypeNames.name(t) }

// EncodedFrame is a frame of audio or video between its encoder and the network, or
// between the network and its decoder: what one RTP timestamp of one stream (and, of
// video, one spatial layer) holds. It is the W3C's RTCEncodedVideoFrame and
// RTCEncodedAudioFrame.
//
// A frame belongs to whom RTPScriptTransformer.ReadFrame or Clone has given it. It
// is given up by WriteFrame or Release, and must not be used by several goroutines
// at a time.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#rtcencodedvideoframe
type EncodedFrame struct {
	owner    *RTPScriptTransformer
	ref      *cgo.Ref
	native   []byte // the data in libwebrtc's memory
	data     []byte // in its place, if replaced
	replaced bool
	metadata EncodedFrameMetadata
}

// EncodedFrameMetadata is what is known of an encoded frame. Which members a frame
// has depends on its kind, on the header extensions that were negotiated, and on the
// revision of libwebrtc; what is not known is nil or zero.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#rtcencodedframemetadata
type EncodedFrameMetadata struct {
	// Type is audio, key or delta.
	Type EncodedFrameType

	// SynchronizationSource is the SSRC of the stream.
	SynchronizationSource SSRC

	// PayloadType is that of the stream's RTP packets.
	PayloadType PayloadType

	// MimeType is that of the codec, such as "video/VP8".
	MimeType string

	// ContributingSources are the CSRCs.
	ContributingSources []uint32

	// RTPTimestamp is in the units of the codec's clock rate.
	RTPTimestamp uint32

	// ReceiveTime is when the first packet of a received frame came, on the clock of
	// MediaTime; on the revision that Debian packages, when the frame was complete.
	ReceiveTime time.Duration

	// CaptureTime is when the frame was captured, by the clock of the system that
	// captured it. Of a received frame it is known where the header extension
	// abs-capture-time was negotiated. It is nil on the revision that Debian packages.
	CaptureTime *time.Time

	// SenderCaptureTimeOffset is what has to be added to a received frame's CaptureTime
	// to get the time by the clock of the system that sent the frame; it is known as
	// CaptureTime is.
	SenderCaptureTimeOffset *time.Duration

	// Timestamp is that of the picture which a frame of video that is sent was made
	// of, on the clock of MediaTime; nil on the revision that Debian packages.
	Timestamp *time.Duration

	// SequenceNumber is that of the packet that a received frame of audio came in.
	SequenceNumber *uint16

	// AudioLevel is that of received audio, between 0 (silence) and 1, where the
	// header extension for it was negotiated.
	AudioLevel *float64

	// FrameID counts the frames of a stream of video, where the dependency
	// descriptor or the generic frame descriptor is used, as when sending.
	FrameID *int64

	// Dependencies are the FrameIDs of the frames that this one needs.
	Dependencies []int64

	// Width and Height are the picture's; 0 where a received frame does not tell.
	Width, Height int

	// SpatialIndex and TemporalIndex tell the layer, from 0.
	SpatialIndex, TemporalIndex int

	// RID is that of the encoding that a frame is sent with, if it has one.
	RID string
}

// newEncodedFrame takes over a frame of the bridge's.
func newEncodedFrame(owner *RTPScriptTransformer, native *cgo.EncodedFrame) *EncodedFrame {
	v := native.Values()
	f := &EncodedFrame{owner: owner, ref: cgo.NewRef(native.Handle(), nil), native: native.Data()}
	goruntime.AddCleanup(f, func(ref *cgo.Ref) { ref.Close() }, f.ref)
	m := &f.metadata
	*m = EncodedFrameMetadata{
		Type:                  encodedFrameType(owner.kind, v.KeyFrame, len(f.native)),
		SynchronizationSource: SSRC(v.SSRC),
		PayloadType:           PayloadType(v.PayloadType),
		MimeType:              v.MimeType,
		ContributingSources:   v.CSRCs,
		RTPTimestamp:          v.Timestamp,
		ReceiveTime:           time.Duration(v.ReceiveTime) * time.Microsecond,
		Dependencies:          v.Dependencies,
		Width:                 int(v.Width),
		Height:                int(v.Height),
		SpatialIndex:          v.SpatialIndex,
		TemporalIndex:         v.TemporalIndex,
		RID:                   v.RID,
	}
	if m.MimeType == "" {
		m.MimeType = owner.mimeType(m.PayloadType)
	}
	if m.RID == "" {
		m.RID = owner.rid(m.SynchronizationSource)
	}
	if v.HasSequenceNumber {
		m.SequenceNumber = &v.SequenceNumber
	}
	if v.HasAudioLevel {
		level := linearAudioLevel(v.AudioLevel)
		m.AudioLevel = &level
	}
	if v.CaptureTime != nil {
		at := captureTime(time.Duration(*v.CaptureTime)*time.Microsecond, owner.host.receiver != nil)
		m.CaptureTime = &at
	}
	m.SenderCaptureTimeOffset = microseconds(v.SenderCaptureTimeOffset)
	m.Timestamp = microseconds(v.PresentationTime)
	if v.HasFrameID {
		m.FrameID = &v.FrameID
	}
	return f
}

func encodedFrameType(kind RTPCodecType, key bool, size int) EncodedFrameType {
	switch {
	case kind != RTPCodecTypeVideo:
		return EncodedFrameTypeAudio
	case size == 0:
		return EncodedFrameTypeEmpty
	case key:
		return EncodedFrameTypeKey
	}
	return EncodedFrameTypeDelta
}

// captureTime reads a time of NTP's clock, or of MediaTime's where it is of this machine.
func captureTime(t time.Duration, remote bool) time.Time {
	if remote {
		return ntpEpoch.Add(t)
	}
	return time.Now().Add(t - MediaTime()).Round(0)
}

func microseconds(n *int64) *time.Duration {
	if n == nil {
		return nil
	}
	d := time.Duration(*n) * time.Microsecond
	return &d
}

// Data returns what is to be sent or decoded. Before SetData it lies in libwebrtc's
// memory: it must not be written to, nor be used once the frame was given up.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcencodedvideoframe-data
func (f *EncodedFrame) Data() []byte {
	if f.replaced {
		return f.data
	}
	if f.ref.Closed() {
		return nil
	}
	return f.native
}

// SetData replaces the data. It is read when the frame is written; it may be a part of
// what Data returned.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcencodedvideoframe-data
func (f *EncodedFrame) SetData(data []byte) {
	f.data, f.replaced = data, true
}

// replacement returns the data that libwebrtc is to copy, in memory that it does not
// overwrite while it does.
func (f *EncodedFrame) replacement() []byte {
	if !f.replaced || len(f.data) == 0 || len(f.native) == 0 {
		return f.data
	}
	at, begin := uintptr(unsafe.Pointer(&f.data[0])), uintptr(unsafe.Pointer(&f.native[0]))
	if at >= begin && at < begin+uintptr(len(f.native)) {
		return append([]byte(nil), f.data...)
	}
	return f.data
}

// Metadata returns what is known of the frame.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcencodedvideoframe-getmetadata
func (f *EncodedFrame) Metadata() EncodedFrameMetadata { return f.metadata }

// SetRTPTimestamp changes the timestamp that the frame is sent or decoded with. The
// revision that Debian packages cannot: it is a NotSupportedError. A frame that was
// given up is an InvalidStateError.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcencodedvideoframe-setmetadata
func (f *EncodedFrame) SetRTPTimestamp(timestamp uint32) error {
	p := f.ref.Acquire()
	if p == nil {
		return errFrameGivenUp()
	}
	defer f.ref.Release()
	if !cgo.EncodedFrameSetTimestamp(p, timestamp) {
		return newError(notSupportedError, "this revision of libwebrtc cannot change a timestamp", nil)
	}
	f.metadata.RTPTimestamp = timestamp
	return nil
}

// Clone makes another frame like this one, to be written beside or after it. The
// revision that Debian packages cannot: it is a NotSupportedError. A frame that was
// given up is an InvalidStateError.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcencodedvideoframe-constructor
func (f *EncodedFrame) Clone() (*EncodedFrame, error) {
	p := f.ref.Acquire()
	if p == nil {
		return nil, errFrameGivenUp()
	}
	defer f.ref.Release()
	native := new(cgo.EncodedFrame)
	if !cgo.EncodedFrameClone(p, native) {
		return nil, newError(notSupportedError, "this revision of libwebrtc cannot make frames", nil)
	}
	c := newEncodedFrame(f.owner, native)
	c.metadata = f.metadata // libwebrtc forgets times
	if f.replaced {
		c.SetData(append([]byte(nil), f.data...))
	}
	return c, nil
}

// Release drops the frame: it is neither sent nor decoded. Releasing a frame that was
// given up is fine.
func (f *EncodedFrame) Release() { f.ref.Close() }

func errFrameGivenUp() error {
	return newError(invalidStateError, "the frame was written or released", nil)
}
