// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package multicastdns

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	pion "github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/mdns"
	"github.com/nativertc/nativertc/tests/internal/browser"
	"github.com/nativertc/nativertc/tests/internal/nativepeer"
	"github.com/nativertc/nativertc/tests/internal/peer"
	"github.com/nativertc/nativertc/tests/internal/pionpeer"
)

var _ webrtc.MulticastDNS = (*mdns.Responder)(nil)

// name is the form that a host candidate's name must have.
var name = regexp.MustCompile(`^candidate:\S+ 1 \w+ \d+ [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.local \d+ typ host`)

// A recorder keeps the candidates that a peer tells, and may keep them from the other.
type recorder struct {
	peer.Peer
	withholds bool

	mu   sync.Mutex
	seen []string
}

func (r *recorder) OnCandidate(f func(json.RawMessage)) {
	r.Peer.OnCandidate(func(candidate json.RawMessage) {
		var fields struct{ Candidate string }
		if err := json.Unmarshal(candidate, &fields); err == nil && fields.Candidate != "" {
			r.mu.Lock()
			r.seen = append(r.seen, fields.Candidate)
			r.mu.Unlock()
		}
		if !r.withholds {
			f(candidate)
		}
	})
}

// check has all candidates hide their address, if the peer does, or show it. The peers
// may connect before the last of them has told its first one.
func (r *recorder) check(ctx context.Context, t *testing.T, hides bool) {
	t.Helper()
	told := func() []string {
		r.mu.Lock()
		defer r.mu.Unlock()
		return slices.Clone(r.seen)
	}
	for len(told()) == 0 {
		require.NoError(t, ctx.Err(), "no candidate")
		time.Sleep(time.Millisecond)
	}
	for _, c := range told() {
		assert.Equal(t, hides, name.MatchString(c), c)
	}
}

// newNative makes a peer of the library, with the end of a negotiated channel that
// sends back what it gets.
func newNative(t *testing.T, mode webrtc.MulticastDNSMode) *nativepeer.Peer {
	t.Helper()
	onlyInterface := func(name string) bool { return name == interfaceName }
	var s webrtc.SettingEngine
	s.SetInterfaceFilter(onlyInterface)
	s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	s.SetICEMulticastDNSMode(mode)
	s.SetMulticastDNS(&mdns.Responder{InterfaceFilter: onlyInterface})
	p := nativepeer.NewOf(t, webrtc.NewAPI(webrtc.WithSettingEngine(s)), webrtc.Configuration{})
	channel, err := p.CreateDataChannel("echo", &webrtc.DataChannelInit{Negotiated: ptr(true), ID: ptr(uint16(3))})
	require.NoError(t, err)
	channel.OnMessage(func(m webrtc.DataChannelMessage) { assert.NoError(t, channel.Send(m.Data)) })
	return p
}

func ptr[T any](v T) *T { return &v }

// A setup says who looks up whose name. Where only one side is told of the other's
// candidates, they connect only if it finds the name.
type setup struct {
	mode                    webrtc.MulticastDNSMode
	withholds, withheldFrom bool // the library's candidates, the other's
	byNative                bool // the offer
}

var setups = map[string]setup{
	"the library looks up": {mode: webrtc.MulticastDNSModeQueryOnly, withholds: true},
	"the other looks up":   {mode: webrtc.MulticastDNSModeQueryAndGather, withheldFrom: true},
	"both look up":         {mode: webrtc.MulticastDNSModeQueryAndGather},
}

// forAll runs a test in all ways, with either side as the one who offers.
func forAll(t *testing.T, test func(ctx context.Context, t *testing.T, s setup)) {
	for name, s := range setups {
		t.Run(name, func(t *testing.T) {
			t.Run("offer by the other", func(t *testing.T) { test(limit(t), t, s) })
			s.byNative = true
			t.Run("offer by native", func(t *testing.T) { test(limit(t), t, s) })
		})
	}
}

// call connects the peers and checks what they told of themselves.
func call(ctx context.Context, t *testing.T, native *nativepeer.Peer, other peer.Peer, s setup) {
	t.Helper()
	here, there := &recorder{Peer: native, withholds: s.withholds}, &recorder{Peer: other, withholds: s.withheldFrom}
	link := peer.Connect(t, here, there)
	offerer := peer.Peer(there)
	if s.byNative {
		offerer = here
	}
	require.NoError(t, link.Negotiate(ctx, offerer))
	_, err := native.WaitState(ctx, webrtc.PeerConnectionStateConnected)
	require.NoError(t, err)
	here.check(ctx, t, s.mode == webrtc.MulticastDNSModeQueryAndGather)
	there.check(ctx, t, true)
}

func TestPionHidesItsAddress(t *testing.T) {
	forAll(t, func(ctx context.Context, t *testing.T, s setup) {
		native, other := newNative(t, s.mode), pionpeer.NewHidden(t, interfaceName)
		channel, err := other.CreateDataChannel("echo", &pion.DataChannelInit{Negotiated: ptr(true), ID: ptr(uint16(3))})
		require.NoError(t, err)
		returned := make(chan string, 1)
		channel.OnOpen(func() { assert.NoError(t, channel.SendText("hello")) })
		channel.OnMessage(func(m pion.DataChannelMessage) { returned <- string(m.Data) })
		call(ctx, t, native, other, s)
		select {
		case text := <-returned:
			require.Equal(t, "hello", text)
		case <-ctx.Done():
			require.NoError(t, ctx.Err())
		}
	})
}

func TestBrowserHidesItsAddress(t *testing.T) {
	forAll(t, func(ctx context.Context, t *testing.T, s setup) {
		native, page := newNative(t, s.mode), browser.Open(t).NewPeer(ctx, nil)
		page.MustEval(ctx, `peer.echo = peer.add(pc.createDataChannel('echo', { negotiated: true, id: 3 }))`, nil, nil)
		call(ctx, t, native, page, s)
		var returned []int
		page.MustEval(ctx, `await peer.echo.open(); peer.echo.channel.send(new Uint8Array([1, 2])); return await peer.echo.next()`,
			nil, &returned)
		require.Equal(t, []int{1, 2}, returned)
	})
}

func TestNativeHidesItsAddressFromItself(t *testing.T) {
	forAll(t, func(ctx context.Context, t *testing.T, s setup) {
		call(ctx, t, newNative(t, s.mode), newNative(t, webrtc.MulticastDNSModeQueryAndGather), s)
	})
}
