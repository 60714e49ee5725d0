// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// QualityLimitationReason tells what limits the resolution or frame rate of
// an outbound video stream.
//
// https://www.w3.org/TR/webrtc-stats/#rtcqualitylimitationreason-enum
type QualityLimitationReason int

const (
	// QualityLimitationReasonUnknown is the zero value: no value was given.
	QualityLimitationReasonUnknown QualityLimitationReason = iota

	// QualityLimitationReasonNone ("none") means that nothing limits it.
	QualityLimitationReasonNone

	// QualityLimitationReasonCPU ("cpu") means that the processor is the
	// tightest limit.
	QualityLimitationReasonCPU

	// QualityLimitationReasonBandwidth ("bandwidth") means that the estimated
	// bandwidth is the tightest limit.
	QualityLimitationReasonBandwidth

	// QualityLimitationReasonOther ("other") means that something else limits
	// it.
	QualityLimitationReasonOther
)

var qualityLimitationReasonNames = newEnumTable("RTCQualityLimitationReason", QualityLimitationReasonNone,
	"none",
	"cpu",
	"bandwidth",
	"other")

// ParseQualityLimitationReason returns the QualityLimitationReason that the
// W3C calls s; any other text is a TypeError that wraps ErrUnknownType.
func ParseQualityLimitationReason(s string) (QualityLimitationReason, error) {
	return qualityLimitationReasonNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (q QualityLimitationReason) String() string { return qualityLimitationReasonNames.name(q) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (q QualityLimitationReason) MarshalText() ([]byte, error) {
	return qualityLimitationReasonNames.marshal(q)
}

// UnmarshalText implements encoding.TextUnmarshaler as
// ParseQualityLimitationReason reads.
func (q *QualityLimitationReason) UnmarshalText(text []byte) error {
	return qualityLimitationReasonNames.unmarshal(q, text)
}
