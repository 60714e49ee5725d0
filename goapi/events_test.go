// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"net"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestICECandidateErrors has a TURN server that is not there: over TCP, that is
// known at once.
func TestICECandidateErrors(t *testing.T) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	require.NoError(t, err)
	url := "turn:" + listener.Addr().String() + "?transport=tcp"
	require.NoError(t, listener.Close())
	pc, err := loopbackAPI().NewPeerConnection(Configuration{ICEServers: []ICEServer{{
		URLs: []string{url}, Username: "user", Credential: "secret",
	}}})
	require.NoError(t, err)
	defer pc.Close()
	errors := make(chan PeerConnectionICEErrorEvent, 100)
	pc.OnICECandidateError(func(e PeerConnectionICEErrorEvent) { errors <- e })
	_, err = pc.CreateDataChannel("", nil)
	require.NoError(t, err)
	require.NoError(t, pc.SetLocalDescription(SessionDescription{}))

	e := receive(t, errors, "icecandidateerror")
	assert.EqualValues(t, 701, e.ErrorCode)
	assert.Equal(t, url, e.URL)
	if e.Address == nil {
		assert.Nil(t, e.Port)
		assert.Equal(t, "0.0.0.0:0", e.HostCandidate())
		return
	}
	require.NotNil(t, e.Port)
	host, port, err := net.SplitHostPort(e.HostCandidate())
	require.NoError(t, err)
	assert.Equal(t, *e.Address, host)
	assert.Equal(t, strconv.Itoa(int(*e.Port)), port)
}

// TestEventsAreMadeByLiterals: what a page makes by a constructor with a dictionary
// is a literal in Go.
func TestEventsAreMadeByLiterals(t *testing.T) {
	candidate := ICECandidate{Foundation: "1", Address: "192.0.2.1", Port: 9, Protocol: ICEProtocolUDP, Typ: ICECandidateTypeHost}
	channel, transceiver := &DataChannel{}, &RTPTransceiver{}
	stream := NewMediaStream()
	address, port := "2001:db8::1", uint16(4711)

	ice := PeerConnectionICEEvent{Candidate: &candidate, URL: "stun:192.0.2.2"}
	assert.Same(t, &candidate, ice.Candidate)
	assert.Equal(t, "stun:192.0.2.2", ice.URL)
	assert.Nil(t, PeerConnectionICEEvent{}.Candidate)

	failure := PeerConnectionICEErrorEvent{Address: &address, Port: &port, URL: "turn:192.0.2.2", ErrorCode: 401, ErrorText: "Unauthorized"}
	assert.Equal(t, "[2001:db8::1]:4711", failure.HostCandidate())
	assert.Equal(t, "0.0.0.0:0", PeerConnectionICEErrorEvent{ErrorCode: 701}.HostCandidate())
	assert.EqualValues(t, 401, failure.ErrorCode)
	assert.Equal(t, "Unauthorized", failure.ErrorText)
	assert.Equal(t, "turn:192.0.2.2", failure.URL)

	track := TrackEvent{Receiver: transceiver.Receiver(), Track: nil, Streams: []*MediaStream{stream}, Transceiver: transceiver}
	assert.Same(t, transceiver, track.Transceiver)
	assert.Equal(t, []*MediaStream{stream}, track.Streams)
	assert.Nil(t, track.Receiver)
	assert.Nil(t, track.Track)

	assert.Same(t, channel, DataChannelEvent{Channel: channel}.Channel)
	assert.Equal(t, "5", DTMFToneChangeEvent{Tone: "5"}.Tone)

	assertion := NewIdentityAssertion("idp.example.org", "alice@example.org")
	assert.Equal(t, "idp.example.org", assertion.IdP)
	assert.Equal(t, "alice@example.org", assertion.Name)

	description := SessionDescription{Type: SDPTypeOffer, SDP: "v=0\r\n"}
	assert.Equal(t, SDPTypeOffer, description.Type)
	assert.Equal(t, "v=0\r\n", description.SDP)
}

func TestDataChannelEvent(t *testing.T) {
	a, b := newPair(t)
	events, short := make(chan DataChannelEvent, 1), make(chan *DataChannel, 1)
	b.OnDataChannelEvent(func(e DataChannelEvent) { events <- e })
	b.OnDataChannel(func(c *DataChannel) { short <- c })
	ours, err := a.CreateDataChannel("an event", nil)
	require.NoError(t, err)
	assert.Equal(t, DataChannelStateConnecting, ours.ReadyState())
	negotiate(t, a, b)
	e := receive(t, events, "datachannel")
	assert.Equal(t, "an event", e.Channel.Label())
	assert.Same(t, receive(t, short, "datachannel"), e.Channel)

	// A channel that closes is closing first, on both sides.
	eventually(t, func() bool { return ours.ReadyState() == DataChannelStateOpen }, "open")
	states := make(chan DataChannelState, 4)
	e.Channel.OnClosing(func() { states <- DataChannelStateClosing })
	e.Channel.OnClose(func() { states <- e.Channel.ReadyState() })
	require.NoError(t, ours.Close())
	assert.NotEqual(t, DataChannelStateOpen, ours.ReadyState(), "closing at once")
	assert.Equal(t, DataChannelStateClosing, receive(t, states, "closing"))
	assert.Equal(t, DataChannelStateClosed, receive(t, states, "close"))

	b.OnDataChannelEvent(nil)
	b.OnDataChannel(nil)
}

func TestBinaryType(t *testing.T) {
	a, b := newPair(t)
	ours, theirs := channelPair(t, a, b, nil)
	assert.Equal(t, BinaryTypeArrayBuffer, theirs.BinaryType())
	require.NoError(t, theirs.SetBinaryType(BinaryTypeArrayBuffer))
	requireError(t, notSupportedError, theirs.SetBinaryType(BinaryTypeBlob))
	requireError(t, typeError, theirs.SetBinaryType(BinaryTypeUnknown))
	requireError(t, typeError, theirs.SetBinaryType(99))
	assert.Equal(t, BinaryTypeArrayBuffer, theirs.BinaryType())
	messages := make(chan DataChannelMessage, 1)
	theirs.OnMessage(func(m DataChannelMessage) { messages <- m })
	require.NoError(t, ours.Send([]byte{0, 255}))
	assert.Equal(t, DataChannelMessage{Data: []byte{0, 255}}, receive(t, messages, "binary message"))
}

func TestDefaultICEServers(t *testing.T) {
	assert.Empty(t, DefaultICEServers())
	given := []ICEServer{{URLs: []string{"stun:192.0.2.1"}}}
	api := loopbackAPI(func(s *SettingEngine) { s.SetDefaultICEServers(given) })
	given[0].URLs[0] = "changed later"
	servers := api.DefaultICEServers()
	assert.Equal(t, []ICEServer{{URLs: []string{"stun:192.0.2.1"}}}, servers)
	pc, err := api.NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	assert.Empty(t, pc.GetConfiguration().ICEServers, "none is used by itself")
	require.NoError(t, pc.SetConfiguration(Configuration{ICEServers: servers}))
	assert.Equal(t, servers, pc.GetConfiguration().ICEServers)
	servers[0].URLs[0] = "changed later"
	assert.Equal(t, "stun:192.0.2.1", api.DefaultICEServers()[0].URLs[0])
}
