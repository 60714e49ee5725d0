// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command audio sends a tone from one peer to another, over RTP with Opus, and
// measures what arrives: twice a second, its frequency and level.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"

	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

func main() {
	hertz := flag.Float64("hz", 440, "the frequency of the tone")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *hertz, func(m measurement) { fmt.Println(m) })
	stop()
	if err != nil && !errors.Is(err, context.Canceled) {
		log.Fatal(err)
	}
}

// run makes the call and reports what is heard until ctx ends.
func run(ctx context.Context, hertz float64, report func(measurement)) error {
	api := signaling.LocalAPI()
	speaker, listener, err := signaling.NewPair(api)
	if err != nil {
		return err
	}
	defer speaker.Close()
	defer listener.Close()

	source, err := api.NewAudioSource(webrtc.AudioSourceInit{Label: "tone"})
	if err != nil {
		return err
	}
	defer source.Close()
	track, err := source.NewTrack("", "")
	if err != nil {
		return err
	}
	if _, err := speaker.AddTrack(track); err != nil {
		return err
	}
	tracks := make(chan *webrtc.TrackRemote, 1)
	listener.OnTrack(func(t *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { tracks <- t })
	if err := signaling.Join(ctx, speaker, listener); err != nil {
		return err
	}

	ctx, cancel := context.WithCancelCause(ctx)
	played := make(chan struct{})
	go func() {
		defer close(played)
		if err := play(ctx, source, hertz); err != nil {
			cancel(err)
		}
	}()
	defer func() {
		cancel(nil)
		<-played
	}()
	select {
	case t := <-tracks:
		err = listen(ctx, t, report)
	case <-ctx.Done():
		err = ctx.Err()
	}
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	return err
}
