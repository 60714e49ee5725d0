// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"encoding/json"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

const patience = 30 * time.Second

// serveRed answers one offer with video that is all red.
func serveRed(ctx context.Context, t *testing.T) (url string) {
	api := signaling.LocalAPI()
	pc, err := api.NewPeerConnection(webrtc.Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = pc.Close() })
	source, err := api.NewVideoSource(webrtc.VideoSourceInit{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = source.Close() })
	track, err := source.NewTrack("", "")
	require.NoError(t, err)

	buffer, err := webrtc.NewVideoFrameBuffer(webrtc.PixelFormatI420, 320, 180)
	require.NoError(t, err)
	for plane, value := range []byte{81, 90, 240} { // Red in BT.601.
		for i := range buffer.Planes[plane].Data {
			buffer.Planes[plane].Data[i] = value
		}
	}
	painting, stop := context.WithCancel(ctx)
	painted := make(chan struct{})
	go func() {
		defer close(painted)
		for ticker := time.NewTicker(time.Second / 30); ; {
			select {
			case <-painting.Done():
				ticker.Stop()
				return
			case <-ticker.C:
				_ = source.PushFrame(&webrtc.VideoFrame{VideoFrameBuffer: *buffer})
			}
		}
	}()
	t.Cleanup(func() { stop(); <-painted })

	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var offer webrtc.SessionDescription
		if !assert.NoError(t, json.NewDecoder(r.Body).Decode(&offer)) ||
			!assert.NoError(t, pc.SetRemoteDescription(offer)) {
			return
		}
		_, err := pc.AddTrack(track)
		assert.NoError(t, err)
		answer, err := signaling.Describe(ctx, pc)
		assert.NoError(t, err)
		assert.NoError(t, json.NewEncoder(w).Encode(answer))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestFramesAreWritten(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	folder := t.TempDir()
	require.NoError(t, run(ctx, serveRed(ctx, t), 3, folder))
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	require.NoError(t, err)
	require.Len(t, files, 3)
	for _, name := range files {
		file, err := os.Open(name)
		require.NoError(t, err)
		picture, err := png.Decode(file)
		require.NoError(t, err)
		require.NoError(t, file.Close())
		size := picture.Bounds().Size()
		assert.Positive(t, size.X)
		assert.Equal(t, 320*size.Y, 180*size.X, "the shape of the picture")
		at := color.RGBAModel.Convert(picture.At(size.X/2, size.Y/2)).(color.RGBA)
		assert.InDelta(t, 255, at.R, 25, name)
		assert.InDelta(t, 0, at.G, 25, name)
		assert.InDelta(t, 0, at.B, 25, name)
	}
}

func TestARefusalIsAnError(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "no video today", http.StatusServiceUnavailable)
	}))
	defer server.Close()
	assert.ErrorContains(t, run(ctx, server.URL, 1, t.TempDir()), "no video today")
}

func TestCancelEndsAWaitForFrames(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	asked := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		// Only after the body was read is the end of the connection noticed.
		_, _ = io.Copy(io.Discard, r.Body)
		close(asked)
		<-r.Context().Done()
	}))
	defer server.Close()
	ctx, stop := context.WithCancel(ctx)
	go func() { <-asked; stop() }()
	assert.ErrorIs(t, run(ctx, server.URL, 1, t.TempDir()), context.Canceled)
}
