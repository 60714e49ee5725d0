// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"errors"

	"github.com/nativertc/nativertc/cgo"
)

// nativeError turns what package cgo reports into the errors of this package.
func nativeError(err error) error {
	var native *cgo.NativeError
	if !errors.As(err, &native) {
		return err
	}
	cause := -1
	if native.SCTPCause != nil {
		cause = int(*native.SCTPCause)
	}
	return errorFromNative(native.Type, native.Message, native.Detail, cause)
}

// nativeSDPError is nativeError for an operation that was given sdp: it tells
// the line at fault. Where no line is at fault, but what several say together, it is
// an OperationError, as in browsers.
func nativeSDPError(err error, sdp string) error {
	var native *cgo.NativeError
	if errors.As(err, &native) && native.Type == "SYNTAX_ERROR" {
		if native.SDPLine == "" && sdp != "" {
			return newError(operationError, native.Message, nil)
		}
		return newSDPSyntaxError(sdp, native.SDPLine, native.Message)
	}
	return nativeError(err)
}
