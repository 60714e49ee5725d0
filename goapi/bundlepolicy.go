// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// BundlePolicy tells which transports are gathered for when the other side
// might not bundle media (RFC 8843).
//
// https://www.w3.org/TR/webrtc/#rtcbundlepolicy-enum
type BundlePolicy int

const (
	// BundlePolicyUnknown is the zero value; it stands for the default,
	// balanced.
	BundlePolicyUnknown BundlePolicy = iota

	// BundlePolicyBalanced ("balanced") gathers for one transport per kind of
	// media. It is the default. libwebrtc gathers for one per section of the
	// description, as with BundlePolicyMaxCompat.
	BundlePolicyBalanced

	// BundlePolicyMaxCompat ("max-compat") gathers for one transport per track.
	BundlePolicyMaxCompat

	// BundlePolicyMaxBundle ("max-bundle") gathers for one transport only.
	BundlePolicyMaxBundle
)

var bundlePolicyNames = newEnumTable("RTCBundlePolicy", BundlePolicyBalanced,
	"balanced",
	"max-compat",
	"max-bundle")

// ParseBundlePolicy returns the BundlePolicy that the W3C calls s; any other
// text is a TypeError that wraps ErrUnknownType.
func ParseBundlePolicy(s string) (BundlePolicy, error) { return bundlePolicyNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (b BundlePolicy) String() string { return bundlePolicyNames.name(b) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (b BundlePolicy) MarshalText() ([]byte, error) { return bundlePolicyNames.marshal(b) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseBundlePolicy
// reads.
func (b *BundlePolicy) UnmarshalText(text []byte) error { return bundlePolicyNames.unmarshal(b, text) }
