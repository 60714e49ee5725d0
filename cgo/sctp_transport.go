// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/sctp_transport.h"
*/
import "C"

import "unsafe"

// PeerConnectionSCTPTransport returns the SCTP transport that the connection has
// now, or nil. Its reference passes to the caller.
func PeerConnectionSCTPTransport(pc unsafe.Pointer) (unsafe.Pointer, error) {
	r, err := call(func(o reply) C.size_t {
		return C.nrtc_peer_connection_sctp_transport((*C.nrtc_peer_connection)(pc), o.out, o.size, o.more)
	})
	if err != nil {
		return nil, err
	}
	return r.Ptr(), nil
}

// NewSCTPTransport makes the observer of a transport, whose reference passes to
// the caller.
func NewSCTPTransport(factory, pc, native unsafe.Pointer) (unsafe.Pointer, error) {
	r, err := call(func(o reply) C.size_t {
		return C.nrtc_sctp_transport_new((*C.nrtc_factory)(factory), (*C.nrtc_peer_connection)(pc), native, o.out, o.size, o.more)
	})
	if err != nil {
		return nil, err
	}
	return r.Ptr(), nil
}

// SCTPTransportAttach begins the events of a transport.
func SCTPTransportAttach(transport unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_sctp_transport_attach((*C.nrtc_sctp_transport)(transport), o.out, o.size, o.more)
	})
}

// SCTPTransportDetach ends them.
func SCTPTransportDetach(transport unsafe.Pointer) {
	crossed()
	C.nrtc_sctp_transport_detach((*C.nrtc_sctp_transport)(transport))
}

// SCTPTransportInformation reads the state and the transport below, whose
// reference passes to the caller.
func SCTPTransportInformation(transport unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_sctp_transport_information((*C.nrtc_sctp_transport)(transport), o.out, o.size, o.more)
	})
}
