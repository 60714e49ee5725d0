// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// RTPTransceiver is a sender and a receiver of one kind of media that share a
// media section of the description.
//
// A transceiver belongs to its PeerConnection and needs no closing. All methods
// may be called from any goroutine.
//
// https://www.w3.org/TR/webrtc/#rtcrtptransceiver-interface
type RTPTransceiver struct {
	pc       *PeerConnection
	ref      *cgo.Ref
	kind     RTPCodecType
	sender   *RTPSender
	receiver *RTPReceiver

	mu      sync.Mutex
	lastMid string // once retired
}

// Kind returns the kind of media.
func (t *RTPTransceiver) Kind() RTPCodecType { return t.kind }

// Sender returns the sender, always the same object.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiver-sender
func (t *RTPTransceiver) Sender() *RTPSender { return t.sender }

// Receiver returns the receiver, always the same object.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiver-receiver
func (t *RTPTransceiver) Receiver() *RTPReceiver { return t.receiver }

// Mid returns the id of the media section, or "" before one was negotiated.
//
// https://www.w3.org/TR/webrtc/#dom-rtptransceiver-mid
func (t *RTPTransceiver) Mid() string {
	if p := t.ref.Acquire(); p != nil {
		defer t.ref.Release()
		return t.readMid(p)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.lastMid
}

func (t *RTPTransceiver) readMid(p unsafe.Pointer) string {
	r, err := cgo.RTPTransceiverMid(p)
	if err != nil {
		return ""
	}
	return deref(cgo.ReadOpt(r, r.Str))
}

// Direction returns what the transceiver is to do from the next negotiation on:
// stopped once it was stopped or its connection closed.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiver-direction
func (t *RTPTransceiver) Direction() RTPTransceiverDirection {
	p := t.ref.Acquire()
	if p == nil {
		return RTPTransceiverDirectionStopped
	}
	defer t.ref.Release()
	r, err := cgo.RTPTransceiverDirection(p)
	if err != nil {
		return RTPTransceiverDirectionUnknown
	}
	d, _ := ParseRTPTransceiverDirection(r.Str())
	return d
}

// CurrentDirection returns what was negotiated: RTPTransceiverDirectionUnknown
// (the W3C's null) before it was, stopped once the transceiver is.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiver-currentdirection
func (t *RTPTransceiver) CurrentDirection() RTPTransceiverDirection {
	p := t.ref.Acquire()
	if p == nil {
		return RTPTransceiverDirectionStopped
	}
	defer t.ref.Release()
	r, err := cgo.RTPTransceiverCurrentDirection(p)
	if err != nil {
		return RTPTransceiverDirectionUnknown
	}
	d, _ := ParseRTPTransceiverDirection(deref(cgo.ReadOpt(r, r.Str)))
	return d
}

// Stopped tells whether the transceiver neither sends nor receives any more, by
// Stop and a negotiation after it, by the other peer, or by Close of the
// connection.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiver-stopped
func (t *RTPTransceiver) Stopped() bool {
	p := t.ref.Acquire()
	if p == nil {
		return true
	}
	defer t.ref.Release()
	return cgo.RTPTransceiverStopped(p)
}

// SetDirection sets the direction for the next negotiation, and raises
// negotiationneeded if that changes anything. Stopped cannot be set: it is a
// TypeError. A stopped transceiver is an InvalidStateError.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiver-direction
func (t *RTPTransceiver) SetDirection(direction RTPTransceiverDirection) error {
	if err := checkDirection(direction); err != nil {
		return err
	}
	p, done, err := t.use()
	if err != nil {
		return err
	}
	defer done()
	var in cgo.Writer
	in.Str(direction.String())
	return nativeError(cgo.RTPTransceiverSetDirection(p, &in))
}

// checkDirection refuses what cannot be asked for.
func checkDirection(d RTPTransceiverDirection) error {
	if _, err := d.MarshalText(); err != nil {
		return err
	}
	if d == RTPTransceiverDirectionStopped {
		return newError(typeError, "a direction cannot be set to stopped", nil)
	}
	return nil
}

// Stop ends sending at once, and for good with the next negotiation, which it
// makes necessary. Stopping twice is fine. After Close of the connection it is an
// InvalidStateError.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiver-stop
func (t *RTPTransceiver) Stop() error {
	if t.pc.closed.Load() {
		return ErrConnectionClosed
	}
	return t.pc.chain.between(func() error {
		p := t.ref.Acquire()
		if p == nil {
			return nil
		}
		defer t.ref.Release()
		return nativeError(cgo.RTPTransceiverStop(p))
	})
}

// SetCodecPreferences sets which codecs are negotiated from now on, the preferred
// first; none is the default again. Those that are not among the capabilities
// (GetRTPReceiverCapabilities), or a choice without any codec for media, are an
// InvalidModificationError.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiver-setcodecpreferences
func (t *RTPTransceiver) SetCodecPreferences(codecs []RTPCodecCapability) error {
	p, done, err := t.use()
	if err != nil {
		return err
	}
	defer done()
	var in cgo.Writer
	cgo.WriteList(&in, codecs, func(c RTPCodecCapability) { writeCodec(&in, c) })
	return codecPreferencesError(cgo.RTPTransceiverSetCodecPreferences(p, &in))
}

// codecPreferencesError names every refusal as the W3C does: the revisions of
// libwebrtc have different names for some.
func codecPreferencesError(err error) error {
	if err == nil {
		return nil
	}
	mapped := nativeError(err)
	if e, ok := mapped.(Error); ok && e.Name() != string(invalidModificationError) && e.Name() != string(invalidStateError) {
		return newError(invalidModificationError, "", mapped)
	}
	return mapped
}

// GetHeaderExtensionsToNegotiate returns the RTP header extensions that can be
// negotiated, each with the direction in which it will be.
//
// https://www.w3.org/TR/webrtc-extensions/#dom-rtcrtptransceiver-getheaderextensionstonegotiate
func (t *RTPTransceiver) GetHeaderExtensionsToNegotiate() []RTPHeaderExtensionCapability {
	return t.headerExtensions(cgo.RTPTransceiverHeaderExtensionsToNegotiate)
}

// GetNegotiatedHeaderExtensions returns the RTP header extensions with the
// directions that were negotiated; empty before that.
//
// https://www.w3.org/TR/webrtc-extensions/#dom-rtcrtptransceiver-getnegotiatedheaderextensions
func (t *RTPTransceiver) GetNegotiatedHeaderExtensions() []RTPHeaderExtensionCapability {
	return t.headerExtensions(cgo.RTPTransceiverNegotiatedHeaderExtensions)
}

func (t *RTPTransceiver) headerExtensions(read func(unsafe.Pointer) (*cgo.Reader, error)) []RTPHeaderExtensionCapability {
	p := t.ref.Acquire()
	if p == nil {
		return nil
	}
	defer t.ref.Release()
	r, err := read(p)
	if err != nil {
		return nil
	}
	return readHeaderExtensionCapabilities(r)
}

// SetHeaderExtensionsToNegotiate sets in which direction each RTP header
// extension is negotiated from now on. extensions are what
// GetHeaderExtensionsToNegotiate returned with other directions: any other list
// is an InvalidModificationError, and so is stopping an extension that a browser
// must have (mid, and rid for video).
//
// https://www.w3.org/TR/webrtc-extensions/#dom-rtcrtptransceiver-setheaderextensionstonegotiate
func (t *RTPTransceiver) SetHeaderExtensionsToNegotiate(extensions []RTPHeaderExtensionCapability) error {
	var in cgo.Writer
	in.U32(uint32(len(extensions)))
	for _, e := range extensions {
		if e.URI == "" {
			return newError(typeError, "a header extension has no URI", nil)
		}
		if _, err := e.Direction.MarshalText(); err != nil {
			return err
		}
		in.Str(e.URI)
		in.Str(e.Direction.String())
	}
	p, done, err := t.use()
	if err != nil {
		return err
	}
	defer done()
	return nativeError(cgo.RTPTransceiverSetHeaderExtensions(p, &in))
}

// use lends the native transceiver for a call that needs it not to be stopped.
func (t *RTPTransceiver) use() (p unsafe.Pointer, done func(), err error) {
	if t == nil || t.pc.closed.Load() {
		return nil, nil, ErrConnectionClosed
	}
	if p = t.ref.Acquire(); p == nil {
		return nil, nil, errTransceiverStopped()
	}
	return p, t.ref.Release, nil
}

func errTransceiverStopped() error {
	return newError(invalidStateError, "the transceiver is stopped", nil)
}

// retire gives up what is native once the transceiver is stopped for good. What
// its methods still tell stays as it was.
func (t *RTPTransceiver) retire() {
	if p := t.ref.Acquire(); p != nil {
		mid := t.readMid(p)
		t.ref.Release()
		t.mu.Lock()
		t.lastMid = mid
		t.mu.Unlock()
	}
	t.sender.retire()
	t.receiver.retire()
	t.ref.Close()
}
