// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestConfigurationJSON(t *testing.T) {
	const page = `{"iceServers":[{"urls":["stun:a"]}],"iceTransportPolicy":"relay","bundlePolicy":"max-bundle",` +
		`"rtcpMuxPolicy":"require","peerIdentity":"someone@example.org","iceCandidatePoolSize":2,"alwaysNegotiateDataChannels":true}`
	var c Configuration
	require.NoError(t, json.Unmarshal([]byte(page), &c))
	assert.Equal(t, Configuration{
		ICEServers:                  []ICEServer{{URLs: []string{"stun:a"}}},
		ICETransportPolicy:          ICETransportPolicyRelay,
		BundlePolicy:                BundlePolicyMaxBundle,
		RTCPMuxPolicy:               RTCPMuxPolicyRequire,
		PeerIdentity:                "someone@example.org",
		ICECandidatePoolSize:        2,
		AlwaysNegotiateDataChannels: true,
	}, c)
	text, err := json.Marshal(c)
	require.NoError(t, err)
	assert.JSONEq(t, page, string(text))

	empty, err := json.Marshal(Configuration{})
	require.NoError(t, err)
	assert.Equal(t, `{}`, string(empty))
}

func TestConfigurationDefaults(t *testing.T) {
	servers := []ICEServer{{URLs: []string{"stun:a"}}}
	c := Configuration{ICEServers: servers}.withDefaults()
	assert.Equal(t, BundlePolicyBalanced, c.BundlePolicy)
	assert.Equal(t, RTCPMuxPolicyRequire, c.RTCPMuxPolicy)
	assert.Equal(t, ICETransportPolicyAll, c.ICETransportPolicy)
	servers[0].URLs[0] = "changed"
	assert.Equal(t, "stun:a", c.ICEServers[0].URLs[0], "the copy shares nothing with the application")
}

func TestConfigurationValidate(t *testing.T) {
	now := time.Now()
	require.NoError(t, Configuration{}.validate(now))
	require.NoError(t, Configuration{ICEServers: []ICEServer{{URLs: []string{"stun:a"}}}}.validate(now))
	requireName(t, "SyntaxError", Configuration{ICEServers: []ICEServer{{}}}.validate(now))
	requireName(t, "TypeError", Configuration{BundlePolicy: 9}.validate(now))
	requireName(t, "TypeError", Configuration{RTCPMuxPolicy: -1}.validate(now))
	requireName(t, "TypeError", Configuration{ICETransportPolicy: 9}.validate(now))
}

func TestConfigurationValidateChange(t *testing.T) {
	from := Configuration{BundlePolicy: BundlePolicyMaxBundle, PeerIdentity: "a", ICECandidatePoolSize: 1}
	same := Configuration{BundlePolicy: BundlePolicyMaxBundle, ICECandidatePoolSize: 1}
	require.NoError(t, same.validateChange(from, true))
	servers := same
	servers.ICEServers = []ICEServer{{URLs: []string{"stun:a"}}}
	servers.ICETransportPolicy = ICETransportPolicyRelay
	require.NoError(t, servers.validateChange(from, true), "servers and policy may change at any time")

	pool := same
	pool.ICECandidatePoolSize = 2
	require.NoError(t, pool.validateChange(from, false))

	identity, mux, bundle := same, same, same
	identity.PeerIdentity = "b"
	mux.RTCPMuxPolicy = RTCPMuxPolicyNegotiate
	bundle.BundlePolicy = BundlePolicyUnknown
	for want, c := range map[error]Configuration{
		ErrModifyingICECandidatePoolSize: pool,
		ErrModifyingPeerIdentity:         identity,
		ErrModifyingRTCPMuxPolicy:        mux,
		ErrModifyingBundlePolicy:         bundle,
	} {
		err := c.validateChange(from, true)
		requireName(t, "InvalidModificationError", err)
		assert.ErrorIs(t, err, want)
	}
}
