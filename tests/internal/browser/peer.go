// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"sync"

	"github.com/nativertc/nativertc/tests/internal/media"
	"github.com/nativertc/nativertc/tests/internal/peer"
)

// A Peer is an RTCPeerConnection in a page that speaks [peer.Peer]. In the page's
// script it is peers.NAME, a Peer of page.js, and its connection peers.NAME.pc.
type Peer struct {
	Page *Page
	Name string

	mu          sync.Mutex
	onCandidate func(json.RawMessage)
}

var _ peer.Peer = (*Peer)(nil)

// NewPeer makes a connection in the page. The configuration is the JSON of an
// RTCConfiguration, nil for the default.
func (p *Page) NewPeer(ctx context.Context, configuration any) *Peer {
	p.t.Helper()
	p.mu.Lock()
	p.peers++
	name := fmt.Sprintf("peer%d", p.peers)
	p.mu.Unlock()
	b := &Peer{Page: p, Name: name}
	p.Handle("candidate:"+name, b.candidate)
	p.MustEval(ctx, `peers[args.name] = new Peer(args.name, args.configuration ?? undefined)`,
		map[string]any{"name": name, "configuration": configuration}, nil)
	return b
}

// Eval is [Page.Eval] with the variables peer, of page.js, and pc, its connection.
func (b *Peer) Eval(ctx context.Context, body string, args, result any) error {
	return b.Page.Eval(ctx, b.preamble()+body, args, result)
}

// MustEval is [Page.MustEval] with the variables of Eval.
func (b *Peer) MustEval(ctx context.Context, body string, args, result any) {
	b.Page.t.Helper()
	b.Page.MustEval(ctx, b.preamble()+body, args, result)
}

func (b *Peer) preamble() string {
	return fmt.Sprintf("const peer = peers.%s, pc = peer.pc; ", b.Name)
}

func (b *Peer) candidate(candidate json.RawMessage) {
	b.mu.Lock()
	f := b.onCandidate
	b.mu.Unlock()
	if f != nil {
		f(candidate)
	}
}

// OnCandidate implements [peer.Peer].
func (b *Peer) OnCandidate(f func(json.RawMessage)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.onCandidate = f
}

// CreateOffer implements [peer.Peer].
func (b *Peer) CreateOffer(ctx context.Context) (sdp string, err error) {
	err = b.Eval(ctx, `const d = await pc.createOffer(); await pc.setLocalDescription(d); return d.sdp`, nil, &sdp)
	return sdp, err
}

// CreateAnswer implements [peer.Peer].
func (b *Peer) CreateAnswer(ctx context.Context) (sdp string, err error) {
	err = b.Eval(ctx, `const d = await pc.createAnswer(); await pc.setLocalDescription(d); return d.sdp`, nil, &sdp)
	return sdp, err
}

// SetRemote implements [peer.Peer].
func (b *Peer) SetRemote(ctx context.Context, kind, sdp string) error {
	return b.Eval(ctx, `await pc.setRemoteDescription(args)`, map[string]string{"type": kind, "sdp": sdp}, nil)
}

// AddCandidate implements [peer.Peer].
func (b *Peer) AddCandidate(ctx context.Context, candidate json.RawMessage) error {
	return b.Eval(ctx, `await pc.addIceCandidate(args)`, candidate, nil)
}

// WaitState waits until the connection is in the given state.
func (b *Peer) WaitState(ctx context.Context, state string) error {
	return b.Eval(ctx, `await peer.state(args)`, state, nil)
}

// AddCamera sends the browser's camera, its microphone, or both, and returns when
// the tracks are added.
func (b *Peer) AddCamera(ctx context.Context, video, audio bool) error {
	return b.Eval(ctx, `await peer.addCamera(args)`, map[string]bool{"video": video, "audio": audio}, nil)
}

// A Watched is what a page has seen of a video track.
type Watched struct {
	// Shown is how many pictures the video element has shown, Numbers are those of
	// the ones with a readable number, in order.
	Shown   int
	Numbers []int
	// Picture is the last one that has a readable number.
	Picture *media.Frame
}

// WatchVideo shows the peer's newest remote video track until count pictures with
// a readable number have been seen, the last of which has the given size: senders
// may begin with small ones, as long as they do not know the bandwidth.
func (b *Peer) WatchVideo(ctx context.Context, count, width, height int) (*Watched, error) {
	var seen struct {
		Shown         int
		Numbers       []int
		Width, Height int
		Data          string
	}
	args := map[string]int{"count": count, "width": width, "height": height}
	if err := b.Eval(ctx, `return watchVideo(await peer.track('video'), args)`, args, &seen); err != nil {
		return nil, err
	}
	data, err := base64.StdEncoding.DecodeString(seen.Data)
	if err != nil {
		return nil, err
	}
	if len(data) != media.FrameSize(seen.Width, seen.Height) {
		return nil, fmt.Errorf("%d bytes for %dx%d", len(data), seen.Width, seen.Height)
	}
	return &Watched{
		Shown: seen.Shown, Numbers: seen.Numbers, Picture: media.FrameOf(seen.Width, seen.Height, data),
	}, nil
}

// ListenAudio plays the peer's newest remote audio track, waits until it is not
// silent, and returns about a second of it as mono samples with their rate.
func (b *Peer) ListenAudio(ctx context.Context) (samples []int16, rate int, err error) {
	var heard struct {
		Rate    int
		Samples []float64
	}
	if err := b.Eval(ctx, `return await listenAudio(await peer.track('audio'))`, nil, &heard); err != nil {
		return nil, 0, err
	}
	samples = make([]int16, len(heard.Samples))
	for i, v := range heard.Samples {
		samples[i] = int16(math.MaxInt16 * max(-1, min(1, v)))
	}
	return samples, heard.Rate, nil
}
