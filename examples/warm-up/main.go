// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command warm-up is the example of the specification with media that is warmed up
// (section 10.2): two peers connect with transceivers that have no tracks yet, so
// that ICE, DTLS and the codecs are ready. When the caller starts, both just put
// their tracks in place: nothing is negotiated, and the first picture is there at
// once.
package main

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"time"

	"github.com/nativertc/nativertc/examples/internal/signaling"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, func(line string) { fmt.Println(line) })
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

// run warms up, starts, and returns when both peers see and hear each other.
func run(ctx context.Context, report func(string)) (err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	toCallee, toCaller := signaling.Pipe()
	var peers []*peer
	for _, p := range []struct {
		name    string
		channel *signaling.Channel
	}{{"callee", toCaller}, {"caller", toCallee}} {
		peer, err := warmUp(ctx, cancel, p.name, p.channel)
		if err != nil {
			return err
		}
		defer peer.hangUp()
		peers = append(peers, peer)
	}
	// The first error is the one that counts, but none that hanging up makes.
	defer func() { err = cmp.Or(context.Cause(ctx), err) }()
	for _, p := range peers {
		if err := wait(ctx, p.ready); err != nil {
			return err
		}
		report(p.name + " is connected and sends nothing")
	}

	began := time.Now()
	caller := peers[1]
	if err := caller.channel.Send(signaling.Message{Start: true}); err != nil {
		return err
	}
	if err := caller.start(); err != nil {
		return err
	}
	for _, p := range peers {
		for range 2 {
			select {
			case line := <-p.arrived:
				report(fmt.Sprintf("%s %s after %v", p.name, line, time.Since(began).Round(time.Millisecond)))
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
	}
	return nil
}

func wait(ctx context.Context, event <-chan struct{}) error {
	select {
	case <-event:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
