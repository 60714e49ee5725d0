// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package interop

import (
	"context"
	"fmt"
	"net"
	"testing"
	"time"

	pion "github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/internal/nativepeer"
	"github.com/nativertc/nativertc/tests/internal/peer"
	"github.com/nativertc/nativertc/tests/internal/pionpeer"
	"github.com/nativertc/nativertc/tests/internal/turn"
)

// relayOnly is a configuration that leaves no way but the relay.
func relayOnly(server *turn.Server, transport, password string) webrtc.Configuration {
	return webrtc.Configuration{
		ICETransportPolicy: webrtc.ICETransportPolicyRelay,
		ICEServers: []webrtc.ICEServer{{
			URLs: []string{server.TURN(transport)}, Username: turn.Username, Credential: password,
		}},
	}
}

func pionRelayOnly(server *turn.Server, transport string) pion.Configuration {
	return pion.Configuration{
		ICETransportPolicy: pion.ICETransportPolicyRelay,
		ICEServers: []pion.ICEServer{{
			URLs: []string{server.TURN(transport)}, Username: turn.Username, Credential: turn.Password,
		}},
	}
}

// TestRelayOnly calls through the TURN server: between two peers of the library,
// and with pion as either side.
func TestRelayOnly(t *testing.T) {
	for _, transport := range []string{"udp", "tcp"} {
		for _, other := range []string{"native", "pion"} {
			for _, offerFirst := range []bool{true, false} {
				name := transport + "/offer to " + other
				if !offerFirst {
					name = transport + "/offer from " + other
				}
				t.Run(name, func(t *testing.T) {
					ctx := limit(t)
					server := turn.Start(t)
					near := nativepeer.New(t, relayOnly(server, transport, turn.Password))
					natives := []*nativepeer.Peer{near}
					var far peer.Peer
					var farTalker talker
					if other == "native" {
						p := nativepeer.New(t, relayOnly(server, transport, turn.Password))
						natives = append(natives, p)
						far, farTalker = p, nativeTalker(p)
					} else {
						p := pionpeer.New(t, pionRelayOnly(server, transport))
						far, farTalker = p, pionTalker(p)
					}
					init := options{negotiated: ptr(true), id: ptr(uint16(1))}
					a, err := nativeTalker(near).create("relayed", init)
					require.NoError(t, err)
					b, err := farTalker.create("relayed", init)
					require.NoError(t, err)
					link := peer.Connect(t, near, far)
					if offerFirst {
						require.NoError(t, link.Negotiate(ctx, near))
					} else {
						require.NoError(t, link.Negotiate(ctx, far))
					}
					a.waitOpen(ctx, t)
					b.waitOpen(ctx, t)
					exchange(ctx, t, a, b)
					exchange(ctx, t, b, a)

					for _, p := range natives {
						checkRelayed(ctx, t, p, server, transport)
					}
					assert.GreaterOrEqual(t, server.Requests("ALLOCATE"), 2, "one allocation for each side")
					assert.GreaterOrEqual(t, server.Requests("CREATE_PERMISSION"), 2)
				})
			}
		}
	}
}

// checkRelayed checks that a peer has only relayed candidates, and talks through
// one of them.
func checkRelayed(ctx context.Context, t *testing.T, p *nativepeer.Peer, server *turn.Server, transport string) {
	t.Helper()
	candidates, err := p.WaitGathered(ctx)
	require.NoError(t, err)
	assert.Empty(t, p.CandidateErrors())
	assert.NotEmpty(t, candidates)
	for _, c := range candidates {
		assert.Equal(t, webrtc.ICECandidateTypeRelay, c.Typ, c.String())
	}
	local := selectedLocalCandidate(t, p)
	require.NotNil(t, local, "the selected pair in the statistics")
	assert.Equal(t, webrtc.ICECandidateTypeRelay, local.CandidateType)
	assert.Equal(t, transport, local.RelayProtocol.String())
	if assert.NotNil(t, local.URL) {
		assert.Equal(t, server.TURN(transport), *local.URL)
	}
}

func TestTURNWrongPassword(t *testing.T) {
	for _, transport := range []string{"udp", "tcp"} {
		t.Run(transport, func(t *testing.T) {
			ctx := limit(t)
			server := turn.Start(t)
			p := nativepeer.New(t, relayOnly(server, transport, "wrong"))
			_, err := p.CreateDataChannel("", nil)
			require.NoError(t, err)
			_, err = p.CreateOffer(ctx)
			require.NoError(t, err)
			candidates, err := p.WaitGathered(ctx)
			require.NoError(t, err)
			assert.Empty(t, candidates)
			checkCandidateError(t, p, 401, server.TURN(transport))
			assert.Zero(t, server.Requests("ALLOCATE"))
		})
	}
}

func TestSTUN(t *testing.T) {
	ctx := limit(t)
	server := turn.Start(t)
	before := server.Bindings()
	p := nativepeer.New(t, webrtc.Configuration{ICEServers: []webrtc.ICEServer{{URLs: []string{server.STUN()}}}})
	_, err := p.CreateDataChannel("", nil)
	require.NoError(t, err)
	_, err = p.CreateOffer(ctx)
	require.NoError(t, err)
	candidates, err := p.WaitGathered(ctx)
	require.NoError(t, err)
	assert.Empty(t, p.CandidateErrors())
	// Without a NAT in between, the server sees the host candidate's address, and a
	// reflexive candidate that equals it is redundant (RFC 8445, section 5.1.3).
	assert.NotEmpty(t, candidates)
	assert.Eventually(t, func() bool { return server.Bindings() > before }, 10*time.Second, 10*time.Millisecond,
		"the library's binding in the server's log")
}

func TestServerGone(t *testing.T) {
	ctx := limit(t)
	// A port that was just in use and is no more. Over TCP that is known at once,
	// while over UDP it takes STUN's whole schedule of retransmissions.
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	require.NoError(t, err)
	url := fmt.Sprintf("turn:%s?transport=tcp", listener.Addr())
	require.NoError(t, listener.Close())
	p := nativepeer.New(t, webrtc.Configuration{ICEServers: []webrtc.ICEServer{{
		URLs: []string{url}, Username: turn.Username, Credential: turn.Password,
	}}})
	_, err = p.CreateDataChannel("", nil)
	require.NoError(t, err)
	_, err = p.CreateOffer(ctx)
	require.NoError(t, err)
	candidates, err := p.WaitGathered(ctx)
	require.NoError(t, err)
	assert.NotEmpty(t, candidates, "host candidates come all the same")
	checkCandidateError(t, p, 701, url)
}

// checkCandidateError waits for an error of gathering, which may come after the
// last candidate.
func checkCandidateError(t *testing.T, p *nativepeer.Peer, code uint16, url string) {
	t.Helper()
	if !assert.Eventually(t, func() bool { return len(p.CandidateErrors()) > 0 }, 30*time.Second, 10*time.Millisecond) {
		return
	}
	failure := p.CandidateErrors()[0]
	assert.Equal(t, code, failure.ErrorCode, failure.ErrorText)
	assert.Equal(t, url, failure.URL)
	if code == 401 {
		assert.NotEmpty(t, failure.ErrorText, "what the server says")
	}
	_, _, err := net.SplitHostPort(failure.HostCandidate())
	assert.NoError(t, err, failure.HostCandidate())
}
