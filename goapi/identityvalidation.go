// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"strings"
)

// hasIdentity tells whether a remote description, or the connection that it comes
// to, has to do with identity or isolation.
func (pc *PeerConnection) hasIdentity(d SessionDescription) bool {
	return pc.identity.used.Load() || len(extraLines(d.SDP)) > 0
}

// awaitsIdentity tells that a remote description is applied only once it is known
// to be that of the peer it must be.
func (s *identityState) awaitsIdentity() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.target != ""
}

// beginRemoteIdentity comes before a remote description is applied that has to do
// with identity, or comes to a connection that has; end comes after it. Where the
// identity of the other peer is settled, be it by the Configuration or by what was
// validated before, beginRemoteIdentity waits until the description is known to be
// that peer's; otherwise its assertion is validated after it was applied and delays
// nobody.
//
// https://www.w3.org/TR/webrtc-identity/#dom-peerconnection-setremotedescription
func (pc *PeerConnection) beginRemoteIdentity(d SessionDescription) (end func(error), err error) {
	s := &pc.identity
	s.used.Store(true)
	awaited := s.awaitsIdentity()
	if awaited {
		if err := pc.validateInTurn(s.enter(), d, false); err != nil {
			return nil, err
		}
	}
	undo := pc.announceIsolation(d)
	return func(err error) {
		if err != nil {
			undo()
			return
		}
		s.mu.Lock()
		s.remote.keep(d.SDP)
		s.mu.Unlock()
		pc.applyIsolation(d)
		if !awaited {
			turn := s.enter()
			go func() { _ = pc.validateInTurn(turn, d, true) }()
		}
	}, nil
}

// identityTurn is a place in the line of validations: one runs at a time.
type identityTurn struct {
	before <-chan struct{}
	over   chan struct{}
}

func (s *identityState) enter() identityTurn {
	s.mu.Lock()
	defer s.mu.Unlock()
	turn := identityTurn{before: s.last, over: make(chan struct{})}
	s.last = turn.over
	return turn
}

// validateInTurn validates once those before it are over, and settles the promise.
// applied tells that the description is in force already: if the identity has been
// settled in the meantime, and the description is not that peer's, the connection
// is closed.
func (pc *PeerConnection) validateInTurn(turn identityTurn, d SessionDescription, applied bool) error {
	defer close(turn.over)
	if turn.before != nil {
		<-turn.before
	}
	s := &pc.identity
	err := pc.validateDescription(d)
	if err == nil {
		pc.refreshGates()
		return nil
	}
	settled := s.reject(err)
	var mismatch *peerMismatch
	if errors.As(err, &mismatch) || applied && settled {
		_ = pc.Close()
	}
	return err
}

func (pc *PeerConnection) validateDescription(d SessionDescription) error {
	s := &pc.identity
	if values := sessionValues(d.SDP, identityPrefix); len(values) > 0 {
		assertion, covered, err := pc.validateAssertion(values, d)
		if err != nil {
			return err
		}
		return s.resolve(assertion, covered)
	}
	// Where the identity of the other peer is settled, an assertion must have
	// covered the fingerprints before.
	s.mu.Lock()
	target, covered := s.target, s.validated
	s.mu.Unlock()
	if target == "" || covers(covered, fingerprintsOf(d.SDP)) {
		return nil
	}
	return idpError(&IdPError{ErrorDetail: ErrorDetailIdPTokenInvalid, Info: "the description carries no identity assertion"})
}

// validateAssertion asks the provider about an assertion, and checks what it says
// against the description.
//
// https://www.w3.org/TR/webrtc-identity/#sec.identity-proxy-assertion-verify
func (pc *PeerConnection) validateAssertion(values []string, d SessionDescription) (IdentityAssertion, []identityFingerprint, error) {
	invalid := func(info string, err error) (IdentityAssertion, []identityFingerprint, error) {
		return IdentityAssertion{}, nil, idpError(&IdPError{ErrorDetail: ErrorDetailIdPTokenInvalid, Info: info, Err: err})
	}
	if len(values) > 1 {
		return invalid("more than one identity assertion", nil)
	}
	sent, err := decodeAssertion(values[0])
	if err != nil {
		return invalid("malformed identity assertion", err)
	}
	origin := pc.rt.settings.identityOrigin
	result, err := askIdP(context.Background(), pc, sent.IdP, func(ctx context.Context, idp IdentityProvider) (IdentityValidationResult, error) {
		return idp.ValidateAssertion(ctx, sent.Assertion, origin)
	})
	if err != nil {
		return IdentityAssertion{}, nil, err
	}
	var contents identityContents
	if err := json.Unmarshal([]byte(result.Contents), &contents); err != nil {
		return invalid("malformed contents", err)
	}
	for i, f := range contents.Fingerprint {
		contents.Fingerprint[i] = f.normal()
	}
	if !covers(contents.Fingerprint, fingerprintsOf(d.SDP)) {
		return invalid("the assertion does not cover the description's fingerprints", nil)
	}
	if !identityOfDomain(result.Identity, sent.IdP.Domain) {
		return invalid("the identity is not of the provider's domain", nil)
	}
	return NewIdentityAssertion(sent.IdP.Domain, result.Identity), contents.Fingerprint, nil
}

// identityOfDomain tells whether an identity, user@domain, is one that the domain's
// provider may vouch for. The port of a provider is not part of its identities
// unless they name it.
//
// https://www.rfc-editor.org/rfc/rfc8827#section-7.5
func identityOfDomain(identity, domain string) bool {
	at := strings.LastIndexByte(identity, '@')
	if at < 1 {
		return false
	}
	host, _, err := net.SplitHostPort(domain)
	if err != nil {
		host = domain
	}
	return strings.EqualFold(identity[at+1:], domain) || strings.EqualFold(identity[at+1:], host)
}

// sameIdentity compares identities: domains are the same in either case.
func sameIdentity(a, b string) bool {
	i, j := strings.LastIndexByte(a, '@'), strings.LastIndexByte(b, '@')
	return i == j && i >= 0 && a[:i] == b[:j] && strings.EqualFold(a[i:], b[j:])
}

// peerMismatch is the cause where an identity is valid and not the one expected.
type peerMismatch struct{ identity, target string }

func (e *peerMismatch) Error() string {
	return "the peer is " + e.identity + " and not " + e.target
}

// resolve settles the identity of the other peer, unless it is another one than
// before.
func (s *identityState) resolve(a IdentityAssertion, covered []identityFingerprint) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrConnectionClosed
	}
	if s.target != "" && !sameIdentity(s.target, a.Name) {
		mismatch := &peerMismatch{a.Name, s.target}
		if s.configured {
			return idpError(&IdPError{ErrorDetail: ErrorDetailIdPTokenInvalid, Err: mismatch})
		}
		return newError(invalidModificationError, "", mismatch)
	}
	if s.target == "" {
		s.target = a.Name
	}
	s.validated = covered
	if p := s.current(); p.pending() {
		p.value = a
		close(p.settled)
	}
	s.name.Store(&a.Name)
	return nil
}

// reject settles the promise with an error. Without a target a later description
// may do better. It tells whether there is a target.
func (s *identityState) reject(err error) (settled bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	settled = s.target != ""
	p := s.current()
	if !p.pending() {
		return settled
	}
	var operation *OperationError
	if !errors.As(err, &operation) && !errors.Is(err, ErrConnectionClosed) {
		err = newError(operationError, "identity", err)
	}
	p.err = err
	close(p.settled)
	if !settled {
		s.promise = newIdentityPromise()
	}
	return settled
}
