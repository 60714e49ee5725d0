// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/peer_connection.h"
*/
import "C"

import "unsafe"

// Each function here is the function of bridge/peer_connection.h of that name;
// the header tells what its arguments and values are.

// NewPeerConnection makes a connection.
func NewPeerConnection(factory, queue unsafe.Pointer, in *Writer) (unsafe.Pointer, error) {
	p, n := in.view()
	r, err := call(func(o reply) C.size_t {
		return C.nrtc_peer_connection_new((*C.nrtc_factory)(factory), (*C.nrtc_event_queue)(queue), p, n, o.out, o.size, o.more)
	})
	if err != nil {
		return nil, err
	}
	return r.Ptr(), nil
}

// PeerConnectionClose closes the connection.
func PeerConnectionClose(pc unsafe.Pointer) {
	crossed()
	C.nrtc_peer_connection_close((*C.nrtc_peer_connection)(pc))
}

// PeerConnectionCreateOffer begins op.
func PeerConnectionCreateOffer(pc unsafe.Pointer, op uint64, in *Writer) {
	p, n := in.view()
	crossed()
	C.nrtc_peer_connection_create_offer((*C.nrtc_peer_connection)(pc), C.uint64_t(op), p, n)
}

// PeerConnectionCreateAnswer begins op.
func PeerConnectionCreateAnswer(pc unsafe.Pointer, op uint64, in *Writer) {
	p, n := in.view()
	crossed()
	C.nrtc_peer_connection_create_answer((*C.nrtc_peer_connection)(pc), C.uint64_t(op), p, n)
}

// PeerConnectionSetLocalDescription begins op.
func PeerConnectionSetLocalDescription(pc unsafe.Pointer, op uint64, in *Writer) {
	p, n := in.view()
	crossed()
	C.nrtc_peer_connection_set_local_description((*C.nrtc_peer_connection)(pc), C.uint64_t(op), p, n)
}

// PeerConnectionSetRemoteDescription begins op.
func PeerConnectionSetRemoteDescription(pc unsafe.Pointer, op uint64, in *Writer) {
	p, n := in.view()
	crossed()
	C.nrtc_peer_connection_set_remote_description((*C.nrtc_peer_connection)(pc), C.uint64_t(op), p, n)
}

// DescriptionCheck tells whether a description parses.
func DescriptionCheck(in *Writer) error {
	p, n := in.view()
	_, err := call(func(o reply) C.size_t { return C.nrtc_description_check(p, n, o.out, o.size, o.more) })
	return err
}

// PeerConnectionAddICECandidate begins op.
func PeerConnectionAddICECandidate(pc unsafe.Pointer, op uint64, in *Writer) {
	p, n := in.view()
	crossed()
	C.nrtc_peer_connection_add_ice_candidate((*C.nrtc_peer_connection)(pc), C.uint64_t(op), p, n)
}

// PeerConnectionGetStats begins op.
func PeerConnectionGetStats(pc unsafe.Pointer, op uint64, in *Writer) {
	p, n := in.view()
	crossed()
	C.nrtc_peer_connection_get_stats((*C.nrtc_peer_connection)(pc), C.uint64_t(op), p, n)
}

// PeerConnectionSetConfiguration replaces the configuration.
func PeerConnectionSetConfiguration(pc unsafe.Pointer, in *Writer) error {
	p, n := in.view()
	_, err := call(func(o reply) C.size_t {
		return C.nrtc_peer_connection_set_configuration((*C.nrtc_peer_connection)(pc), p, n, o.out, o.size, o.more)
	})
	return err
}

// PeerConnectionReportDescriptions begins the events that tell what descriptions do.
func PeerConnectionReportDescriptions(pc unsafe.Pointer) {
	crossed()
	C.nrtc_peer_connection_report_descriptions((*C.nrtc_peer_connection)(pc))
}

// DescriptionsRead reads the descriptions of one moment.
func DescriptionsRead(descriptions unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_descriptions_read((*C.nrtc_descriptions)(descriptions), o.out, o.size, o.more)
	})
}

// PeerConnectionDescriptions reads the descriptions.
func PeerConnectionDescriptions(pc unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_peer_connection_descriptions((*C.nrtc_peer_connection)(pc), o.out, o.size, o.more)
	})
}

// PeerConnectionCanTrickle reads canTrickleIceCandidates.
func PeerConnectionCanTrickle(pc unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_peer_connection_can_trickle((*C.nrtc_peer_connection)(pc), o.out, o.size, o.more)
	})
}

// PeerConnectionRestartICE asks for an ICE restart with the next offer.
func PeerConnectionRestartICE(pc unsafe.Pointer) {
	crossed()
	C.nrtc_peer_connection_restart_ice((*C.nrtc_peer_connection)(pc))
}

// PeerConnectionShouldFireNegotiationNeeded tells whether that event still holds.
func PeerConnectionShouldFireNegotiationNeeded(pc unsafe.Pointer, event uint32) bool {
	crossed()
	return C.nrtc_peer_connection_should_fire_negotiation_needed((*C.nrtc_peer_connection)(pc), C.uint32_t(event)) != 0
}

// PeerConnectionCreateDataChannel makes a channel.
func PeerConnectionCreateDataChannel(pc unsafe.Pointer, in *Writer) (*Reader, error) {
	p, n := in.view()
	return call(func(o reply) C.size_t {
		return C.nrtc_peer_connection_create_data_channel((*C.nrtc_peer_connection)(pc), p, n, o.out, o.size, o.more)
	})
}

// PeerConnectionSetBitrate bounds the connection's bandwidth estimate.
func PeerConnectionSetBitrate(pc unsafe.Pointer, in *Writer) error {
	p, n := in.view()
	_, err := call(func(o reply) C.size_t {
		return C.nrtc_peer_connection_set_bitrate((*C.nrtc_peer_connection)(pc), p, n, o.out, o.size, o.more)
	})
	return err
}
