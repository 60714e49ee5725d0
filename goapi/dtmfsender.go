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
	scheduled     bool // a playout task is to run
	timer         *time.Timer
}

// The limits and defaults of the W3C.
const (
	defaultToneDuration = 100 * time.Millisecond
	minToneDuration     = 40 * time.Millisecond
	maxToneDuration     = 6 * time.Second
	defaultInterToneGap = 70 * time.Millisecond
	minInterToneGap     = 30 * time.Millisecond
	maxInterToneGap     = 6 * time.Second
	pauseTone           = 2 * time.Second
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
func newDTMFSender(s *RTPSender, sender unsafe.Pointer) (*DTMFSender, error) {
	native, err := cgo.DTMFSenderOf(sender)
	if err != nil || native == nil {
		return nil, nativeError(err)
	}
	return &DTMFSender{sender: s, ref: s.pc.rt.newRef(native), duration: defaultToneDuration, gap: defaultInterToneGap}, nil
}

// InsertDTMF sends tones: digits, A to D in either case, # and *, and a comma for
// a pause of two seconds. They replace the tones that have not begun, and begin when
// the one that plays is over; an empty string just removes those. duration is that of each tone, from 40 ms to 6 s, and
// interToneGap the silence after each, from 30 ms to 6 s; values beyond are taken
// to the nearest, and 0 stands for the defaults of 100 ms and 70 ms.
//
// Any other character is an InvalidCharacterError. It is an InvalidStateError
// where CanInsertDTMF is false.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdtmfsender-insertdtmf
func (d *DTMFSender) InsertDTMF(tones string, duration, interToneGap time.Duration) error {
	_, done, err := d.use()
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
	d.mu.Lock()
	defer d.mu.Unlock()
	d.toneBuffer = tones
	d.duration = clampTone(duration, defaultToneDuration, minToneDuration, maxToneDuration)
	d.gap = clampTone(interToneGap, defaultInterToneGap, minInterToneGap, maxInterToneGap)
	if tones != "" && !d.scheduled {
		d.scheduled = true
		d.sender.pc.d.post(d.play)
	}
	return nil
}

// play is the playout task of the W3C's insertDTMF. libwebrtc could play all tones by
// itself, but then new ones would cut off the one that plays; browsers hand it one by
// one as well.
func (d *DTMFSender) play() {
	p, done, err := d.use()
	if err != nil {
		return
	}
	defer done()
	sends := d.sends()
	d.mu.Lock()
	d.scheduled = false
	if !sends {
		d.mu.Unlock()
		return
	}
	e := DTMFToneChangeEvent{}
	duration, gap := d.duration, d.gap
	if d.toneBuffer != "" {
		e.Tone, d.toneBuffer = d.toneBuffer[:1], d.toneBuffer[1:]
		next := duration + gap
		if e.Tone == "," {
			next = pauseTone
		}
		d.scheduled = true
		d.timer = time.AfterFunc(next, func() { d.sender.pc.d.post(d.play) })
	}
	f := d.toneChange
	d.mu.Unlock()
	if e.Tone != "" && e.Tone != "," {
		var in cgo.Writer
		in.Str(e.Tone)
		in.I32(int32(duration.Milliseconds()))
		in.I32(int32(gap.Milliseconds()))
		// It fails where tones cannot be sent any more: nobody is left to be told.
		_ = cgo.DTMFSenderInsert(p, &in)
	}
	if f != nil {
		f(e)
	}
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
	return d.sends() && cgo.DTMFSenderCanInsert(p)
}

// sends tells whether the transceiver does.
func (d *DTMFSender) sends() bool {
	switch d.sender.transceiver.CurrentDirection() {
	case RTPTransceiverDirectionSendrecv, RTPTransceiverDirectionSendonly:
		return d.sender.transceiver.Direction() != RTPTransceiverDirectionStopped
	default:
		return false
	}
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
	d.mu.Lock()
	if d.timer != nil {
		d.timer.Stop()
	}
	d.mu.Unlock()
	d.ref.Close()
}
