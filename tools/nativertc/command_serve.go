// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/tools/nativertc/internal/cli"
	"github.com/nativertc/nativertc/tools/nativertc/internal/media"
	"github.com/nativertc/nativertc/tools/nativertc/internal/serve"
)

// serveFlags are the flags of "serve".
type serveFlags struct {
	input            inputFlags
	listen           string
	certificate, key string
	sessions         int
	verbose          bool
}

func serveCommand() *cli.Command {
	return &cli.Command{
		Name:    "serve",
		Summary: "serve a page on which browsers call this program",
		Description: `Starts a web server with one page. A browser that opens it calls this program:
			it sees and hears a clip live, from a file or generated, gets its own camera and
			microphone back, chats with all others over a data channel, and watches statistics of
			the connection.

			The server can be reached from this machine only, unless --listen says otherwise.
			Browsers give a page the camera only on localhost or over HTTPS, for which --tls-cert and
			--tls-key are. Ctrl-C ends all calls and the server.`,
		Examples: []cli.Example{
			{Line: "serve", Comment: "then open http://127.0.0.1:8080/"},
			{Line: "serve --input film.mkv --listen 127.0.0.1:9000"},
			{Line: "serve --listen :8443 --tls-cert cert.pem --tls-key key.pem", Comment: "for other machines"},
		},
		Flags: func(fs *flag.FlagSet) cli.Run {
			f := &serveFlags{}
			f.input.defineSource(fs)
			fs.StringVar(&f.listen, "listen", "127.0.0.1:8080", "`address` and port to listen on; port 0 is any that is free")
			fs.StringVar(&f.certificate, "tls-cert", "", "`file` with a certificate in PEM, for HTTPS")
			fs.StringVar(&f.key, "tls-key", "", "`file` with its private key")
			fs.IntVar(&f.sessions, "max-sessions", 16, "browsers at a time, at most `n`")
			fs.BoolVar(&f.verbose, "verbose", false, "show libwebrtc's log")
			return f.run
		},
	}
}

func (f *serveFlags) run(ctx context.Context, env cli.Env, _ []string) error {
	switch {
	case (f.certificate == "") != (f.key == ""):
		return cli.Usagef("--tls-cert and --tls-key go together")
	case f.sessions < 1:
		return cli.Usagef("--max-sessions %d is not at least 1", f.sessions)
	}
	if f.verbose {
		logger := slog.New(slog.NewTextHandler(env.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
		webrtc.SetLogger(logger, slog.LevelInfo)
		defer webrtc.SetLogger(nil, 0)
	}
	// First, because it fails most often.
	listener, err := net.Listen("tcp", f.listen)
	if err != nil {
		return fmt.Errorf("%w; --listen chooses another address", err)
	}
	server, err := serve.New(ctx, serve.Options{
		Input: media.Input{
			Path: f.input.path, NoAudio: f.input.noAudio,
			Width: f.input.size.Width, Height: f.input.size.Height, FPS: f.input.fps,
		},
		MaxSessions: f.sessions,
		Logf: func(format string, args ...any) {
			fmt.Fprintf(env.Stderr, "%s %s\n", time.Now().Format(time.TimeOnly), fmt.Sprintf(format, args...))
		},
	})
	if err != nil {
		_ = listener.Close() // It has served nobody.
		return err
	}
	fmt.Fprintf(env.Stdout, "Open %s in a browser. Ctrl-C ends.\n", pageURL(listener.Addr(), f.certificate != ""))
	return server.Serve(ctx, listener, f.certificate, f.key)
}

// pageURL returns where the page is.
func pageURL(address net.Addr, secure bool) string {
	scheme := "http"
	if secure {
		scheme = "https"
	}
	host := address.String()
	if a, ok := address.(*net.TCPAddr); ok && a.IP.IsUnspecified() {
		host = strings.Replace(host, a.IP.String(), "localhost", 1)
		host = strings.NewReplacer("[localhost]", "localhost").Replace(host)
	}
	return scheme + "://" + host + "/"
}
