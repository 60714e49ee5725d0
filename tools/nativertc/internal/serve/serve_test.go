// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package serve

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/tools/nativertc/internal/media"
)

// TestBrowserGetsClipEchoChatAndStatistics makes the whole call.
func TestBrowserGetsClipEchoChatAndStatistics(t *testing.T) {
	s := start(t, Options{})
	api := browserAPI()
	b := s.call(t, api)

	frame(t, b.clipVideo.Receiver().Track(), func(width, height int, _ byte) bool { return width == 320 && height == 180 })
	sound, err := webrtc.NewAudioSink(b.clipAudio.Receiver().Track(), webrtc.AudioSinkInit{})
	require.NoError(t, err)
	defer sound.Close()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for loud := false; !loud; {
		block, err := sound.ReadFrame(ctx)
		require.NoError(t, err)
		for _, v := range block.Samples {
			loud = loud || v > 1000
		}
	}

	b.camera(t, api, 200)
	frame(t, b.echoVideo.Receiver().Track(), func(width, _ int, luma byte) bool { return width == 160 && luma > 185 && luma < 215 })

	require.NoError(t, b.chat.SendText(" hello <b> "))
	m := b.next(t, "hello")
	assert.Equal(t, "hello <b>", m.Text)
	assert.Equal(t, b.name, m.From)
	assert.True(t, m.Own)

	for deadline := time.After(patience); ; {
		var st statistics
		select {
		case st = <-b.stats:
		case <-deadline:
			require.Fail(t, "statistics never show all streams")
		}
		flowing := map[string]bool{}
		for _, one := range st.Streams {
			if one.Bitrate > 0 {
				flowing[one.Direction+" "+one.Kind+" "+one.Mid] = true
			}
		}
		if flowing["sent video 0"] && flowing["sent audio 1"] && flowing["sent video 2"] && flowing["received video 2"] {
			assert.Equal(t, "connected", st.State)
			assert.Equal(t, 1, st.Sessions)
			assert.Equal(t, b.name, st.Name)
			assert.Equal(t, "UDP", st.Protocol)
			break
		}
	}
}

// TestChatReachesOtherBrowsers has two of them.
func TestChatReachesOtherBrowsers(t *testing.T) {
	s := start(t, Options{Input: media.Input{NoAudio: true}})
	api := browserAPI()
	first, second := s.call(t, api), s.call(t, api)
	require.Equal(t, 2, s.Sessions())
	second.next(t, "You are") // It takes part from here on.
	first.next(t, "You are")
	require.NoError(t, second.chat.SendText("good day"))
	m := first.next(t, "good day")
	assert.Equal(t, second.name, m.From)
	assert.False(t, m.Own)
	assert.NotEqual(t, first.name, second.name)

	require.NoError(t, second.chat.Send([]byte("binary")))
	assert.Equal(t, "info", second.next(t, "Only text").Type)
	require.NoError(t, second.chat.SendText(strings.Repeat("a", maxChat+1)))
	assert.Equal(t, "info", second.next(t, "at most").Type)
	require.NoError(t, second.chat.SendText("\xff"))
	assert.Equal(t, "info", second.next(t, "Only text").Type)

	// A browser that goes without a word is missed at once, and by the others.
	require.NoError(t, second.pc.Close())
	first.next(t, second.name+" has left")
	require.Eventually(t, func() bool { return s.Sessions() == 1 }, patience, 10*time.Millisecond)
}

// TestHangUpEndsTheSession deletes a session, and asks for it afterwards.
func TestHangUpEndsTheSession(t *testing.T) {
	s := start(t, Options{Input: media.Input{NoAudio: true}})
	b := s.call(t, browserAPI())
	request, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, b.path(""), nil)
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Equal(t, http.StatusNoContent, response.StatusCode)
	select {
	case reason := <-b.closed:
		assert.Equal(t, "the browser has hung up", reason)
	case <-time.After(patience):
		require.Fail(t, "the stream of events does not tell the end")
	}
	assert.Zero(t, s.Sessions())
	assert.Equal(t, http.StatusNotFound, s.post(t, "/sessions/"+b.id+"/candidates", map[string]string{}, nil).StatusCode)
}

// TestBadRequestsAreRefused sends what no page of ours sends.
func TestBadRequestsAreRefused(t *testing.T) {
	s := start(t, Options{Input: media.Input{NoAudio: true}, MaxSessions: 1})
	for name, c := range map[string]struct {
		path, body string
		want       int
	}{
		"no JSON":         {"/sessions", "v=0", http.StatusBadRequest},
		"no offer":        {"/sessions", `{}`, http.StatusBadRequest},
		"an answer":       {"/sessions", `{"offer":{"type":"answer","sdp":"v=0\r\n"}}`, http.StatusBadRequest},
		"no SDP":          {"/sessions", `{"offer":{"type":"offer","sdp":"hello"}}`, http.StatusBadRequest},
		"a huge one":      {"/sessions", `{"offer":{"type":"offer","sdp":"` + strings.Repeat("a", maxBody) + `"}}`, http.StatusRequestEntityTooLarge},
		"no such session": {"/sessions/0/candidates", `{}`, http.StatusNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			response, err := http.Post(s.url+c.path, "application/json", strings.NewReader(c.body))
			require.NoError(t, err)
			defer response.Body.Close()
			assert.Equal(t, c.want, response.StatusCode)
			var answer map[string]string
			require.NoError(t, json.NewDecoder(response.Body).Decode(&answer))
			assert.NotEmpty(t, answer["error"])
		})
	}
	require.Eventually(t, func() bool { return s.Sessions() == 0 }, patience, 10*time.Millisecond, "refused offers leave no session")

	b := s.call(t, browserAPI())
	assert.Equal(t, http.StatusBadRequest, s.post(t, "/sessions/"+b.id+"/candidates", map[string]string{"candidate": "nonsense"}, nil).StatusCode)
	offer := map[string]any{"offer": b.pc.LocalDescription()}
	assert.Equal(t, http.StatusServiceUnavailable, s.post(t, "/sessions", offer, nil).StatusCode, "one browser at most")
}

// TestPageIsServed fetches every file of the page.
func TestPageIsServed(t *testing.T) {
	s := start(t, Options{Input: media.Input{NoAudio: true}})
	for path, want := range map[string]string{
		"/": "text/html", "/call.js": "text/javascript", "/show.js": "text/javascript", "/style.css": "text/css",
	} {
		response, err := http.Get(s.url + path)
		require.NoError(t, err)
		body, err := io.ReadAll(response.Body)
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		assert.Equal(t, http.StatusOK, response.StatusCode, path)
		assert.Contains(t, response.Header.Get("Content-Type"), want)
		assert.Contains(t, response.Header.Get("Content-Security-Policy"), "default-src 'none'")
		assert.NotEmpty(t, body)
	}
}

// TestGuardKeepsOtherSitesOut asks with foreign names and origins.
func TestGuardKeepsOtherSitesOut(t *testing.T) {
	ok := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	local := guard(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, ok)
	open := guard(&net.TCPAddr{IP: net.IPv4zero}, ok)
	for _, c := range []struct {
		handler              http.Handler
		method, host, origin string
		want                 int
	}{
		{local, "GET", "127.0.0.1:8080", "", 200},
		{local, "GET", "localhost:8080", "", 200},
		{local, "GET", "[::1]:8080", "", 200},
		{local, "GET", "[::1]", "", 200},
		{local, "GET", "evil.example:8080", "", 421},
		{local, "POST", "evil.example:8080", "http://evil.example:8080", 421},
		{local, "POST", "localhost:8080", "http://localhost:8080", 200},
		{local, "POST", "localhost:8080", "http://evil.example", 403},
		{local, "POST", "localhost:8080", "null", 403},
		{local, "POST", "localhost:8080", "", 200},
		{open, "GET", "host.example", "", 200},
		{open, "DELETE", "host.example", "https://other.example", 403},
	} {
		r := httptest.NewRequest(c.method, "http://"+c.host+"/", nil)
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		w := httptest.NewRecorder()
		c.handler.ServeHTTP(w, r)
		assert.Equal(t, c.want, w.Code, c)
	}
}

// TestServerEndsWithCallsInProgress cancels the server while a browser is there.
func TestServerEndsWithCallsInProgress(t *testing.T) {
	s := start(t, Options{})
	b := s.call(t, browserAPI())
	require.NoError(t, s.Close())
	select {
	case reason := <-b.closed:
		assert.Equal(t, "the server ends", reason)
	case <-time.After(patience):
		require.Fail(t, "the browser is not told")
	}
	assert.Zero(t, s.Sessions())
}

// TestNewFailsForABadInput opens a file that is not there.
func TestNewFailsForABadInput(t *testing.T) {
	_, err := New(t.Context(), Options{Input: media.Input{Path: "/nonexistent/film.mkv"}})
	require.ErrorContains(t, err, "film.mkv")
}
