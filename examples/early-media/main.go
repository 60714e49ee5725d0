// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command early-media is the example of the specification with media before the
// answer (section 10.3): the callee is still ringing, and the caller hears the
// ringing tone that the callee sends. A provisional answer connects the two; the
// answer proper follows when the callee takes the call. The caller listens to its
// receivers' tracks from the beginning, before the event track.
package main

import (
	"cmp"
	"context"
	"fmt"
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

// run makes the call: the caller hears the callee, and only then the callee takes
// the call.
func run(ctx context.Context, report func(string)) (err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	toCallee, toCaller := signaling.Pipe()
	defer toCallee.Close()
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
	ringing, err := devices.NewMicrophone(api, 440)
	if err != nil {
		return err
	}
	defer ringing.Close()
	// The first error is the one that counts, but none that hanging up makes.
	defer func() { err = cmp.Or(context.Cause(ctx), err) }()

	toCallee.Trickle(caller)
	toCaller.Trickle(callee)
	agreed := make(chan struct{})
	caller.OnSignalingStateChange(func(s webrtc.SignalingState) {
		report("the caller's state is " + s.String())
		if s == webrtc.SignalingStateStable {
			close(agreed)
		}
	})
	ring := func() error { return answer(callee, toCaller, ringing.Track, webrtc.SDPTypePranswer) }
	for _, side := range []struct {
		channel *signaling.Channel
		pc      *webrtc.PeerConnection
		answer  func() error
	}{{toCallee, caller, nil}, {toCaller, callee, ring}} {
		go func() {
			if err := side.channel.Run(ctx, side.pc, side.answer, nil); err != nil {
				cancel(err)
			}
		}()
	}

	// The receiver of a transceiver is there as soon as the sender is.
	if _, err := caller.AddTrack(microphone.Track); err != nil {
		return err
	}
	heard := make(chan error, 1)
	go func() { heard <- devices.Hear(ctx, caller.GetTransceivers()[0].Receiver().Track()) }()
	if err := toCallee.SendLocal(caller, webrtc.SessionDescription{}); err != nil {
		return err
	}
	select {
	case err := <-heard:
		if err != nil {
			return err
		}
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	report("the caller hears the callee")
	if err := answer(callee, toCaller, microphone.Track, webrtc.SDPTypeAnswer); err != nil {
		return err
	}
	select {
	case <-agreed:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// answer sends a track and makes an answer, provisional or proper.
func answer(pc *webrtc.PeerConnection, channel *signaling.Channel, track *webrtc.MediaStreamTrack, kind webrtc.SDPType) error {
	t := pc.GetTransceivers()[0]
	if err := t.SetDirection(webrtc.RTPTransceiverDirectionSendrecv); err != nil {
		return err
	}
	if err := t.Sender().ReplaceTrack(track); err != nil {
		return err
	}
	description, err := pc.CreateAnswer(nil)
	if err != nil {
		return err
	}
	description.Type = kind
	return channel.SendLocal(pc, description)
}
