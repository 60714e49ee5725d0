// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync"

	"github.com/nativertc/nativertc/cgo"
)

// transformHost is the place in a sender or receiver where a transform can be. There is
// nothing in it until the first transform is set; from then on libwebrtc's frames come
// here for good, as its transformers cannot be replaced, and pass through while there
// is no transform.
type transformHost struct {
	sender   *RTPSender
	receiver *RTPReceiver
	native   *cgo.Ref
	waker    *cgo.Waker

	mu          sync.Mutex
	closed      bool
	transform   *RTPScriptTransform
	transformer *RTPScriptTransformer
}

// Transform returns the transform that was set, or nil.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcrtpsender-transform
func (s *RTPSender) Transform() *RTPScriptTransform { return s.transform.current() }

// SetTransform lets what is encoded go through a transform before it is sent; nil lets
// it pass again. The transform before ends. Frames that wait are dropped, and libwebrtc
// may begin a new stream with a key frame.
//
// A transform that was set before is an InvalidStateError, as is a stopped
// transceiver, and an isolated track, whose media the application must not see, an
// InvalidAccessError. A track that is, or becomes, isolated later takes the transform
// out.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcrtpsender-transform
func (s *RTPSender) SetTransform(t *RTPScriptTransform) error {
	p, done, err := s.use()
	if err != nil {
		return err
	}
	defer done()
	if track := nativeTrack(s.Track()); t != nil && track != nil && track.Isolated() {
		return errIsolatedTransform()
	}
	return s.transform.set(t, func(h *transformHost) {
		h.sender = s
		h.install(s.pc.rt, s.transceiver.kind, true)
		cgo.RTPSenderSetFrameTransformer(p, h.native.Acquire())
		h.native.Release()
	}, s.transceiver.kind)
}

// Transform returns the transform that was set, or nil.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcrtpreceiver-transform
func (r *RTPReceiver) Transform() *RTPScriptTransform { return r.transform.current() }

// SetTransform lets what is received go through a transform before it is decoded; nil
// lets it pass again. Set it before the first negotiation, or in the handler of OnTrack,
// to miss nothing. Otherwise it is as RTPSender.SetTransform.
//
// https://www.w3.org/TR/webrtc-encoded-transform/#dom-rtcrtpreceiver-transform
func (r *RTPReceiver) SetTransform(t *RTPScriptTransform) error {
	p, done, err := r.use()
	if err != nil {
		return err
	}
	defer done()
	if t != nil && r.track.Isolated() {
		return errIsolatedTransform()
	}
	return r.transform.set(t, func(h *transformHost) {
		h.receiver = r
		h.install(r.pc.rt, r.transceiver.kind, false)
		cgo.RTPReceiverSetFrameTransformer(p, h.native.Acquire())
		h.native.Release()
	}, r.transceiver.kind)
}

func errIsolatedTransform() error {
	return newError(invalidAccessError, "the track is isolated", nil)
}

func (h *transformHost) current() *RTPScriptTransform {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.transform
}

func (h *transformHost) install(rt *engine, kind RTPCodecType, sends bool) {
	h.waker = cgo.NewWaker()
	h.native = rt.newRef(cgo.NewFrameTransformer(kind == RTPCodecTypeVideo, sends, h.waker.Key()))
}

// set replaces the transform. install is called for the first one.
func (h *transformHost) set(t *RTPScriptTransform, install func(*transformHost), kind RTPCodecType) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return errTransceiverStopped()
	}
	if t != nil {
		if err := t.take(); err != nil {
			return err
		}
	}
	h.end()
	if t == nil {
		return nil
	}
	if h.native == nil {
		install(h)
	}
	h.transform = t
	h.transformer = &RTPScriptTransformer{host: h, kind: kind, done: make(chan struct{})}
	h.activate(t.capacity)
	go t.run(h.transformer)
	return nil
}

func (h *transformHost) activate(capacity int) {
	if p := h.native.Acquire(); p != nil {
		cgo.FrameTransformerActivate(p, capacity)
		h.native.Release()
	}
}

func (h *transformHost) dropped() uint64 {
	p := h.native.Acquire()
	if p == nil {
		return 0
	}
	defer h.native.Release()
	return cgo.FrameTransformerDropped(p)
}

// end takes out the transform; frames pass through. h.mu is held.
func (h *transformHost) end() {
	t := h.transformer
	if t == nil {
		return
	}
	h.transform, h.transformer = nil, nil
	t.mu.Lock()
	t.drops = h.dropped()
	close(t.done)
	t.mu.Unlock()
	h.activate(0)
}

// retire ends the transform for good.
func (h *transformHost) retire() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	h.end()
	if h.native != nil {
		h.waker.Close()
		h.native.Close()
	}
}

// endIsolated takes out the transform because the media became isolated.
func (h *transformHost) endIsolated() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.end()
}

// codecs returns what the sender or receiver has negotiated.
func (h *transformHost) codecs() []RTPCodecParameters {
	if h.receiver != nil {
		return h.receiver.GetParameters().Codecs
	}
	return h.sendParameters().Codecs
}

// sendParameters returns what the sender would, without counting as a call of its own.
func (h *transformHost) sendParameters() (parameters RTPSendParameters) {
	p := h.sender.ref.Acquire()
	if p == nil {
		return parameters
	}
	defer h.sender.ref.Release()
	r, err := cgo.RTPSenderGetParameters(p)
	if err != nil {
		return parameters
	}
	return readSendParameters(r)
}
