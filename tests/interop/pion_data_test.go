// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package interop

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"testing"
	"time"

	pion "github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/internal/nativepeer"
	"github.com/nativertc/nativertc/tests/internal/peer"
	"github.com/nativertc/nativertc/tests/internal/pionpeer"
)

// kinds are all that a data channel can be.
var kinds = map[string]options{
	"default":                      {},
	"ordered":                      {ordered: ptr(true)},
	"unordered":                    {ordered: ptr(false)},
	"no retransmission":            {ordered: ptr(false), maxRetransmits: ptr(uint16(0))},
	"three retransmissions":        {maxRetransmits: ptr(uint16(3))},
	"lifetime":                     {maxPacketLifeTime: ptr(uint16(5000))},
	"unordered lifetime":           {ordered: ptr(false), maxPacketLifeTime: ptr(uint16(5000))},
	"protocol":                     {protocol: ptr("a.protocol-1")},
	"protocol beyond ASCII":        {protocol: ptr("протокол")},
	"negotiated":                   {negotiated: ptr(true), id: ptr(uint16(100))},
	"negotiated unordered":         {negotiated: ptr(true), id: ptr(uint16(101)), ordered: ptr(false)},
	"negotiated, zero retransmits": {negotiated: ptr(true), id: ptr(uint16(102)), maxRetransmits: ptr(uint16(0))},
	"negotiated with a protocol":   {negotiated: ptr(true), id: ptr(uint16(103)), protocol: ptr("p")},
	"":                             {protocol: ptr("a channel without a label")},
	"ярлык":                        {},
}

// dataMessages go each way on every channel. The largest is what both sides say
// that they take.
var dataMessages = []message{
	{true, []byte("hello")},
	{true, []byte("grüß Gott, мир, 世界, \x00 inside")},
	{false, []byte{0, 1, 2, 254, 255}},
	{true, nil},
	{false, nil},
	{false, bytes.Repeat([]byte("0123456789abcdef"), 1<<10)},
	{true, bytes.Repeat([]byte("x"), 64<<10-1)},
	{false, bytes.Repeat([]byte{7}, 64<<10)},
	{false, []byte("the last")},
}

// forPeers runs a test with either side as the one who offers.
func forPeers(t *testing.T, test func(
	ctx context.Context, t *testing.T, native *nativepeer.Peer, other *pionpeer.Peer, connect func(),
)) {
	for _, offerer := range []string{"native", "pion"} {
		t.Run("offer by "+offerer, func(t *testing.T) {
			ctx := limit(t)
			native, other := nativepeer.New(t, webrtc.Configuration{}), pionpeer.New(t, pion.Configuration{})
			test(ctx, t, native, other, func() {
				t.Helper()
				link := peer.Connect(t, native, other)
				if offerer == "native" {
					require.NoError(t, link.Negotiate(ctx, native))
				} else {
					require.NoError(t, link.Negotiate(ctx, other))
				}
			})
		})
	}
}

func TestPionDataChannels(t *testing.T) {
	forPeers(t, func(ctx context.Context, t *testing.T, native *nativepeer.Peer, other *pionpeer.Peer, connect func()) {
		// One channel exists before the connection does, so that there is an m-line
		// for data. All others come later, which is the same for both sides.
		sides := map[string]talker{"native": nativeTalker(native), "pion": pionTalker(other)}
		first := map[string]*talk{}
		for name, side := range sides {
			var err error
			first[name], err = side.create("first", options{negotiated: ptr(true), id: ptr(uint16(0))})
			require.NoError(t, err)
		}
		connect()
		first["native"].waitOpen(ctx, t)
		first["pion"].waitOpen(ctx, t)

		for creator, remote := range map[string]string{"native": "pion", "pion": "native"} {
			for label, o := range kinds {
				t.Run("made by "+creator+"/"+label, func(t *testing.T) {
					near, far := open(ctx, t, sides[creator], sides[remote], label, o)
					for _, c := range []*talk{near, far} {
						checkOptions(t, label, o, c)
					}
					assert.Equal(t, near.ID(), far.ID())
					exchange(ctx, t, near, far)
					exchange(ctx, t, far, near)
					require.NoError(t, near.Close())
					near.waitClosed(ctx, t)
					far.waitClosed(ctx, t)
				})
			}
		}
	})
}

// open makes a channel, on both sides where it is negotiated, and waits for it.
func open(ctx context.Context, t *testing.T, creator, remote talker, label string, o options) (near, far *talk) {
	t.Helper()
	near, err := creator.create(label, o)
	require.NoError(t, err)
	if o.negotiated != nil {
		far, err = remote.create(label, o)
		require.NoError(t, err)
	} else {
		select {
		case far = <-remote.incoming:
		case <-ctx.Done():
			t.Fatal("the other side did not get the channel")
		}
	}
	near.waitOpen(ctx, t)
	far.waitOpen(ctx, t)
	return near, far
}

func checkOptions(t *testing.T, label string, o options, c *talk) {
	t.Helper()
	assert.Equal(t, label, c.Label())
	assert.Equal(t, o.ordered == nil || *o.ordered, c.Ordered())
	assert.Equal(t, o.maxRetransmits, c.MaxRetransmits())
	assert.Equal(t, o.maxPacketLifeTime, c.MaxPacketLifeTime())
	assert.Equal(t, o.negotiated != nil, c.Negotiated())
	protocol := ""
	if o.protocol != nil {
		protocol = *o.protocol
	}
	assert.Equal(t, protocol, c.Protocol())
	if assert.NotNil(t, c.ID()) && o.id != nil {
		assert.Equal(t, *o.id, *c.ID())
	}
}

// exchange sends all kinds of messages. Those of an unordered channel may come in
// any order, and a channel that gives up may lose some: a busy machine drops
// packets even on loopback.
func exchange(ctx context.Context, t *testing.T, from, to *talk) {
	t.Helper()
	if from.MaxRetransmits() != nil || from.MaxPacketLifeTime() != nil {
		for _, m := range dataMessages {
			sendUntilReceived(ctx, t, from, to, m)
		}
		return
	}
	for _, m := range dataMessages {
		from.send(t, m)
	}
	missing := slices.Clone(dataMessages)
	for range dataMessages {
		got := to.next(ctx, t)
		i := slices.IndexFunc(missing, got.equal)
		if to.Ordered() && !assert.Zero(t, i, "%s out of order", got) {
			return
		}
		require.GreaterOrEqual(t, i, 0, "%s was not sent", got)
		missing = slices.Delete(missing, i, i+1)
	}
}

// sendUntilReceived sends a message again and again until it comes. What comes
// late, of the messages before, is skipped, but nothing that was not sent.
func sendUntilReceived(ctx context.Context, t *testing.T, from, to *talk, m message) {
	t.Helper()
	for {
		from.send(t, m)
		again := time.After(time.Second)
		for lost := false; !lost; {
			select {
			case got := <-to.messages:
				if got.equal(m) {
					return
				}
				require.True(t, slices.ContainsFunc(dataMessages, got.equal), "%s was not sent", got)
			case <-again:
				lost = true
			case <-ctx.Done():
				t.Fatalf("%s does not arrive on %s: %v", m, from.Label(), ctx.Err())
			}
		}
	}
}

func TestPionLargestMessage(t *testing.T) {
	forPeers(t, func(ctx context.Context, t *testing.T, native *nativepeer.Peer, other *pionpeer.Peer, connect func()) {
		sides := [2]talker{nativeTalker(native), pionTalker(other)}
		init := options{negotiated: ptr(true), id: ptr(uint16(1))}
		near, err := sides[0].create("large", init)
		require.NoError(t, err)
		far, err := sides[1].create("large", init)
		require.NoError(t, err)
		connect()
		near.waitOpen(ctx, t)
		far.waitOpen(ctx, t)
		// libwebrtc's limit, which its SDP tells.
		large := message{data: make([]byte, 256<<10)}
		for i := range large.data {
			large.data[i] = byte(i * i >> 8)
		}
		for _, way := range [][2]*talk{{near, far}, {far, near}} {
			way[0].send(t, large)
			got := way[1].next(ctx, t)
			assert.True(t, large.equal(got), "got %s", got)
		}
	})
}

func TestPionManyMessages(t *testing.T) {
	const count, size = 2000, 16 << 10
	forPeers(t, func(ctx context.Context, t *testing.T, native *nativepeer.Peer, other *pionpeer.Peer, connect func()) {
		init := options{negotiated: ptr(true), id: ptr(uint16(1))}
		near, err := nativeTalker(native).create("many", init)
		require.NoError(t, err)
		far, err := pionTalker(other).create("many", init)
		require.NoError(t, err)
		connect()
		near.waitOpen(ctx, t)
		far.waitOpen(ctx, t)
		for _, way := range [][2]*talk{{near, far}, {far, near}} {
			// A window: what is under way stays far below every buffer's limit.
			const window = 64
			sent := 0
			for got := range count {
				for ; sent < min(count, got+window); sent++ {
					data := make([]byte, size)
					binary.BigEndian.PutUint32(data, uint32(sent))
					require.NoError(t, way[0].Send(data))
				}
				m := way[1].next(ctx, t)
				require.Len(t, m.data, size)
				require.EqualValues(t, got, binary.BigEndian.Uint32(m.data))
			}
		}
	})
}

func TestPionClose(t *testing.T) {
	forPeers(t, func(ctx context.Context, t *testing.T, native *nativepeer.Peer, other *pionpeer.Peer, connect func()) {
		sides := map[string]talker{"native": nativeTalker(native), "pion": pionTalker(other)}
		keep := options{negotiated: ptr(true), id: ptr(uint16(1))}
		near, err := sides["native"].create("keep", keep)
		require.NoError(t, err)
		far, err := sides["pion"].create("keep", keep)
		require.NoError(t, err)
		connect()
		near.waitOpen(ctx, t)
		far.waitOpen(ctx, t)

		// A channel closes from either side, whoever made it, with all that was sent
		// before, and its id may be used again.
		for range 2 {
			for creator, remote := range map[string]string{"native": "pion", "pion": "native"} {
				for _, nearCloses := range []bool{true, false} {
					a, b := open(ctx, t, sides[creator], sides[remote], "short", options{})
					if !nearCloses {
						a, b = b, a
					}
					for i := range 100 {
						a.send(t, message{data: []byte{byte(i)}})
					}
					require.NoError(t, a.Close())
					for i := range 100 {
						assert.Equal(t, []byte{byte(i)}, b.next(ctx, t).data)
					}
					a.waitClosed(ctx, t)
					b.waitClosed(ctx, t)
					assert.Error(t, a.Send([]byte("late")))
					assert.Error(t, b.Send([]byte("late")))
				}
			}
		}

		// The channel beside them has not noticed; it ends with pion's connection.
		exchange(ctx, t, near, far)
		require.NoError(t, other.Close())
		near.waitClosed(ctx, t)
	})
}
