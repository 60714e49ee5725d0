// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"math"
	"sync"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// SCTPTransport is the SCTP association that the data channels of a connection
// share.
//
// All methods may be called from any goroutine. The handler runs as those of the
// PeerConnection do.
//
// https://www.w3.org/TR/webrtc/#rtcsctptransport-interface
type SCTPTransport struct {
	pc     *PeerConnection
	once   sync.Once // attach, or the end before it
	native *cgo.Ref  // what identifies the transport
	ref    *cgo.Ref  // the bridge's observer, nil if it was never made

	mu             sync.Mutex
	state          SCTPTransportState
	maxMessageSize *float64
	maxChannels    *int32
	dtls           *DTLSTransport // the last that was seen
	onStateChange  func(SCTPTransportState)
}

// sctpInformation is what the bridge tells of an SCTP transport.
type sctpInformation struct {
	state          SCTPTransportState
	maxMessageSize *float64
	maxChannels    *int32
}

func readSCTPInformation(r *cgo.Reader) sctpInformation {
	var i sctpInformation
	i.state, _ = ParseSCTPTransportState(r.Str())
	i.maxMessageSize = cgo.ReadOpt(r, r.F64)
	i.maxChannels = cgo.ReadOpt(r, r.I32)
	return i
}

// attach begins to observe the transport.
func (t *SCTPTransport) attach() {
	p, done, err := t.pc.use()
	if err != nil {
		return // closeTransports follows
	}
	defer done()
	native := t.native.Acquire()
	defer t.native.Release()
	factory := t.pc.rt.factory.Acquire()
	defer t.pc.rt.factory.Release()
	observer, err := cgo.NewSCTPTransport(factory, p, native)
	if err != nil {
		return
	}
	t.ref = t.pc.rt.newRef(observer)
	t.pc.subjects.add(t.ref.ID(), t)
	r, err := cgo.SCTPTransportAttach(observer)
	if err != nil {
		return
	}
	i := readSCTPInformation(r)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.state == SCTPTransportStateConnecting { // else an event has come already
		t.state = i.state
	}
	t.learn(i)
}

// refresh notes what a description may have changed, of which libwebrtc tells
// nothing. It returns the DTLS transport below, with a reference, or nil.
func (t *SCTPTransport) refresh() (dtls unsafe.Pointer) {
	p := t.ref.Acquire()
	if p == nil {
		return nil
	}
	defer t.ref.Release()
	r, err := cgo.SCTPTransportInformation(p)
	if err != nil {
		return nil
	}
	i := readSCTPInformation(r)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.learn(i)
	return r.Ptr()
}

// learn notes what becomes known but never unknown. t.mu is held.
func (t *SCTPTransport) learn(i sctpInformation) {
	if i.maxMessageSize != nil {
		t.maxMessageSize = i.maxMessageSize
	}
	if i.maxChannels != nil {
		t.maxChannels = i.maxChannels
	}
}

// close ends the transport with its connection.
func (t *SCTPTransport) close() {
	if t.ref != nil {
		if p := t.ref.Acquire(); p != nil {
			cgo.SCTPTransportDetach(p)
			t.ref.Release()
		}
		t.pc.subjects.remove(t.ref.ID())
		t.ref.Close()
	}
	t.native.Close()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.state = SCTPTransportStateClosed
}

// abort ends the association with its connection, and returns the handler to run for
// it, or nil.
func (t *SCTPTransport) abort() func() {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.onStateChange
	if t.state == SCTPTransportStateClosed || f == nil {
		return nil
	}
	t.state = SCTPTransportStateClosed
	return func() { f(SCTPTransportStateClosed) }
}

// decode implements subject.
func (t *SCTPTransport) decode(kind cgo.EventKind, r *cgo.Reader) event {
	if kind != cgo.EventSCTPTransportState {
		return event{}
	}
	i := readSCTPInformation(r)
	var changed bool
	return event{
		apply: func() {
			t.mu.Lock()
			defer t.mu.Unlock()
			if t.pc.closed.Load() {
				return
			}
			changed = t.state != i.state
			t.state = i.state
			t.learn(i)
		},
		fire: func() {
			t.mu.Lock()
			f := t.onStateChange
			t.mu.Unlock()
			if changed && f != nil && !t.pc.closed.Load() {
				f(i.state)
			}
		},
	}
}

// Transport returns the DTLS transport below.
//
// https://www.w3.org/TR/webrtc/#dom-rtcsctptransport-transport
func (t *SCTPTransport) Transport() *DTLSTransport {
	if dtls := t.pc.dtlsTransport(t.refresh()); dtls != nil {
		t.mu.Lock()
		t.dtls = dtls
		t.mu.Unlock()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.dtls
}

// State returns the state of the association.
//
// https://www.w3.org/TR/webrtc/#dom-rtcsctptransport-state
func (t *SCTPTransport) State() SCTPTransportState {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.state
}

// defaultMaxMessageSize holds until the peers have agreed (RFC 8841, section
// 6.1).
const defaultMaxMessageSize = 65536

// MaxMessageSize returns how many bytes a message may have that a data channel
// sends; math.MaxInt where there is no limit (the W3C's Infinity).
//
// https://www.w3.org/TR/webrtc/#dom-rtcsctptransport-maxmessagesize
func (t *SCTPTransport) MaxMessageSize() int {
	if !t.pc.onLoop() {
		if dtls := t.refresh(); dtls != nil {
			cgo.Unref(dtls)
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case t.maxMessageSize == nil:
		return defaultMaxMessageSize
	case *t.maxMessageSize >= math.MaxInt:
		return math.MaxInt
	default:
		return int(*t.maxMessageSize)
	}
}

// MaxChannels returns how many data channels there may be at a time, or 0 before
// the association stands (the W3C's null).
//
// https://www.w3.org/TR/webrtc/#dom-rtcsctptransport-maxchannels
func (t *SCTPTransport) MaxChannels() uint16 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.maxChannels == nil {
		return 0
	}
	return uint16(min(max(*t.maxChannels, 0), math.MaxUint16))
}

// OnStateChange sets the handler of statechange. nil removes it. Closing the
// connection calls it too, as in browsers.
//
// https://www.w3.org/TR/webrtc/#event-sctptransport-statechange
func (t *SCTPTransport) OnStateChange(f func(SCTPTransportState)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.onStateChange = f
}
