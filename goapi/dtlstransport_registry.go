// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// transports holds the DTLS and SCTP transports of a connection that were ever
// asked for, and the log of what passes over them. A transport's identity is the
// address of libwebrtc's object, which it holds until the connection is closed.
type transports struct {
	rtcEventLogs

	transportsMu     sync.Mutex
	dtlsTransports   map[uint64]*DTLSTransport
	sctpTransports   map[uint64]*SCTPTransport
	sctpTransport    *SCTPTransport // the last that the connection had
	transportsClosed bool
}

// dtlsTransport is findDTLSTransport for a transport whose present state is taken as
// it is.
func (pc *PeerConnection) dtlsTransport(native unsafe.Pointer) *DTLSTransport {
	t := pc.findDTLSTransport(native)
	if t != nil {
		t.once.Do(func() { t.attach((*ICETransport).setInitial, (*DTLSTransport).setInitial) })
	}
	return t
}

// meetDTLSTransport is findDTLSTransport for a transport that is new to the
// application. It returns the events of what has happened since it was.
func (pc *PeerConnection) meetDTLSTransport(native unsafe.Pointer) (t *DTLSTransport, then []event) {
	t = pc.findDTLSTransport(native)
	if t != nil {
		t.once.Do(func() {
			t.attach(func(ice *ICETransport, i iceInformation) { then = append(then, ice.sinceNew(i)...) },
				func(t *DTLSTransport, i dtlsInformation) { then = append(then, t.changed(i)) })
		})
	}
	return t, then
}

// findDTLSTransport returns the one Go object for a webrtc::DtlsTransportInterface,
// whose reference it takes over. nil gives nil, and so does a transport that is
// first seen after the connection was closed.
func (pc *PeerConnection) findDTLSTransport(native unsafe.Pointer) *DTLSTransport {
	if native == nil {
		return nil
	}
	pc.transportsMu.Lock()
	t, known := pc.dtlsTransports[address(native)]
	known = known || pc.transportsClosed
	if !known {
		t = &DTLSTransport{pc: pc, native: pc.rt.newRef(native), state: DTLSTransportStateNew}
		t.ice = &ICETransport{
			pc:        pc,
			state:     ICETransportStateNew,
			gathering: ICEGatheringStateNew,
			component: ICEComponentRTP,
		}
		if pc.dtlsTransports == nil {
			pc.dtlsTransports = map[uint64]*DTLSTransport{}
		}
		pc.dtlsTransports[address(native)] = t
	}
	pc.transportsMu.Unlock()
	if known {
		cgo.Unref(native)
	}
	return t
}

// SCTP returns the transport that the data channels run on, or nil where none
// was negotiated. It is the same object as long as that transport lasts.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-sctp
func (pc *PeerConnection) SCTP() *SCTPTransport {
	p, done, err := pc.use()
	if err != nil {
		pc.transportsMu.Lock()
		t := pc.sctpTransport
		pc.transportsMu.Unlock()
		if t != nil {
			t.once.Do(t.attach) // or waits for the goroutine that does
		}
		return t
	}
	native, err := cgo.PeerConnectionSCTPTransport(p)
	done()
	if err != nil || native == nil {
		return nil
	}
	pc.transportsMu.Lock()
	t, known := pc.sctpTransports[address(native)]
	known = known || pc.transportsClosed
	if !known {
		t = &SCTPTransport{pc: pc, native: pc.rt.newRef(native), state: SCTPTransportStateConnecting}
		if pc.sctpTransports == nil {
			pc.sctpTransports = map[uint64]*SCTPTransport{}
		}
		pc.sctpTransports[address(native)] = t
	}
	if t != nil {
		pc.sctpTransport = t
	}
	pc.transportsMu.Unlock()
	if known {
		cgo.Unref(native)
	}
	if t != nil {
		t.once.Do(t.attach)
	}
	return t
}

// abortSCTP ends the association with the connection, and returns the handlers to run
// for that.
func (pc *PeerConnection) abortSCTP() (handlers []func()) {
	pc.transportsMu.Lock()
	defer pc.transportsMu.Unlock()
	for _, t := range pc.sctpTransports {
		handlers = append(handlers, t.abort())
	}
	return someHandlers(handlers)
}

// closeTransports gives up the transports when the connection was closed. Their
// states become closed without an event, as the W3C has it.
func (pc *PeerConnection) closeTransports() {
	pc.transportsMu.Lock()
	pc.transportsClosed = true
	pc.transportsMu.Unlock()
	// None is added any more.
	for _, t := range pc.dtlsTransports {
		t.once.Do(func() {}) // or waits for it to be attached
		t.close()
	}
	for _, t := range pc.sctpTransports {
		t.once.Do(func() {})
		t.close()
	}
}

func address(p unsafe.Pointer) uint64 { return uint64(uintptr(p)) }
