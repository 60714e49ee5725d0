// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tools/nativertc/internal/call"
	"github.com/nativertc/nativertc/tools/nativertc/internal/cli"
)

// runProgram runs the program with the arguments.
func runProgram(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = newApp().Main(t.Context(), args, cli.Env{Stdout: &out, Stderr: &errs})
	return code, out.String(), errs.String()
}

func TestHelpOfEveryCommand(t *testing.T) {
	code, out, _ := runProgram(t, "--help")
	require.Zero(t, code)
	for _, c := range newApp().Commands {
		assert.Contains(t, out, c.Summary)
		code, help, _ := runProgram(t, c.Name, "--help")
		require.Zero(t, code)
		assert.Contains(t, help, "Flags:")
		assert.Contains(t, help, "Examples:")
		for _, e := range c.Examples {
			assert.Equal(t, c.Name, strings.Fields(e.Line)[0], "an example of another command")
		}
	}
}

func TestVersionNamesTheRevision(t *testing.T) {
	code, out, _ := runProgram(t, "--version")
	require.Zero(t, code)
	assert.Regexp(t, `^nativertc .*, libwebrtc (debian|m150), go1\.`, out)
}

func TestWrongUsage(t *testing.T) {
	for _, args := range [][]string{
		{},
		{"cal"},
		{"call", "--codec", "MPEG2"},
		{"call", "--size", "10x10"},
		{"call", "--loss", "120%"},
		{"call", "--min-bitrate", "3M", "--max-bitrate", "1M"},
		{"call", "film.mkv"},
		{"serve", "--tls-cert", "cert.pem"},
		{"serve", "--max-sessions", "0"},
		{"probe", "--encoder", "cuda"},
		{"bench", "--rounds", "0"},
		{"bench", "--workloads", "knitting"},
	} {
		code, _, errs := runProgram(t, args...)
		assert.Equal(t, cli.ExitUsage, code, args)
		assert.NotEmpty(t, errs, args)
	}
}

func TestFailuresAreTold(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer busy.Close()
	for _, args := range [][]string{
		{"call", "--input", "/nonexistent/film.mkv"},
		{"call", "--output", filepath.Join(t.TempDir(), "call.doc")},
		{"serve", "--listen", busy.Addr().String()},
		{"bench", "--root", t.TempDir()},
	} {
		code, _, errs := runProgram(t, args...)
		assert.Equal(t, cli.ExitFailure, code, args)
		assert.Equal(t, 1, strings.Count(errs, "\n"), "one line for %v, not %q", args, errs)
	}
}

// TestCallFromTheCommandLine makes a call and reads its table and its JSON.
func TestCallFromTheCommandLine(t *testing.T) {
	small := []string{"call", "--size", "320x180", "--duration", "1s", "--data-time", "100ms", "--output", "none", "--png", "none"}
	code, out, errs := runProgram(t, small...)
	require.Zero(t, code, errs)
	for _, want := range []string{"Codec", "Encoder", "Resolution", "320x180 sent", "Frames", "dropped", "Frame rate",
		"Bitrate", "PSNR", "Latency", "p99", "Audio", "Data channel", "intact", "Process CPU"} {
		assert.Contains(t, out, want)
	}
	assert.Contains(t, errs, "100 %")

	code, out, errs = runProgram(t, append(small, "--json", "--quiet")...)
	require.Zero(t, code, errs)
	assert.Empty(t, errs)
	var r call.Result
	require.NoError(t, json.Unmarshal([]byte(out), &r))
	assert.Positive(t, r.Video.FramesReceived)
	assert.Empty(t, r.Problems)
}

// TestCallFilesByDefault checks where the files go.
func TestCallFilesByDefault(t *testing.T) {
	t.Chdir(t.TempDir())
	f := &callFlags{}
	o := f.options()
	assert.Equal(t, "nativertc-call.mp4", o.Output)
	assert.Equal(t, "nativertc-call.png", o.Picture)
	f.output = "x/film.webm"
	assert.Equal(t, "x/film.png", f.options().Picture)
	f.picture = none
	assert.Empty(t, f.options().Picture)
	f.output, f.picture = none, ""
	assert.Empty(t, f.options().Output)
	assert.Equal(t, "nativertc-call.png", f.options().Picture)
}

// TestServeUntilInterrupted starts the server as a user does, fetches the page and
// ends it as Ctrl-C does.
func TestServeUntilInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out, in := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- newApp().Main(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--size", "320x180"}, cli.Env{Stdout: in, Stderr: io.Discard})
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	url := regexp.MustCompile(`http://\S+`).FindString(line)
	require.NotEmpty(t, url, line)
	response, err := http.Get(url)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Equal(t, http.StatusOK, response.StatusCode)
	cancel()
	select {
	case c := <-code:
		assert.Zero(t, c)
	case <-time.After(30 * time.Second):
		require.Fail(t, "the server does not end")
	}
}

func TestPageURLNamesAHost(t *testing.T) {
	assert.Equal(t, "http://127.0.0.1:8080/", pageURL(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}, false))
	assert.Equal(t, "https://localhost:443/", pageURL(&net.TCPAddr{IP: net.IPv6zero, Port: 443}, true))
	assert.Equal(t, "http://localhost:80/", pageURL(&net.TCPAddr{IP: net.IPv4zero, Port: 80}, false))
	assert.Equal(t, "http://[::1]:80/", pageURL(&net.TCPAddr{IP: net.IPv6loopback, Port: 80}, false))
}
