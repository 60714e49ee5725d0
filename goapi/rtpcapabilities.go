// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "github.com/nativertc/nativertc/cgo"

// GetRTPSenderCapabilities returns what the default API can send of kind, the
// preferred codec first. Any other kind than audio and video is a TypeError.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-getcapabilities
func GetRTPSenderCapabilities(kind RTPCodecType) (RTPCapabilities, error) {
	return defaultAPI.GetRTPSenderCapabilities(kind)
}

// GetRTPReceiverCapabilities returns what the default API can receive of kind,
// the preferred codec first. Any other kind than audio and video is a TypeError.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpreceiver-getcapabilities
func GetRTPReceiverCapabilities(kind RTPCodecType) (RTPCapabilities, error) {
	return defaultAPI.GetRTPReceiverCapabilities(kind)
}

// GetRTPSenderCapabilities returns what a can send. See the function of this
// name.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-getcapabilities
func (a *API) GetRTPSenderCapabilities(kind RTPCodecType) (RTPCapabilities, error) {
	return a.capabilities(kind, false)
}

// GetRTPReceiverCapabilities returns what a can receive. See the function of this
// name.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpreceiver-getcapabilities
func (a *API) GetRTPReceiverCapabilities(kind RTPCodecType) (RTPCapabilities, error) {
	return a.capabilities(kind, true)
}

func (a *API) capabilities(kind RTPCodecType, receiver bool) (RTPCapabilities, error) {
	if _, err := kind.MarshalText(); err != nil {
		return RTPCapabilities{}, err
	}
	rt, err := a.acquire()
	if err != nil {
		return RTPCapabilities{}, err
	}
	defer rt.release()
	var in cgo.Writer
	in.Str(kind.String())
	in.Bool(receiver)
	r, err := cgo.FactoryCapabilities(rt.factory.Acquire(), &in)
	rt.factory.Release()
	if err != nil {
		return RTPCapabilities{}, nativeError(err)
	}
	return RTPCapabilities{
		Codecs:           cgo.ReadList(r, func() RTPCodecCapability { return readCodec(r) }),
		HeaderExtensions: readHeaderExtensionCapabilities(r),
	}, r.Err()
}
