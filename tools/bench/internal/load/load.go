// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package load is the benchmark's workloads for peers in Go. What they measure is
// behind the interface Stack, so that two libraries do the same work to the
// letter. The program native/ does it in C++.
//
// A program is called with the name of a workload and its arguments, and prints
// one JSON object of numbers:
//
//	throughput  SIZE COUNT HIGH LOW
//	latency     SIZE COUNT
//	connections COUNT
//	memory      COUNT
//	video       FILE WIDTH HEIGHT FPS SECONDS BITRATE
package load

import (
	"fmt"
	"time"
)

// Channel is one end of an ordered, reliable data channel.
type Channel interface {
	Send(data []byte) error
	BufferedAmount() uint64
	SetBufferedAmountLowThreshold(bytes uint64)
	OnBufferedAmountLow(f func())
	// OnMessage sets the handler of messages. data is f's own.
	OnMessage(f func(data []byte))
}

// Pair is two connected peers and the open channel between them.
type Pair struct {
	A, B  Channel
	Close func() error
}

// VideoArguments are those of the workload video. The file holds frames of I420
// without padding, one after another.
type VideoArguments struct {
	File               string
	Width, Height, FPS int
	Time               time.Duration
	Bitrate            int // bits per second
}

// Stack is a library under test.
type Stack struct {
	// Name begins the program's error messages.
	Name string
	// Connect opens a pair: two peers, their negotiation, a data channel that is
	// open at both ends.
	Connect func() (Pair, error)
	// Crossings counts calls between Go and C so far; nil where there are none.
	Crossings func() uint64
	// Video runs the workload video; nil where there is no encoder.
	Video func(VideoArguments) (Result, error)
}

// Result is what a workload measured, by name.
type Result map[string]float64

// patience is how long anything may take before a workload gives up.
const patience = 60 * time.Second

// wait waits for a value of c.
func wait[T any](c <-chan T, what string) (T, error) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case v := <-c:
		return v, nil
	case <-timer.C:
		var none T
		return none, fmt.Errorf("%s: nothing within %v", what, patience)
	}
}

// signal sets a flag: a channel of capacity 1.
func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
