// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package face

import (
	"context"
	"errors"
	"net/netip"
	"sync"
	"time"
)

// names is the multicast DNS of the pages of this process, without a network. Browsers
// hide addresses behind such names from pages that have no microphone or camera yet, and
// tests count on what that takes: no packet reaches a peer before the other has had time to
// signal its answer.
type names struct {
	mu        sync.Mutex
	addresses map[string]netip.Addr
}

// What announcing a name and asking for one take on a network where nothing is slow.
const (
	announcing = 20 * time.Millisecond
	answering  = 2 * time.Millisecond
)

func pass(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Publish implements webrtc.MulticastDNS.
func (n *names) Publish(ctx context.Context, name string, address netip.Addr) (func(), error) {
	if err := pass(ctx, announcing); err != nil {
		return nil, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.addresses[name] = address
	return func() {
		n.mu.Lock()
		defer n.mu.Unlock()
		delete(n.addresses, name)
	}, nil
}

// Resolve implements webrtc.MulticastDNS.
func (n *names) Resolve(ctx context.Context, name string) (netip.Addr, error) {
	if err := pass(ctx, answering); err != nil {
		return netip.Addr{}, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	address, ok := n.addresses[name]
	if !ok {
		return netip.Addr{}, errors.New("nobody has this name")
	}
	return address, nil
}
