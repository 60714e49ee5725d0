// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/dtmf_sender.h"
*/
import "C"

import "unsafe"

// Each function here is the function of bridge/dtmf_sender.h of that name; the
// header tells what its arguments and values are.

// DTMFSenderOf returns the DTMF sender of sender, or nil if it sends no audio.
func DTMFSenderOf(sender unsafe.Pointer) (unsafe.Pointer, error) {
	r, err := call(func(o reply) C.size_t {
		return C.nrtc_dtmf_sender_of((*C.nrtc_rtp_sender)(sender), o.out, o.size, o.more)
	})
	if err != nil {
		return nil, err
	}
	return r.Ptr(), nil
}

// DTMFSenderCanInsert reports whether tones can be sent now.
func DTMFSenderCanInsert(dtmf unsafe.Pointer) bool {
	crossed()
	return C.nrtc_dtmf_sender_can_insert((*C.nrtc_dtmf_sender)(dtmf)) != 0
}

// DTMFSenderInsert plays a tone.
func DTMFSenderInsert(dtmf unsafe.Pointer, in *Writer) error {
	p, n := in.view()
	_, err := call(func(o reply) C.size_t {
		return C.nrtc_dtmf_sender_insert((*C.nrtc_dtmf_sender)(dtmf), p, n, o.out, o.size, o.more)
	})
	return err
}
