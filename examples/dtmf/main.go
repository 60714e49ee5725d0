// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command dtmf is the example of the specification with telephone tones (section
// 10.6): it calls, and sends the tones of -tones one after the other, each of
// -duration, while it prints which key is pressed. With -abort it ends after that
// tone.
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

	"github.com/nativertc/nativertc/examples/internal/devices"
	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

func main() {
	tones := flag.String("tones", "1234", "the tones: 0 to 9, A to D, * and #, and a comma for a pause")
	duration := flag.Duration("duration", 500*time.Millisecond, "of each tone, from 40ms to 6s")
	abort := flag.String("abort", "", "the tone after which no other is sent")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *tones, *duration, *abort, func(key, left string) { fmt.Printf("%s (then %q)\n", key, left) })
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

// run calls, sends the tones, and returns when the last is over. light is told each
// tone when it begins, with those that follow.
func run(ctx context.Context, tones string, duration time.Duration, abort string, light func(key, left string)) error {
	api := signaling.LocalAPI()
	caller, callee, err := signaling.NewPair(api)
	if err != nil {
		return err
	}
	defer caller.Close()
	defer callee.Close()
	microphone, err := devices.NewMicrophone(api, 350)
	if err != nil {
		return err
	}
	defer microphone.Close()
	sender, err := caller.AddTrack(microphone.Track)
	if err != nil {
		return err
	}
	connected := make(chan struct{})
	caller.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		if s == webrtc.PeerConnectionStateConnected {
			close(connected)
		}
	})
	if err := signaling.Join(ctx, caller, callee); err != nil {
		return err
	}
	select {
	case <-connected:
	case <-ctx.Done():
		return ctx.Err()
	}

	dtmf := sender.DTMF()
	if dtmf == nil {
		return errors.New("the track is not sound")
	}
	// The codec of tones is ready a moment after the connection.
	for began := time.Now(); !dtmf.CanInsertDTMF(); time.Sleep(10 * time.Millisecond) {
		if ctx.Err() != nil || time.Since(began) > 10*time.Second {
			return errors.New("the other peer takes no tones")
		}
	}
	over := make(chan struct{})
	failed := make(chan error, 1)
	dtmf.OnToneChange(func(e webrtc.DTMFToneChangeEvent) {
		if e.Tone == "" { // The last tone is over.
			close(over)
			return
		}
		light(e.Tone, dtmf.ToneBuffer())
		if e.Tone == abort {
			// The tone that sounds goes on, and those in the buffer are gone.
			if err := dtmf.InsertDTMF("", duration, 0); err != nil {
				failed <- err
			}
		}
	})
	if err := dtmf.InsertDTMF(tones, duration, 0); err != nil {
		return err
	}
	select {
	case <-over:
		return nil
	case err := <-failed:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
