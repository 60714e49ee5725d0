// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package mdns

import (
	"context"
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// patience is how long a test waits for what must come.
const patience = 30 * time.Second

// onLoopback keeps tests off the networks of the machine.
func onLoopback() *Responder {
	return &Responder{InterfaceFilter: func(name string) bool { return name == "lo" }}
}

func limit(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

func TestNamesAreFound(t *testing.T) {
	for name, address := range map[string]netip.Addr{
		"00000000-0000-4000-8000-000000000004.local": netip.MustParseAddr("127.0.0.1"),
		"00000000-0000-4000-8000-000000000006.local": netip.IPv6Loopback(),
	} {
		t.Run(address.String(), func(t *testing.T) {
			withdraw, err := onLoopback().Publish(t.Context(), name, address)
			require.NoError(t, err)
			defer withdraw()
			found, err := onLoopback().Resolve(limit(t, patience), name)
			require.NoError(t, err)
			require.Equal(t, address, found)
		})
	}
}

func TestOneResponderDoesBoth(t *testing.T) {
	r := onLoopback()
	names := map[string]netip.Addr{
		"00000000-0000-4000-8000-000000000011.local": netip.MustParseAddr("127.0.0.1"),
		"00000000-0000-4000-8000-000000000012.local": netip.MustParseAddr("127.0.0.1"),
		"00000000-0000-4000-8000-000000000013.local": netip.IPv6Loopback(),
	}
	results := make(chan func(), len(names))
	for name, address := range names {
		withdraw, err := r.Publish(t.Context(), name, address)
		require.NoError(t, err)
		defer withdraw()
		ctx := limit(t, patience)
		go func() {
			found, err := r.Resolve(ctx, name)
			results <- func() {
				require.NoError(t, err)
				require.Equal(t, address, found)
			}
		}()
	}
	for range names {
		(<-results)()
	}
	require.Nil(t, r.querier, "sockets that nobody uses")
}

func TestANameThatIsPublishedLaterIsFound(t *testing.T) {
	const name = "00000000-0000-4000-8000-000000000021.local"
	found := make(chan netip.Addr, 1)
	ctx := limit(t, patience)
	r := onLoopback()
	go func() {
		address, _ := r.Resolve(ctx, name)
		found <- address
	}()
	require.Eventually(t, func() bool {
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.queries == 1
	}, patience, time.Millisecond)
	withdraw, err := onLoopback().Publish(t.Context(), name, netip.MustParseAddr("127.0.0.1"))
	require.NoError(t, err)
	defer withdraw()
	require.Equal(t, netip.MustParseAddr("127.0.0.1"), <-found)
}

func TestNamesThatNobodyHasAreNotFound(t *testing.T) {
	const name = "00000000-0000-4000-8000-000000000031.local"
	withdraw, err := onLoopback().Publish(t.Context(), name, netip.MustParseAddr("127.0.0.1"))
	require.NoError(t, err)
	withdraw()
	for _, name := range []string{name, "00000000-0000-4000-8000-000000000032.local"} {
		_, err = onLoopback().Resolve(limit(t, time.Second), name)
		require.ErrorIs(t, err, context.DeadlineExceeded)
	}
}

func TestOtherAddressesAreNotPublished(t *testing.T) {
	_, err := onLoopback().Publish(t.Context(), "x.local", netip.MustParseAddr("203.0.113.1"))
	require.ErrorIs(t, err, errNoNetwork)
	none := &Responder{InterfaceFilter: func(string) bool { return false }}
	_, err = none.Publish(t.Context(), "x.local", netip.MustParseAddr("127.0.0.1"))
	require.ErrorIs(t, err, errNoNetwork)
	_, err = none.Resolve(t.Context(), "x.local")
	require.ErrorIs(t, err, errNoNetwork)
}

func TestThePortIsShared(t *testing.T) {
	other, err := net.ListenMulticastUDP("udp4", nil, &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: 5353})
	require.NoError(t, err)
	defer other.Close()
	const name = "00000000-0000-4000-8000-000000000041.local"
	withdraw, err := onLoopback().Publish(t.Context(), name, netip.MustParseAddr("127.0.0.1"))
	require.NoError(t, err)
	defer withdraw()
	_, err = onLoopback().Resolve(limit(t, patience), name)
	require.NoError(t, err)
}
