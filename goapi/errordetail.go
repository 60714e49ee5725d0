// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ErrorDetail tells what kind of failure an RTCError reports.
//
// https://www.w3.org/TR/webrtc/#rtcerrordetailtype-enum
type ErrorDetail int

const (
	// ErrorDetailUnknown is the zero value: no detail is known.
	ErrorDetailUnknown ErrorDetail = iota

	// ErrorDetailDataChannelFailure ("data-channel-failure") means that a data
	// channel failed.
	ErrorDetailDataChannelFailure

	// ErrorDetailDTLSFailure ("dtls-failure") means that the DTLS negotiation
	// failed or the connection ended with a fatal alert; RTCError.ReceivedAlert
	// or SentAlert holds it.
	ErrorDetailDTLSFailure

	// ErrorDetailFingerprintFailure ("fingerprint-failure") means that the
	// remote certificate matches no fingerprint of the remote description.
	ErrorDetailFingerprintFailure

	// ErrorDetailSCTPFailure ("sctp-failure") means that the SCTP association
	// failed; RTCError.SCTPCauseCode holds the cause.
	ErrorDetailSCTPFailure

	// ErrorDetailSDPSyntaxError ("sdp-syntax-error") means that the SDP does
	// not parse; RTCError.SDPLineNumber holds the line.
	ErrorDetailSDPSyntaxError

	// ErrorDetailHardwareEncoderNotAvailable ("hardware-encoder-not-available")
	// means that the hardware encoder needed is missing or busy.
	ErrorDetailHardwareEncoderNotAvailable

	// ErrorDetailHardwareEncoderError ("hardware-encoder-error") means that the
	// hardware encoder refused the parameters.
	ErrorDetailHardwareEncoderError

	// ErrorDetailIdPBadScriptFailure ("idp-bad-script-failure") means that an
	// identity provider cannot be used as one.
	ErrorDetailIdPBadScriptFailure

	// ErrorDetailIdPExecutionFailure ("idp-execution-failure") means that an
	// identity provider failed or returned something unusable.
	ErrorDetailIdPExecutionFailure

	// ErrorDetailIdPLoadFailure ("idp-load-failure") means that an identity
	// provider could not be loaded; RTCError.HTTPRequestStatusCode holds the
	// status.
	ErrorDetailIdPLoadFailure

	// ErrorDetailIdPNeedLogin ("idp-need-login") means that the user must log
	// in at the identity provider first.
	ErrorDetailIdPNeedLogin

	// ErrorDetailIdPTimeout ("idp-timeout") means that an identity provider
	// took too long.
	ErrorDetailIdPTimeout

	// ErrorDetailIdPTLSFailure ("idp-tls-failure") means that the identity
	// provider could not be reached over TLS.
	ErrorDetailIdPTLSFailure

	// ErrorDetailIdPTokenExpired ("idp-token-expired") means that an identity
	// assertion has expired.
	ErrorDetailIdPTokenExpired

	// ErrorDetailIdPTokenInvalid ("idp-token-invalid") means that an identity
	// assertion does not hold.
	ErrorDetailIdPTokenInvalid
)

var errorDetailNames = newEnumTable("RTCErrorDetailType", ErrorDetailDataChannelFailure,
	"data-channel-failure",
	"dtls-failure",
	"fingerprint-failure",
	"sctp-failure",
	"sdp-syntax-error",
	"hardware-encoder-not-available",
	"hardware-encoder-error",
	"idp-bad-script-failure",
	"idp-execution-failure",
	"idp-load-failure",
	"idp-need-login",
	"idp-timeout",
	"idp-tls-failure",
	"idp-token-expired",
	"idp-token-invalid")

// ParseErrorDetail returns the ErrorDetail that the W3C calls s; any other
// text is a TypeError that wraps ErrUnknownType.
func ParseErrorDetail(s string) (ErrorDetail, error) { return errorDetailNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (e ErrorDetail) String() string { return errorDetailNames.name(e) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (e ErrorDetail) MarshalText() ([]byte, error) { return errorDetailNames.marshal(e) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseErrorDetail
// reads.
func (e *ErrorDetail) UnmarshalText(text []byte) error { return errorDetailNames.unmarshal(e, text) }
