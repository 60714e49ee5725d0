// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command e2ee is a call whose video is encrypted from end to end: two peers get the
// same picture, and the one without the key sees nothing. How the key gets to those who have it is left open here.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"time"

	"github.com/nativertc/nativertc/e2ee"
	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

const (
	keyID  = 1
	width  = 320
	height = 240
)

func run(ctx context.Context, out io.Writer) error {
	base := make([]byte, 32)
	if _, err := rand.Read(base); err != nil {
		return err
	}
	api := signaling.LocalAPI()
	camera, err := api.NewVideoSource(webrtc.VideoSourceInit{})
	if err != nil {
		return err
	}
	defer camera.Close()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go film(ctx, camera)

	for i, viewer := range []struct {
		name string
		key  bool
	}{{"friend", true}, {"eavesdropper", false}} {
		seen, err := watch(ctx, api, camera, base, keyID+uint64(i), viewer.key)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "the %s sees %s\n", viewer.name, seen)
	}
	return nil
}

// film pushes grey pictures until ctx ends.
func film(ctx context.Context, camera *webrtc.VideoSource) {
	picture, err := webrtc.NewVideoFrameBuffer(webrtc.PixelFormatI420, width, height)
	if err != nil {
		return
	}
	ticker := time.NewTicker(time.Second / 30)
	defer ticker.Stop()
	for ctx.Err() == nil {
		_ = camera.PushFrame(&webrtc.VideoFrame{VideoFrameBuffer: *picture})
		select {
		case <-ticker.C:
		case <-ctx.Done():
		}
	}
}

// watch sends the camera's picture to a viewer and tells what that sees. Each sender
// has a key of its own: here, by its ID.
func watch(ctx context.Context, api *webrtc.API, camera *webrtc.VideoSource, base []byte, id uint64, hasKey bool) (string, error) {
	sending, err := e2ee.NewKeys(e2ee.AES256GCM)
	if err != nil {
		return "", err
	}
	if err := sending.SetSendKey(id, base); err != nil {
		return "", err
	}
	receiving, err := e2ee.NewKeys(e2ee.AES256GCM)
	if err != nil {
		return "", err
	}
	if hasKey {
		if err := receiving.SetReceiveKey(id, base); err != nil {
			return "", err
		}
	}

	a, b, err := signaling.NewPair(api)
	if err != nil {
		return "", err
	}
	defer a.Close()
	defer b.Close()
	track, err := camera.NewTrack("", "")
	if err != nil {
		return "", err
	}
	defer track.Close()
	sender, err := a.AddTrack(track)
	if err != nil {
		return "", err
	}
	if err := sender.SetTransform(e2ee.NewSender(sending, e2ee.Options{})); err != nil {
		return "", err
	}
	dropped := make(chan error, 1)
	options := e2ee.Options{OnError: func(err error) {
		select {
		case dropped <- err:
		default:
		}
	}}
	frames := make(chan string, 1)
	failed := make(chan error, 1)
	b.OnTrack(func(t *webrtc.TrackRemote, r *webrtc.RTPReceiver) {
		err := r.SetTransform(e2ee.NewReceiver(receiving, options))
		if err == nil {
			err = first(ctx, t, frames)
		}
		if err != nil {
			failed <- err
		}
	})
	if err := signaling.Join(ctx, a, b); err != nil {
		return "", err
	}
	select {
	case seen := <-frames:
		return seen, nil
	case err := <-dropped:
		if errors.Is(err, e2ee.ErrNoKey) {
			return "nothing", nil
		}
		return "", err
	case err := <-failed:
		return "", err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// first tells of the first picture of a track.
func first(ctx context.Context, track *webrtc.TrackRemote, frames chan<- string) error {
	sink, err := webrtc.NewVideoSink(track, webrtc.VideoSinkInit{})
	if err != nil {
		return err
	}
	go func() {
		defer sink.Close()
		f, err := sink.ReadFrame(ctx)
		if err != nil {
			return
		}
		defer f.Release()
		frames <- fmt.Sprintf("%d x %d pixels", f.Width, f.Height)
	}()
	return nil
}
