// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	hostCandidate  = "candidate:842163049 1 udp 2122260223 192.0.2.7 46154 typ host generation 0 ufrag Xy+/ network-id 1"
	relayCandidate = "candidate:7 2 UDP 41885439 2001:db8::1 50000 typ relay raddr 198.51.100.2 rport 33001 generation 0 ufrag Xy+/"
	tcpCandidate   = "candidate:1 1 tcp 1518280447 a1b2c3d4.local 9 typ host tcptype active generation 0"
)

func mustParseCandidate(t *testing.T, init ICECandidateInit) ICECandidate {
	t.Helper()
	c, err := ParseICECandidate(init)
	require.NoError(t, err)
	return c
}

func TestParseICECandidate(t *testing.T) {
	mid, index := "video", uint16(3)
	host := mustParseCandidate(t, ICECandidateInit{Candidate: hostCandidate, SDPMid: &mid, SDPMLineIndex: &index})
	assert.Equal(t, "842163049", host.Foundation)
	assert.Equal(t, uint16(1), host.Component)
	assert.Equal(t, ICEProtocolUDP, host.Protocol)
	assert.Equal(t, uint32(2122260223), host.Priority)
	assert.Equal(t, "192.0.2.7", host.Address)
	assert.Equal(t, uint16(46154), host.Port)
	assert.Equal(t, ICECandidateTypeHost, host.Typ)
	assert.Equal(t, "Xy+/", host.UsernameFragment)
	assert.Equal(t, "video", host.SDPMid)
	assert.Equal(t, uint16(3), host.SDPMLineIndex)

	relay := mustParseCandidate(t, ICECandidateInit{Candidate: relayCandidate})
	assert.Equal(t, ICECandidateTypeRelay, relay.Typ)
	assert.Equal(t, ICEProtocolUDP, relay.Protocol, "the transport is read without regard to case")
	assert.Equal(t, "2001:db8::1", relay.Address)
	assert.Equal(t, "198.51.100.2", relay.RelatedAddress)
	assert.Equal(t, uint16(33001), relay.RelatedPort)

	tcp := mustParseCandidate(t, ICECandidateInit{Candidate: "a=" + tcpCandidate})
	assert.Equal(t, ICETCPTypeActive, tcp.TCPType)
	assert.Equal(t, "a1b2c3d4.local", tcp.Address)
}

func TestParseICECandidateRefuses(t *testing.T) {
	for _, text := range []string{
		"",
		"candidate:",
		"842163049 1 udp 2122260223 192.0.2.7 46154 typ host",
		"candidate:1 0 udp 1 192.0.2.7 1 typ host",
		"candidate:1 257 udp 1 192.0.2.7 1 typ host",
		"candidate:1 1 sctp 1 192.0.2.7 1 typ host",
		"candidate:1 1 udp 4294967296 192.0.2.7 1 typ host",
		"candidate:1 1 udp -1 192.0.2.7 1 typ host",
		"candidate:1 1 udp 1 192.0.2.7 65536 typ host",
		"candidate:1 1 udp 1 192.0.2.7 1 typ",
		"candidate:1 1 udp 1 192.0.2.7 1 host typ",
		"candidate:1 1 udp 1 192.0.2.7 1 typ unheard",
		"candidate:1 1 udp 1 192.0.2.7 1 typ host raddr",
		"candidate:1 1 udp 1 192.0.2.7 1 typ srflx raddr 192.0.2.8 rport x",
		"candidate:1 1 tcp 1 192.0.2.7 1 typ host tcptype sideways",
		"candidate:1 1 udp 1 192.0.2.7 1 typ host\r\na=ice-lite",
	} {
		_, err := ParseICECandidate(ICECandidateInit{Candidate: text})
		var syntax *SyntaxError
		assert.ErrorAs(t, err, &syntax, text)
	}
}

func TestICECandidateToJSONKeepsWhatWasParsed(t *testing.T) {
	mid, index, fragment := "0", uint16(0), "Xy+/"
	for _, init := range []ICECandidateInit{
		{Candidate: hostCandidate, SDPMid: &mid, SDPMLineIndex: &index, UsernameFragment: &fragment},
		{Candidate: relayCandidate, SDPMLineIndex: &index, UsernameFragment: &fragment},
		{Candidate: "a=" + tcpCandidate, SDPMid: &mid},
	} {
		c := mustParseCandidate(t, init)
		c.URL = "turn:turn.example.org" // is not signalled
		c.RelayProtocol = ICEServerTransportProtocolTLS
		assert.Equal(t, init, c.ToJSON())
		assert.Equal(t, init.Candidate, c.String())

		text, err := json.Marshal(c)
		require.NoError(t, err)
		var read ICECandidate
		require.NoError(t, json.Unmarshal(text, &read))
		assert.Equal(t, init, read.ToJSON())
	}
}

func TestICECandidateToJSONFillsInTheUsernameFragment(t *testing.T) {
	c := mustParseCandidate(t, ICECandidateInit{Candidate: hostCandidate})
	fragment := "Xy+/"
	assert.Equal(t, ICECandidateInit{Candidate: hostCandidate, UsernameFragment: &fragment}, c.ToJSON())
}

func TestICECandidateToJSONFollowsChanges(t *testing.T) {
	c := mustParseCandidate(t, ICECandidateInit{Candidate: relayCandidate})
	c.RelatedAddress, c.RelatedPort = "0.0.0.0", 0
	assert.Equal(t, "candidate:7 2 udp 41885439 2001:db8::1 50000 typ relay raddr 0.0.0.0 rport 0 generation 0 ufrag Xy+/",
		c.String(), "a program that hides an address must not send it")

	made := ICECandidate{
		Foundation: "1", Component: 1, Protocol: ICEProtocolTCP, Priority: 2, Address: "192.0.2.1", Port: 9,
		Typ: ICECandidateTypeHost, TCPType: ICETCPTypePassive, SDPMid: "1", SDPMLineIndex: 1,
	}
	init := made.ToJSON()
	assert.Equal(t, "candidate:1 1 tcp 2 192.0.2.1 9 typ host tcptype passive", init.Candidate)
	assert.Equal(t, "1", *init.SDPMid)
	assert.Equal(t, uint16(1), *init.SDPMLineIndex)
	assert.Nil(t, init.UsernameFragment)
}

func TestICECandidateUnmarshalJSONRefuses(t *testing.T) {
	var c ICECandidate
	require.Error(t, json.Unmarshal([]byte(`{"candidate":7}`), &c))
	var syntax *SyntaxError
	require.ErrorAs(t, json.Unmarshal([]byte(`{"candidate":""}`), &c), &syntax)
	assert.Equal(t, ICECandidate{}, c)
}

func TestICECandidateSharesNothingWithItsInit(t *testing.T) {
	mid := "0"
	c := mustParseCandidate(t, ICECandidateInit{Candidate: tcpCandidate, SDPMid: &mid})
	mid = "changed"
	assert.Equal(t, "0", *c.ToJSON().SDPMid)
	*c.ToJSON().SDPMid = "changed"
	assert.Equal(t, "0", *c.ToJSON().SDPMid)
}

func FuzzParseICECandidate(f *testing.F) {
	for _, seed := range []string{"", hostCandidate, relayCandidate, tcpCandidate, "a=" + hostCandidate, "candidate:0 1 udp 0 a 0 typ relay rport 1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseICECandidate(ICECandidateInit{Candidate: text})
		if err != nil {
			var syntax *SyntaxError
			require.ErrorAs(t, err, &syntax)
			return
		}
		require.Equal(t, text, c.String())
		require.False(t, strings.ContainsAny(text, "\r\n"), "a candidate cannot begin another line of SDP")

		rewritten := c
		rewritten.source = nil
		again, err := ParseICECandidate(rewritten.ToJSON())
		require.NoError(t, err)
		again.source = nil
		require.Equal(t, rewritten, again, "what is written from the members reads back as the same members")
	})
}
