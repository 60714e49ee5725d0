// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package serve

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/tools/nativertc/internal/media"
)

// Options configure a Server.
type Options struct {
	// Input is the clip, which is repeated at its end.
	Input media.Input
	// MaxSessions bounds the browsers at a time; 0 is 16.
	MaxSessions int
	// Logf, where not nil, is told who comes and goes.
	Logf func(format string, args ...any)
}

const defaultMaxSessions = 16

// errFull says that there are as many sessions as there may be.
var errFull = errors.New("too many browsers are connected")

// Server answers the page's requests and holds the sessions. It is an
// http.Handler, safe for concurrent use.
type Server struct {
	options Options
	api     *webrtc.API
	studio  *media.Studio
	mux     *http.ServeMux

	mu       sync.Mutex
	sessions map[string]*session
	count    int // of all sessions so far
	closed   bool
}

// New returns a server. Close must be called.
func New(ctx context.Context, o Options) (*Server, error) {
	if o.MaxSessions == 0 {
		o.MaxSessions = defaultMaxSessions
	}
	if o.Logf == nil {
		o.Logf = func(string, ...any) {}
	}
	o.Input.Loop = o.Input.Path != ""
	clip, err := media.Open(context.WithoutCancel(ctx), o.Input)
	if err != nil {
		return nil, err
	}
	var settings webrtc.SettingEngine
	// For browsers on this machine, which may have no network.
	settings.SetIncludeLoopbackCandidate(true)
	// libwebrtc's own, 300 kbit/s, makes the first seconds small and blurred.
	settings.SetBitrate(webrtc.BitrateSettings{Start: 1_500_000})
	s := &Server{
		options:  o,
		api:      webrtc.NewAPI(webrtc.WithSettingEngine(settings)),
		studio:   media.NewStudio(clip),
		sessions: make(map[string]*session),
	}
	s.mux = s.routes()
	return s, nil
}

// Done is closed when the clip cannot be played any more; Err tells why.
func (s *Server) Done() <-chan struct{} { return s.studio.Done() }

// Err returns why the clip cannot be played any more.
func (s *Server) Err() error { return s.studio.Err() }

// Sessions returns the count of sessions.
func (s *Server) Sessions() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sessions)
}

// Close ends all sessions and the clip.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closed = true
	sessions := s.all()
	s.mu.Unlock()
	for _, one := range sessions {
		one.end("the server ends")
	}
	for _, one := range sessions {
		<-one.done
	}
	return s.studio.Close()
}

// all returns the sessions; s.mu is held.
func (s *Server) all() []*session {
	sessions := make([]*session, 0, len(s.sessions))
	for _, one := range s.sessions {
		sessions = append(sessions, one)
	}
	return sessions
}

// others returns the sessions but one.
func (s *Server) others(one *session) []*session {
	s.mu.Lock()
	defer s.mu.Unlock()
	var sessions []*session
	for _, other := range s.sessions {
		if other != one {
			sessions = append(sessions, other)
		}
	}
	return sessions
}

// admit makes a place for a session.
func (s *Server) admit() (*session, error) {
	id := make([]byte, 16)
	if _, err := io.ReadFull(rand.Reader, id); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, http.ErrServerClosed
	}
	if len(s.sessions) >= s.options.MaxSessions {
		return nil, errFull
	}
	s.count++
	one := newSession(s, hex.EncodeToString(id), fmt.Sprintf("Guest %d", s.count))
	s.sessions[one.id] = one
	return one, nil
}

func (s *Server) find(id string) (*session, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one, ok := s.sessions[id]
	return one, ok
}

func (s *Server) forget(one *session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sessions, one.id)
}

// Serve answers requests on the listener until ctx ends, then closes the server.
// With a certificate and a key, files in PEM, it speaks HTTPS.
func (s *Server) Serve(ctx context.Context, l net.Listener, certificate, key string) error {
	h := &http.Server{
		Handler:           guard(l.Addr(), s),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
	}
	served := make(chan error, 1)
	go func() {
		if certificate != "" {
			served <- h.ServeTLS(l, certificate, key)
		} else {
			served <- h.Serve(l)
		}
	}()
	var err error
	select {
	case <-ctx.Done():
	case <-s.Done():
		err = s.Err()
	case err = <-served:
	}
	// The sessions first: their streams of events end with them.
	err = errors.Join(err, s.Close())
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if e := h.Shutdown(bounded); e != nil {
		_ = h.Close() // What still hangs is cut off.
	}
	return err
}
