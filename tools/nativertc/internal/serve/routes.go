// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package serve

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// page is what the browser gets.
//
//go:embed page
var page embed.FS

// maxBody bounds a request's body: descriptions have some ten kilobytes.
const maxBody = 1 << 20

// contentPolicy lets the page use nothing but what comes from here.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func (s *Server) routes() *http.ServeMux {
	files, err := fs.Sub(page, "page")
	if err != nil {
		panic(err) // The folder is in the program.
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(files))
	mux.HandleFunc("POST /sessions", s.postSession)
	mux.HandleFunc("POST /sessions/{id}/candidates", s.withSession(postCandidate))
	mux.HandleFunc("GET /sessions/{id}/events", s.withSession(getEvents))
	mux.HandleFunc("DELETE /sessions/{id}", s.withSession(deleteSession))
	return mux
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	s.mux.ServeHTTP(w, r)
}

// call is the answer to a new session.
type callAnswer struct {
	ID     string                    `json:"id"`
	Name   string                    `json:"name"`
	Answer webrtc.SessionDescription `json:"answer"`
}

func (s *Server) postSession(w http.ResponseWriter, r *http.Request) {
	var request struct {
		Offer webrtc.SessionDescription `json:"offer"`
	}
	if !readJSON(w, r, &request) {
		return
	}
	if request.Offer.Type != webrtc.SDPTypeOffer {
		fail(w, http.StatusBadRequest, errors.New("an offer is wanted"))
		return
	}
	one, err := s.admit()
	if err != nil {
		fail(w, http.StatusServiceUnavailable, err)
		return
	}
	answer, err := one.answer(request.Offer)
	if err != nil {
		one.end("the offer is not valid")
		fail(w, http.StatusBadRequest, err)
		return
	}
	w.Header().Set("Location", "/sessions/"+one.id)
	writeJSON(w, http.StatusCreated, callAnswer{one.id, one.name, answer})
}

func postCandidate(one *session, w http.ResponseWriter, r *http.Request) {
	var candidate webrtc.ICECandidateInit
	if !readJSON(w, r, &candidate) {
		return
	}
	if err := one.pc.AddICECandidate(candidate); err != nil {
		fail(w, http.StatusBadRequest, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func deleteSession(one *session, w http.ResponseWriter, _ *http.Request) {
	one.end("the browser has hung up")
	w.WriteHeader(http.StatusNoContent)
}

// heartbeat is how often something is sent on a silent stream of events, so that
// nobody between takes it for dead.
const heartbeat = 15 * time.Second

// getEvents sends the session's events, from the beginning or from the one that the
// browser has had last, until the session ends.
func getEvents(one *session, w http.ResponseWriter, r *http.Request) {
	next := 0
	if last, err := strconv.Atoi(r.Header.Get("Last-Event-ID")); err == nil && last >= 0 {
		next = last + 1
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	flusher := http.NewResponseController(w)
	ticker := time.NewTicker(heartbeat)
	defer ticker.Stop()
	for {
		events, change, ended := one.eventsFrom(next)
		for _, e := range events {
			fmt.Fprintf(w, "id: %d\nevent: %s\ndata: %s\n\n", next, e.name, e.data)
			next++
		}
		if err := flusher.Flush(); err != nil || ended {
			return
		}
		select {
		case <-change:
		case <-ticker.C:
			fmt.Fprint(w, ": still here\n\n")
		case <-r.Context().Done():
			return
		}
	}
}

// withSession looks for the session in the path.
func (s *Server) withSession(f func(*session, http.ResponseWriter, *http.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		one, ok := s.find(r.PathValue("id"))
		if !ok {
			fail(w, http.StatusNotFound, errors.New("there is no such session"))
			return
		}
		f(one, w, r)
	}
}

// readJSON reads the request's body; where it cannot, it answers and returns false.
func readJSON(w http.ResponseWriter, r *http.Request, v any) bool {
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(v)
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		fail(w, http.StatusRequestEntityTooLarge, err)
		return false
	}
	if err != nil {
		fail(w, http.StatusBadRequest, err)
		return false
	}
	return true
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // An error means that nobody listens any more.
}

// fail answers with an error that the page can show.
func fail(w http.ResponseWriter, status int, err error) {
	writeJSON(w, status, map[string]string{"error": err.Error()})
}
