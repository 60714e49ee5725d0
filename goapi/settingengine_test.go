// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// gather returns the candidates that a connection of api gathers for a data
// channel.
func gather(t *testing.T, api *API) []ICECandidate {
	t.Helper()
	pc, err := api.NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer func() { require.NoError(t, pc.GracefulClose()) }()
	found := make(chan *ICECandidate, 100)
	pc.OnICECandidate(func(c *ICECandidate) { found <- c })
	_, err = pc.CreateDataChannel("", nil)
	require.NoError(t, err)
	require.NoError(t, pc.SetLocalDescription(SessionDescription{}))
	var all []ICECandidate
	for {
		c := receive(t, found, "candidates")
		if c == nil {
			return all
		}
		all = append(all, *c)
	}
}

func onlyLoopback(s *SettingEngine) {
	s.SetInterfaceFilter(func(name string) bool { return name == "lo" })
}

func TestSettingEngineGathersOnLoopbackOnlyWhereAsked(t *testing.T) {
	isLoopback := func(c ICECandidate) bool { return net.ParseIP(c.Address).IsLoopback() }
	for _, c := range gather(t, NewAPI()) {
		require.False(t, isLoopback(c), c.String())
	}
	candidates := gather(t, loopbackAPI(onlyLoopback))
	require.NotEmpty(t, candidates)
	for _, c := range candidates {
		require.True(t, isLoopback(c), c.String())
	}
}

func TestSettingEngineFilters(t *testing.T) {
	nothing := func(s *SettingEngine) { s.SetInterfaceFilter(func(string) bool { return false }) }
	require.Empty(t, gather(t, loopbackAPI(nothing)))

	var seen []string
	only4 := func(s *SettingEngine) {
		s.SetIPFilter(func(ip net.IP) bool {
			seen = append(seen, ip.String())
			return ip.Equal(net.IPv4(127, 0, 0, 1))
		})
	}
	candidates := gather(t, loopbackAPI(only4))
	require.NotEmpty(t, candidates)
	require.Contains(t, seen, "127.0.0.1")
	for _, c := range candidates {
		require.Equal(t, "127.0.0.1", c.Address)
	}
}

func TestSettingEngineFiltersAreAskedForEachConnection(t *testing.T) {
	allow := true
	api := loopbackAPI(func(s *SettingEngine) { s.SetInterfaceFilter(func(string) bool { return allow }) })
	keep, err := api.NewPeerConnection(Configuration{}) // the factory lives on
	require.NoError(t, err)
	defer func() { _ = keep.Close() }()
	require.NotEmpty(t, gather(t, api))
	allow = false
	require.Empty(t, gather(t, api))
}

func TestSettingEngineNetworkTypes(t *testing.T) {
	protocols := func(candidates []ICECandidate) map[ICEProtocol]bool {
		found := map[ICEProtocol]bool{}
		for _, c := range candidates {
			found[c.Protocol] = true
			require.NotNil(t, net.ParseIP(c.Address).To4(), c.String())
		}
		return found
	}
	with := func(types ...NetworkType) *API {
		return loopbackAPI(onlyLoopback, func(s *SettingEngine) { s.SetNetworkTypes(types) })
	}
	require.Equal(t, map[ICEProtocol]bool{ICEProtocolUDP: true}, protocols(gather(t, with(NetworkTypeUDP4))))
	require.Equal(t, map[ICEProtocol]bool{ICEProtocolUDP: true, ICEProtocolTCP: true},
		protocols(gather(t, with(NetworkTypeUDP4, NetworkTypeTCP4))))
	noTCP := loopbackAPI(onlyLoopback, func(s *SettingEngine) {
		s.SetNetworkTypes([]NetworkType{NetworkTypeUDP4, NetworkTypeTCP4})
		s.SetICETCP(false)
	})
	require.Equal(t, map[ICEProtocol]bool{ICEProtocolUDP: true}, protocols(gather(t, noTCP)))
}

// Two browsers could not meet by TCP: one has to listen.
func TestSettingEngineICETCPListen(t *testing.T) {
	for want, s := range map[ICETCPType]func(*SettingEngine){
		ICETCPTypeActive:  func(*SettingEngine) {},
		ICETCPTypePassive: func(s *SettingEngine) { s.SetICETCPListen(true) },
	} {
		seen := map[ICETCPType]bool{}
		for _, c := range gather(t, loopbackAPI(onlyLoopback, s)) {
			if c.Protocol == ICEProtocolTCP {
				seen[c.TCPType] = true
			}
		}
		require.Equal(t, map[ICETCPType]bool{want: true}, seen)
	}
}

func TestSettingEnginePortRange(t *testing.T) {
	const low, high = 42100, 42180
	var s SettingEngine
	var rangeErr *RangeError
	require.ErrorAs(t, s.SetEphemeralUDPPortRange(high, low), &rangeErr)
	require.ErrorAs(t, s.SetEphemeralUDPPortRange(0, low), &rangeErr)
	require.NoError(t, s.SetEphemeralUDPPortRange(0, 0))

	candidates := gather(t, loopbackAPI(func(s *SettingEngine) {
		require.NoError(t, s.SetEphemeralUDPPortRange(low, high))
	}))
	require.NotEmpty(t, candidates)
	for _, c := range candidates {
		if c.TCPType != ICETCPTypeActive {
			require.GreaterOrEqual(t, c.Port, uint16(low), c.String())
			require.LessOrEqual(t, c.Port, uint16(high), c.String())
		}
	}
}

func TestSettingEngineContinualGatheringNeverCompletes(t *testing.T) {
	pc, err := loopbackAPI(func(s *SettingEngine) { s.SetContinualGathering(true) }).NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer func() { _ = pc.GracefulClose() }()
	found := make(chan *ICECandidate, 100)
	pc.OnICECandidate(func(c *ICECandidate) { found <- c })
	_, err = pc.CreateDataChannel("", nil)
	require.NoError(t, err)
	require.NoError(t, pc.SetLocalDescription(SessionDescription{}))
	require.NotNil(t, receive(t, found, "a candidate"))
	require.Equal(t, ICEGatheringStateGathering, pc.ICEGatheringState())
}

func TestSettingEngineFieldTrials(t *testing.T) {
	var s SettingEngine
	var syntax *SyntaxError
	for _, bad := range []string{"Name", "Name/Group", "//", "Name//"} {
		require.ErrorAs(t, s.SetFieldTrials(bad), &syntax, bad)
	}
	require.NoError(t, s.SetFieldTrials(""))
	require.NoError(t, s.SetFieldTrials("NativeRTC-Test/Enabled/"))
	pc, err := NewAPI(WithSettingEngine(s)).NewPeerConnection(Configuration{})
	require.NoError(t, err)
	require.NoError(t, pc.Close())
}

func TestSettingEngineTimeouts(t *testing.T) {
	quick := func(s *SettingEngine) { s.SetICETimeouts(time.Second, 2*time.Second, time.Second) }
	a, b := newPair(t, quick)
	channelPair(t, a, b, nil)
	patient, other := newPair(t)
	channelPair(t, patient, other, nil)

	failed := make(chan bool, 10)
	a.OnICEConnectionStateChange(func(s ICEConnectionState) {
		if s == ICEConnectionStateFailed {
			failed <- patient.ICEConnectionState() == ICEConnectionStateFailed
		}
	})
	require.NoError(t, other.Close())
	require.NoError(t, b.Close())
	require.False(t, receive(t, failed, "ICE notices that the other side is gone"), "sooner than by default")
}

// TestSettingEngineKeepAlive compares how often two idle connections are checked.
func TestSettingEngineKeepAlive(t *testing.T) {
	checks := func(pc *PeerConnection) uint64 {
		stats, ok := pc.SCTP().Transport().Transport().GetSelectedCandidatePairStats()
		require.True(t, ok)
		require.NotNil(t, stats.RequestsSent)
		require.NotNil(t, stats.ConsentRequestsSent)
		return *stats.RequestsSent + *stats.ConsentRequestsSent
	}
	often, other := newPair(t, func(s *SettingEngine) { s.SetICETimeouts(0, 0, 500*time.Millisecond) })
	channelPair(t, often, other, nil)
	byDefault, another := newPair(t)
	channelPair(t, byDefault, another, nil)

	// Both are checked quickly until they have proved stable, which takes longer the
	// busier the machine is.
	eventually(t, func() bool {
		startOften, startDefault := checks(often), checks(byDefault)
		eventually(t, func() bool { return checks(often) >= startOften+10 }, "checks")
		return (checks(byDefault)-startDefault)*2 < checks(often)-startOften
	}, "the stable pair is checked more often than by default")
}

func TestSettingEngineTimeoutsThatContradictEachOther(t *testing.T) {
	for _, c := range []struct {
		disconnected, failed, keepAlive time.Duration
		ok                              bool
	}{
		{0, 0, 479 * time.Millisecond, false},
		{0, 0, -1, false},
		{479 * time.Millisecond, 0, 0, false},
		{0, 4999 * time.Millisecond, 0, false},
		{15001 * time.Millisecond, 0, 0, false},
		{2 * time.Second, time.Second, 0, false},
		{0, 0, 480 * time.Millisecond, true},
		{480 * time.Millisecond, 480 * time.Millisecond, 0, true},
		{0, 5 * time.Second, 0, true},
		{15 * time.Second, 0, 0, true},
		{time.Minute, time.Minute, time.Hour, true},
	} {
		pc, err := loopbackAPI(func(s *SettingEngine) {
			s.SetICETimeouts(c.disconnected, c.failed, c.keepAlive)
		}).NewPeerConnection(Configuration{})
		if !c.ok {
			requireError(t, invalidAccessError, err)
			continue
		}
		require.NoError(t, err, c)
		require.NoError(t, pc.Close())
	}
}

func TestSettingEngineBitrateIsRefusedIfItContradictsItself(t *testing.T) {
	_, err := loopbackAPI(func(s *SettingEngine) {
		s.SetBitrate(BitrateSettings{Min: 500_000, Max: 100_000})
	}).NewPeerConnection(Configuration{})
	var e Error
	require.ErrorAs(t, err, &e)

	pc, err := loopbackAPI(func(s *SettingEngine) {
		s.SetBitrate(BitrateSettings{Min: 100_000, Start: 200_000, Max: 500_000})
		s.SetDSCP(true)
		s.SetCPUAdaptation(false)
		s.SetTURNTLSVerify(false)
		s.SetAudioJitterBuffer(50, true)
	}).NewPeerConnection(Configuration{ICEServers: []ICEServer{{
		URLs:       []string{"turns:127.0.0.1:1?transport=tcp"},
		Username:   "user",
		Credential: "secret",
	}}})
	require.NoError(t, err)
	require.NoError(t, pc.SetConfiguration(Configuration{}), "the settings do not count as a change")
	require.NoError(t, pc.Close())
}

func TestSettingEngineDataChannelReceiveLimit(t *testing.T) {
	a, b := newPair(t, func(s *SettingEngine) { s.SetDataChannelReceiveLimit(64 << 10) })
	ours, theirs := channelPair(t, a, b, nil)
	closed := make(chan struct{})
	theirs.OnClose(func() { close(closed) })
	block := make(chan struct{})
	unblock := sync.OnceFunc(func() { close(block) })
	t.Cleanup(unblock) // also where the test fails: closing the pair waits for the handler
	theirs.OnMessage(func(DataChannelMessage) { <-block })
	for range 20 {
		if err := ours.Send(make([]byte, 16<<10)); err != nil {
			requireError(t, invalidStateError, err) // it has overflown already
			break
		}
	}
	eventually(t, func() bool { return ours.ReadyState() != DataChannelStateOpen }, "the overflowing channel is closed")
	unblock()
	receive(t, closedAsValue(closed), "close")
}

// closedAsValue turns the closing of a channel into a value, for receive.
func closedAsValue(ch <-chan struct{}) <-chan bool {
	out := make(chan bool, 1)
	go func() {
		<-ch
		out <- true
	}()
	return out
}

func TestSettingEngineIsCopied(t *testing.T) {
	var s SettingEngine
	s.SetIncludeLoopbackCandidate(true)
	onlyLoopback(&s)
	types := []NetworkType{NetworkTypeUDP4}
	s.SetNetworkTypes(types)
	api := NewAPI(WithSettingEngine(s))
	types[0] = NetworkTypeUDP6
	s.SetInterfaceFilter(func(string) bool { return false })
	candidates := gather(t, api)
	require.NotEmpty(t, candidates)
	for _, c := range candidates {
		require.True(t, strings.HasPrefix(c.Address, "127."), c.String())
	}
}

func TestNetworkType(t *testing.T) {
	for name, protocol := range map[string]string{"udp4": "udp", "udp6": "udp", "tcp4": "tcp", "tcp6": "tcp"} {
		n, err := NewNetworkType(name)
		require.NoError(t, err)
		require.Equal(t, name, n.String())
		require.Equal(t, protocol, n.Protocol())
	}
	_, err := NewNetworkType("sctp4")
	require.ErrorIs(t, err, ErrUnknownType)
	require.Equal(t, "unknown", NetworkTypeUnknown.Protocol())
}
