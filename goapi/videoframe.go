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

// VideoFrame is one picture of a video track. There are four kinds:
//
//   - a frame of the application's own, whose planes it allocates (a literal, or
//     NewVideoFrameBuffer);
//   - a frame that a VideoSink gives: its planes are libwebrtc's memory, to be
//     read only, and valid until Release;
//   - a frame that VideoSource.LendBuffer gives: its planes are libwebrtc's
//     memory, to be written, and valid until it is pushed or released;
//   - a frame in the memory of a device, to be pushed: Native.
//
// The planes of the second and third must not be used once the frame is released, or
// forgotten: a frame that is unreachable is released by the garbage collector.
// CopyTo, ToI420 and ToImage make copies to keep.
//
// A frame may be read from many goroutines at once, but not while it is released
// or pushed for the first time.
type VideoFrame struct {
	VideoFrameBuffer

	// Native, if it is not nil, is the picture of a frame that is pushed, in place of
	// the VideoFrameBuffer.
	Native NativeVideoBuffer

	// Rotation is how the frame must be turned to be upright.
	Rotation VideoRotation

	// Timestamp is when the frame was captured, or is to be shown if it was
	// received, on the clock of MediaTime. In a frame that is pushed, zero means
	// now.
	Timestamp time.Duration

	// RTPTimestamp is that of the frame's packets, in 1/90000 s, or 0 if the
	// frame was not received. It is not used in a frame that is pushed.
	RTPTimestamp uint32

	// CaptureTime is when the other peer captured the frame, by this machine's
	// clock, as estimated from its sender reports; the zero Time if not known. It
	// is not used in a frame that is pushed.
	CaptureTime time.Time

	// ReceiveTime is when the last packet of the frame arrived, on the clock of
	// MediaTime, or 0 if the frame was not received. It is not used in a frame
	// that is pushed.
	ReceiveTime time.Duration

	ref     *cgo.Ref // to libwebrtc's buffer, or nil
	lent    bool     // it has not been pushed
	cleanup goruntime.Cleanup
}

// newNativeFrame takes over the reference in native.
func newNativeFrame(native *cgo.VideoFrame) *VideoFrame {
	f := &VideoFrame{
		Rotation:     VideoRotation(native.Rotation()),
		Timestamp:    time.Duration(native.TimestampMicros()) * time.Microsecond,
		RTPTimestamp: native.RTPTimestamp(),
		CaptureTime:  ntpTime(native.NTPMillis()),
		ReceiveTime:  time.Duration(native.ReceiveMicros()) * time.Microsecond,
		ref:          cgo.NewRef(native.Buffer(), nil),
	}
	f.Format = PixelFormat(native.Format())
	f.Width, f.Height = native.Size()
	for i := range f.Format.planes() {
		p, stride := native.Plane(i)
		row, rows := f.Format.plane(i, f.Width, f.Height)
		f.Planes[i] = VideoPlane{unsafe.Slice((*byte)(p), stride*(rows-1)+row), stride}
	}
	f.cleanup = goruntime.AddCleanup(f, func(ref *cgo.Ref) { ref.Close() }, f.ref)
	return f
}

// Release gives the pixels back to libwebrtc, which reuses them. Few frames may be
// held at a time: decoders have a bounded number of buffers. It does nothing to a
// frame of the application's own, and nothing the second time.
func (f *VideoFrame) Release() {
	if f.ref == nil || !f.ref.Close() {
		return
	}
	f.cleanup.Stop()
	f.Planes = [3]VideoPlane{}
}
