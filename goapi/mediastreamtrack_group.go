// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"crypto/rand"
	"encoding/hex"
	goruntime "runtime"
	"sync"
	"weak"
)

// trackGroup is the tracks that have one source, to tell them when it ends. It
// does not keep them alive.
type trackGroup struct {
	mu    sync.Mutex
	live  map[weak.Pointer[MediaStreamTrack]]struct{}
	ended bool
}

// add reports false if the source has ended.
func (g *trackGroup) add(t *MediaStreamTrack) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.ended {
		return false
	}
	if g.live == nil {
		g.live = map[weak.Pointer[MediaStreamTrack]]struct{}{}
	}
	w := weak.Make(t)
	g.live[w] = struct{}{}
	goruntime.AddCleanup(t, g.forget, w)
	return true
}

func (g *trackGroup) remove(t *MediaStreamTrack) { g.forget(weak.Make(t)) }

func (g *trackGroup) forget(w weak.Pointer[MediaStreamTrack]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.live, w)
}

// end ends the tracks and returns their handlers.
func (g *trackGroup) end() []func() {
	g.mu.Lock()
	live := g.live
	g.live, g.ended = nil, true
	g.mu.Unlock()
	var handlers []func()
	for w := range live {
		if t := w.Value(); t != nil {
			if f := t.end(); f != nil {
				handlers = append(handlers, f)
			}
		}
	}
	return handlers
}

// endAndFire is end for a source of the application's: the handlers run on a
// goroutine of their own.
func (g *trackGroup) endAndFire() {
	if handlers := g.end(); len(handlers) > 0 {
		go func() {
			for _, f := range handlers {
				f()
			}
		}()
	}
}

// newMediaID returns an identifier for a track or stream: a random UUID.
//
// https://www.w3.org/TR/mediacapture-streams/#dom-mediastream-id
func newMediaID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
