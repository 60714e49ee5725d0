// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"encoding/json"
	"errors"
)

// askIdP runs one operation of an identity provider: it loads the provider and calls
// f, within the time allowed. The provider runs on a goroutine of its own, so that
// one that ignores its context delays nobody. The error is ctx's if that has ended,
// ErrConnectionClosed, or an RTCError.
func askIdP[T any](ctx context.Context, pc *PeerConnection, which IdentityProviderDetails,
	f func(context.Context, IdentityProvider) (T, error)) (result T, err error) {
	pc.identity.mu.Lock()
	connection := pc.identity.context()
	pc.identity.mu.Unlock()

	limited, cancel := context.WithTimeoutCause(ctx, pc.rt.settings.identityTime(), errIdPTimeout)
	defer cancel()
	defer context.AfterFunc(connection, cancel)()
	type answer struct {
		result T
		err    error
	}
	answers := make(chan answer, 1)
	go func() {
		var a answer
		var idp IdentityProvider
		if idp, a.err = pc.rt.settings.identityProviders.instantiate(limited, which); a.err == nil {
			a.result, a.err = f(limited, idp)
		}
		answers <- a
	}()
	var a answer
	select {
	case a = <-answers:
	case <-limited.Done():
		a.err = limited.Err()
	}
	switch {
	case a.err == nil:
		return a.result, nil
	case connection.Err() != nil:
		return result, ErrConnectionClosed
	case ctx.Err() != nil:
		return result, ctx.Err()
	case errors.Is(context.Cause(limited), errIdPTimeout):
		return result, idpError(&IdPError{ErrorDetail: ErrorDetailIdPTimeout, Err: a.err})
	default:
		return result, idpError(a.err)
	}
}

var errIdPTimeout = errors.New("the identity provider took too long")

// idpError is the RTCError for what an identity provider has failed with.
func idpError(err error) *RTCError {
	var idp *IdPError
	if !errors.As(err, &idp) {
		idp = &IdPError{}
	}
	e := &RTCError{ErrorDetail: idp.detail(), Message: "identity", Err: err}
	if idp.HTTPRequestStatusCode != 0 {
		e.HTTPRequestStatusCode = &idp.HTTPRequestStatusCode
	}
	return e
}

// loadError makes any error of a script one that says that loading has failed.
func loadError(err error) error {
	var idp *IdPError
	if errors.As(err, &idp) && (idp.detail() != ErrorDetailIdPExecutionFailure || idp.ErrorDetail == ErrorDetailIdPExecutionFailure) {
		return err
	}
	return &IdPError{ErrorDetail: ErrorDetailIdPLoadFailure, Err: err}
}

// identityAssertion returns the value for a=identity, or "" without a provider.
//
// https://www.w3.org/TR/webrtc-identity/#sec.identity-proxy-assertion-request
func (pc *PeerConnection) identityAssertion(ctx context.Context) (string, error) {
	s := &pc.identity
	s.mu.Lock()
	generating, connection := s.generating, s.context()
	s.mu.Unlock()
	if generating == nil {
		return "", nil
	}
	select {
	case generating <- struct{}{}:
		defer func() { <-generating }()
	case <-ctx.Done():
		return "", ctx.Err()
	case <-connection.Done():
		return "", ErrConnectionClosed
	}
	s.mu.Lock()
	settings, stored, fingerprints := s.settings, s.stored, s.fingerprints
	if stored == "" {
		s.loginURL, s.errorInfo = nil, nil
	}
	s.mu.Unlock()
	if stored != "" {
		return stored, nil
	}
	contents, err := json.Marshal(identityContents{fingerprints})
	if err != nil {
		return "", newError(operationError, "identity", err)
	}
	origin := pc.rt.settings.identityOrigin
	result, err := askIdP(ctx, pc, settings.provider, func(ctx context.Context, idp IdentityProvider) (IdentityAssertionResult, error) {
		result, err := idp.GenerateAssertion(ctx, string(contents), origin, settings.usernameHint)
		if err == nil && result.IdP.Domain == "" {
			err = &IdPError{ErrorDetail: ErrorDetailIdPExecutionFailure, Info: "the assertion names no identity provider"}
		}
		return result, err
	})
	if err != nil {
		s.setError(err)
		return "", err
	}
	assertion, err := encodeAssertion(result)
	if err != nil {
		return "", idpError(err)
	}
	s.mu.Lock()
	if *s.settings == *settings {
		s.stored = assertion
	}
	s.mu.Unlock()
	return assertion, nil
}

// setError keeps what the application may want to know of a failure.
func (s *identityState) setError(err error) {
	var idp *IdPError
	if !errors.As(err, &idp) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if idp.LoginURL != "" {
		s.loginURL = clone(&idp.LoginURL)
	}
	if idp.Info != "" {
		s.errorInfo = clone(&idp.Info)
	}
}

// signDescription adds to an offer or answer that was created what identity and
// isolation need.
func (pc *PeerConnection) signDescription(d SessionDescription) (SessionDescription, error) {
	s := &pc.identity
	if !s.used.Load() {
		return d, nil
	}
	var lines []string
	assertion, err := pc.identityAssertion(context.Background())
	switch {
	case errors.Is(err, ErrConnectionClosed):
		return SessionDescription{}, err
	case err != nil:
		return SessionDescription{}, newError(notReadableError, "no identity assertion", err)
	case assertion != "":
		lines = append(lines, identityPrefix+assertion)
	}
	isolation := isolationSupported
	if s.requires.Load() {
		isolation = isolationRequired
	}
	lines = append(lines, isolationPrefix+isolation)
	d.SDP = withExtraLines(d.SDP, lines)
	return d, nil
}

// implicitLocal makes what SetLocalDescription without an argument applies, where
// libwebrtc's own would lack the assertion. It is that operation's turn.
func (pc *PeerConnection) implicitLocal() (made SessionDescription, err error) {
	switch pc.SignalingState() {
	case SignalingStateHaveRemoteOffer, SignalingStateHaveLocalPranswer:
		err = pc.carryOut(pc.answerOperation(nil, &made))
	default:
		err = pc.carryOut(pc.offerOperation(nil, &made))
	}
	return made, err
}

// keepLocal remembers what libwebrtc forgets of a local description.
func (s *identityState) keepLocal(d SessionDescription) {
	if !s.used.Load() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.local.keep(d.SDP)
}

// restore gives the descriptions back what libwebrtc has forgotten of them.
func (s *identityState) restore(d descriptions) descriptions {
	if !s.used.Load() {
		return d
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.local.restore(d.currentLocal)
	s.local.restore(d.pendingLocal)
	s.remote.restore(d.currentRemote)
	s.remote.restore(d.pendingRemote)
	return d
}
