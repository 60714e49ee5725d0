// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package peer connects two WebRTC peers of any implementation: it carries
// descriptions and candidates between them as text, as a signaling service would.
package peer

import (
	"context"
	"encoding/json"
)

// A Peer is one end of a call. What the implementations have in common is the
// W3C's text forms: SDP, and RTCIceCandidateInit as JSON.
type Peer interface {
	// CreateOffer makes an offer and sets it as the local description, so that
	// candidates begin to come.
	CreateOffer(ctx context.Context) (sdp string, err error)
	// CreateAnswer makes an answer and sets it as the local description.
	CreateAnswer(ctx context.Context) (sdp string, err error)
	// SetRemote sets the remote description; kind is "offer" or "answer".
	SetRemote(ctx context.Context, kind, sdp string) error
	// OnCandidate sets the function that gets the local candidates in order. It
	// is called once, before the first description, and must not block.
	OnCandidate(func(candidate json.RawMessage))
	// AddCandidate adds a candidate of the other side.
	AddCandidate(ctx context.Context, candidate json.RawMessage) error
}
