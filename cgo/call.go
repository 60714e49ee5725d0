// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/base.h"
*/
import "C"

import (
	"fmt"
	"sync"
	"unsafe"
)

// Revision is the revision of libwebrtc that the bridge was compiled against:
// "debian" or "m150".
func Revision() string { return C.GoString(C.nrtc_libwebrtc_revision()) }

// NativeError is an error as libwebrtc reports it.
type NativeError struct {
	Type      string // webrtc::RTCErrorType's name
	Message   string
	Detail    string  // webrtc::RTCErrorDetailType's W3C name
	SCTPCause *uint16 // SCTP cause code, if any
	SDPLine   string  // the line of SDP at fault, if known
}

// Error implements error.
func (e *NativeError) Error() string { return fmt.Sprintf("%s: %s", e.Type, e.Message) }

// ReadError reads an error that WriteError of bridge/wire.h wrote.
func ReadError(r *Reader) *NativeError {
	return &NativeError{
		Type:      r.Str(),
		Message:   r.Str(),
		Detail:    r.Str(),
		SCTPCause: ReadOpt(r, r.U16),
		SDPLine:   r.Str(),
	}
}

// ReadResult reads the status byte that starts a result, and the error if it is
// one.
func ReadResult(r *Reader) error {
	if r.U8() == 0 {
		return r.Err()
	}
	return ReadError(r)
}

// view gives C the bytes of a message for the length of a call.
func (w *Writer) view() (*C.uint8_t, C.size_t) {
	if w == nil || len(w.b) == 0 {
		return nil, 0
	}
	return (*C.uint8_t)(unsafe.Pointer(&w.b[0])), C.size_t(len(w.b))
}

const scratchSize = 8 << 10

var scratch = sync.Pool{New: func() any { return new([scratchSize]byte) }}

// reply is what NRTC_OUT stands for in C.
type reply struct {
	out  *C.uint8_t
	size C.size_t
	more **C.uint8_t
}

// call lends f a buffer for its result and returns a reader of the values.
func call(f func(reply) C.size_t) (*Reader, error) {
	crossed()
	buf := scratch.Get().(*[scratchSize]byte)
	defer scratch.Put(buf)
	var more *C.uint8_t
	n := int(f(reply{(*C.uint8_t)(unsafe.Pointer(&buf[0])), scratchSize, &more}))
	result := make([]byte, n)
	if more != nil {
		copy(result, unsafe.Slice((*byte)(unsafe.Pointer(more)), n))
		C.nrtc_buffer_free(more)
	} else {
		copy(result, buf[:n])
	}
	r := NewReader(result)
	return r, ReadResult(r)
}
