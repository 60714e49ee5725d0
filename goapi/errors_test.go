// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"errors"
	"io"
	"net"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEveryErrorNameHasItsType(t *testing.T) {
	for name := range exceptions {
		err := newError(name, "message", io.EOF)
		var named Error
		require.ErrorAs(t, err, &named)
		assert.Equal(t, string(name), named.Name())
		assert.Equal(t, string(name)+": message: EOF", err.Error())
		require.ErrorIs(t, err, io.EOF)
	}
	var unknown *UnknownError
	assert.ErrorAs(t, newError("NoSuchError", "message", nil), &unknown)
}

func TestErrorTypesAreDistinct(t *testing.T) {
	err := newError(invalidStateError, "wrong state", nil)
	var state *InvalidStateError
	require.ErrorAs(t, err, &state)
	assert.Equal(t, "wrong state", state.Message)
	var access *InvalidAccessError
	assert.False(t, errors.As(err, &access))
}

func TestErrorByLiteral(t *testing.T) {
	err := &NotFoundError{Err: io.EOF}
	assert.Equal(t, "NotFoundError", err.Name())
	assert.Equal(t, "NotFoundError: EOF", err.Error())
	assert.Equal(t, "NotFoundError", (&NotFoundError{}).Error())
}

func TestClosedSentinels(t *testing.T) {
	for sentinel, text := range map[error]string{
		ErrConnectionClosed: "InvalidStateError: connection closed",
		ErrClosed:           "InvalidStateError: object closed",
	} {
		assert.EqualError(t, sentinel, text)
		for _, err := range []error{sentinel, newError(invalidStateError, "createOffer", sentinel)} {
			require.ErrorIs(t, err, sentinel)
			require.ErrorIs(t, err, net.ErrClosed)
			var state *InvalidStateError
			require.ErrorAs(t, err, &state)
		}
	}
	require.NotErrorIs(t, ErrConnectionClosed, ErrClosed)
	assert.EqualError(t, newError(invalidStateError, "createOffer", ErrConnectionClosed),
		"InvalidStateError: createOffer: connection closed", "the name is said once")
	assert.EqualError(t, newError(operationError, "createOffer", ErrConnectionClosed),
		"OperationError: createOffer: InvalidStateError: connection closed")
}

func TestErrorFromNativeNames(t *testing.T) {
	for typ, name := range map[string]string{
		"UNSUPPORTED_OPERATION": "OperationError",
		"UNSUPPORTED_PARAMETER": "OperationError",
		"INVALID_PARAMETER":     "InvalidAccessError",
		"INVALID_RANGE":         "RangeError",
		"SYNTAX_ERROR":          "SyntaxError",
		"INVALID_STATE":         "InvalidStateError",
		"INVALID_MODIFICATION":  "InvalidModificationError",
		"NETWORK_ERROR":         "NetworkError",
		"RESOURCE_EXHAUSTED":    "OperationError",
		"INTERNAL_ERROR":        "OperationError",
		"SOMETHING_NEW":         "OperationError",
	} {
		err := errorFromNative(typ, "text", "NONE", -1)
		assert.EqualError(t, err, name+": text")
		var rtc *RTCError
		assert.False(t, errors.As(err, &rtc), typ)
	}
	require.NoError(t, errorFromNative("NONE", "", "NONE", -1))
	assert.EqualError(t, errorFromNative("INVALID_STATE", "", "", -1), "InvalidStateError: invalid state")
}

func TestErrorFromNativeWithDetail(t *testing.T) {
	for detail, want := range map[string]ErrorDetail{
		"DATA_CHANNEL_FAILURE":           ErrorDetailDataChannelFailure,
		"DTLS_FAILURE":                   ErrorDetailDTLSFailure,
		"FINGERPRINT_FAILURE":            ErrorDetailFingerprintFailure,
		"SCTP_FAILURE":                   ErrorDetailSCTPFailure,
		"SDP_SYNTAX_ERROR":               ErrorDetailSDPSyntaxError,
		"HARDWARE_ENCODER_NOT_AVAILABLE": ErrorDetailHardwareEncoderNotAvailable,
		"HARDWARE_ENCODER_ERROR":         ErrorDetailHardwareEncoderError,
		"sctp-failure":                   ErrorDetailSCTPFailure,
	} {
		var rtc *RTCError
		require.ErrorAs(t, errorFromNative("INTERNAL_ERROR", "text", detail, -1), &rtc)
		assert.Equal(t, want, rtc.ErrorDetail)
		assert.Nil(t, rtc.SCTPCauseCode)
	}
	var rtc *RTCError
	require.ErrorAs(t, errorFromNative("OPERATION_ERROR_WITH_DATA", "aborted", "SCTP_FAILURE", 12), &rtc)
	require.NotNil(t, rtc.SCTPCauseCode)
	assert.Equal(t, 12, *rtc.SCTPCauseCode)
	require.ErrorAs(t, errorFromNative("OPERATION_ERROR_WITH_DATA", "aborted", "NONE", -1), &rtc)
	assert.Equal(t, ErrorDetailUnknown, rtc.ErrorDetail)
}
