// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	_ "embed"
	"encoding/json"
	"net/http"
	"sync"

	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

//go:embed page.html
var page []byte

// viewers are the connections that the video is sent to.
type viewers struct {
	api   *webrtc.API
	track *webrtc.MediaStreamTrack // one for all: a track may have many senders

	mu   sync.Mutex
	open map[*webrtc.PeerConnection]struct{} // nil after closeAll
}

func newViewers(api *webrtc.API, track *webrtc.MediaStreamTrack) *viewers {
	return &viewers{api: api, track: track, open: map[*webrtc.PeerConnection]struct{}{}}
}

func (v *viewers) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page)
	})
	mux.HandleFunc("POST /offer", v.serveOffer)
	return mux
}

// serveOffer answers an offer to receive video.
func (v *viewers) serveOffer(w http.ResponseWriter, r *http.Request) {
	var offer webrtc.SessionDescription
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&offer); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	pc, err := v.add()
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	answer, err := v.answer(r, pc, offer)
	if err != nil {
		v.remove(pc)
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer)
}

func (v *viewers) answer(r *http.Request, pc *webrtc.PeerConnection, offer webrtc.SessionDescription) (webrtc.SessionDescription, error) {
	// The offer comes first, so that AddTrack finds its media section; the other
	// way round the track would need an offer of its own.
	if err := pc.SetRemoteDescription(offer); err != nil {
		return webrtc.SessionDescription{}, err
	}
	if _, err := pc.AddTrack(v.track); err != nil {
		return webrtc.SessionDescription{}, err
	}
	return signaling.Describe(r.Context(), pc)
}

// add makes a connection, which removes itself when the viewer has gone.
func (v *viewers) add() (*webrtc.PeerConnection, error) {
	pc, err := v.api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, err
	}
	pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		// A viewer that closed its connection said so over DTLS: closed. One that
		// was cut off is failed after a while.
		if s == webrtc.PeerConnectionStateFailed || s == webrtc.PeerConnectionStateClosed {
			v.remove(pc)
		}
	})
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.open == nil {
		_ = pc.Close()
		return nil, http.ErrServerClosed
	}
	v.open[pc] = struct{}{}
	return pc, nil
}

func (v *viewers) remove(pc *webrtc.PeerConnection) {
	v.mu.Lock()
	delete(v.open, pc)
	v.mu.Unlock()
	_ = pc.Close()
}

func (v *viewers) closeAll() {
	v.mu.Lock()
	open := v.open
	v.open = nil
	v.mu.Unlock()
	for pc := range open {
		_ = pc.Close()
	}
}
