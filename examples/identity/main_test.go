// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"net/http"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/examples/identity/oidc"
	webrtc "github.com/nativertc/nativertc/goapi"
)

const patience = 30 * time.Second

func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

func TestCall(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, run(testContext(t), &out))
	assert.Equal(t, "alice logs in\nbob logs in\n"+
		"alice talks to bob, says the local provider\n"+
		"bob talks to alice, says the local provider\n"+
		"the picture is for bob's eyes only: isolated true\n", out.String())
}

func localServer(t *testing.T) *server {
	t.Helper()
	s, err := newServer()
	require.NoError(t, err)
	t.Cleanup(s.Close)
	return s
}

func TestWhoIsNotWhomTheCallerWants(t *testing.T) {
	provider := localServer(t)
	ctx := testContext(t)
	mallory, err := newUser("mallory", provider)
	require.NoError(t, err)
	bob, err := newUser("bob", provider)
	require.NoError(t, err)
	var out bytes.Buffer
	caller, err := mallory.connection(ctx, &out, webrtc.Configuration{})
	require.NoError(t, err)
	defer caller.Close()
	_, err = caller.CreateDataChannel("data", nil)
	require.NoError(t, err)
	offer, err := caller.CreateOffer(nil)
	require.NoError(t, err)
	callee, err := bob.connection(ctx, &out, webrtc.Configuration{PeerIdentity: "alice@" + provider.domain()})
	require.NoError(t, err)
	defer callee.Close()
	var e *webrtc.RTCError
	require.ErrorAs(t, callee.SetRemoteDescription(offer), &e)
	assert.Equal(t, webrtc.ErrorDetailIdPTokenInvalid, e.ErrorDetail)
	assert.Equal(t, webrtc.SignalingStateClosed, callee.SignalingState())
}

func TestTokens(t *testing.T) {
	provider := localServer(t)
	p := &oidc.Provider{Domain: provider.domain(), Client: provider.Client()}
	good, err := provider.token("alice", origin, "the contents")
	require.NoError(t, err)
	result, err := p.ValidateAssertion(testContext(t), good, origin)
	require.NoError(t, err)
	assert.Equal(t, webrtc.IdentityValidationResult{Identity: "alice@" + provider.domain(), Contents: "the contents"}, result)

	forger := *provider
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	forger.signer, err = jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: keyID}}, nil)
	require.NoError(t, err)
	forged, err := forger.token("alice", origin, "the contents")
	require.NoError(t, err)
	elsewhere, err := localServer(t).token("alice", origin, "the contents")
	require.NoError(t, err)
	forOthers, err := provider.token("alice", "https://other.example", "the contents")
	require.NoError(t, err)
	shared, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.HS256, Key: make([]byte, 32)}, nil)
	require.NoError(t, err)
	forger.signer = shared
	symmetric, err := forger.token("alice", origin, "the contents")
	require.NoError(t, err)
	for name, token := range map[string]string{
		"forged": forged, "of another provider": elsewhere, "for another application": forOthers,
		"symmetric": symmetric, "unsigned": "eyJhbGciOiJub25lIn0.e30.", "no token": "x", "changed": good[:len(good)-4] + "AAAA",
	} {
		_, err := p.ValidateAssertion(testContext(t), token, origin)
		assert.Equal(t, webrtc.ErrorDetailIdPTokenInvalid, detail(t, err), name)
	}

	p.Now = func() time.Time { return time.Now().Add(time.Hour) }
	_, err = p.ValidateAssertion(testContext(t), good, origin)
	assert.Equal(t, webrtc.ErrorDetailIdPTokenExpired, detail(t, err))
}

func detail(t *testing.T, err error) webrtc.ErrorDetail {
	t.Helper()
	var e *webrtc.IdPError
	require.ErrorAs(t, err, &e)
	return e.ErrorDetail
}

func TestProviderThatCannotBeReached(t *testing.T) {
	provider := localServer(t)
	token, err := provider.token("alice", origin, "the contents")
	require.NoError(t, err)
	untrusting := &oidc.Provider{Domain: provider.domain(), Client: &http.Client{}}
	_, err = untrusting.ValidateAssertion(testContext(t), token, origin)
	assert.Equal(t, webrtc.ErrorDetailIdPTLSFailure, detail(t, err))
	_, err = untrusting.GenerateAssertion(testContext(t), "x", origin, "")
	assert.Equal(t, webrtc.ErrorDetailIdPTLSFailure, detail(t, err))

	provider.Config.Handler = http.NotFoundHandler()
	p := &oidc.Provider{Domain: provider.domain(), Client: provider.Client()}
	_, err = p.ValidateAssertion(testContext(t), token, origin)
	var e *webrtc.IdPError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, webrtc.ErrorDetailIdPLoadFailure, e.ErrorDetail)
	assert.Equal(t, http.StatusNotFound, e.HTTPRequestStatusCode)
}
