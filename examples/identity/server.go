// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"github.com/nativertc/nativertc/examples/identity/oidc"
)

// server is an OpenID provider on this machine, which believes everybody's name.
type server struct {
	*httptest.Server
	signer   jose.Signer
	keys     jose.JSONWebKeySet
	lifetime time.Duration
}

const keyID = "1"

func newServer() (*server, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	s := &server{lifetime: time.Minute}
	s.keys.Keys = []jose.JSONWebKey{{Key: key.Public(), KeyID: keyID, Algorithm: string(jose.ES256), Use: "sig"}}
	s.signer, err = jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: keyID}}, nil)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", s.discovery)
	mux.HandleFunc("GET /jwks", func(w http.ResponseWriter, _ *http.Request) { _ = json.NewEncoder(w).Encode(s.keys) })
	mux.HandleFunc("GET /login", s.login)
	mux.HandleFunc("GET /authorize", s.authorize)
	s.Server = httptest.NewTLSServer(mux)
	return s, nil
}

func (s *server) domain() string { return s.Listener.Addr().String() }

func (s *server) discovery(w http.ResponseWriter, _ *http.Request) {
	_ = json.NewEncoder(w).Encode(map[string]string{
		"issuer":                 oidc.Issuer(s.domain()),
		"authorization_endpoint": s.URL + "/authorize",
		"jwks_uri":               s.URL + "/jwks",
	})
}

const sessionCookie = "session"

func (s *server) login(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: sessionCookie, Value: r.FormValue("user"), Path: "/", Secure: true, HttpOnly: true})
}

func (s *server) authorize(w http.ResponseWriter, r *http.Request) {
	answer := url.Values{}
	if user, err := r.Cookie(sessionCookie); err != nil {
		answer.Set("error", "login_required")
	} else if token, err := s.token(user.Value, r.FormValue("client_id"), r.FormValue("nonce")); err != nil {
		answer.Set("error", "server_error")
	} else {
		answer.Set("id_token", token)
	}
	http.Redirect(w, r, r.FormValue("redirect_uri")+"#"+answer.Encode(), http.StatusFound)
}

func (s *server) token(user, client, nonce string) (string, error) {
	now := time.Now()
	return jwt.Signed(s.signer).Claims(jwt.Claims{
		Issuer:   oidc.Issuer(s.domain()),
		Subject:  user,
		Audience: jwt.Audience{client},
		IssuedAt: jwt.NewNumericDate(now),
		Expiry:   jwt.NewNumericDate(now.Add(s.lifetime)),
	}).Claims(map[string]any{"email": user + "@" + s.domain(), "nonce": nonce}).Serialize()
}
