// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sockets counts the sockets that the process has open.
func sockets(t testing.TB) int {
	t.Helper()
	files, err := os.ReadDir("/proc/self/fd")
	require.NoError(t, err)
	count := 0
	for _, f := range files {
		// A file that was closed meanwhile is none.
		if target, err := os.Readlink("/proc/self/fd/" + f.Name()); err == nil && strings.HasPrefix(target, "socket:") {
			count++
		}
	}
	return count
}

// gathering is a connection that gathers, and what it has found when done.
type gathering struct {
	pc    *PeerConnection
	found chan int
}

func startGathering(t testing.TB, api *API, config Configuration) gathering {
	t.Helper()
	pc, err := api.NewPeerConnection(config)
	require.NoError(t, err)
	g := gathering{pc, make(chan int, 1)}
	count := 0
	pc.OnICECandidate(func(c *ICECandidate) {
		if c == nil {
			g.found <- count
			return
		}
		if c.Protocol == ICEProtocolUDP {
			count++ // the active ones of TCP have no socket yet
		}
	})
	_, err = pc.CreateDataChannel("d", nil)
	require.NoError(t, err)
	require.NoError(t, pc.SetLocalDescription(SessionDescription{}))
	return g
}

// burst has connections gather at the same time, and checks that each finds and
// opens what one alone does.
func burst(t *testing.T, config Configuration) {
	const connections, slack = 60, 2
	api := loopbackAPI()
	before := sockets(t)
	one := startGathering(t, api, config)
	defer func() { require.NoError(t, one.pc.GracefulClose()) }()
	candidates := receive(t, one.found, "candidates of one connection")
	require.Positive(t, candidates)
	// Some of them are the factory's.
	alone := sockets(t) - before
	require.GreaterOrEqual(t, alone, candidates)

	before = sockets(t)
	var many []gathering
	for range connections {
		g := startGathering(t, api, config)
		defer func() { require.NoError(t, g.pc.GracefulClose()) }()
		many = append(many, g)
	}
	for _, g := range many {
		require.Equal(t, candidates, receive(t, g.found, "candidates of one of many connections"))
	}
	opened := sockets(t) - before
	t.Logf("figure: one connection %d candidates, %d sockets; %d more %d sockets", candidates, alone, connections, opened)
	require.LessOrEqual(t, opened, connections*(candidates+slack))
}

// A connection that starts to gather has the others of its factory open nothing
// again.
func TestConnectionsGatherApart(t *testing.T) {
	burst(t, Configuration{})
}

// The sessions of a pool start before there is a description.
func TestConnectionsWithPoolsGatherApart(t *testing.T) {
	burst(t, Configuration{ICECandidatePoolSize: 1})
}

// The networks are not watched while nobody gathers, and found again after that.
func TestGatheringAfterAllConnectionsClosed(t *testing.T) {
	api := loopbackAPI()
	// Keeps the factory.
	source, err := api.NewVideoSource(VideoSourceInit{})
	require.NoError(t, err)
	defer func() { require.NoError(t, source.Close()) }()
	first := startGathering(t, api, Configuration{})
	candidates := receive(t, first.found, "candidates")
	require.Positive(t, candidates)
	require.NoError(t, first.pc.GracefulClose())
	second := startGathering(t, api, Configuration{})
	defer func() { require.NoError(t, second.pc.GracefulClose()) }()
	require.Equal(t, candidates, receive(t, second.found, "candidates"))
}
