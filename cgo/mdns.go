// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/mdns.h"
*/
import "C"

import "unsafe"

// FactoryAnswerMDNS answers a question of multicast DNS.
func FactoryAnswerMDNS(factory unsafe.Pointer, in *Writer) {
	p, n := in.view()
	crossed()
	C.nrtc_factory_answer_mdns((*C.nrtc_factory)(factory), p, n)
}
