// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"slices"
	"time"
)

// Configuration tells how a PeerConnection is to reach the other peer. The zero
// value is valid and means what the W3C calls the default of each member.
//
// A Configuration is read, and its slices are copied, when it is passed; it may
// be used again after. Its JSON is that of the browser's dictionary, without the
// certificates, which have none.
//
// https://www.w3.org/TR/webrtc/#rtcconfiguration-dictionary
type Configuration struct {
	// ICEServers are the STUN and TURN servers that may be used.
	ICEServers []ICEServer `json:"iceServers,omitempty"`

	// ICETransportPolicy tells which candidates may be used.
	ICETransportPolicy ICETransportPolicy `json:"iceTransportPolicy,omitempty"`

	// BundlePolicy tells how many transports are gathered for. It cannot be
	// changed later.
	BundlePolicy BundlePolicy `json:"bundlePolicy,omitempty"`

	// RTCPMuxPolicy tells whether RTCP may have a transport of its own. It cannot
	// be changed later.
	RTCPMuxPolicy RTCPMuxPolicy `json:"rtcpMuxPolicy,omitempty"`

	// PeerIdentity is the identity that the other peer must prove, or empty. It
	// cannot be changed later.
	PeerIdentity string `json:"peerIdentity,omitempty"`

	// Certificates are used for DTLS in place of a fresh one. Which of them is
	// chosen is left to the handshake. They cannot be changed later.
	Certificates []Certificate `json:"-"`

	// ICECandidatePoolSize is the number of transports that candidates are
	// gathered for before they are needed. It cannot be changed after the first
	// SetLocalDescription.
	ICECandidatePoolSize uint8 `json:"iceCandidatePoolSize,omitempty"`

	// AlwaysNegotiateDataChannels puts the section of data channels into the
	// first offer even where no channel was created, and makes it the first
	// section (WebRTC Extensions). After that it has no effect. The revision of libwebrtc
	// that Debian packages cannot: it is a NotSupportedError.
	AlwaysNegotiateDataChannels bool `json:"alwaysNegotiateDataChannels,omitempty"`
}

// withDefaults returns a copy that shares no slice with c, with the defaults of
// the W3C in place of zero values, as getConfiguration reports them.
func (c Configuration) withDefaults() Configuration {
	if c.BundlePolicy == BundlePolicyUnknown {
		c.BundlePolicy = BundlePolicyBalanced
	}
	if c.RTCPMuxPolicy == RTCPMuxPolicyUnknown {
		c.RTCPMuxPolicy = RTCPMuxPolicyRequire
	}
	c.Certificates = slices.Clone(c.Certificates)
	c.ICEServers = cloneICEServers(c.ICEServers)
	return c
}

// validate takes the steps of the constructor and of "set a configuration" that
// look at nothing but the configuration itself and the time.
//
// https://www.w3.org/TR/webrtc/#set-the-configuration
func (c Configuration) validate(now time.Time) error {
	c = c.withDefaults()
	for _, err := range []error{
		validateEnum(iceTransportPolicyNames, c.ICETransportPolicy),
		validateEnum(bundlePolicyNames, c.BundlePolicy),
		validateEnum(rtcpMuxPolicyNames, c.RTCPMuxPolicy),
	} {
		if err != nil {
			return err
		}
	}
	for _, certificate := range c.Certificates {
		if expires := certificate.Expires(); !expires.IsZero() && !expires.After(now) {
			return newError(invalidAccessError, "", ErrCertificateExpired)
		}
	}
	if c.AlwaysNegotiateDataChannels && LibwebrtcRevision() == "debian" {
		return newError(notSupportedError, "alwaysNegotiateDataChannels", nil)
	}
	for _, server := range c.ICEServers {
		if err := server.validate(); err != nil {
			return err
		}
	}
	return nil
}

// validateChange takes the steps of "set a configuration" that compare with the
// configuration in force. poolFixed tells that a local description was applied.
// Certificates and PeerIdentity that are not given are left as they are.
func (c Configuration) validateChange(from Configuration, poolFixed bool) error {
	c, from = c.withDefaults(), from.withDefaults()
	sameCertificates := slices.EqualFunc(c.Certificates, from.Certificates, Certificate.Equals)
	for _, rule := range []struct {
		broken bool
		err    error
	}{
		{c.PeerIdentity != "" && c.PeerIdentity != from.PeerIdentity, ErrModifyingPeerIdentity},
		{c.Certificates != nil && !sameCertificates, ErrModifyingCertificates},
		{c.BundlePolicy != from.BundlePolicy, ErrModifyingBundlePolicy},
		{c.RTCPMuxPolicy != from.RTCPMuxPolicy, ErrModifyingRTCPMuxPolicy},
		{poolFixed && c.ICECandidatePoolSize != from.ICECandidatePoolSize, ErrModifyingICECandidatePoolSize},
	} {
		if rule.broken {
			return newError(invalidModificationError, "", rule.err)
		}
	}
	return nil
}

// validateEnum refuses a number that a program made up.
func validateEnum[E ~int](names enumTable[E], value E) error {
	_, err := names.marshal(value)
	return err
}
