// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package signaling is what the examples need to agree on a call: descriptions
// that hold all candidates, so that one message each way is enough, and, as that
// takes a little longer, a channel that carries candidates one by one as they are
// found.
package signaling

import (
	"context"
	"errors"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// LocalAPI returns an API whose connections also work between programs on one
// machine that has no network. change makes further settings.
func LocalAPI(change ...func(*webrtc.SettingEngine)) *webrtc.API {
	var s webrtc.SettingEngine
	s.SetIncludeLoopbackCandidate(true)
	for _, f := range change {
		f(&s)
	}
	return webrtc.NewAPI(webrtc.WithSettingEngine(s))
}

// Offer makes pc's offer, to be sent to the other peer.
func Offer(ctx context.Context, pc *webrtc.PeerConnection) (webrtc.SessionDescription, error) {
	return Describe(ctx, pc)
}

// Answer applies the other peer's offer and makes the answer to it, to be sent
// back.
func Answer(ctx context.Context, pc *webrtc.PeerConnection, offer webrtc.SessionDescription) (webrtc.SessionDescription, error) {
	if err := pc.SetRemoteDescription(offer); err != nil {
		return webrtc.SessionDescription{}, err
	}
	return Describe(ctx, pc)
}

// Describe makes and applies the offer or answer that the state of pc asks for and
// waits for its candidates.
func Describe(ctx context.Context, pc *webrtc.PeerConnection) (webrtc.SessionDescription, error) {
	gathered := webrtc.GatheringCompletePromise(pc)
	if err := pc.SetLocalDescription(webrtc.SessionDescription{}); err != nil {
		return webrtc.SessionDescription{}, err
	}
	select {
	case <-gathered:
	case <-ctx.Done():
		return webrtc.SessionDescription{}, ctx.Err()
	}
	description := pc.LocalDescription()
	if description == nil {
		return webrtc.SessionDescription{}, errors.New("the connection was closed")
	}
	return *description, nil
}

// Join connects two peers of one process.
func Join(ctx context.Context, offerer, answerer *webrtc.PeerConnection) error {
	offer, err := Offer(ctx, offerer)
	if err != nil {
		return err
	}
	answer, err := Answer(ctx, answerer, offer)
	if err != nil {
		return err
	}
	return offerer.SetRemoteDescription(answer)
}

// NewPair makes two connections of one API. The caller closes both.
func NewPair(api *webrtc.API) (a, b *webrtc.PeerConnection, err error) {
	if a, err = api.NewPeerConnection(webrtc.Configuration{}); err != nil {
		return nil, nil, err
	}
	if b, err = api.NewPeerConnection(webrtc.Configuration{}); err != nil {
		return nil, nil, errors.Join(err, a.Close())
	}
	return a, b, nil
}
