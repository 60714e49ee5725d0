// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// ICEComponent tells what an ICE transport carries.
//
// https://www.w3.org/TR/webrtc/#rtcicecomponent
type ICEComponent int

const (
	// ICEComponentUnknown is the zero value: no value was given.
	ICEComponentUnknown ICEComponent = iota

	// ICEComponentRTP ("rtp") is RTP, or RTP and RTCP together, or data; its
	// number in candidates is 1.
	ICEComponentRTP

	// ICEComponentRTCP ("rtcp") is RTCP by itself; its number in candidates is
	// 2.
	ICEComponentRTCP
)

var iceComponentNames = newEnumTable("RTCIceComponent", ICEComponentRTP, "rtp", "rtcp").
	accept("RTP", ICEComponentRTP).
	accept("RTCP", ICEComponentRTCP)

// ParseICEComponent returns the ICEComponent that the W3C calls s; any other
// text is a TypeError that wraps ErrUnknownType.
func ParseICEComponent(s string) (ICEComponent, error) { return iceComponentNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (i ICEComponent) String() string { return iceComponentNames.name(i) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (i ICEComponent) MarshalText() ([]byte, error) { return iceComponentNames.marshal(i) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseICEComponent
// reads.
func (i *ICEComponent) UnmarshalText(text []byte) error { return iceComponentNames.unmarshal(i, text) }
