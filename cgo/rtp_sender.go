// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/rtp_sender.h"
*/
import "C"

import "unsafe"

// Each function here is the function of bridge/rtp_sender.h of that name; the
// header tells what its arguments and values are.

// RTPSenderGetParameters reads the parameters.
func RTPSenderGetParameters(sender unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_rtp_sender_get_parameters((*C.nrtc_rtp_sender)(sender), o.out, o.size, o.more)
	})
}

// RTPSenderSetParameters begins op of the connection pc.
func RTPSenderSetParameters(sender, pc unsafe.Pointer, op uint64, in *Writer) {
	p, n := in.view()
	crossed()
	C.nrtc_rtp_sender_set_parameters((*C.nrtc_rtp_sender)(sender), (*C.nrtc_peer_connection)(pc), C.uint64_t(op), p, n)
}

// RTPSenderSetTrack replaces the track.
func RTPSenderSetTrack(sender unsafe.Pointer, in *Writer) error {
	p, n := in.view()
	_, err := call(func(o reply) C.size_t {
		return C.nrtc_rtp_sender_set_track((*C.nrtc_rtp_sender)(sender), p, n, o.out, o.size, o.more)
	})
	return err
}

// RTPSenderSetStreams replaces the ids of the track's streams.
func RTPSenderSetStreams(sender unsafe.Pointer, in *Writer) error {
	p, n := in.view()
	_, err := call(func(o reply) C.size_t {
		return C.nrtc_rtp_sender_set_streams((*C.nrtc_rtp_sender)(sender), p, n, o.out, o.size, o.more)
	})
	return err
}

// RTPSenderDTLSTransport returns the transport, with a reference, or nil.
func RTPSenderDTLSTransport(sender unsafe.Pointer) (unsafe.Pointer, error) {
	r, err := call(func(o reply) C.size_t {
		return C.nrtc_rtp_sender_dtls_transport((*C.nrtc_rtp_sender)(sender), o.out, o.size, o.more)
	})
	if err != nil {
		return nil, err
	}
	return r.Ptr(), nil
}
