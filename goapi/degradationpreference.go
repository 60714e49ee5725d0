// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// DegradationPreference tells what a video sender gives up first when
// bandwidth or CPU are short.
//
// https://www.w3.org/TR/mst-content-hint/#degradation-preference-when-encoding
type DegradationPreference int

const (
	// DegradationPreferenceUnknown is the zero value: libwebrtc chooses by the
	// content hint of the track.
	DegradationPreferenceUnknown DegradationPreference = iota

	// DegradationPreferenceMaintainFramerate ("maintain-framerate") lowers the
	// resolution first.
	DegradationPreferenceMaintainFramerate

	// DegradationPreferenceMaintainResolution ("maintain-resolution") lowers
	// the frame rate first.
	DegradationPreferenceMaintainResolution

	// DegradationPreferenceBalanced ("balanced") lowers both by turns.
	DegradationPreferenceBalanced

	// DegradationPreferenceMaintainFramerateAndResolution
	// ("maintain-framerate-and-resolution") lowers neither; the quality of the
	// picture falls, and frames are dropped before encoding where that is not
	// enough.
	DegradationPreferenceMaintainFramerateAndResolution
)

var degradationPreferenceNames = newEnumTable("RTCDegradationPreference", DegradationPreferenceMaintainFramerate,
	"maintain-framerate",
	"maintain-resolution",
	"balanced",
	"maintain-framerate-and-resolution")

// ParseDegradationPreference returns the DegradationPreference that the W3C
// calls s; any other text is a TypeError that wraps ErrUnknownType.
func ParseDegradationPreference(s string) (DegradationPreference, error) {
	return degradationPreferenceNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (d DegradationPreference) String() string { return degradationPreferenceNames.name(d) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (d DegradationPreference) MarshalText() ([]byte, error) {
	return degradationPreferenceNames.marshal(d)
}

// UnmarshalText implements encoding.TextUnmarshaler as
// ParseDegradationPreference reads.
func (d *DegradationPreference) UnmarshalText(text []byte) error {
	return degradationPreferenceNames.unmarshal(d, text)
}
