// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package multicastdns holds calls with peers that hide their addresses behind names
// of multicast DNS, over module mdns: with pion, and with Chromium as it is by default.
//
// Its tests run in a network namespace of their own, with one interface besides
// loopback, since Chromium sends no multicast over that. Where the system allows no
// namespaces, as in some containers, they use an interface of the machine.
package multicastdns
