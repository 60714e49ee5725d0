// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseICEServerURL(t *testing.T) {
	for raw, want := range map[string]iceServerURL{
		"stun:stun.example.org":                    {scheme: "stun", host: "stun.example.org", port: 3478},
		"stuns:stun.example.org":                   {scheme: "stuns", host: "stun.example.org", port: 5349},
		"STUN:192.0.2.1:19302":                     {scheme: "stun", host: "192.0.2.1", port: 19302},
		"turn:turn.example.org":                    {scheme: "turn", host: "turn.example.org", port: 3478},
		"turn:turn.example.org?transport=udp":      {scheme: "turn", host: "turn.example.org", port: 3478, transport: ICEProtocolUDP},
		"turns:turn.example.org:443?transport=tcp": {scheme: "turns", host: "turn.example.org", port: 443, transport: ICEProtocolTCP},
		"turns:[2001:db8::1]:5350?transport=TCP":   {scheme: "turns", host: "2001:db8::1", port: 5350, transport: ICEProtocolTCP},
		"turn:[::1]":                               {scheme: "turn", host: "::1", port: 3478},
	} {
		got, err := parseICEServerURL(raw)
		require.NoError(t, err, raw)
		assert.Equal(t, want, got, raw)
	}
}

func TestParseICEServerURLRefuses(t *testing.T) {
	for _, raw := range []string{
		"", "relative-url", "http://example.com", "stun", "stun:", "stun:?", "turn:", "turn:?transport=udp",
		"stun://example.com", "stun://example.com/foo", "turn://example.org/foo?x=y", "stun:example.com/foo",
		"stun:user@example.com", "stun:example.com#fragment", "stun:exa mple.com", "stun:ex\nample.com", "stun:exämple.com",
		"stun:example.com:", "stun:example.com:0", "stun:example.com:65536", "stun:example.com:-1", "stun:example.com:1:2",
		"stun:2001:db8::1", "stun:[2001:db8::1", "stun:[192.0.2.1]", "stun:[fe80::1%eth0]", "stun:[::1]x", "stun:[::1]:",
		"stun:example.com?transport=udp", "turn:example.com?", "turn:example.com?transport=", "turn:example.com?transport=sctp",
		"turn:example.com?protocol=udp", "turn:example.com?transport=udp&x=y", "stun:" + strings.Repeat("a", 254),
	} {
		_, err := parseICEServerURL(raw)
		assert.Error(t, err, raw)
	}
}
