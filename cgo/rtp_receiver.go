// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/rtp_receiver.h"
*/
import "C"

import "unsafe"

// Each function here is the function of bridge/rtp_receiver.h of that name; the
// header tells what its arguments and values are.

// RTPReceiverTrack returns the receiver's track, with a reference.
func RTPReceiverTrack(receiver unsafe.Pointer) (unsafe.Pointer, error) {
	r, err := call(func(o reply) C.size_t {
		return C.nrtc_rtp_receiver_track((*C.nrtc_rtp_receiver)(receiver), o.out, o.size, o.more)
	})
	if err != nil {
		return nil, err
	}
	return r.Ptr(), nil
}

// RTPReceiverGetParameters reads the parameters.
func RTPReceiverGetParameters(receiver unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_rtp_receiver_get_parameters((*C.nrtc_rtp_receiver)(receiver), o.out, o.size, o.more)
	})
}

// RTPReceiverSources reads the contributing and synchronization sources.
func RTPReceiverSources(receiver unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_rtp_receiver_sources((*C.nrtc_rtp_receiver)(receiver), o.out, o.size, o.more)
	})
}

// RTPReceiverSetJitterBufferTarget sets the jitter buffer's target.
func RTPReceiverSetJitterBufferTarget(receiver unsafe.Pointer, in *Writer) error {
	p, n := in.view()
	_, err := call(func(o reply) C.size_t {
		return C.nrtc_rtp_receiver_set_jitter_buffer_target((*C.nrtc_rtp_receiver)(receiver), p, n, o.out, o.size, o.more)
	})
	return err
}

// RTPReceiverDTLSTransport returns the transport, with a reference, or nil.
func RTPReceiverDTLSTransport(receiver unsafe.Pointer) (unsafe.Pointer, error) {
	r, err := call(func(o reply) C.size_t {
		return C.nrtc_rtp_receiver_dtls_transport((*C.nrtc_rtp_receiver)(receiver), o.out, o.size, o.more)
	})
	if err != nil {
		return nil, err
	}
	return r.Ptr(), nil
}

// RTPReceiverObserve makes the receiver's observer, whose events come to the queue
// of the connection pc.
func RTPReceiverObserve(receiver, pc unsafe.Pointer) (unsafe.Pointer, error) {
	r, err := call(func(o reply) C.size_t {
		return C.nrtc_rtp_receiver_observe((*C.nrtc_rtp_receiver)(receiver), (*C.nrtc_peer_connection)(pc), o.out, o.size, o.more)
	})
	if err != nil {
		return nil, err
	}
	return r.Ptr(), nil
}
