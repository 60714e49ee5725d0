// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"sync"
)

// IdentityProviders is the identity providers that an API's connections can use,
// by domain and protocol: what a browser would load from
// https://domain/.well-known/idp-proxy/protocol. Its zero value has none.
//
// All methods may be called from any goroutine; what is added serves the
// connections that exist, too.
type IdentityProviders struct {
	mu      sync.Mutex
	scripts map[IdentityProviderDetails]IdentityProviderScript
}

// IdentityProviderScript loads an identity provider and registers it with the scope,
// as the JavaScript of an identity provider does when it is run. It is called
// whenever the provider is needed, with a new scope, and within the time for the
// whole operation. It may fail with an *IdPError.
type IdentityProviderScript func(ctx context.Context, scope *IdentityProviderGlobalScope) error

// Add adds the provider of a domain and protocol, or replaces it; nil removes it.
// An empty protocol is "default".
func (p *IdentityProviders) Add(domain, protocol string, script IdentityProviderScript) {
	key := IdentityProviderDetails{Domain: domain, Protocol: protocol}.withDefaults()
	p.mu.Lock()
	defer p.mu.Unlock()
	if script == nil {
		delete(p.scripts, key)
		return
	}
	if p.scripts == nil {
		p.scripts = map[IdentityProviderDetails]IdentityProviderScript{}
	}
	p.scripts[key] = script
}

// Register is Add for a provider that needs no loading.
func (p *IdentityProviders) Register(domain, protocol string, idp IdentityProvider) {
	p.Add(domain, protocol, func(_ context.Context, scope *IdentityProviderGlobalScope) error {
		scope.RTCIdentityProvider().Register(idp)
		return nil
	})
}

// instantiate loads a provider.
//
// https://www.w3.org/TR/webrtc-identity/#sec.create-identity-proxy
func (p *IdentityProviders) instantiate(ctx context.Context, which IdentityProviderDetails) (IdentityProvider, error) {
	var script IdentityProviderScript
	if p != nil {
		p.mu.Lock()
		script = p.scripts[which.withDefaults()]
		p.mu.Unlock()
	}
	if script == nil {
		return nil, &IdPError{ErrorDetail: ErrorDetailIdPLoadFailure, Info: "no identity provider of " + which.Domain}
	}
	scope := &IdentityProviderGlobalScope{}
	if err := script(ctx, scope); err != nil {
		return nil, loadError(err)
	}
	if idp := scope.registrar.registered(); idp != nil {
		return idp, nil
	}
	return nil, &IdPError{ErrorDetail: ErrorDetailIdPBadScriptFailure, Info: "no identity provider was registered"}
}

// IdentityProviderGlobalScope is what the script of an identity provider runs in.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcidentityproviderglobalscope
type IdentityProviderGlobalScope struct{ registrar IdentityProviderRegistrar }

// RTCIdentityProvider returns what the provider registers itself with, always the
// same object.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcidentityproviderglobalscope-rtcidentityprovider
func (s *IdentityProviderGlobalScope) RTCIdentityProvider() *IdentityProviderRegistrar {
	return &s.registrar
}

// IdentityProviderRegistrar takes the provider that a script loads.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcidentityproviderregistrar
type IdentityProviderRegistrar struct {
	mu  sync.Mutex
	idp IdentityProvider
}

// Register registers the provider; the last one counts.
//
// https://www.w3.org/TR/webrtc-identity/#dom-rtcidentityproviderregistrar-register
func (r *IdentityProviderRegistrar) Register(idp IdentityProvider) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.idp = idp
}

func (r *IdentityProviderRegistrar) registered() IdentityProvider {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.idp
}
