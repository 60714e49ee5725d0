// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "strings"

// Error is what every error of the W3C API implements. Name returns the name of
// the DOMException, such as "InvalidStateError", that a browser would throw in
// its place. TypeError and RangeError, which are exceptions of ECMAScript
// itself, count among them.
//
//	var e webrtc.Error
//	if errors.As(err, &e) { log.Print(e.Name()) }
//
// To ask for one name, use its type:
//
//	var state *webrtc.InvalidStateError
//	if errors.As(err, &state) { … }
//
// https://webidl.spec.whatwg.org/#idl-DOMException
type Error interface {
	error
	Name() string
}

// Exception is an error with the name of a DOMException. It is used by the types
// that stand for one name each, InvalidStateError and its like; Kind tells them
// apart and is of no other use.
//
// An Exception is immutable once it was returned, and may be read from any
// goroutine.
type Exception[Kind exceptionKind] struct {
	// Message says what went wrong. Its wording may change; programs should
	// rely on the type.
	Message string

	// Err is the cause, for errors.Is and errors.As, or nil.
	Err error
}

// exceptionKind is implemented by the empty types that give an Exception its
// name.
type exceptionKind interface{ exceptionName() errorName }

// Name returns the name of the DOMException.
func (e *Exception[Kind]) Name() string {
	var kind Kind
	return string(kind.exceptionName())
}

// Error returns the name, the message and the cause.
func (e *Exception[Kind]) Error() string {
	return exceptionText(e.Name(), e.Message, e.Err)
}

// Unwrap returns Err.
func (e *Exception[Kind]) Unwrap() error { return e.Err }

// exceptionText joins what is known of an error. A cause that bears the same
// name, as the sentinels of this package do, does not say the name again.
func exceptionText(name, message string, cause error) string {
	text := name
	if message != "" {
		text += ": " + message
	}
	if cause == nil {
		return text
	}
	detail := cause.Error()
	if named, ok := cause.(Error); ok && named.Name() == name {
		detail = strings.TrimPrefix(detail, name+": ")
	}
	return text + ": " + detail
}

// newException is the constructor of one kind, for the table of newError.
func newException[Kind exceptionKind](message string, cause error) error {
	return &Exception[Kind]{Message: message, Err: cause}
}
