// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/ice_transport.h"
*/
import "C"

import "unsafe"

// ICETransportAttach begins the events of a transport.
func ICETransportAttach(transport unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_ice_transport_attach((*C.nrtc_ice_transport)(transport), o.out, o.size, o.more)
	})
}

// ICETransportDetach ends them.
func ICETransportDetach(transport unsafe.Pointer) {
	crossed()
	C.nrtc_ice_transport_detach((*C.nrtc_ice_transport)(transport))
}

// ICETransportRole reads the role.
func ICETransportRole(transport unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_ice_transport_role((*C.nrtc_ice_transport)(transport), o.out, o.size, o.more)
	})
}

// ICETransportDescription reads what a description tells of the transport.
func ICETransportDescription(transport unsafe.Pointer, in *Writer) (*Reader, error) {
	p, n := in.view()
	return call(func(o reply) C.size_t {
		return C.nrtc_ice_transport_description((*C.nrtc_ice_transport)(transport), p, n, o.out, o.size, o.more)
	})
}
