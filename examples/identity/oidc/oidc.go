// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package oidc is an identity provider for WebRTC on top of OpenID Connect: the
// assertion is an ID token (a signed JWT) whose nonce is what is to be covered, the
// fingerprints of the connection's certificates. The provider's public keys (JWKS)
// are all that the other peer needs to check it.
//
// The token is asked for without the user (prompt=none), as a browser would do with the
// cookie of an earlier login; where there is none, the error tells where to log in.
package oidc

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// algorithms are those that a token may be signed with.
var algorithms = []jose.SignatureAlgorithm{jose.ES256, jose.RS256, jose.EdDSA}

// mostBytes is the longest answer of a provider that is read.
const mostBytes = 1 << 20

// Provider is the identity provider of one domain. It implements
// webrtc.IdentityProvider.
type Provider struct {
	// Domain is the provider's, with a port if it is not 443.
	Domain string

	// Client is how the provider is reached. Its cookies are the user's session.
	Client *http.Client

	// LoginURL is where the user can log in.
	LoginURL string

	// Now is the clock; nil is time.Now.
	Now func() time.Time
}

// discovery is what is needed of OpenID Connect Discovery 1.0, section 3.
type discovery struct {
	Issuer        string `json:"issuer"`
	Authorization string `json:"authorization_endpoint"`
	JWKS          string `json:"jwks_uri"`
}

// Issuer returns what the tokens of a domain's provider name as their issuer.
func Issuer(domain string) string { return "https://" + domain }

// GenerateAssertion asks for an ID token for the user who is logged in (OpenID
// Connect Core 1.0, section 3.2, implicit flow).
func (p *Provider) GenerateAssertion(ctx context.Context, contents, origin, usernameHint string) (webrtc.IdentityAssertionResult, error) {
	var result webrtc.IdentityAssertionResult
	endpoints, err := p.discover(ctx)
	if err != nil {
		return result, err
	}
	query := url.Values{
		"response_type": {"id_token"},
		"scope":         {"openid email"},
		"client_id":     {origin},
		"redirect_uri":  {origin},
		"nonce":         {contents},
		"prompt":        {"none"},
	}
	if usernameHint != "" {
		query.Set("login_hint", usernameHint)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, endpoints.Authorization+"?"+query.Encode(), nil)
	if err != nil {
		return result, err
	}
	// The answer is where the provider would send the browser back to.
	client := *p.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	response, err := client.Do(request)
	if err != nil {
		return result, reachError(err)
	}
	defer response.Body.Close()
	location, err := response.Location()
	if err != nil {
		return result, &webrtc.IdPError{HTTPRequestStatusCode: response.StatusCode, Err: err}
	}
	answer, err := url.ParseQuery(location.Fragment)
	if err != nil {
		return result, err
	}
	switch reason := answer.Get("error"); reason {
	case "":
	case "login_required", "interaction_required":
		return result, &webrtc.IdPError{LoginURL: p.LoginURL, Info: reason}
	default:
		return result, &webrtc.IdPError{Info: reason}
	}
	result.IdP.Domain = p.Domain
	result.Assertion = answer.Get("id_token")
	if result.Assertion == "" {
		return result, errors.New("the provider gave no ID token")
	}
	return result, nil
}

// ValidateAssertion checks an ID token against the keys of the provider (OpenID
// Connect Core 1.0, section 3.1.3.7).
func (p *Provider) ValidateAssertion(ctx context.Context, assertion, origin string) (webrtc.IdentityValidationResult, error) {
	var result webrtc.IdentityValidationResult
	token, err := jwt.ParseSigned(assertion, algorithms)
	if err != nil {
		return result, invalid(err)
	}
	endpoints, err := p.discover(ctx)
	if err != nil {
		return result, err
	}
	var keys jose.JSONWebKeySet
	if err := p.get(ctx, endpoints.JWKS, &keys); err != nil {
		return result, err
	}
	var claims jwt.Claims
	var identity struct {
		Email string `json:"email"`
		Nonce string `json:"nonce"`
	}
	if err := token.Claims(keys, &claims, &identity); err != nil {
		return result, invalid(err)
	}
	now := time.Now
	if p.Now != nil {
		now = p.Now
	}
	err = claims.Validate(jwt.Expected{Issuer: Issuer(p.Domain), AnyAudience: jwt.Audience{origin}, Time: now()})
	switch {
	case errors.Is(err, jwt.ErrExpired):
		return result, &webrtc.IdPError{ErrorDetail: webrtc.ErrorDetailIdPTokenExpired, Err: err}
	case err != nil:
		return result, invalid(err)
	case claims.Expiry == nil:
		return result, invalid(errors.New("a token that never expires"))
	}
	result.Identity, result.Contents = identity.Email, identity.Nonce
	return result, nil
}

func (p *Provider) discover(ctx context.Context) (d discovery, err error) {
	if err := p.get(ctx, Issuer(p.Domain)+"/.well-known/openid-configuration", &d); err != nil {
		return d, err
	}
	if d.Issuer != Issuer(p.Domain) {
		return d, &webrtc.IdPError{ErrorDetail: webrtc.ErrorDetailIdPLoadFailure, Info: "the issuer is " + d.Issuer}
	}
	return d, nil
}

// get reads a JSON document of the provider's.
func (p *Provider) get(ctx context.Context, address string, v any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := p.Client.Do(request)
	if err != nil {
		return reachError(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return &webrtc.IdPError{
			ErrorDetail:           webrtc.ErrorDetailIdPLoadFailure,
			HTTPRequestStatusCode: response.StatusCode,
			Err:                   fmt.Errorf("%s: %s", address, response.Status),
		}
	}
	return json.NewDecoder(io.LimitReader(response.Body, mostBytes)).Decode(v)
}

// reachError tells a certificate that is not trusted from a network that fails.
func reachError(err error) error {
	detail := webrtc.ErrorDetailIdPLoadFailure
	var untrusted *tls.CertificateVerificationError
	if errors.As(err, &untrusted) {
		detail = webrtc.ErrorDetailIdPTLSFailure
	}
	return &webrtc.IdPError{ErrorDetail: detail, Err: err}
}

func invalid(err error) error {
	return &webrtc.IdPError{ErrorDetail: webrtc.ErrorDetailIdPTokenInvalid, Err: err}
}
