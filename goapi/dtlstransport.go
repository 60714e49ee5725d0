// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"slices"
	"sync"

	"github.com/nativertc/nativertc/cgo"
)

// DTLSTransport is the DTLS over one ICE transport, by which RTP packets are
// keyed and data is encrypted. Senders, receivers and the SCTP transport that
// are bundled share one.
//
// All methods may be called from any goroutine. Handlers run as those of the
// PeerConnection do; none runs after that was closed.
//
// https://www.w3.org/TR/webrtc/#rtcdtlstransport-interface
type DTLSTransport struct {
	pc     *PeerConnection
	once   sync.Once // attach, or the end before it
	native *cgo.Ref  // what identifies the transport
	ref    *cgo.Ref  // the bridge's observer, nil if it was never made
	ice    *ICETransport

	mu            sync.Mutex
	state         DTLSTransportState
	certificates  [][]byte
	onStateChange func(DTLSTransportState)
	onError       func(error)
}

// attach begins to observe the transport, and hands over what it finds.
func (t *DTLSTransport) attach(ice0 func(*ICETransport, iceInformation), dtls0 func(*DTLSTransport, dtlsInformation)) {
	p, done, err := t.pc.use()
	if err != nil {
		return // closeTransports follows
	}
	defer done()
	native := t.native.Acquire()
	defer t.native.Release()
	factory := t.pc.rt.factory.Acquire()
	defer t.pc.rt.factory.Release()
	dtls, ice, err := cgo.NewDTLSTransport(factory, p, native)
	if err != nil {
		return
	}
	t.ref, t.ice.ref = t.pc.rt.newRef(dtls), t.pc.rt.newRef(ice)
	t.pc.subjects.add(t.ref.ID(), t)
	t.pc.subjects.add(t.ice.ref.ID(), t.ice)
	if r, err := cgo.ICETransportAttach(ice); err == nil {
		ice0(t.ice, readICEInformation(r))
	}
	if r, err := cgo.DTLSTransportAttach(dtls); err == nil {
		dtls0(t, readDTLSInformation(r))
	}
}

// close ends the transport with its connection.
func (t *DTLSTransport) close() {
	if t.ref != nil {
		if p := t.ref.Acquire(); p != nil {
			cgo.DTLSTransportDetach(p)
			t.ref.Release()
		}
		t.pc.subjects.remove(t.ref.ID())
		t.ref.Close()
	}
	t.ice.close()
	t.native.Close()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.state = DTLSTransportStateClosed
}

// dtlsInformation is what the bridge tells of a DTLS transport.
type dtlsInformation struct {
	state        DTLSTransportState
	certificates [][]byte
	iceGone      bool
}

func readDTLSInformation(r *cgo.Reader) dtlsInformation {
	var i dtlsInformation
	i.state, _ = ParseDTLSTransportState(r.Str())
	i.certificates = cgo.ReadList(r, func() []byte { return slices.Clone(r.Bytes()) })
	i.iceGone = r.Bool()
	return i
}

// setInitial notes the state at the time when events began, unless an event has
// come already.
func (t *DTLSTransport) setInitial(i dtlsInformation) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.state == DTLSTransportStateNew {
		t.state, t.certificates = i.state, i.certificates
	}
}

// decode implements subject.
func (t *DTLSTransport) decode(kind cgo.EventKind, r *cgo.Reader) event {
	if kind != cgo.EventDTLSTransportState {
		return event{}
	}
	return t.changed(readDTLSInformation(r))
}

// changed is the event for what may be a change.
func (t *DTLSTransport) changed(i dtlsInformation) event {
	var changed, iceChanged bool
	connection := t.pc.iceConnectionEvent()
	return event{
		apply: func() {
			if t.pc.closed.Load() {
				return
			}
			t.mu.Lock()
			changed = t.state != i.state
			t.state = i.state
			if len(i.certificates) > 0 {
				t.certificates = i.certificates
			}
			t.mu.Unlock()
			if i.iceGone {
				iceChanged = t.ice.setState(ICETransportStateClosed)
				connection.change()
			}
		},
		fire: func() {
			if iceChanged {
				t.ice.fireState(ICETransportStateClosed)
				connection.tell()
			}
			if changed {
				t.fire(i.state)
			}
		},
	}
}

func (t *DTLSTransport) fire(state DTLSTransportState) {
	t.mu.Lock()
	onStateChange, onError := t.onStateChange, t.onError
	t.mu.Unlock()
	if state == DTLSTransportStateFailed && onError != nil && !t.pc.closed.Load() {
		onError(&RTCError{ErrorDetail: ErrorDetailDTLSFailure, Message: "DTLS failed"})
	}
	if onStateChange != nil && !t.pc.closed.Load() {
		onStateChange(state)
	}
}

// Transport returns the ICE transport below.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdtlstransport-icetransport
func (t *DTLSTransport) Transport() *ICETransport { return t.ice }

// ICETransport is Transport, by pion's name.
func (t *DTLSTransport) ICETransport() *ICETransport { return t.ice }

// State returns the state of the transport.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdtlstransport-state
func (t *DTLSTransport) State() DTLSTransportState {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.state
}

// GetRemoteCertificates returns the other peer's certificate in DER, followed by
// those of its issuers if it has sent any. There are none before the transport
// is connected. The caller owns the result.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdtlstransport-getremotecertificates
func (t *DTLSTransport) GetRemoteCertificates() [][]byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out [][]byte
	for _, c := range t.certificates {
		out = append(out, slices.Clone(c))
	}
	return out
}

// GetRemoteCertificate returns the first of GetRemoteCertificates, or nil.
func (t *DTLSTransport) GetRemoteCertificate() []byte {
	if all := t.GetRemoteCertificates(); len(all) > 0 {
		return all[0]
	}
	return nil
}

// OnStateChange sets the handler of statechange. nil removes it.
//
// https://www.w3.org/TR/webrtc/#event-rtcdtlstransport-statechange
func (t *DTLSTransport) OnStateChange(f func(DTLSTransportState)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.onStateChange = f
}

// OnError sets the handler of error, which comes before the state changes to
// failed. It gets an *RTCError; libwebrtc does not tell an alert or a timeout
// from a wrong fingerprint, so its detail is always dtls-failure.
//
// https://www.w3.org/TR/webrtc/#event-rtcdtlstransport-error
func (t *DTLSTransport) OnError(f func(error)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.onError = f
}
