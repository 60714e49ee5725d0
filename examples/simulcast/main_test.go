// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

const patience = time.Minute

// server answers offers as a server that takes all encodings does. The library
// itself receives one encoding only and says so: the test puts the acceptance of
// the others into its answer, and counts at the sender. That they arrive, one by one, is
// tested with pion as the server (tests/interop).
func server(t *testing.T) *httptest.Server {
	pc, err := signaling.LocalAPI().NewPeerConnection(webrtc.Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = pc.Close() })
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		offer, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		assert.Equal(t, "application/sdp", r.Header.Get("Content-Type"))
		assert.Contains(t, string(offer), "a=simulcast:send q;h;f\r\n")
		answer, err := signaling.Answer(r.Context(), pc, webrtc.SessionDescription{Type: webrtc.SDPTypeOffer, SDP: string(offer)})
		if !assert.NoError(t, err) {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, answer.SDP+"a=rid:q recv\r\na=rid:h recv\r\na=rid:f recv\r\na=simulcast:recv q;h;f\r\n")
	}))
}

func TestThreeSizesAreSent(t *testing.T) {
	s := server(t)
	defer s.Close()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	want := map[string][2]uint32{
		"f": {width, height}, "h": {width / 2, height / 2}, "q": {width / 4, height / 4},
	}
	var last []encoding
	err := run(ctx, s.URL, func(sent []encoding) {
		last = sent
		sizes := map[string][2]uint32{}
		for _, e := range sent {
			if e.frames > 0 {
				sizes[e.rid] = [2]uint32{e.width, e.height}
			}
		}
		if assert.ObjectsAreEqual(want, sizes) {
			cancel()
		}
	})
	require.ErrorIs(t, err, context.Canceled, "sent %v", last)
}

func TestServersThatRefuse(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	err := run(ctx, s.URL, func([]encoding) {})
	require.Error(t, err)
	assert.True(t, strings.Contains(err.Error(), "404"), "%v", err)
}
