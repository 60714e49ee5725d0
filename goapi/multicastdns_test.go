// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// fakeMDNS is a network's multicast DNS without the network. The hooks, if set, take
// the place of what it does.
type fakeMDNS struct {
	publish func(ctx context.Context) error
	resolve func(ctx context.Context, name string) (netip.Addr, error)

	mu        sync.Mutex
	names     map[string]netip.Addr
	published map[string]netip.Addr // those withdrawn since included
	resolved  int
}

func newFakeMDNS() *fakeMDNS {
	return &fakeMDNS{names: map[string]netip.Addr{}, published: map[string]netip.Addr{}}
}

func (f *fakeMDNS) Publish(ctx context.Context, name string, address netip.Addr) (func(), error) {
	if f.publish != nil {
		if err := f.publish(ctx); err != nil {
			return nil, err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.names[name], f.published[name] = address, address
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.names, name)
	}, nil
}

func (f *fakeMDNS) Resolve(ctx context.Context, name string) (netip.Addr, error) {
	f.mu.Lock()
	address, ok := f.names[name]
	f.resolved++
	f.mu.Unlock()
	if f.resolve != nil {
		return f.resolve(ctx, name)
	}
	if !ok {
		return netip.Addr{}, errors.New("nobody answers")
	}
	return address, nil
}

// now returns the names that queries would be answered for.
func (f *fakeMDNS) now() map[string]netip.Addr {
	f.mu.Lock()
	defer f.mu.Unlock()
	return maps.Clone(f.names)
}

func (f *fakeMDNS) api(mode MulticastDNSMode) *API {
	return loopbackAPI(func(s *SettingEngine) {
		s.SetICEMulticastDNSMode(mode)
		s.SetMulticastDNS(f)
	})
}

var mdnsName = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\.local$`)

func TestMulticastDNSNeedsAResponder(t *testing.T) {
	var unsupported *NotSupportedError
	for _, mode := range []MulticastDNSMode{MulticastDNSModeQueryOnly, MulticastDNSModeQueryAndGather, -1, 3} {
		_, err := loopbackAPI(func(s *SettingEngine) { s.SetICEMulticastDNSMode(mode) }).NewPeerConnection(Configuration{})
		require.ErrorAs(t, err, &unsupported)
	}
	_, err := newFakeMDNS().api(-1).NewPeerConnection(Configuration{})
	require.ErrorAs(t, err, &unsupported)
}

// addressesOf returns the addresses of this host as connections gather them.
func addressesOf(t *testing.T) map[string]bool {
	found := map[string]bool{}
	for _, c := range gather(t, loopbackAPI()) {
		found[c.Address] = true
	}
	require.NotEmpty(t, found)
	return found
}

// requireHidden has a description not tell an address. That in its "o=" line is the
// same everywhere.
func requireHidden(t *testing.T, address string, d *SessionDescription) {
	t.Helper()
	_, text, _ := strings.Cut(d.SDP, "\r\ns=")
	require.NotContains(t, text, " "+address+" ")
	require.NotContains(t, text, " "+address+"\r\n")
}

func TestMulticastDNSNamesHideAddresses(t *testing.T) {
	addresses := addressesOf(t)
	f := newFakeMDNS()
	pc, err := f.api(MulticastDNSModeQueryAndGather).NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.GracefulClose()
	found := make(chan *ICECandidate, 100)
	pc.OnICECandidate(func(c *ICECandidate) { found <- c })
	_, err = pc.CreateDataChannel("", nil)
	require.NoError(t, err)
	require.NoError(t, pc.SetLocalDescription(SessionDescription{}))
	hidden := map[string]bool{}
	for c := receive(t, found, "candidates"); c != nil; c = receive(t, found, "candidates") {
		require.Regexp(t, mdnsName, c.Address)
		require.Empty(t, c.RelatedAddress)
		address, ok := f.now()[c.Address]
		require.True(t, ok, "is published when it appears")
		hidden[address.String()] = true
	}
	require.Equal(t, addresses, hidden, "each address has a name")
	require.Len(t, f.now(), len(addresses), "one name")

	report, err := pc.GetStats()
	require.NoError(t, err)
	text, err := json.Marshal(report)
	require.NoError(t, err)
	for address := range addresses {
		requireHidden(t, address, pc.LocalDescription())
		require.NotContains(t, string(text), `"`+address+`"`)
	}
	require.Contains(t, pc.LocalDescription().SDP, "c=IN IP4 0.0.0.0\r\n")
	require.NoError(t, pc.Close())
	eventually(t, func() bool { return len(f.now()) == 0 }, "the names are withdrawn")
}

func TestMulticastDNSNamesDifferBetweenConnections(t *testing.T) {
	f := newFakeMDNS()
	api := f.api(MulticastDNSModeQueryAndGather)
	first, second := gather(t, api), gather(t, api)
	for _, a := range first {
		for _, b := range second {
			require.NotEqual(t, a.Address, b.Address)
		}
	}
}

func TestMulticastDNSNamesStayOverAnICERestart(t *testing.T) {
	f := newFakeMDNS()
	api := f.api(MulticastDNSModeQueryAndGather)
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	channelPair(t, a, b, nil)
	before := f.now()
	offer, err := a.CreateOffer(&OfferOptions{ICERestart: true})
	require.NoError(t, err)
	require.NoError(t, a.SetLocalDescription(offer))
	eventually(t, func() bool {
		return slices.ContainsFunc(slices.Collect(maps.Keys(before)), func(name string) bool {
			return strings.Contains(a.LocalDescription().SDP, name)
		})
	}, "a name in the description")
	require.Equal(t, before, f.now())
}

// TestMulticastDNSConnects connects peers of which one or both hide their addresses.
func TestMulticastDNSConnects(t *testing.T) {
	for name, modes := range map[string][2]MulticastDNSMode{
		"both hide":          {MulticastDNSModeQueryAndGather, MulticastDNSModeQueryAndGather},
		"the offerer hides":  {MulticastDNSModeQueryAndGather, MulticastDNSModeQueryOnly},
		"the answerer hides": {MulticastDNSModeQueryOnly, MulticastDNSModeQueryAndGather},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFakeMDNS()
			a, b := newPairOf(t, f.api(modes[0]), f.api(modes[1]), Configuration{}, Configuration{})
			ours, theirs := channelPair(t, a, b, nil)
			received := make(chan string, 1)
			theirs.OnMessage(func(m DataChannelMessage) { received <- string(m.Data) })
			require.NoError(t, ours.SendText("hello"))
			require.Equal(t, "hello", receive(t, received, "the message"))
			for i, pc := range []*PeerConnection{a, b} {
				hides := map[string]bool{
					"local-candidate":  modes[i] == MulticastDNSModeQueryAndGather,
					"remote-candidate": modes[1-i] == MulticastDNSModeQueryAndGather,
				}
				pair, err := pc.SCTP().Transport().ICETransport().GetSelectedCandidatePair()
				require.NoError(t, err)
				require.Equal(t, hides["local-candidate"], mdnsName.MatchString(pair.Local.Address), pair.Local.Address)
				report, err := pc.GetStats()
				require.NoError(t, err)
				for _, c := range StatsOf[*ICECandidateStats](report) {
					// One that is learnt from a check, before its name is found, has neither.
					if c.CandidateType == ICECandidateTypeHost {
						require.Equal(t, hides[string(c.Type)], *c.Address == "", *c.Address)
					}
				}
			}
			require.NoError(t, a.Close())
			require.NoError(t, b.Close())
			eventually(t, func() bool { return len(f.now()) == 0 }, "the names are withdrawn")
		})
	}
}

// TestMulticastDNSPublishingFails has addresses stay hidden, and connections come
// about by what the side sends whose names nobody finds.
func TestMulticastDNSPublishingFails(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	for name, publish := range map[string]func(context.Context) error{
		"with an error": func(context.Context) error { return errors.New("no network") },
		"never ends":    func(context.Context) error { <-release; return errors.New("released") },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFakeMDNS()
			f.publish = publish
			a, b := newPairOf(t, f.api(MulticastDNSModeQueryAndGather), f.api(MulticastDNSModeQueryOnly), Configuration{}, Configuration{})
			channelPair(t, a, b, nil)
			<-GatheringCompletePromise(a)
			require.Contains(t, a.LocalDescription().SDP, ".local ")
			requireHidden(t, "127.0.0.1", a.LocalDescription())
			require.Empty(t, f.now())
		})
	}
}

// TestMulticastDNSResolvingFails has a peer's candidates dropped, and nothing else.
func TestMulticastDNSResolvingFails(t *testing.T) {
	for name, resolve := range map[string]func(context.Context, string) (netip.Addr, error){
		"with an error": func(context.Context, string) (netip.Addr, error) { return netip.Addr{}, errors.New("nobody") },
		"with nothing":  func(context.Context, string) (netip.Addr, error) { return netip.Addr{}, nil },
		"with any":      func(context.Context, string) (netip.Addr, error) { return netip.IPv4Unspecified(), nil },
		"with a group":  func(context.Context, string) (netip.Addr, error) { return netip.MustParseAddr("224.0.0.251"), nil },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFakeMDNS()
			pc, remote := newPairOf(t, f.api(MulticastDNSModeQueryOnly), loopbackAPI(), Configuration{}, Configuration{})
			remote.OnICECandidate(nil)
			asked := make(chan string, 1)
			f.resolve = func(ctx context.Context, name string) (netip.Addr, error) {
				asked <- name
				return resolve(ctx, name)
			}
			_, err := pc.CreateDataChannel("", nil)
			require.NoError(t, err)
			negotiate(t, pc, remote)
			require.NoError(t, pc.AddICECandidate(mdnsCandidate("nobody.local")))
			require.Equal(t, "nobody.local", receive(t, asked, "the query"))
			// The connection goes on: the candidates that it is given connect it.
			sendAll(t, remote, pc)
			eventually(t, func() bool { return pc.ConnectionState() == PeerConnectionStateConnected }, "connected")
		})
	}
}

// TestMulticastDNSFindsOddAddresses has addresses in a form that libwebrtc would not read.
func TestMulticastDNSFindsOddAddresses(t *testing.T) {
	f := newFakeMDNS()
	f.resolve = func(_ context.Context, name string) (netip.Addr, error) {
		f.mu.Lock()
		defer f.mu.Unlock()
		if a := f.names[name]; a.Is4() {
			return netip.AddrFrom16(a.As16()), nil
		}
		return netip.Addr{}, errors.New("only IPv4")
	}
	a, b := newPairOf(t, f.api(MulticastDNSModeQueryAndGather), f.api(MulticastDNSModeQueryAndGather), Configuration{}, Configuration{})
	channelPair(t, a, b, nil)
}

func mdnsCandidate(name string) ICECandidateInit {
	return ICECandidateInit{
		Candidate:     "candidate:1 1 udp 2122260223 " + name + " 50000 typ host",
		SDPMLineIndex: ptr(uint16(0)),
	}
}

// sendAll gives to the candidates of from's description.
func sendAll(t *testing.T, from, to *PeerConnection) {
	t.Helper()
	<-GatheringCompletePromise(from)
	for line := range strings.SplitSeq(from.LocalDescription().SDP, "\r\n") {
		if text, ok := strings.CutPrefix(line, "a=candidate:"); ok {
			require.NoError(t, to.AddICECandidate(ICECandidateInit{Candidate: "candidate:" + text, SDPMLineIndex: ptr(uint16(0))}))
		}
	}
}

// TestMulticastDNSQueriesOnlyItsNames leaves other names to the system, and as many
// as a peer sends above the limit to nobody.
func TestMulticastDNSQueriesOnlyItsNames(t *testing.T) {
	f := newFakeMDNS()
	asked, ended := make(chan string, 1000), make(chan struct{}, 1000)
	f.resolve = func(ctx context.Context, name string) (netip.Addr, error) {
		asked <- name
		<-ctx.Done()
		ended <- struct{}{}
		return netip.Addr{}, ctx.Err()
	}
	pc, remote := newPairOf(t, f.api(MulticastDNSModeQueryOnly), loopbackAPI(), Configuration{}, Configuration{})
	remote.OnICECandidate(nil)
	_, err := pc.CreateDataChannel("", nil)
	require.NoError(t, err)
	negotiate(t, pc, remote)
	for _, name := range []string{"localhost", "a.b.local", ".local", "localx", "a.local.invalid"} {
		_ = pc.AddICECandidate(mdnsCandidate(name))
	}
	const most, more = 64, 20
	for i := range most + more {
		require.NoError(t, pc.AddICECandidate(mdnsCandidate(strings.Repeat("x", i+1)[:min(i+1, 60)]+".local")))
	}
	for range most {
		require.Regexp(t, `^x+\.local$`, receive(t, asked, "a query"))
	}
	// libwebrtc has seen all candidates once it has this one's.
	sendAll(t, remote, pc)
	eventually(t, func() bool { return pc.ConnectionState() == PeerConnectionStateConnected }, "connected")
	require.Empty(t, asked)

	// Close ends the queries that wait.
	require.NoError(t, pc.Close())
	for range most {
		receive(t, ended, "the end of a query")
	}
}

// TestMulticastDNSEndsWhileAsked closes connections while names are published and
// looked up by something that does not heed its context.
func TestMulticastDNSEndsWhileAsked(t *testing.T) {
	release := make(chan struct{})
	publishing, resolving := make(chan struct{}, 1000), make(chan struct{}, 1000)
	f := newFakeMDNS()
	f.publish = func(context.Context) error { publishing <- struct{}{}; <-release; return nil }
	f.resolve = func(context.Context, string) (netip.Addr, error) {
		resolving <- struct{}{}
		<-release
		return netip.MustParseAddr("127.0.0.1"), nil
	}
	a, b := newPairOf(t, f.api(MulticastDNSModeQueryAndGather), loopbackAPI(), Configuration{}, Configuration{})
	b.OnICECandidate(nil)
	_, err := a.CreateDataChannel("", nil)
	require.NoError(t, err)
	negotiate(t, a, b)
	require.NoError(t, a.AddICECandidate(mdnsCandidate("x.local")))
	receive(t, publishing, "a name")
	receive(t, resolving, "a query")
	require.NoError(t, a.GracefulClose())
	close(release)
	eventually(t, func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		return len(f.published) > 0 && len(f.names) == 0
	}, "what was published late is withdrawn")
}

// TestMulticastDNSDoesNotWaitForHandlers connects while a handler waits for that.
func TestMulticastDNSDoesNotWaitForHandlers(t *testing.T) {
	f := newFakeMDNS()
	api := f.api(MulticastDNSModeQueryAndGather)
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	connected := make(chan struct{})
	began, waited := make(chan struct{}, 100), make(chan struct{}, 100)
	a.OnNegotiationNeeded(func() { began <- struct{}{}; <-connected; waited <- struct{}{} })
	b.OnConnectionStateChange(func(s PeerConnectionState) {
		if s == PeerConnectionStateConnected {
			close(connected)
		}
	})
	a.OnICECandidate(nil) // would wait too
	_, err := a.CreateDataChannel("", nil)
	require.NoError(t, err)
	receive(t, began, "the handler") // Once it is negotiated it may not be told any more.
	negotiate(t, a, b)
	sendAll(t, a, b)
	receive(t, waited, "the end of the handler")
}

func TestRandomMDNSNames(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		name := randomMDNSName()
		require.Regexp(t, mdnsName, name)
		require.False(t, seen[name])
		seen[name] = true
	}
}
