// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"net/netip"

	"github.com/nativertc/nativertc/cgo"
)

// MulticastDNSMode tells how names of multicast DNS (RFC 6762) are used in
// candidates, for SettingEngine.SetICEMulticastDNSMode.
type MulticastDNSMode int

const (
	// MulticastDNSModeDisabled: host candidates carry addresses, and names in the
	// other peer's candidates are left to the system's resolver. The default.
	MulticastDNSModeDisabled MulticastDNSMode = iota

	// MulticastDNSModeQueryOnly looks up the names in the other peer's candidates,
	// such as browsers send. Own host candidates carry addresses.
	MulticastDNSModeQueryOnly

	// MulticastDNSModeQueryAndGather also replaces the addresses of this host in its
	// own candidates by random names, as browsers do.
	MulticastDNSModeQueryAndGather
)

// MulticastDNS sends and answers queries of multicast DNS (RFC 6762) on the networks
// of this host. libwebrtc has the rest of what draft-ietf-mmusic-mdns-ice-candidates
// asks for, but not this: package github.com/nativertc/nativertc/mdns has it, in a
// module of its own since it uses a library.
//
// The methods are called from several goroutines at a time, of their own. They should
// end soon after their context is done, which Close of the connection causes too; none
// is waited for.
type MulticastDNS interface {
	// Publish begins to answer queries for a name by an address of this host, until
	// withdraw is called, which happens at most once. The name has the form
	// "6dec05fa-8ae1-4c4e-8a4a-e3b6b1b9a3b5.local".
	Publish(ctx context.Context, name string, address netip.Addr) (withdraw func(), err error)

	// Resolve finds out the address of a name that another peer has sent: one label
	// and ".local".
	Resolve(ctx context.Context, name string) (netip.Addr, error)
}

// SetICEMulticastDNSMode tells how names of multicast DNS are used in candidates, by
// means of what SetMulticastDNS sets: NewPeerConnection fails with a
// NotSupportedError where a mode other than MulticastDNSModeDisabled has none.
//
// With MulticastDNSModeQueryAndGather a connection has a random name for each address
// of this host that it gathers on, until Close; no two connections share one. The name
// stands in the connection's host candidates and in its descriptions. Its other
// candidates have the related address 0.0.0.0 or ::, and its statistics an empty
// address. What a STUN or TURN server saw is told, as browsers do.
//
// A candidate appears when its name is published. Where that fails, or takes three
// seconds, it appears nevertheless, as it does in Chromium where a name cannot be
// announced: the other peer cannot look it up then, and a connection comes about by
// other candidates or by what this peer sends. The address never appears.
//
// In both modes the names in the other peer's candidates, of one label and ".local",
// are looked up, each for ten seconds at most and 64 of a connection at a time. A
// candidate whose name is not found, or is one too many, is dropped. The addresses
// found do not appear in statistics. Other names, and those of ICE servers, are the
// system's. Failures are warnings in the log (SetLogger).
//
// https://datatracker.ietf.org/doc/html/draft-ietf-mmusic-mdns-ice-candidates
func (e *SettingEngine) SetICEMulticastDNSMode(mode MulticastDNSMode) { e.mdnsMode = mode }

// SetMulticastDNS sets what sends and answers queries of multicast DNS where
// SetICEMulticastDNSMode asks for it. It serves all connections. nil, the default, is
// none.
func (e *SettingEngine) SetMulticastDNS(mdns MulticastDNS) { e.mdns = mdns }

func (e *SettingEngine) validateMulticastDNS() error {
	switch {
	case e.mdnsMode == MulticastDNSModeDisabled:
		return nil
	case e.mdnsMode < 0 || e.mdnsMode > MulticastDNSModeQueryAndGather:
		return newError(notSupportedError, "unknown mode of multicast DNS", nil)
	case e.mdns == nil:
		return newError(notSupportedError, "multicast DNS without SettingEngine.SetMulticastDNS", nil)
	}
	return nil
}

// newMulticastDNS makes what answers a factory's questions; nil if it asks none.
func (e *SettingEngine) newMulticastDNS() *multicastDNS {
	if e.mdnsMode == MulticastDNSModeDisabled || e.validateMulticastDNS() != nil {
		return nil
	}
	return newMulticastDNS(e.mdns)
}

// mdnsArgs writes the part of what nrtc_factory_new reads. The queue of mdns, which may
// be nil, must stay acquired for the call.
func (e *SettingEngine) mdnsArgs(w *cgo.Writer, mdns *multicastDNS) {
	if mdns == nil {
		w.Ref(nil)
	} else {
		w.Ref(mdns.queue.Acquire())
	}
	w.Bool(e.mdnsMode == MulticastDNSModeQueryAndGather)
}
