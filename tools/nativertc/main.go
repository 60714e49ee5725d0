// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command nativertc shows what package webrtc does: calls between two peers in one
// process that are measured frame by frame (call), calls with browsers (serve),
// what the linked libwebrtc can do (probe), and benchmarks (bench).
//
// Run it with --help, or one of its commands with --help.
package main

import (
	"context"
	"os"

	"github.com/nativertc/nativertc/tools/nativertc/internal/cli"
)

func main() { os.Exit(run()) }

// run is main, but for its deferred calls.
func run() int {
	ctx, stop := cli.Signals(context.Background())
	defer stop()
	return newApp().Main(ctx, os.Args[1:], cli.Env{Stdout: os.Stdout, Stderr: os.Stderr})
}

// newApp returns the program.
func newApp() *cli.App {
	return &cli.App{
		Name:     "nativertc",
		Summary:  "libwebrtc for Go: calls, measurements, benchmarks",
		Version:  version(),
		Commands: []*cli.Command{callCommand(), serveCommand(), probeCommand(), benchCommand()},
	}
}
