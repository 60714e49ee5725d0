// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/factory.h"
#include <stdlib.h>
*/
import "C"

import "unsafe"

// NewFactory makes a factory; see nrtc_factory_new for in.
func NewFactory(in *Writer) (unsafe.Pointer, error) {
	p, n := in.view()
	r, err := call(func(o reply) C.size_t { return C.nrtc_factory_new(p, n, o.out, o.size, o.more) })
	if err != nil {
		return nil, err
	}
	return r.Ptr(), nil
}

// FactorySetNetworks replaces the networks that may be used.
func FactorySetNetworks(factory unsafe.Pointer, in *Writer) {
	p, n := in.view()
	crossed()
	C.nrtc_factory_set_networks((*C.nrtc_factory)(factory), p, n)
}

// FactoryCapabilities reads the capabilities of a sender or receiver.
func FactoryCapabilities(factory unsafe.Pointer, in *Writer) (*Reader, error) {
	p, n := in.view()
	return call(func(o reply) C.size_t {
		return C.nrtc_factory_get_capabilities((*C.nrtc_factory)(factory), p, n, o.out, o.size, o.more)
	})
}

// ValidFieldTrials reports whether text is a well-formed field trial string.
func ValidFieldTrials(text string) bool {
	crossed()
	return C.nrtc_valid_field_trials((*C.char)(unsafe.Pointer(unsafe.StringData(text))), C.size_t(len(text))) != 0
}
