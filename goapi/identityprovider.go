// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"strings"
)

// IdentityProvider vouches for who a peer is. For the local peer it generates an
// assertion, which binds the user's identity to the certificates of the
// connection; for the other peer it validates the assertion that came with the
// remote description. It is the W3C's IdP proxy, in Go in place of JavaScript.
//
// The methods are called on goroutines of their own, for several connections at a
// time. ctx ends when the time for the operation is over
// (SettingEngine.SetIdentityTimeout) or the connection is closed; what returns
// later is ignored. An error that is or wraps an *IdPError says what is wrong;
// any other is reported as idp-execution-failure.
//
// https://www.w3.org/TR/webrtc-identity/#sec.identity-proxy-communicate
type IdentityProvider interface {
	// GenerateAssertion asserts the identity of the user who is logged in.
	// contents is what the assertion must cover, opaque to the provider. origin
	// is that of the application (SettingEngine.SetIdentityOrigin), and
	// usernameHint what SetIdentityProvider was given, or empty.
	GenerateAssertion(ctx context.Context, contents, origin, usernameHint string) (IdentityAssertionResult, error)

	// ValidateAssertion checks an assertion, which is untrusted input, and returns
	// whom it is about and the contents that it covers: the very string that
	// GenerateAssertion was given.
	ValidateAssertion(ctx context.Context, assertion, origin string) (IdentityValidationResult, error)
}

// IdentityProviderDetails names an identity provider.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcidentityproviderdetails
type IdentityProviderDetails struct {
	// Domain is the provider's domain name, with its port if it is not 443.
	Domain string `json:"domain"`

	// Protocol tells which of the domain's providers; empty is "default".
	Protocol string `json:"protocol,omitempty"`
}

// IdentityAssertionResult is what GenerateAssertion returns.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcidentityassertionresult
type IdentityAssertionResult struct {
	// IdP names the provider that can validate the assertion.
	IdP IdentityProviderDetails `json:"idp"`

	// Assertion is opaque to all but the providers.
	Assertion string `json:"assertion"`
}

// IdentityValidationResult is what ValidateAssertion returns.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcidentityvalidationresult
type IdentityValidationResult struct {
	// Identity is whom the assertion is about, as user@domain. The domain must be
	// the provider's.
	Identity string `json:"identity"`

	// Contents is the string that the assertion covers.
	Contents string `json:"contents"`
}

// IdentityAssertion is the identity of the other peer, as PeerConnection.PeerIdentity
// returns it.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcidentityassertion
type IdentityAssertion struct {
	// IdP is the domain of the provider that has validated it.
	IdP string `json:"idp"`

	// Name is the identity, as user@domain.
	Name string `json:"name"`
}

// NewIdentityAssertion returns an IdentityAssertion, as the W3C's constructor does.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcidentityassertion
func NewIdentityAssertion(idp, name string) IdentityAssertion {
	return IdentityAssertion{IdP: idp, Name: name}
}

// IdPError is how an IdentityProvider, or an IdentityProviderScript, tells what is
// wrong. The operation that asked for it fails with an RTCError that wraps it.
//
// https://www.w3.org/TR/webrtc-identity/#sec.identity-proxy-assertion-request
type IdPError struct {
	// ErrorDetail is one of those that begin with ErrorDetailIdP. Any other value
	// stands for ErrorDetailIdPNeedLogin if there is a LoginURL, and else for
	// ErrorDetailIdPExecutionFailure.
	ErrorDetail ErrorDetail

	// LoginURL is where the user can log in, or empty. It becomes the
	// connection's IdPLoginURL.
	LoginURL string

	// Info is for the application, in a form that the provider chooses, or empty.
	// It becomes the connection's IdPErrorInfo.
	Info string

	// HTTPRequestStatusCode is the status with which the provider answered, for
	// ErrorDetailIdPLoadFailure, or 0.
	HTTPRequestStatusCode int

	// Err is the cause, or nil.
	Err error
}

// detail is ErrorDetail with what its other values stand for.
func (e *IdPError) detail() ErrorDetail {
	switch {
	case e.ErrorDetail >= ErrorDetailIdPBadScriptFailure && e.ErrorDetail <= ErrorDetailIdPTokenInvalid:
		return e.ErrorDetail
	case e.LoginURL != "":
		return ErrorDetailIdPNeedLogin
	default:
		return ErrorDetailIdPExecutionFailure
	}
}

// Error returns the detail, the info and the cause.
func (e *IdPError) Error() string {
	text := e.detail().String()
	if e.Info != "" {
		text += ": " + e.Info
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns Err.
func (e *IdPError) Unwrap() error { return e.Err }

const defaultIdentityProtocol = "default"

func (d IdentityProviderDetails) withDefaults() IdentityProviderDetails {
	d.Domain = strings.ToLower(d.Domain)
	if d.Protocol == "" {
		d.Protocol = defaultIdentityProtocol
	}
	return d
}
