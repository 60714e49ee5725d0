// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

import (
	"encoding/binary"
	"errors"
	"math"
	"unsafe"
)

// Writer builds a flat message: the Go side of bridge/wire.h. Its zero value is
// an empty message.
type Writer struct{ b []byte }

// U8 appends an unsigned number of 8 bits.
func (w *Writer) U8(v uint8) { w.b = append(w.b, v) }

// U16 appends an unsigned number of 16 bits.
func (w *Writer) U16(v uint16) { w.b = binary.NativeEndian.AppendUint16(w.b, v) }

// U32 appends an unsigned number of 32 bits.
func (w *Writer) U32(v uint32) { w.b = binary.NativeEndian.AppendUint32(w.b, v) }

// U64 appends an unsigned number of 64 bits.
func (w *Writer) U64(v uint64) { w.b = binary.NativeEndian.AppendUint64(w.b, v) }

// I32 appends a signed number of 32 bits.
func (w *Writer) I32(v int32) { w.U32(uint32(v)) }

// I64 appends a signed number of 64 bits.
func (w *Writer) I64(v int64) { w.U64(uint64(v)) }

// F64 appends a floating-point number of 64 bits.
func (w *Writer) F64(v float64) { w.U64(math.Float64bits(v)) }

// Bool appends a truth value.
func (w *Writer) Bool(v bool) {
	if v {
		w.U8(1)
	} else {
		w.U8(0)
	}
}

// Str writes a string; it may hold NUL.
func (w *Writer) Str(s string) {
	w.U32(uint32(len(s)))
	w.b = append(w.b, s...)
}

// Ref writes a borrowed object: it must stay acquired until the call returns.
func (w *Writer) Ref(p unsafe.Pointer) { w.U64(uint64(uintptr(p))) }

// WriteList writes a list, each element by write.
func WriteList[T any](w *Writer, list []T, write func(T)) {
	w.U32(uint32(len(list)))
	for _, e := range list {
		write(e)
	}
}

// WriteOpt writes an optional, its value by write.
func WriteOpt[T any](w *Writer, v *T, write func(T)) {
	w.Bool(v != nil)
	if v != nil {
		write(*v)
	}
}

// Strs writes a list of strings.
func (w *Writer) Strs(list []string) { WriteList(w, list, w.Str) }

// Reader takes a flat message apart. What is missing reads as zero, and Err
// tells.
type Reader struct {
	b   []byte
	bad bool
}

var errTruncated = errors.New("cgo: truncated message from the bridge")

// NewReader reads b, which it keeps.
func NewReader(b []byte) *Reader { return &Reader{b: b} }

// Err tells whether more was read than there was.
func (r *Reader) Err() error {
	if r.bad {
		return errTruncated
	}
	return nil
}

var zeros [8]byte

func (r *Reader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.bad, r.b = true, nil
		return zeros[:min(max(n, 0), len(zeros))]
	}
	out := r.b[:n:n]
	r.b = r.b[n:]
	return out
}

// U8 takes an unsigned number of 8 bits.
func (r *Reader) U8() uint8 { return r.take(1)[0] }

// U16 takes an unsigned number of 16 bits.
func (r *Reader) U16() uint16 { return binary.NativeEndian.Uint16(r.take(2)) }

// U32 takes an unsigned number of 32 bits.
func (r *Reader) U32() uint32 { return binary.NativeEndian.Uint32(r.take(4)) }

// U64 takes an unsigned number of 64 bits.
func (r *Reader) U64() uint64 { return binary.NativeEndian.Uint64(r.take(8)) }

// I32 takes a signed number of 32 bits.
func (r *Reader) I32() int32 { return int32(r.U32()) }

// I64 takes a signed number of 64 bits.
func (r *Reader) I64() int64 { return int64(r.U64()) }

// F64 takes a floating-point number of 64 bits.
func (r *Reader) F64() float64 { return math.Float64frombits(r.U64()) }

// Bool takes a truth value.
func (r *Reader) Bool() bool { return r.U8() != 0 }

// Str takes a text.
func (r *Reader) Str() string { return string(r.Bytes()) }

// Bytes returns a view of a string's bytes.
func (r *Reader) Bytes() []byte {
	n := int(r.U32())
	if n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	return r.take(n)
}

// Ptr reads an object whose reference passes to the caller.
func (r *Reader) Ptr() unsafe.Pointer {
	v := uintptr(r.U64())
	return *(*unsafe.Pointer)(unsafe.Pointer(&v))
}

// ReadList reads a list, each element by read.
func ReadList[T any](r *Reader, read func() T) []T {
	n := int(r.U32())
	var out []T
	for i := 0; i < n && !r.bad; i++ {
		out = append(out, read())
	}
	return out
}

// ReadOpt reads an optional, its value by read; nil when absent.
func ReadOpt[T any](r *Reader, read func() T) *T {
	if !r.Bool() {
		return nil
	}
	v := read()
	return &v
}

// Strs reads a list of strings.
func (r *Reader) Strs() []string { return ReadList(r, r.Str) }

// Clone copies what has not been read.
func (r *Reader) Clone() []byte { return append([]byte(nil), r.b...) }
