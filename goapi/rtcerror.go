// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "strings"

// RTCError is an OperationError that tells more about a failure of WebRTC's own.
// A data channel reports it when the transport fails, and the methods that read
// SDP return it for a line that does not parse. Members that do not apply are
// nil.
//
// errors.As finds an RTCError as *RTCError and as *OperationError.
//
// https://www.w3.org/TR/webrtc/#rtcerror-interface
type RTCError struct {
	// ErrorDetail is the kind of failure.
	ErrorDetail ErrorDetail

	// SDPLineNumber is the line, counted from 1, where the SDP does not parse,
	// for ErrorDetailSDPSyntaxError.
	SDPLineNumber *int

	// ReceivedAlert is the fatal DTLS alert that was received, for
	// ErrorDetailDTLSFailure.
	ReceivedAlert *uint32

	// SentAlert is the fatal DTLS alert that was sent, for ErrorDetailDTLSFailure.
	SentAlert *uint32

	// HTTPRequestStatusCode is the status with which the identity provider
	// answered, for ErrorDetailIdPLoadFailure.
	HTTPRequestStatusCode *int

	// SCTPCauseCode is the cause of the abort (RFC 9260, section 3.3.10), for
	// ErrorDetailSCTPFailure.
	SCTPCauseCode *int

	// Message says what went wrong. Its wording may change.
	Message string

	// Err is the cause, for errors.Is and errors.As, or nil.
	Err error
}

// Name returns "OperationError".
func (e *RTCError) Name() string { return string(operationError) }

// Error returns the name, the detail, the message and the cause.
func (e *RTCError) Error() string {
	message := e.Message
	if e.ErrorDetail != ErrorDetailUnknown {
		message = strings.TrimSuffix(e.ErrorDetail.String()+": "+message, ": ")
	}
	return exceptionText(e.Name(), message, e.Err)
}

// Unwrap returns Err.
func (e *RTCError) Unwrap() error { return e.Err }

// As lets errors.As see an RTCError as the OperationError that it also is. The
// details stay with the RTCError.
func (e *RTCError) As(target any) bool {
	operation, ok := target.(**OperationError)
	if ok {
		*operation = &OperationError{Message: e.Message, Err: e.Err}
	}
	return ok
}

// newSDPSyntaxError returns the error for an SDP that does not parse: line is the
// text of the line that libwebrtc complains of, or empty where it names none.
func newSDPSyntaxError(sdp, line, message string) error {
	e := &RTCError{ErrorDetail: ErrorDetailSDPSyntaxError, Message: message}
	if line == "" {
		return e
	}
	number := 0
	for text := range strings.Lines(sdp) {
		number++
		if strings.TrimRight(text, "\r\n") == strings.TrimRight(line, "\r\n") {
			e.SDPLineNumber = &number
			return e
		}
	}
	return e
}
