// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/rtp_transceiver.h"
*/
import "C"

import "unsafe"

// Each function here is the function of bridge/rtp_transceiver.h of that name; the
// header tells what its arguments and values are.

// RTPTransceiverParts reads the transceiver's kind, sender and receiver.
func RTPTransceiverParts(transceiver unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_rtp_transceiver_parts((*C.nrtc_rtp_transceiver)(transceiver), o.out, o.size, o.more)
	})
}

// RTPTransceiverMid reads the mid.
func RTPTransceiverMid(transceiver unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_rtp_transceiver_mid((*C.nrtc_rtp_transceiver)(transceiver), o.out, o.size, o.more)
	})
}

// RTPTransceiverDirection reads the direction.
func RTPTransceiverDirection(transceiver unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_rtp_transceiver_direction((*C.nrtc_rtp_transceiver)(transceiver), o.out, o.size, o.more)
	})
}

// RTPTransceiverCurrentDirection reads the direction that was negotiated.
func RTPTransceiverCurrentDirection(transceiver unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_rtp_transceiver_current_direction((*C.nrtc_rtp_transceiver)(transceiver), o.out, o.size, o.more)
	})
}

// RTPTransceiverStopped reports whether the transceiver is stopped.
func RTPTransceiverStopped(transceiver unsafe.Pointer) bool {
	crossed()
	return C.nrtc_rtp_transceiver_stopped((*C.nrtc_rtp_transceiver)(transceiver)) != 0
}

// RTPTransceiverSetDirection sets the direction.
func RTPTransceiverSetDirection(transceiver unsafe.Pointer, in *Writer) error {
	p, n := in.view()
	_, err := call(func(o reply) C.size_t {
		return C.nrtc_rtp_transceiver_set_direction((*C.nrtc_rtp_transceiver)(transceiver), p, n, o.out, o.size, o.more)
	})
	return err
}

// RTPTransceiverStop stops the transceiver.
func RTPTransceiverStop(transceiver unsafe.Pointer) error {
	_, err := call(func(o reply) C.size_t {
		return C.nrtc_rtp_transceiver_stop((*C.nrtc_rtp_transceiver)(transceiver), o.out, o.size, o.more)
	})
	return err
}

// RTPTransceiverSetCodecPreferences sets the codecs to negotiate.
func RTPTransceiverSetCodecPreferences(transceiver unsafe.Pointer, in *Writer) error {
	p, n := in.view()
	_, err := call(func(o reply) C.size_t {
		return C.nrtc_rtp_transceiver_set_codec_preferences((*C.nrtc_rtp_transceiver)(transceiver), p, n, o.out, o.size, o.more)
	})
	return err
}

// RTPTransceiverHeaderExtensionsToNegotiate reads the header extensions to negotiate.
func RTPTransceiverHeaderExtensionsToNegotiate(transceiver unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_rtp_transceiver_header_extensions_to_negotiate((*C.nrtc_rtp_transceiver)(transceiver), o.out, o.size, o.more)
	})
}

// RTPTransceiverNegotiatedHeaderExtensions reads the header extensions negotiated.
func RTPTransceiverNegotiatedHeaderExtensions(transceiver unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_rtp_transceiver_negotiated_header_extensions((*C.nrtc_rtp_transceiver)(transceiver), o.out, o.size, o.more)
	})
}

// RTPTransceiverSetHeaderExtensions sets the header extensions to negotiate.
func RTPTransceiverSetHeaderExtensions(transceiver unsafe.Pointer, in *Writer) error {
	p, n := in.view()
	_, err := call(func(o reply) C.size_t {
		return C.nrtc_rtp_transceiver_set_header_extensions((*C.nrtc_rtp_transceiver)(transceiver), p, n, o.out, o.size, o.more)
	})
	return err
}
