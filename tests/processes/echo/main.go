// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command echo is a peer that sends back what it gets: the pictures of a video
// track, decoded and encoded again, and the messages of data channels. It is told
// what to do by net/rpc on standard input and output.
package main

import (
	"fmt"
	"net/rpc"
	"os"
)

// stdio is the connection to the test.
type stdio struct{}

func (stdio) Read(p []byte) (int, error)  { return os.Stdin.Read(p) }
func (stdio) Write(p []byte) (int, error) { return os.Stdout.Write(p) }
func (stdio) Close() error                { return os.Stdin.Close() }

func main() {
	server := rpc.NewServer()
	peer, err := newPeer()
	if err == nil {
		err = server.Register(peer)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "echo:", err)
		os.Exit(1)
	}
	server.ServeConn(stdio{}) // until the test goes away
}
