// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package mdns is the multicast DNS (RFC 6762) of package webrtc, by the library
// github.com/pion/mdns. It hides the addresses of this host in ICE candidates, and
// finds those that browsers hide:
//
//	var s webrtc.SettingEngine
//	s.SetICEMulticastDNSMode(webrtc.MulticastDNSModeQueryAndGather)
//	s.SetMulticastDNS(&mdns.Responder{})
//
// It is a module of its own, so that programs without it do not get the library.
//
// https://datatracker.ietf.org/doc/html/draft-ietf-mmusic-mdns-ice-candidates
package mdns

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"sync"

	"github.com/pion/logging"
	"github.com/pion/mdns/v2"
	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

// Responder answers and sends queries of multicast DNS. It is a
// webrtc.MulticastDNS. Its zero value uses all networks of the host, the loopback
// interface included. It needs no closing: it has sockets only for names that are
// published, up to four for each, and while names are looked up.
//
// The port of multicast DNS, UDP 5353, is shared with other programs of the host, such
// as Avahi or a browser. A firewall must let it in.
//
// All methods may be called from any goroutine. The fields must not be changed once
// one was called, nor the Responder copied.
type Responder struct {
	// InterfaceFilter, if not nil, tells by their names which interfaces are used. It
	// is asked whenever interfaces are looked for.
	InterfaceFilter func(name string) (keep bool)

	// LoggerFactory receives the log of the library; nil drops it.
	LoggerFactory logging.LoggerFactory

	mu      sync.Mutex
	querier *mdns.Conn // nil while nothing is looked up
	queries int
}

// Publish answers queries for name by address, on the interfaces that have this
// address, until withdraw is called.
func (r *Responder) Publish(_ context.Context, name string, address netip.Addr) (withdraw func(), err error) {
	interfaces, err := r.interfaces(func(i net.Interface) bool { return has(i, address) })
	if err != nil {
		return nil, err
	}
	conn, err := r.listen(interfaces, mdns.WithLocalNames(name), mdns.WithLocalAddress(address.AsSlice()))
	if err != nil {
		return nil, err
	}
	return func() { _ = conn.Close() }, nil
}

// Resolve asks for the address of name on all networks, once a second, until there is
// an answer or ctx is done.
func (r *Responder) Resolve(ctx context.Context, name string) (netip.Addr, error) {
	conn, err := r.acquire()
	if err != nil {
		return netip.Addr{}, err
	}
	defer r.release()
	_, address, err := conn.QueryAddr(ctx, name)
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	return address, err
}

// acquire returns what all queries under way share. It knows the networks that there
// were when the first of them began.
func (r *Responder) acquire() (*mdns.Conn, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.querier == nil {
		interfaces, err := r.interfaces(func(net.Interface) bool { return true })
		if err != nil {
			return nil, err
		}
		if r.querier, err = r.listen(interfaces); err != nil {
			return nil, err
		}
	}
	r.queries++
	return r.querier, nil
}

func (r *Responder) release() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.queries--; r.queries == 0 {
		_ = r.querier.Close()
		r.querier = nil
	}
}

var errNoNetwork = errors.New("no network for multicast DNS")

// interfaces returns those that are up and that keep and the filter keep.
func (r *Responder) interfaces(keep func(net.Interface) bool) ([]net.Interface, error) {
	all, err := net.Interfaces()
	if err != nil {
		return nil, err
	}
	var kept []net.Interface
	for _, i := range all {
		if i.Flags&net.FlagUp != 0 && (r.InterfaceFilter == nil || r.InterfaceFilter(i.Name)) && keep(i) {
			kept = append(kept, i)
		}
	}
	if len(kept) == 0 {
		return nil, errNoNetwork
	}
	return kept, nil
}

func has(i net.Interface, address netip.Addr) bool {
	addresses, err := i.Addrs()
	if err != nil {
		return false
	}
	for _, a := range addresses {
		if n, ok := a.(*net.IPNet); ok && n.IP.Equal(address.AsSlice()) {
			return true
		}
	}
	return false
}

func (r *Responder) listen(interfaces []net.Interface, options ...mdns.ServerOption) (*mdns.Conn, error) {
	// As many sockets as programs want can share such an address.
	over4, err4 := listenUDP("udp4", mdns.DefaultAddressIPv4)
	over6, err6 := listenUDP("udp6", mdns.DefaultAddressIPv6)
	if over4 == nil && over6 == nil {
		return nil, fmt.Errorf("listening for multicast DNS: %w", errors.Join(err4, err6))
	}
	var packets4 *ipv4.PacketConn
	var packets6 *ipv6.PacketConn
	if over4 != nil {
		packets4 = ipv4.NewPacketConn(over4)
	}
	if over6 != nil {
		packets6 = ipv6.NewPacketConn(over6)
	}
	factory := r.LoggerFactory
	if factory == nil {
		factory = &logging.DefaultLoggerFactory{Writer: io.Discard, DefaultLogLevel: logging.LogLevelDisabled}
	}
	conn, err := mdns.NewServer(packets4, packets6, append(options,
		mdns.WithInterfaces(interfaces...),
		mdns.WithIncludeLoopback(true),
		mdns.WithRecordTypes(dnsmessage.TypeA, dnsmessage.TypeAAAA),
		mdns.WithCacheRefresh(false),
		mdns.WithLoggerFactory(factory))...)
	if err != nil {
		for _, c := range []*net.UDPConn{over4, over6} {
			if c != nil {
				_ = c.Close()
			}
		}
	}
	return conn, err
}

func listenUDP(network, address string) (*net.UDPConn, error) {
	a, err := net.ResolveUDPAddr(network, address)
	if err != nil {
		return nil, err
	}
	return net.ListenUDP(network, a)
}
