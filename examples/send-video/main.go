// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command send-video sends a generated moving picture to whoever asks for it over
// HTTP: a POST of an offer to /offer, as JSON, is answered with an answer. GET /
// is a page that does so in a browser; examples/receive-video does it in Go.
package main

import (
	"context"
	"errors"
	"flag"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"

	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

func main() {
	address := flag.String("listen", "127.0.0.1:8080", "the address to serve HTTP at")
	flag.Parse()
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("open http://%s/", listener.Addr())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err = run(ctx, listener)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

// run serves until ctx ends. It closes the listener.
func run(ctx context.Context, listener net.Listener) error {
	api := signaling.LocalAPI()
	// One source feeds all viewers: the picture is painted once.
	source, err := api.NewVideoSource(webrtc.VideoSourceInit{Label: "moving bar"})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer source.Close()
	track, err := source.NewTrack("", "stream")
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer track.Close()
	viewers := newViewers(api, track)
	defer viewers.closeAll()

	server := &http.Server{Handler: viewers.routes(), ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	painted := make(chan error, 1)
	painting, stopPainting := context.WithCancel(ctx)
	go func() { painted <- paint(painting, source) }()

	select {
	case err = <-served:
	case err = <-painted:
		painted <- nil
	case <-ctx.Done():
	}
	stopPainting()
	return errors.Join(err, server.Close(), <-painted)
}
