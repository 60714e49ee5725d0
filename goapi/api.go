// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "sync"

// API makes connections, tracks and sources that share one set of settings and
// one libwebrtc factory with its threads. The functions of this package
// that make such objects use a default API; make one of your own to change what
// the W3C leaves out (SettingEngine).
//
// An API needs no closing: its factory lives as long as anything made with it,
// and its threads end with the last. All methods may be called from any
// goroutine.
type API struct {
	settings SettingEngine

	mu sync.Mutex
	rt *engine
}

// NewAPI makes an API, which the options configure.
func NewAPI(options ...func(*API)) *API {
	a := &API{}
	for _, o := range options {
		o(a)
	}
	return a
}

// WithSettingEngine makes an API use s. Later changes to s have no effect.
func WithSettingEngine(s SettingEngine) func(*API) {
	return func(a *API) { a.settings = s }
}

var defaultAPI = NewAPI()

// acquire returns the running factory, starting one if there is none. The caller
// releases it.
func (a *API) acquire() (*engine, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.rt != nil && a.rt.hold() {
		return a.rt, nil
	}
	rt, err := newEngine(&a.settings)
	if err != nil {
		return nil, err
	}
	a.rt = rt
	return rt, nil
}
