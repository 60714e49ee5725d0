// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/peer_connection_rtp.h"
*/
import "C"

import "unsafe"

// Each function here is the function of bridge/peer_connection_rtp.h of that name; the
// header tells what its arguments and values are.

// PeerConnectionAddTrack adds a track and returns its transceiver, with a reference.
func PeerConnectionAddTrack(pc unsafe.Pointer, in *Writer) (unsafe.Pointer, error) {
	p, n := in.view()
	r, err := call(func(o reply) C.size_t {
		return C.nrtc_peer_connection_add_track((*C.nrtc_peer_connection)(pc), p, n, o.out, o.size, o.more)
	})
	if err != nil {
		return nil, err
	}
	return r.Ptr(), nil
}

// PeerConnectionRemoveTrack ends the sending of a sender's track.
func PeerConnectionRemoveTrack(pc unsafe.Pointer, in *Writer) error {
	p, n := in.view()
	_, err := call(func(o reply) C.size_t {
		return C.nrtc_peer_connection_remove_track((*C.nrtc_peer_connection)(pc), p, n, o.out, o.size, o.more)
	})
	return err
}

// PeerConnectionAddTransceiver adds a transceiver and returns it, with a reference.
func PeerConnectionAddTransceiver(pc unsafe.Pointer, in *Writer) (unsafe.Pointer, error) {
	p, n := in.view()
	r, err := call(func(o reply) C.size_t {
		return C.nrtc_peer_connection_add_transceiver((*C.nrtc_peer_connection)(pc), p, n, o.out, o.size, o.more)
	})
	if err != nil {
		return nil, err
	}
	return r.Ptr(), nil
}

// PeerConnectionGetTransceivers reads the transceivers, each with a reference.
func PeerConnectionGetTransceivers(pc unsafe.Pointer) (*Reader, error) {
	return call(func(o reply) C.size_t {
		return C.nrtc_peer_connection_get_transceivers((*C.nrtc_peer_connection)(pc), o.out, o.size, o.more)
	})
}
