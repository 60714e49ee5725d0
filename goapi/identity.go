// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"sync"
	"sync/atomic"
)

// identitySettings are what SetIdentityProvider was given.
type identitySettings struct {
	provider     IdentityProviderDetails
	usernameHint string
}

// identityState is what a connection knows about the two peers' identities.
//
// https://www.w3.org/TR/webrtc-identity/#identity
type identityState struct {
	// used tells that descriptions have to do with identity or isolation. A
	// connection that has nothing to do with them stops here.
	used atomic.Bool

	// What decides whether isolated media is sent. See isolation.go.
	name      atomic.Pointer[string] // of the other peer, once validated
	requires  atomic.Bool            // an isolated track was added
	agreed    atomic.Bool            // the other peer isolates what it receives
	isolating atomic.Bool            // what is received is isolated

	mu             sync.Mutex
	ctx            context.Context // ends with the connection
	cancel         context.CancelFunc
	closed         bool
	settings       *identitySettings // nil: no provider
	generating     chan struct{}     // holds a value while an assertion is generated
	stored         string            // the assertion for settings, encoded
	loginURL       *string
	errorInfo      *string
	fingerprints   []identityFingerprint // of this connection
	ownCertificate bool                  // the configuration had none
	promise        *identityPromise
	target         string                // the target peer identity, or empty
	configured     bool                  // target is the Configuration's
	validated      []identityFingerprint // what the last valid assertion covers
	last           chan struct{}         // closed when the last validation in line is over
	local, remote  keptLines
}

// identityPromise is the W3C's promise of the other peer's identity.
type identityPromise struct {
	settled chan struct{}
	value   IdentityAssertion
	err     error
}

func newIdentityPromise() *identityPromise { return &identityPromise{settled: make(chan struct{})} }

func (p *identityPromise) pending() bool {
	select {
	case <-p.settled:
		return false
	default:
		return true
	}
}

// initIdentity prepares a new connection, before its configuration is used. An API
// with identity providers needs to know the certificate's fingerprint from the
// beginning, so it makes the certificate that libwebrtc would make.
func (pc *PeerConnection) initIdentity() error {
	s := &pc.identity
	s.target = pc.configuration.PeerIdentity
	s.configured = s.target != ""
	if s.configured {
		s.used.Store(true)
	}
	if pc.rt.settings.identityProviders == nil {
		return nil
	}
	if len(pc.configuration.Certificates) == 0 {
		certificate, err := GenerateCertificateFromAlgorithm(KeyAlgorithmECDSA())
		if err != nil {
			return err
		}
		s.ownCertificate = true
		pc.configuration.Certificates = []Certificate{*certificate}
	}
	for _, c := range pc.configuration.Certificates {
		fingerprints, err := c.GetFingerprints()
		if err != nil {
			return err
		}
		for _, f := range fingerprints {
			s.fingerprints = append(s.fingerprints, identityFingerprint{f.Algorithm, f.Value}.normal())
		}
	}
	return nil
}

// context returns one that ends with the connection. s.mu is held.
func (s *identityState) context() context.Context {
	if s.ctx == nil {
		s.ctx, s.cancel = context.WithCancel(context.Background())
		if s.closed {
			s.cancel()
		}
	}
	return s.ctx
}

// close ends what is under way.
func (s *identityState) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	if s.cancel != nil {
		s.cancel()
	}
	if s.promise != nil && s.promise.pending() {
		s.promise.err = ErrConnectionClosed
		close(s.promise.settled)
	}
}

// targetIdentity returns whom the other peer must be, or "".
func (s *identityState) targetIdentity() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.target
}

// current returns the promise in force. s.mu is held.
func (s *identityState) current() *identityPromise {
	if s.promise == nil {
		s.promise = newIdentityPromise()
		if s.closed {
			s.promise.err = ErrConnectionClosed
			close(s.promise.settled)
		}
	}
	return s.promise
}

// SetIdentityProvider makes the connection prove its user's identity: offers and
// answers that are created from now on carry an assertion of the provider, which is
// one of those of SettingEngine.SetIdentityProviders. options is at most one.
// Nothing is asked of the provider before an assertion is needed. An empty domain
// is a TypeError. A closed connection is an InvalidStateError.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcpeerconnection-setidentityprovider
func (pc *PeerConnection) SetIdentityProvider(provider string, options ...IdentityProviderOptions) error {
	if len(options) > 1 {
		return newError(typeError, "more than one IdentityProviderOptions", nil)
	}
	if provider == "" {
		return newError(typeError, "no identity provider", nil)
	}
	if pc.closed.Load() {
		return ErrConnectionClosed
	}
	settings := identitySettings{provider: IdentityProviderDetails{Domain: provider}}
	for _, o := range options {
		settings.provider.Protocol, settings.usernameHint = o.Protocol, o.UsernameHint
	}
	settings.provider = settings.provider.withDefaults()
	s := &pc.identity
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.settings == nil || *s.settings != settings {
		s.settings, s.stored = &settings, ""
	}
	if s.generating == nil {
		s.generating = make(chan struct{}, 1)
	}
	s.used.Store(true)
	return nil
}

// IdentityProviderOptions are the options of SetIdentityProvider.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcpeerconnection-setidentityprovider
type IdentityProviderOptions struct {
	// Protocol tells which of the domain's providers; empty is "default".
	Protocol string

	// UsernameHint tells the provider whose identity is wanted, or is empty.
	UsernameHint string
}

// GetIdentityAssertion asks the provider of SetIdentityProvider for an assertion and
// returns it as a=identity holds it. CreateOffer and CreateAnswer do so by
// themselves; an application that calls it earlier spares them the wait, as the
// assertion is kept for the connection.
//
// It is an RTCError with a detail that begins with ErrorDetailIdP where the provider
// gives none, and an InvalidStateError without a provider and on a closed
// connection.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcpeerconnection-getidentityassertion
func (pc *PeerConnection) GetIdentityAssertion(ctx context.Context) (string, error) {
	if pc.closed.Load() {
		return "", ErrConnectionClosed
	}
	assertion, err := pc.identityAssertion(ctx)
	if err == nil && assertion == "" {
		return "", newError(invalidStateError, "getIdentityAssertion without an identity provider", nil)
	}
	return assertion, err
}

// PeerIdentity waits until the identity of the other peer is known and returns it.
// It fails with an OperationError, an RTCError where the provider is at fault, if an
// assertion was there and could not be validated. Without a target identity (that of the
// Configuration, or the first one that was validated) a later description may then
// bring another; calling it again waits for that. Once known, an identity never
// changes. It fails with ErrConnectionClosed after Close, unless the identity was known
// before, and with ctx's error.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcpeerconnection-peeridentity
func (pc *PeerConnection) PeerIdentity(ctx context.Context) (IdentityAssertion, error) {
	s := &pc.identity
	s.mu.Lock()
	p := s.current()
	s.mu.Unlock()
	select {
	case <-p.settled:
		return p.value, p.err
	default:
	}
	select {
	case <-p.settled:
		return p.value, p.err
	case <-ctx.Done():
		return IdentityAssertion{}, ctx.Err()
	}
}

// IdPLoginURL returns where the user can log in, after the identity provider has
// failed to generate an assertion because nobody was; else nil.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcpeerconnection-idploginurl
func (pc *PeerConnection) IdPLoginURL() *string {
	pc.identity.mu.Lock()
	defer pc.identity.mu.Unlock()
	return clone(pc.identity.loginURL)
}

// IdPErrorInfo returns what the identity provider had to say about its last failure
// to generate an assertion; else nil.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcpeerconnection-idperrorinfo
func (pc *PeerConnection) IdPErrorInfo() *string {
	pc.identity.mu.Lock()
	defer pc.identity.mu.Unlock()
	return clone(pc.identity.errorInfo)
}
