// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"bytes"
	"context"
	"io"
	"iter"
	"strings"
	"sync"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// RTPScriptTransform is code of the application's that encoded frames go through: the
// function that it was made with. It is given to RTPSender.SetTransform or
// RTPReceiver.SetTransform, once only.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#rtcrtpscripttransform
type RTPScriptTransform struct {
	run      func(*RTPScriptTransformer)
	capacity int

	mu   sync.Mutex
	used bool
}

// RTPScriptTransformInit configures a RTPScriptTransform. Its zero value is the
// default.
type RTPScriptTransformInit struct {
	// Capacity is how many frames wait at most to be read: one that comes while so
	// many wait is dropped and counted. 0 is 60, as in a browser.
	Capacity int
}

const defaultTransformCapacity = 60

// NewRTPScriptTransform makes a transform. run is called on a goroutine of its own when
// the transform is set, and reads, changes and writes the frames, until there are no
// more; no thread of libwebrtc's waits for it:
//
//	webrtc.NewRTPScriptTransform(func(t *webrtc.RTPScriptTransformer) {
//		for frame := range t.Frames() {
//			frame.SetData(encrypt(frame.Data()))
//			t.WriteFrame(frame)
//		}
//	})
//
// If run returns earlier, no more frames pass. init is at most one.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcrtpscripttransform-rtcrtpscripttransform
func NewRTPScriptTransform(run func(*RTPScriptTransformer), init ...RTPScriptTransformInit) *RTPScriptTransform {
	t := &RTPScriptTransform{run: run, capacity: defaultTransformCapacity}
	for _, i := range init {
		if i.Capacity > 0 {
			t.capacity = i.Capacity
		}
	}
	return t
}

// take marks the transform as used.
func (t *RTPScriptTransform) take() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.run == nil {
		return newError(typeError, "the transform has no function", nil)
	}
	if t.used {
		return newError(invalidStateError, "the transform is in use, or was", nil)
	}
	t.used = true
	return nil
}

// RTPScriptTransformer is the function's side of a RTPScriptTransform: frames are read
// from it and written back to it. All methods may be called from any goroutine.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#rtcrtpscripttransformer
type RTPScriptTransformer struct {
	host *transformHost
	kind RTPCodecType
	done chan struct{} // closed when the transform is no longer in place

	mu    sync.Mutex
	mimes map[PayloadType]string
	rids  map[SSRC]string
	drops uint64 // once done
}

// Kind tells audio from video.
func (t *RTPScriptTransformer) Kind() RTPCodecType { return t.kind }

// Sender returns the sender whose frames these are, or nil.
func (t *RTPScriptTransformer) Sender() *RTPSender { return t.host.sender }

// Receiver returns the receiver whose frames these are, or nil.
func (t *RTPScriptTransformer) Receiver() *RTPReceiver { return t.host.receiver }

// ReadFrame waits for the next frame, in the order of encoding or of decoding. It fails
// with io.EOF when the transform was replaced or removed, its transceiver stopped or
// its connection closed, and with ctx's error.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcrtpscripttransformer-readable
func (t *RTPScriptTransformer) ReadFrame(ctx context.Context) (*EncodedFrame, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if t.over() {
			return nil, io.EOF
		}
		if f := t.poll(); f != nil {
			return f, nil
		}
		select {
		case <-t.host.waker.C():
		case <-t.done:
		case <-ctx.Done():
		}
	}
}

// Frames returns the frames as ReadFrame does, until there are no more.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcrtpscripttransformer-readable
func (t *RTPScriptTransformer) Frames() iter.Seq[*EncodedFrame] {
	return func(yield func(*EncodedFrame) bool) {
		for {
			f, err := t.ReadFrame(context.Background())
			if err != nil || !yield(f) {
				return
			}
		}
	}
}

func (t *RTPScriptTransformer) over() bool {
	select {
	case <-t.done:
		return true
	default:
		return false
	}
}

func (t *RTPScriptTransformer) poll() *EncodedFrame {
	p := t.host.native.Acquire()
	if p == nil {
		return nil
	}
	defer t.host.native.Release()
	native := new(cgo.EncodedFrame)
	if !cgo.FrameTransformerTake(p, native) {
		return nil
	}
	if native.Waiting() > 0 {
		// The bridge tells of the first only.
		t.host.waker.Wake()
	}
	return newEncodedFrame(t, native)
}

// WriteFrame passes a frame on, to be sent or decoded, and gives it up. What is written
// need not be all that was read, and clones may be written too; the order should be
// that of reading. It never waits: what libwebrtc does with the frame happens on its
// own threads.
//
// A frame of another transformer is a TypeError, as is, for a sender, one of H264 or H265
// with a start code right behind another; one that was given up before, and any
// once the transform is no longer in place, an InvalidStateError. A stream that has
// ended takes no frames, which is no error.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcrtpscripttransformer-writable
func (t *RTPScriptTransformer) WriteFrame(f *EncodedFrame) error {
	if f == nil || f.owner != t {
		return newError(typeError, "not a frame of this transformer", nil)
	}
	frame := f.ref.Acquire()
	if frame == nil {
		return errFrameGivenUp()
	}
	defer f.ref.Release()
	if !f.ref.Close() {
		return errFrameGivenUp()
	}
	if t.over() {
		return newError(invalidStateError, "the transform is no longer in place", nil)
	}
	data := f.replacement()
	if f.replaced && t.host.sender != nil && hasEmptyUnit(f.metadata.MimeType, data) {
		return newError(typeError, "a unit of the frame is empty", nil)
	}
	p := t.host.native.Acquire()
	if p == nil {
		return newError(invalidStateError, "the transform is no longer in place", nil)
	}
	defer t.host.native.Release()
	cgo.FrameTransformerSend(p, frame, f.replaced, data)
	return nil
}

// hasEmptyUnit tells whether libwebrtc's packetizer would end the process: it takes apart
// what stands between start codes, and expects something there.
func hasEmptyUnit(mimeType string, data []byte) bool {
	if !strings.EqualFold(mimeType, MimeTypeH264) && !strings.EqualFold(mimeType, MimeTypeH265) {
		return false
	}
	return bytes.Contains(data, []byte{0, 0, 1, 0, 0, 1}) || bytes.Contains(data, []byte{0, 0, 1, 0, 0, 0, 1})
}

// Dropped returns how many frames were dropped because too many waited to be read.
func (t *RTPScriptTransformer) Dropped() uint64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over() {
		return t.drops
	}
	return t.host.dropped()
}

// GenerateKeyFrame is RTPSender.GenerateKeyFrame. It is an InvalidStateError for the
// transformer of a receiver.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcrtpscripttransformer-generatekeyframe
func (t *RTPScriptTransformer) GenerateKeyFrame(rids ...string) error {
	if t.host.sender == nil {
		return newError(invalidStateError, "not a sender's transformer", nil)
	}
	return t.host.sender.GenerateKeyFrame(rids...)
}

// SendKeyFrameRequest asks the other peer for a key frame (PLI), as after a frame that
// could not be decrypted. It is an InvalidStateError for the transformer of a sender,
// of audio, and once the transform is no longer in place.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcrtpscripttransformer-sendkeyframerequest
func (t *RTPScriptTransformer) SendKeyFrameRequest() error {
	if t.host.receiver == nil || t.kind != RTPCodecTypeVideo || t.over() {
		return newError(invalidStateError, "not a transformer of received video", nil)
	}
	p, done, err := t.host.receiver.use()
	if err != nil {
		return err
	}
	defer done()
	cgo.RTPReceiverRequestKeyFrame(p)
	return nil
}

// rid looks up the encoding where libwebrtc does not tell.
func (t *RTPScriptTransformer) rid(ssrc SSRC) string {
	if t.host.sender == nil {
		return ""
	}
	t.mu.Lock()
	rid, ok := t.rids[ssrc]
	t.mu.Unlock()
	if ok {
		return rid
	}
	rids := map[SSRC]string{ssrc: ""}
	for _, e := range t.host.sendParameters().Encodings {
		rids[e.SSRC] = e.RID
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rids = rids
	return rids[ssrc]
}

// mimeType looks up a codec where libwebrtc does not tell.
func (t *RTPScriptTransformer) mimeType(payload PayloadType) string {
	t.mu.Lock()
	mime, ok := t.mimes[payload]
	t.mu.Unlock()
	if ok {
		return mime
	}
	for _, c := range t.host.codecs() {
		if c.PayloadType == payload {
			mime = c.MimeType
		}
	}
	if mime != "" {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.mimes == nil {
			t.mimes = map[PayloadType]string{}
		}
		t.mimes[payload] = mime
	}
	return mime
}

// GenerateKeyFrame makes the next frame of video a key frame: of the encodings with
// these rids, or of all. A sender of audio is an InvalidStateError, an unknown rid a
// NotFoundError. The revision of libwebrtc that Debian packages cannot: it is an
// OperationError.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcrtpsender-generatekeyframe
func (s *RTPSender) GenerateKeyFrame(rids ...string) error {
	p, done, err := s.use()
	if err != nil {
		return err
	}
	defer done()
	if s.transceiver.kind != RTPCodecTypeVideo {
		return newError(invalidStateError, "a sender of audio has no key frames", nil)
	}
	if err := s.checkRIDs(p, rids); err != nil {
		return err
	}
	var in cgo.Writer
	in.Strs(rids)
	return nativeError(cgo.RTPSenderGenerateKeyFrame(p, &in))
}

func (s *RTPSender) checkRIDs(p unsafe.Pointer, rids []string) error {
	if len(rids) == 0 {
		return nil
	}
	r, err := cgo.RTPSenderGetParameters(p)
	if err != nil {
		return nativeError(err)
	}
	known := map[string]bool{}
	for _, e := range readSendParameters(r).Encodings {
		known[e.RID] = e.RID != ""
	}
	for _, rid := range rids {
		if !known[rid] {
			return newError(notFoundError, "no encoding has the rid "+rid, nil)
		}
	}
	return nil
}
