// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command simple-call is the simple peer-to-peer example of the specification
// (section 10.1): both peers add a camera and a microphone, the event
// negotiationneeded makes the offer, and candidates are sent as they are gathered.
// Both peers are in this process, and what they tell each other is JSON, as it
// would be over a WebSocket to a page.
package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"

	"github.com/nativertc/nativertc/examples/internal/devices"
	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, func(line string) { fmt.Println(line) })
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

// run makes the call and returns when both peers see and hear each other.
func run(ctx context.Context, report func(string)) (err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	toCallee, toCaller := signaling.Pipe()
	arrived := make(chan string, 4)
	for _, p := range []struct {
		name    string
		channel *signaling.Channel
	}{{"callee", toCaller}, {"caller", toCallee}} {
		hangUp, err := join(ctx, cancel, p.name, p.channel, arrived)
		if err != nil {
			return err
		}
		defer hangUp()
	}
	// The first error is the one that counts, but none that hanging up makes.
	defer func() { err = cmp.Or(context.Cause(ctx), err) }()
	for range cap(arrived) {
		select {
		case line := <-arrived:
			report(line)
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}

// join makes one peer, which tells of the media that arrive. hangUp ends its call;
// failed hears of errors.
func join(ctx context.Context, failed func(error), name string, channel *signaling.Channel, arrived chan<- string) (hangUp func(), err error) {
	api := signaling.LocalAPI()
	pc, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, err
	}
	closers := []io.Closer{channel, pc}
	hangUp = func() {
		for _, c := range closers {
			_ = c.Close()
		}
	}
	defer func() {
		if err != nil {
			hangUp()
		}
	}()
	channel.Trickle(pc)
	if name == "caller" {
		channel.OfferWhenNeeded(pc, failed)
	}
	pc.OnTrackEvent(func(e webrtc.TrackEvent) {
		go func() {
			if line, err := show(ctx, e); err != nil {
				failed(err)
			} else {
				arrived <- name + " " + line
			}
		}()
	})
	go func() {
		if err := channel.Run(ctx, pc, nil, nil); err != nil {
			failed(err)
		}
	}()

	camera, err := devices.NewCamera(api, 640, 360)
	if err != nil {
		return nil, err
	}
	closers = append(closers, camera)
	microphone, err := devices.NewMicrophone(api, 440)
	if err != nil {
		return nil, err
	}
	closers = append(closers, microphone)
	stream := webrtc.NewMediaStream()
	for _, track := range []*webrtc.MediaStreamTrack{microphone.Track, camera.Track} {
		if _, err := pc.AddTrack(track, stream); err != nil {
			return nil, err
		}
	}
	return hangUp, nil
}

// show waits for the media of a track.
func show(ctx context.Context, e webrtc.TrackEvent) (string, error) {
	if e.Track.Kind() == webrtc.RTPCodecTypeAudio {
		return "hears the other", devices.Hear(ctx, e.Track)
	}
	width, height, err := devices.See(ctx, e.Track)
	return fmt.Sprintf("sees the other, %d by %d", width, height), err
}
