// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package serve

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/tools/nativertc/internal/media"
)

// patience is how long a test waits for what must come.
const patience = 30 * time.Second

// started is a server at work.
type started struct {
	*Server
	url  string
	logs *logBook
}

type logBook struct {
	mu    sync.Mutex
	lines []string
}

func (l *logBook) printf(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, format)
}

// start runs a server on loopback until the end of the test.
func start(t *testing.T, o Options) started {
	t.Helper()
	logs := &logBook{}
	o.Logf = logs.printf
	o.Input.Width, o.Input.Height = 320, 180
	server, err := New(t.Context(), o)
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx, listener, "", "") }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-served:
			require.NoError(t, err)
		case <-time.After(patience):
			t.Error("the server does not end")
		}
		require.Zero(t, server.Sessions())
	})
	return started{server, "http://" + listener.Addr().String(), logs}
}

// post sends JSON as the page does, and decodes the answer unless v is nil.
func (s started) post(t *testing.T, path string, body, v any) *http.Response {
	t.Helper()
	data, err := json.Marshal(body)
	require.NoError(t, err)
	response, err := http.Post(s.url+path, "application/json", bytes.NewReader(data))
	require.NoError(t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	if v != nil {
		require.Equal(t, http.StatusCreated, response.StatusCode, string(answer))
		require.NoError(t, json.Unmarshal(answer, v))
	}
	return response
}

// browser is a Go peer that calls as the page's script does.
type browser struct {
	server started
	pc     *webrtc.PeerConnection
	id     string
	name   string

	clipVideo, clipAudio, echoVideo, echoAudio *webrtc.RTPTransceiver
	chat                                       *webrtc.DataChannel
	chatted                                    chan chatMessage
	stats                                      chan statistics
	opened                                     chan struct{}
	closed                                     chan string // the reason that the server gives
}

// call makes the call and waits until the chat can be used.
func (s started) call(t *testing.T, api *webrtc.API) *browser {
	t.Helper()
	b := &browser{
		server: s, chatted: make(chan chatMessage, 100), stats: make(chan statistics, 100),
		opened: make(chan struct{}), closed: make(chan string, 1),
	}
	var err error
	b.pc, err = api.NewPeerConnection(webrtc.Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = b.pc.GracefulClose() })
	add := func(kind webrtc.RTPCodecType, direction webrtc.RTPTransceiverDirection) *webrtc.RTPTransceiver {
		one, err := b.pc.AddTransceiverFromKind(kind, webrtc.RTPTransceiverInit{Direction: direction})
		require.NoError(t, err)
		return one
	}
	b.clipVideo = add(webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverDirectionRecvonly)
	b.clipAudio = add(webrtc.RTPCodecTypeAudio, webrtc.RTPTransceiverDirectionRecvonly)
	b.echoVideo = add(webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverDirectionSendrecv)
	b.echoAudio = add(webrtc.RTPCodecTypeAudio, webrtc.RTPTransceiverDirectionSendrecv)
	b.chat, err = b.pc.CreateDataChannel("chat", nil)
	require.NoError(t, err)
	b.chat.OnOpen(func() { close(b.opened) })
	b.chat.OnMessage(func(m webrtc.DataChannelMessage) {
		var one chatMessage
		if json.Unmarshal(m.Data, &one) == nil {
			b.chatted <- one
		}
	})
	stats, err := b.pc.CreateDataChannel("stats", nil)
	require.NoError(t, err)
	stats.OnMessage(func(m webrtc.DataChannelMessage) {
		var one statistics
		if json.Unmarshal(m.Data, &one) == nil {
			b.stats <- one
		}
	})
	candidates := make(chan webrtc.ICECandidateInit, 100)
	b.pc.OnICECandidate(func(c *webrtc.ICECandidate) {
		if c != nil {
			candidates <- c.ToJSON()
		}
	})

	offer, err := b.pc.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, b.pc.SetLocalDescription(offer))
	var answer callAnswer
	s.post(t, "/sessions", map[string]any{"offer": offer}, &answer)
	b.id, b.name = answer.ID, answer.Name
	require.NoError(t, b.pc.SetRemoteDescription(answer.Answer))
	go b.listen()
	go func() {
		for {
			select {
			case c := <-candidates:
				data, _ := json.Marshal(c)
				if r, err := http.Post(b.path("/candidates"), "application/json", bytes.NewReader(data)); err == nil {
					_ = r.Body.Close()
				}
			case <-t.Context().Done():
				return
			}
		}
	}()
	select {
	case <-b.opened:
	case <-time.After(patience):
		require.Fail(t, "the data channel does not open")
	}
	return b
}

func (b *browser) path(rest string) string { return b.server.url + "/sessions/" + b.id + rest }

// listen takes the server's events.
func (b *browser) listen() {
	response, err := http.Get(b.path("/events"))
	if err != nil {
		return
	}
	defer response.Body.Close()
	lines, name := bufio.NewScanner(response.Body), ""
	for lines.Scan() {
		switch key, value, _ := strings.Cut(lines.Text(), ": "); {
		case key == "event":
			name = value
		case key == "data" && name == "candidate":
			var c webrtc.ICECandidateInit
			if json.Unmarshal([]byte(value), &c) == nil && c.Candidate != "" {
				_ = b.pc.AddICECandidate(c)
			}
		case key == "data" && name == "closed":
			var reason string
			_ = json.Unmarshal([]byte(value), &reason)
			b.closed <- reason
		}
	}
}

// next returns the next chat message that has the text in it.
func (b *browser) next(t *testing.T, text string) chatMessage {
	t.Helper()
	for deadline := time.After(patience); ; {
		select {
		case m := <-b.chatted:
			if strings.Contains(m.Text, text) {
				return m
			}
		case <-deadline:
			require.Fail(t, "no chat message with "+text)
		}
	}
}

// browserAPI makes connections that work without a network.
func browserAPI() *webrtc.API {
	var s webrtc.SettingEngine
	s.SetIncludeLoopbackCandidate(true)
	return webrtc.NewAPI(webrtc.WithSettingEngine(s))
}

// camera sends flat frames of a level on the echo's transceiver until the test ends.
func (b *browser) camera(t *testing.T, api *webrtc.API, level byte) {
	t.Helper()
	source, err := api.NewVideoSource(webrtc.VideoSourceInit{})
	require.NoError(t, err)
	track, err := source.NewTrack("", "")
	require.NoError(t, err)
	require.NoError(t, b.echoVideo.Sender().ReplaceTrack(track))
	buffer, err := webrtc.NewVideoFrameBuffer(webrtc.PixelFormatI420, 160, 120)
	require.NoError(t, err)
	for i := range buffer.Planes[0].Data {
		buffer.Planes[0].Data[i] = level
	}
	done := make(chan struct{})
	t.Cleanup(func() {
		<-done
		_ = track.Close()
		_ = source.Close()
	})
	go func() {
		defer close(done)
		for t.Context().Err() == nil {
			_ = source.PushFrame(&webrtc.VideoFrame{VideoFrameBuffer: *buffer})
			time.Sleep(33 * time.Millisecond)
		}
	}()
}

// frame waits for a frame of a track that fits.
func frame(t *testing.T, track *webrtc.MediaStreamTrack, fits func(width, height int, luma byte) bool) {
	t.Helper()
	sink, err := webrtc.NewVideoSink(track, webrtc.VideoSinkInit{})
	require.NoError(t, err)
	defer sink.Close()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		f, err := sink.ReadFrame(ctx)
		require.NoError(t, err)
		view, err := media.View(&f.VideoFrameBuffer)
		require.NoError(t, err)
		ok := fits(view.Width, view.Height, view.Y[view.Height/2*view.StrideY+view.Width/2])
		f.Release()
		if ok {
			return
		}
	}
}
