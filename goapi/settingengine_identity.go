// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "time"

// defaultIdentityTimeout is how long an identity provider may take.
const defaultIdentityTimeout = 10 * time.Second

// SetIdentityProviders sets the identity providers that connections use: those
// that PeerConnection.SetIdentityProvider can choose and those that validate the
// assertions of other peers. Without any, which is the default, assertions cannot
// be validated.
func (e *SettingEngine) SetIdentityProviders(providers *IdentityProviders) {
	e.identityProviders = providers
}

// SetIdentityOrigin sets the origin of the application, such as
// "https://example.com", which identity providers are told. It is empty by default.
func (e *SettingEngine) SetIdentityOrigin(origin string) { e.identityOrigin = origin }

// SetIdentityTimeout sets how long an identity provider may take to be loaded and
// to generate or validate an assertion. 0 is the default of 10 seconds. A negative
// duration is a RangeError.
func (e *SettingEngine) SetIdentityTimeout(timeout time.Duration) error {
	if timeout < 0 {
		return newError(rangeError, "negative timeout", nil)
	}
	e.identityTimeout = timeout
	return nil
}

func (e *SettingEngine) identityTime() time.Duration {
	if e.identityTimeout == 0 {
		return defaultIdentityTimeout
	}
	return e.identityTimeout
}
