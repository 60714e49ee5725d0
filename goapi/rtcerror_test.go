// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRTCErrorIsAnOperationError(t *testing.T) {
	err := fmt.Errorf("sending: %w", &RTCError{ErrorDetail: ErrorDetailSCTPFailure, Message: "aborted", Err: io.EOF})
	assert.EqualError(t, err, "sending: OperationError: sctp-failure: aborted: EOF")
	require.ErrorIs(t, err, io.EOF)

	var rtc *RTCError
	require.ErrorAs(t, err, &rtc)
	var operation *OperationError
	require.ErrorAs(t, err, &operation)
	assert.Equal(t, "aborted", operation.Message)
	require.ErrorIs(t, operation, io.EOF)
	var named Error
	require.ErrorAs(t, err, &named)
	assert.Equal(t, "OperationError", named.Name())
	var state *InvalidStateError
	assert.False(t, errors.As(err, &state))
}

func TestRTCErrorText(t *testing.T) {
	assert.EqualError(t, &RTCError{}, "OperationError")
	assert.EqualError(t, &RTCError{Message: "text"}, "OperationError: text")
	assert.EqualError(t, &RTCError{ErrorDetail: ErrorDetailDTLSFailure}, "OperationError: dtls-failure")
}

func TestSDPSyntaxErrorFindsTheLine(t *testing.T) {
	sdp := "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nm=nonsense\r\n"
	for line, want := range map[string]int{"v=0": 1, "m=nonsense": 4, "m=nonsense\r\n": 4} {
		var rtc *RTCError
		require.ErrorAs(t, newSDPSyntaxError(sdp, line, "bad"), &rtc)
		assert.Equal(t, ErrorDetailSDPSyntaxError, rtc.ErrorDetail)
		require.NotNil(t, rtc.SDPLineNumber)
		assert.Equal(t, want, *rtc.SDPLineNumber)
	}
	for _, line := range []string{"", "not there"} {
		var rtc *RTCError
		require.ErrorAs(t, newSDPSyntaxError(sdp, line, "bad"), &rtc)
		assert.Nil(t, rtc.SDPLineNumber)
	}
}
