// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

const patience = 30 * time.Second

// start runs the program and returns its address.
func start(ctx context.Context, t *testing.T) (url string) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, listener) }()
	t.Cleanup(func() {
		cancel()
		assert.NoError(t, <-ended)
	})
	return "http://" + listener.Addr().String()
}

func TestViewersGetAMovingPicture(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	url := start(ctx, t)
	first := watch(ctx, t, url)
	second := watch(ctx, t, url)
	for _, sink := range []*webrtc.VideoSink{first, second} {
		from := barAt(ctx, t, sink)
		for barAt(ctx, t, sink) == from {
			require.NoError(t, ctx.Err())
		}
	}
}

// watch asks for the video and returns what comes.
func watch(ctx context.Context, t *testing.T, url string) *webrtc.VideoSink {
	pc, err := signaling.LocalAPI().NewPeerConnection(webrtc.Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = pc.Close() })
	transceiver, err := pc.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionRecvonly})
	require.NoError(t, err)
	offer, err := signaling.Offer(ctx, pc)
	require.NoError(t, err)
	body, err := json.Marshal(offer)
	require.NoError(t, err)
	response, err := http.Post(url+"/offer", "application/json", bytes.NewReader(body))
	require.NoError(t, err)
	defer response.Body.Close()
	require.Equal(t, http.StatusOK, response.StatusCode)
	var answer webrtc.SessionDescription
	require.NoError(t, json.NewDecoder(response.Body).Decode(&answer))
	require.NoError(t, pc.SetRemoteDescription(answer))
	sink, err := webrtc.NewVideoSink(transceiver.Receiver().Track(), webrtc.VideoSinkInit{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = sink.Close() })
	return sink
}

// barAt returns where the bar begins in the next frame that shows it, in tenths of
// its width: an encoder's first pictures may be too coarse.
func barAt(ctx context.Context, t *testing.T, sink *webrtc.VideoSink) int {
	for {
		frame, err := sink.ReadFrame(ctx)
		require.NoError(t, err, "a picture with a bar")
		at := barIn(frame)
		frame.Release()
		if at >= 0 {
			return at
		}
	}
}

func barIn(frame *webrtc.VideoFrame) int {
	row := frame.Planes[0].Data[frame.Height/2*frame.Planes[0].Stride:][:frame.Width]
	for x, luma := range row {
		if luma > (grey+white)/2 {
			return x * 10 / frame.Width
		}
	}
	return -1
}

func TestThePage(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	response, err := http.Get(start(ctx, t) + "/")
	require.NoError(t, err)
	defer response.Body.Close()
	assert.Equal(t, http.StatusOK, response.StatusCode)
	assert.Equal(t, "text/html; charset=utf-8", response.Header.Get("Content-Type"))
}

func TestWhatIsNoOffer(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	url := start(ctx, t)
	for _, body := range []string{"", "hello", `{"type":"offer","sdp":"hello"}`, `{"type":"answer","sdp":""}`} {
		response, err := http.Post(url+"/offer", "application/json", strings.NewReader(body))
		require.NoError(t, err)
		assert.Equal(t, http.StatusBadRequest, response.StatusCode, body)
		require.NoError(t, response.Body.Close())
	}
}
