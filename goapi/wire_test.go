// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"net"
	"net/netip"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// wire stands between two peers, which know only its addresses, and can be cut.
type wire struct {
	t  testing.TB
	mu sync.Mutex
	// cutOff drops everything.
	cutOff bool
	closed bool
	// sockets stand for an address of a side, 0 or 1, towards the other.
	sockets map[wireEnd]*net.UDPConn
	readers sync.WaitGroup
}

type wireEnd struct {
	side    int
	address netip.AddrPort
}

func newWire(t testing.TB) *wire {
	w := &wire{t: t, sockets: map[wireEnd]*net.UDPConn{}}
	t.Cleanup(func() {
		w.mu.Lock()
		w.closed = true
		for _, s := range w.sockets {
			_ = s.Close()
		}
		w.mu.Unlock()
		w.readers.Wait()
	})
	return w
}

// cut drops all packets, or none any more.
func (w *wire) cut(off bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cutOff = off
}

// socket returns the one that stands for an end, or nil at the end of the test.
func (w *wire) socket(end wireEnd) *net.UDPConn {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s := w.sockets[end]; s != nil || w.closed {
		return s
	}
	s, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		w.t.Errorf("socket of the wire: %v", err)
		return nil
	}
	w.sockets[end] = s
	w.readers.Add(1)
	go func() {
		defer w.readers.Done()
		w.forward(end, s)
	}()
	return s
}

// forward hands what the other side sends to the end on to it.
func (w *wire) forward(to wireEnd, s *net.UDPConn) {
	packet := make([]byte, 1<<16)
	for {
		n, from, err := s.ReadFromUDPAddrPort(packet)
		if err != nil {
			return
		}
		w.mu.Lock()
		off := w.cutOff
		w.mu.Unlock()
		if off {
			continue
		}
		if out := w.socket(wireEnd{1 - to.side, netip.AddrPortFrom(from.Addr().Unmap(), from.Port())}); out != nil {
			_, _ = out.WriteToUDPAddrPort(packet[:n], to.address)
		}
	}
}

// carry puts the wire in place of a side's candidate.
func (w *wire) carry(side int, c *ICECandidate) (ICECandidateInit, bool) {
	address, err := netip.ParseAddr(c.Address)
	if err != nil || !address.Is4() || c.Protocol != ICEProtocolUDP {
		return ICECandidateInit{}, false
	}
	s := w.socket(wireEnd{side, netip.AddrPortFrom(address, c.Port)})
	if s == nil {
		return ICECandidateInit{}, false
	}
	public := s.LocalAddr().(*net.UDPAddr).AddrPort()
	carried := *c
	carried.Address, carried.Port = public.Addr().Unmap().String(), public.Port()
	return carried.ToJSON(), true
}

// newWiredPair makes two connections that reach each other by a wire only.
func newWiredPair(t testing.TB, options ...func(*SettingEngine)) (a, b *PeerConnection, w *wire) {
	t.Helper()
	w = newWire(t)
	api := loopbackAPI(append(options, func(s *SettingEngine) {
		s.SetInterfaceFilter(func(name string) bool { return name == "lo" })
		s.SetNetworkTypes([]NetworkType{NetworkTypeUDP4})
	})...)
	a, b = newPairOf(t, api, api, Configuration{}, Configuration{})
	for side, pair := range [][2]*PeerConnection{{a, b}, {b, a}} {
		from, to := pair[0], pair[1]
		candidates := make(chan ICECandidateInit, 100)
		from.OnICECandidate(func(c *ICECandidate) {
			if c != nil {
				if carried, ok := w.carry(side, c); ok {
					candidates <- carried
				}
			}
		})
		stop := make(chan struct{})
		var adding sync.WaitGroup
		adding.Add(1)
		t.Cleanup(func() {
			close(stop)
			adding.Wait()
		})
		go func() {
			defer adding.Done()
			for {
				select {
				case c := <-candidates:
					addLater(to, c, stop)
				case <-stop:
					return
				}
			}
		}()
	}
	return a, b, w
}

// negotiateWithoutCandidates is negotiate with descriptions that name no address,
// so that the peers know only those that they are given one by one.
func negotiateWithoutCandidates(t testing.TB, offerer, answerer *PeerConnection, options *OfferOptions) {
	t.Helper()
	offer, err := offerer.CreateOffer(options)
	require.NoError(t, err)
	offer.SDP = dropLines(offer.SDP, "a=candidate")
	require.NoError(t, answerer.SetRemoteDescription(offer))
	require.NoError(t, offerer.SetLocalDescription(SessionDescription{Type: SDPTypeOffer}))
	answer, err := answerer.CreateAnswer(nil)
	require.NoError(t, err)
	answer.SDP = dropLines(answer.SDP, "a=candidate")
	require.NoError(t, offerer.SetRemoteDescription(answer))
	require.NoError(t, answerer.SetLocalDescription(SessionDescription{Type: SDPTypeAnswer}))
}
