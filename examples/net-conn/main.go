// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command net-conn serves HTTP over data channels: one peer runs net/http's Server,
// the other its Client, and each HTTP connection is a data channel, used as a
// net.Conn. Then it shows deadlines on such a connection.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
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
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, out io.Writer) (err error) {
	client, server, err := signaling.NewPair(signaling.LocalAPI())
	if err != nil {
		return err
	}
	defer client.Close()
	defer server.Close()

	web := &http.Server{Handler: routes(), ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	listener := newListener(server)
	go func() { served <- web.Serve(listener) }()
	defer func() {
		err = errors.Join(err, web.Close())
		if end := <-served; !errors.Is(end, http.ErrServerClosed) {
			err = errors.Join(err, end)
		}
	}()

	// An offer has a section for data channels only if there is one; those that
	// are made later need no negotiation. This first one carries no HTTP: both
	// sides agree on its id, so that the listener does not see it.
	id, negotiated := uint16(0), true
	if _, err := client.CreateDataChannel("first", &webrtc.DataChannelInit{ID: &id, Negotiated: &negotiated}); err != nil {
		return err
	}
	if err := signaling.Join(ctx, client, server); err != nil {
		return err
	}
	if err := get(ctx, client, out); err != nil {
		return err
	}
	return deadlines(ctx, client, out)
}

func routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello/{name}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "hello %s, over %s", r.PathValue("name"), r.Context().Value(http.LocalAddrContextKey).(net.Addr).Network())
	})
	mux.HandleFunc("GET /large", func(w http.ResponseWriter, _ *http.Request) {
		// The writer waits whenever the channel's queue is long.
		for range 64 {
			if _, err := w.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	})
	return mux
}

// get asks the server for its resources.
func get(ctx context.Context, pc *webrtc.PeerConnection, out io.Writer) error {
	transport := &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx, pc) },
	}
	defer transport.CloseIdleConnections()
	web := &http.Client{Transport: transport, Timeout: time.Minute}
	for _, path := range []string{"/hello/world", "/large"} {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://peer"+path, nil)
		if err != nil {
			return err
		}
		response, err := web.Do(request)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil {
			return err
		}
		if len(body) > 100 {
			body = fmt.Appendf(nil, "%d bytes", len(body))
		}
		fmt.Fprintf(out, "GET %s: %s: %s\n", path, response.Status, body)
	}
	return nil
}

// deadlines reads from a server that says nothing until it is asked.
func deadlines(ctx context.Context, pc *webrtc.PeerConnection, out io.Writer) error {
	conn, err := dial(ctx, pc)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond)); err != nil {
		return err
	}
	_, err = conn.Read(make([]byte, 1))
	fmt.Fprintf(out, "read with a deadline: timeout %t\n", errors.Is(err, os.ErrDeadlineExceeded))

	// The connection goes on as before.
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		return err
	}
	if _, err := io.WriteString(conn, "GET /hello/again HTTP/1.0\r\n\r\n"); err != nil {
		return err
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	fmt.Fprintf(out, "the same connection: %s\n", body)
	return err
}
