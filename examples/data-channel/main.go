// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command data-channel is a chat between two peers. Their descriptions are
// handed over by copy and paste: start one with -offer and one without, and paste
// the line that each prints into the other. Then every line typed into one is
// printed by the other. The end of the input (Ctrl-D) ends the call.
//
// With -self both peers are in this process: what is typed comes back through
// libwebrtc.
package main

import (
	"bufio"
	"context"
	"flag"
	"io"
	"log"
	"os"
	"os/signal"
)

func main() {
	offer := flag.Bool("offer", false, "make the call; the other peer, without this flag, answers it")
	self := flag.Bool("self", false, "run both peers in this process")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *self, *offer, os.Stdin, os.Stdout)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, self, offer bool, in io.Reader, out io.Writer) error {
	lines := bufio.NewReader(in)
	switch {
	case self:
		return both(ctx, lines, out)
	case offer:
		log.Print("paste this line into the other peer, and its line here:")
		return call(ctx, lines, out, lines, out)
	default:
		log.Print("paste the line of the peer that was started with -offer:")
		return answer(ctx, lines, out, lines, out)
	}
}

// both connects a peer that sends what is typed with one that prints it.
func both(ctx context.Context, in *bufio.Reader, out io.Writer) error {
	answers, answerTo := io.Pipe()
	offers, offerTo := io.Pipe()
	none, closeNone := io.Pipe() // The answerer has nothing to say.
	answered := make(chan error, 1)
	go func() {
		err := answer(ctx, bufio.NewReader(offers), answerTo, bufio.NewReader(none), out)
		answerTo.CloseWithError(io.ErrUnexpectedEOF)
		offers.CloseWithError(io.ErrClosedPipe)
		answered <- err
	}()
	err := call(ctx, bufio.NewReader(answers), offerTo, in, io.Discard)
	offerTo.CloseWithError(io.ErrUnexpectedEOF)
	answers.CloseWithError(io.ErrClosedPipe)
	other := <-answered
	_ = closeNone.Close()
	if err == nil {
		err = other
	}
	return err
}
