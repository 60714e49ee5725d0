// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command statistics makes a call with video between two peers and prints, every
// second, what getStats tells about it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"time"

	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

func main() {
	every := flag.Duration("every", time.Second, "the time between two lines")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *every, func(s sample) { fmt.Println(s) })
	stop()
	if err != nil && !errors.Is(err, context.Canceled) {
		log.Fatal(err)
	}
}

// run makes the call and reports on it until ctx ends.
func run(ctx context.Context, every time.Duration, report func(sample)) error {
	api := signaling.LocalAPI()
	sender, receiver, err := signaling.NewPair(api)
	if err != nil {
		return err
	}
	defer sender.Close()
	defer receiver.Close()
	source, err := api.NewVideoSource(webrtc.VideoSourceInit{})
	if err != nil {
		return err
	}
	defer source.Close()
	track, err := source.NewTrack("", "")
	if err != nil {
		return err
	}
	if _, err := sender.AddTrack(track); err != nil {
		return err
	}
	if err := signaling.Join(ctx, sender, receiver); err != nil {
		return err
	}

	frames := time.NewTicker(time.Second / 30)
	defer frames.Stop()
	samples := time.NewTicker(every)
	defer samples.Stop()
	var last *webrtc.StatsReport
	for n := 0; ; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-frames.C:
			n++
			if err := pushFrame(source, n); err != nil {
				return err
			}
		case <-samples.C:
			sent, err := sender.GetStats()
			if err != nil {
				return err
			}
			received, err := receiver.GetStats()
			if err != nil {
				return err
			}
			report(newSample(last, sent, received))
			last = sent
		}
	}
}

// pushFrame sends a pattern that moves.
func pushFrame(source *webrtc.VideoSource, n int) error {
	frame, err := source.LendBuffer(640, 360)
	if err != nil {
		return nil // The encoder is behind: leave this one out.
	}
	for p, plane := range frame.Planes {
		for i := range plane.Data {
			plane.Data[i] = 128
			if p == 0 {
				plane.Data[i] = byte(i%plane.Stride + 2*n)
			}
		}
	}
	return source.PushFrame(frame)
}
