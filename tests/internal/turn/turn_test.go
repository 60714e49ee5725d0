// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package turn_test

import (
	"context"
	"testing"
	"time"

	"github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tests/internal/peer"
	"github.com/nativertc/nativertc/tests/internal/pionpeer"
	"github.com/nativertc/nativertc/tests/internal/turn"
)

func TestRelayOnly(t *testing.T) {
	for _, transport := range []string{"udp", "tcp"} {
		t.Run(transport, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			server := turn.Start(t)
			config := webrtc.Configuration{
				ICETransportPolicy: webrtc.ICETransportPolicyRelay,
				ICEServers: []webrtc.ICEServer{{
					URLs: []string{server.TURN(transport)}, Username: turn.Username, Credential: turn.Password,
				}},
			}
			a, b := pionpeer.New(t, config), pionpeer.New(t, config)
			channel, err := a.CreateDataChannel("relayed", nil)
			require.NoError(t, err)
			channel.OnOpen(func() { assert.NoError(t, channel.SendText("through the relay")) })
			got := make(chan string, 1)
			b.OnDataChannel(func(channel *webrtc.DataChannel) {
				channel.OnMessage(func(m webrtc.DataChannelMessage) { got <- string(m.Data) })
			})
			require.NoError(t, peer.Connect(t, a, b).Negotiate(ctx, a))
			select {
			case text := <-got:
				assert.Equal(t, "through the relay", text)
			case <-ctx.Done():
				t.Fatal("no message")
			}
			for _, p := range []*pionpeer.Peer{a, b} {
				pair, err := p.SelectedPair()
				require.NoError(t, err)
				require.NotNil(t, pair)
				assert.Equal(t, webrtc.ICECandidateTypeRelay, pair.Local.Typ)
			}
			assert.GreaterOrEqual(t, server.Requests("ALLOCATE"), 2)
			assert.GreaterOrEqual(t, server.Requests("CREATE_PERMISSION"), 2)
		})
	}
}

func TestWrongPassword(t *testing.T) {
	server := turn.Start(t)
	p := pionpeer.New(t, webrtc.Configuration{
		ICETransportPolicy: webrtc.ICETransportPolicyRelay,
		ICEServers: []webrtc.ICEServer{{
			URLs: []string{server.TURN("udp")}, Username: turn.Username, Credential: "wrong",
		}},
	})
	_, err := p.CreateDataChannel("", nil)
	require.NoError(t, err)
	complete := webrtc.GatheringCompletePromise(p.PeerConnection)
	_, err = p.CreateOffer(t.Context())
	require.NoError(t, err)
	select {
	case <-complete:
	case <-time.After(time.Minute):
		t.Fatal("gathering does not end")
	}
	assert.NotContains(t, p.LocalDescription().SDP, "a=candidate")
	assert.Zero(t, server.Requests("ALLOCATE"))
}

func TestBindingIsCounted(t *testing.T) {
	server := turn.Start(t)
	before := server.Bindings()
	assert.Positive(t, before, "the server was asked whether it is ready")
	p := pionpeer.New(t, webrtc.Configuration{ICEServers: []webrtc.ICEServer{{URLs: []string{server.STUN()}}}})
	_, err := p.CreateDataChannel("", nil)
	require.NoError(t, err)
	complete := webrtc.GatheringCompletePromise(p.PeerConnection)
	_, err = p.CreateOffer(t.Context())
	require.NoError(t, err)
	<-complete
	assert.Eventually(t, func() bool { return server.Bindings() > before },
		10*time.Second, 10*time.Millisecond, "pion's binding in the server's log")
}
