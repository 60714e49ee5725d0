// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/dtls_transport.h"
*/
import "C"

import "unsafe"

// NewDTLSTransport makes the observers of a transport and of its ICE transport,
// whose references pass to the caller.
func NewDTLSTransport(factory, pc, native unsafe.Pointer) (dtls, ice unsafe.Pointer, err error) {
	r, err := call(func(o reply) C.size_t {
		return C.nrtc_dtls_transport_new((*C.nrtc_factory)(factory), (*C.nrtc_peer_connection)(pc), native, o.out, o.size, o.more)
	})
	if err != nil {
		return nil, nil, err
	}
	return r.Ptr(), r.Ptr(), nil
}

// DTLSTransportAttach begins the events of a transport.
func DTLSTransportAttach(transport unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_dtls_transport_attach((*C.nrtc_dtls_transport)(transport), o.out, o.size, o.more)
	})
}

// DTLSTransportDetach ends them.
func DTLSTransportDetach(transport unsafe.Pointer) {
	crossed()
	C.nrtc_dtls_transport_detach((*C.nrtc_dtls_transport)(transport))
}
