// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"errors"
	"net"
	"strings"
)

// Sentinels, for errors.Is. Each is wrapped in, or is itself, the error type
// that the W3C names for the case, so that errors.As finds that too.
var (
	// ErrUnknownType is wrapped by the TypeError for a text or number that is no
	// value of an enumeration.
	ErrUnknownType = errors.New("unknown")

	// ErrConnectionClosed is the InvalidStateError of a PeerConnection, and of
	// what belongs to it, after Close. It also matches net.ErrClosed.
	ErrConnectionClosed = newError(invalidStateError, "", closedError("connection closed"))

	// ErrClosed is the InvalidStateError of any other object after its Close. It
	// also matches net.ErrClosed.
	ErrClosed = newError(invalidStateError, "", closedError("object closed"))

	// ErrNoTurnCredentials is wrapped by the InvalidAccessError for a TURN server
	// without user name or credential.
	ErrNoTurnCredentials = errors.New("turn server credentials required")

	// ErrTurnCredentials is wrapped by the InvalidAccessError for a TURN server
	// whose user name is too long or whose credential is not a string.
	ErrTurnCredentials = errors.New("invalid turn server credentials")

	// ErrCertificateExpired is wrapped by the InvalidAccessError for a
	// certificate that has expired.
	ErrCertificateExpired = errors.New("certificate expired")

	// ErrModifyingPeerIdentity, ErrModifyingCertificates, ErrModifyingBundlePolicy,
	// ErrModifyingRTCPMuxPolicy and ErrModifyingICECandidatePoolSize are wrapped
	// by the InvalidModificationError for a member of the Configuration that
	// cannot be changed any more.
	ErrModifyingPeerIdentity         = errors.New("peerIdentity cannot be modified")
	ErrModifyingCertificates         = errors.New("certificates cannot be modified")
	ErrModifyingBundlePolicy         = errors.New("bundlePolicy cannot be modified")
	ErrModifyingRTCPMuxPolicy        = errors.New("rtcpMuxPolicy cannot be modified")
	ErrModifyingICECandidatePoolSize = errors.New("iceCandidatePoolSize cannot be modified")

	// ErrStringSizeLimit is wrapped by the TypeError for a data channel's label
	// of more than 65535 bytes.
	ErrStringSizeLimit = errors.New("data channel label exceeds size limit")

	// ErrProtocolTooLarge is wrapped by the TypeError for a data channel's
	// protocol of more than 65535 bytes.
	ErrProtocolTooLarge = errors.New("data channel protocol exceeds size limit")

	// ErrMaxDataChannelID is wrapped by the TypeError for data channel id 65535,
	// which SCTP reserves.
	ErrMaxDataChannelID = errors.New("data channel id exceeds limit")

	// ErrNegotiatedWithoutID is wrapped by the TypeError for a negotiated data
	// channel without an id.
	ErrNegotiatedWithoutID = errors.New("negotiated data channel without id")

	// ErrRetransmitsOrPacketLifeTime is wrapped by the TypeError for a data
	// channel with both limits of reliability.
	ErrRetransmitsOrPacketLifeTime = errors.New("both maxPacketLifeTime and maxRetransmits are set")
)

// closedError is a cause that counts as net.ErrClosed without its wording.
type closedError string

func (e closedError) Error() string        { return string(e) }
func (e closedError) Is(target error) bool { return target == net.ErrClosed }

// newError returns the error type of the name, with the message and, if not nil,
// the error it wraps. A name that has no type gives an UnknownError.
func newError(name errorName, message string, wrapped error) error {
	build, ok := exceptions[name]
	if !ok {
		build = newException[unknownKind]
	}
	return build(message, wrapped)
}

// nativeErrorNames tells which exception stands for which RTCErrorType of
// libwebrtc. What is not listed is an OperationError: the operation was right
// and could not be done. As browsers have it.
var nativeErrorNames = map[string]errorName{
	"INVALID_PARAMETER":    invalidAccessError,
	"INVALID_RANGE":        rangeError,
	"SYNTAX_ERROR":         syntaxError,
	"INVALID_STATE":        invalidStateError,
	"INVALID_MODIFICATION": invalidModificationError,
	"NETWORK_ERROR":        networkError,
}

// errorFromNative returns the Go error for a webrtc::RTCError: typ and detail
// are the names of its type and error detail as libwebrtc prints them, message
// is its text, and sctpCause its SCTP cause code or, where it has none, a
// negative number. An error with a detail is an RTCError. The type NONE is no
// error.
func errorFromNative(typ, message, detail string, sctpCause int) error {
	if typ == "NONE" {
		return nil
	}
	if message == "" {
		message = strings.ToLower(strings.ReplaceAll(typ, "_", " "))
	}
	kind := errorDetailFromNative(detail)
	if kind != ErrorDetailUnknown || typ == "OPERATION_ERROR_WITH_DATA" {
		e := &RTCError{ErrorDetail: kind, Message: message}
		if sctpCause >= 0 {
			e.SCTPCauseCode = &sctpCause
		}
		return e
	}
	name, ok := nativeErrorNames[typ]
	if !ok {
		name = operationError
	}
	return newError(name, message, nil)
}

// errorDetailFromNative reads the name of an RTCErrorDetailType, which libwebrtc
// prints as its enumerator (SDP_SYNTAX_ERROR) or as the W3C's text.
func errorDetailFromNative(detail string) ErrorDetail {
	kind, err := ParseErrorDetail(strings.ToLower(strings.ReplaceAll(detail, "_", "-")))
	if err != nil {
		return ErrorDetailUnknown // NONE, or one that this version does not know
	}
	return kind
}
