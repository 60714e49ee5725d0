// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package relay stands between two ICE agents and impairs what they send to each
// other: loss, delay, jitter, a bandwidth limit, reordering. It works in user
// space, with sockets only, where the kernel's network emulation is missing or
// needs rights that a program does not have.
//
// Each candidate of an agent is replaced, on its way to the other agent, by the
// address of a socket of the relay (RewriteCandidate, RewriteSDP). What arrives
// there goes on to the candidate's own address, out of the socket that stands for
// the sender: to each agent the relay looks like the other one behind a NAT that
// maps independently of the endpoint. A sender whose address was never announced
// gets such a socket when its first packet comes, as a NAT would do.
package relay
