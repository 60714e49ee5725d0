// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

// call makes the data channel and the offer. signalIn and signalOut carry the
// descriptions, in and out the chat; they may be the same.
func call(ctx context.Context, signalIn *bufio.Reader, signalOut io.Writer, in *bufio.Reader, out io.Writer) error {
	pc, err := signaling.LocalAPI().NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return err
	}
	defer pc.Close()
	channel, err := pc.CreateDataChannel("chat", nil)
	if err != nil {
		return err
	}
	offer, err := signaling.Offer(ctx, pc)
	if err != nil {
		return err
	}
	if err := writeDescription(signalOut, offer); err != nil {
		return err
	}
	answer, err := readDescription(signalIn)
	if err != nil {
		return err
	}
	if err := pc.SetRemoteDescription(answer); err != nil {
		return err
	}
	return chat(ctx, pc, channel, in, out)
}

// answer waits for an offer and for the data channel that comes with it.
func answer(ctx context.Context, signalIn *bufio.Reader, signalOut io.Writer, in *bufio.Reader, out io.Writer) error {
	pc, err := signaling.LocalAPI().NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return err
	}
	defer pc.Close()
	channels := make(chan *webrtc.DataChannel, 1)
	pc.OnDataChannel(func(c *webrtc.DataChannel) {
		select {
		case channels <- c:
		default: // One is all that this program wants.
		}
	})
	offer, err := readDescription(signalIn)
	if err != nil {
		return err
	}
	answer, err := signaling.Answer(ctx, pc, offer)
	if err != nil {
		return err
	}
	if err := writeDescription(signalOut, answer); err != nil {
		return err
	}
	select {
	case channel := <-channels:
		return chat(ctx, pc, channel, in, out)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A description is one line of JSON, as JSON.stringify(pc.localDescription) gives
// it in a browser.

func writeDescription(w io.Writer, d webrtc.SessionDescription) error {
	return json.NewEncoder(w).Encode(d)
}

func readDescription(r *bufio.Reader) (d webrtc.SessionDescription, err error) {
	line, err := r.ReadBytes('\n')
	if err != nil {
		return d, fmt.Errorf("no description: %w", err)
	}
	return d, json.Unmarshal(line, &d)
}

// The queue of messages that are not sent yet is kept between these.
const (
	highWater = 1 << 20
	lowWater  = 64 << 10
)

var errConnectionFailed = errors.New("the connection failed")

// chat sends the lines of in and prints what arrives, until in ends on either side.
//
// A line is a message of text. A binary message says goodbye, upon which the other
// peer closes the channel: it knows then that it has everything, whereas closing
// may lose what the closing side has sent last.
func chat(ctx context.Context, pc *webrtc.PeerConnection, channel *webrtc.DataChannel, in *bufio.Reader, out io.Writer) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	opened, closed, drained := make(chan struct{}), make(chan struct{}), make(chan struct{}, 1)
	channel.OnOpen(func() { close(opened) })
	channel.OnClose(func() { close(closed) })
	channel.OnError(func(err error) { cancel(err) })
	channel.OnMessage(func(m webrtc.DataChannelMessage) {
		if !m.IsString {
			_ = channel.Close()
			return
		}
		if _, err := fmt.Fprintf(out, "%s\n", m.Data); err != nil {
			cancel(err)
		}
	})
	channel.SetBufferedAmountLowThreshold(lowWater)
	channel.OnBufferedAmountLow(func() {
		select {
		case drained <- struct{}{}:
		default:
		}
	})
	pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		if s == webrtc.PeerConnectionStateFailed {
			cancel(errConnectionFailed)
		}
	})
	select {
	case <-opened:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	for lines := readLines(ctx, in); ; {
		select {
		case line, more := <-lines:
			if !more {
				lines = nil
				if err := channel.Send(nil); err != nil {
					return err
				}
				continue
			}
			if err := channel.SendText(line); err != nil {
				return err
			}
			for channel.BufferedAmount() > highWater {
				select {
				case <-drained:
				case <-closed:
					return nil
				case <-ctx.Done():
					return context.Cause(ctx)
				}
			}
		case <-closed:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// readLines reads in the background, since reading a terminal cannot be
// interrupted. The channel is closed at the end of the input.
func readLines(ctx context.Context, in *bufio.Reader) <-chan string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for scanner := bufio.NewScanner(in); scanner.Scan(); {
			select {
			case lines <- scanner.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}
