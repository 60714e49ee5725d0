// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"strings"
	"sync"
	"time"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// DTMFSender sends telephone tones (RFC 4733) in place of a sender's audio.
//
// All methods may be called from any goroutine. The handler runs with those of
// the connection.
//
// https://www.w3.org/TR/webrtc/#rtcdtmfsender
type DTMFSender struct {
	sender *RTPSender
	ref    *cgo.Ref

	mu            sync.Mutex
	toneChange    func(DTMFToneChangeEvent)
	toneBuffer    string
	duration, gap time.Duration
}

// The limits and defaults of the W3C.
const (
	defaultToneDuration = 100 * time.Millisecond
	minToneDuration     = 40 * time.Millisecond
	maxToneDuration     = 6 * time.Second
	defaultInterToneGap = 70 * time.Millisecond
	minInterToneGap     = 30 * time.Millisecond
	maxInterToneGap     = 6 * time.Second
)

// DTMFToneChangeEvent tells that a tone has begun or that all have been sent.
//
// https://www.w3.org/TR/webrtc/#rtcdtmftonechangeevent
type DTMFToneChangeEvent struct {
	// Tone is the tone that has begun, a comma for a pause, or empty when the
	// last one is over.
	Tone string
}

// newDTMFSender makes the one DTMFSender of an audio sender.
func newDTMFSender(s *RTPSender, sender, pc unsafe.Pointer) (*DTMFSender, error) {
	native, err := cgo.NewDTMFSender(sender, pc)
	if err != nil || native == nil {
		return nil, nativeError(err)
	}
	d := &DTMFSender{sender: s, ref: s.pc.rt.newRef(native), duration: defaultToneDuration, gap: defaultInterToneGap}
	s.pc.subjects.add(d.ref.ID(), d)
	return d, nil
}

// InsertDTMF sends tones: digits, A to D in either case, # and *, and a comma for
// a pause of two seconds. They replace the tones that have not begun; an empty
// string just removes those. duration is that of each tone, from 40 ms to 6 s, and
// interToneGap the silence after each, from 30 ms to 6 s; values beyond are taken
// to the nearest, and 0 stands for the defaults of 100 ms and 70 ms.
//
// Any other character is an InvalidCharacterError. It is an InvalidStateError
// where CanInsertDTMF is false.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdtmfsender-insertdtmf
func (d *DTMFSender) InsertDTMF(tones string, duration, interToneGap time.Duration) error {
	p, done, err := d.use()
	if err != nil {
		return err
	}
	defer done()
	if !d.CanInsertDTMF() {
		return newError(invalidStateError, "tones cannot be sent now", nil)
	}
	tones = strings.ToUpper(tones)
	if i := strings.IndexFunc(tones, func(c rune) bool { return !strings.ContainsRune("0123456789ABCD#*,", c) }); i >= 0 {
		return newError(invalidCharacterError, "the tones hold a character that is none", nil)
	}
	duration = clampTone(duration, defaultToneDuration, minToneDuration, maxToneDuration)
	interToneGap = clampTone(interToneGap, defaultInterToneGap, minInterToneGap, maxInterToneGap)
	var in cgo.Writer
	in.Str(tones)
	in.I32(int32(duration.Milliseconds()))
	in.I32(int32(interToneGap.Milliseconds()))

	// The buffer is that of the new tones before the first of them is told of.
	d.mu.Lock()
	buffer := d.toneBuffer
	d.toneBuffer = tones
	d.mu.Unlock()
	err = cgo.DTMFSenderInsert(p, &in)
	d.mu.Lock()
	defer d.mu.Unlock()
	if err != nil {
		d.toneBuffer = buffer
		return nativeError(err)
	}
	d.duration, d.gap = duration, interToneGap
	return nil
}

func clampTone(v, standard, low, high time.Duration) time.Duration {
	if v == 0 {
		return standard
	}
	return min(max(v, low), high)
}

// CanInsertDTMF tells whether tones can be sent now: a negotiated codec for them
// and a transceiver that sends.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdtmfsender-caninsertdtmf
func (d *DTMFSender) CanInsertDTMF() bool {
	p, done, err := d.use()
	if err != nil {
		return false
	}
	defer done()
	switch d.sender.transceiver.CurrentDirection() {
	case RTPTransceiverDirectionSendrecv, RTPTransceiverDirectionSendonly:
	default:
		return false
	}
	return d.sender.transceiver.Direction() != RTPTransceiverDirectionStopped && cgo.DTMFSenderCanInsert(p)
}

// ToneBuffer returns the tones that have not begun.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdtmfsender-tonebuffer
func (d *DTMFSender) ToneBuffer() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.toneBuffer
}

// Duration returns the duration of each tone: the default, or that of the last
// InsertDTMF.
//
// https://www.w3.org/TR/webrtc/#dfn-duration
func (d *DTMFSender) Duration() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.duration
}

// InterToneGap returns the silence after each tone: the default, or that of the
// last InsertDTMF.
//
// https://www.w3.org/TR/webrtc/#dfn-intertonegap
func (d *DTMFSender) InterToneGap() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.gap
}

// OnToneChange sets the handler of tonechange. nil removes it.
//
// https://www.w3.org/TR/webrtc/#event-RTCDTMFSender-tonechange
func (d *DTMFSender) OnToneChange(f func(DTMFToneChangeEvent)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.toneChange = f
}

// decode implements subject.
func (d *DTMFSender) decode(kind cgo.EventKind, r *cgo.Reader) event {
	if kind != cgo.EventDTMFTone {
		return event{}
	}
	e := DTMFToneChangeEvent{Tone: r.Str()}
	left := r.Str()
	return event{
		apply: func() { d.played(e.Tone, left) },
		fire: func() {
			d.mu.Lock()
			f := d.toneChange
			d.mu.Unlock()
			if f != nil && !d.sender.pc.closed.Load() {
				f(e)
			}
		},
	}
}

// played takes a tone that has begun out of the buffer, unless other tones have
// replaced those that it was one of.
func (d *DTMFSender) played(tone, left string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.toneBuffer == tone+left {
		d.toneBuffer = left
	}
}

// use lends the native object for one call.
func (d *DTMFSender) use() (p unsafe.Pointer, done func(), err error) {
	if d == nil || d.sender.pc.closed.Load() {
		return nil, nil, ErrConnectionClosed
	}
	if p = d.ref.Acquire(); p == nil {
		return nil, nil, errTransceiverStopped()
	}
	return p, d.ref.Release, nil
}

func (d *DTMFSender) retire() {
	d.sender.pc.subjects.remove(d.ref.ID())
	d.ref.Close()
}
