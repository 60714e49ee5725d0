// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/json"
	"fmt"
)

// maxTURNUsernameBytes is the longest user name that STUN can carry (RFC 8489,
// section 14.3).
const maxTURNUsernameBytes = 509

// ICEServer is a STUN or TURN server that candidates are gathered from.
//
// https://www.w3.org/TR/webrtc/#dom-rtciceserver
type ICEServer struct {
	// URLs are the addresses of one server, such as "stun:stun.example.org" or
	// "turns:turn.example.org:443?transport=tcp". JSON may also hold a single
	// string.
	//
	// As in browsers, a TURN server on a port below 1024 other than 53, 80 and
	// 443 is not used, and nothing tells so.
	URLs []string `json:"urls"`

	// Username is the user name for TURN.
	Username string `json:"username,omitempty"`

	// Credential is the password for TURN: a string.
	Credential interface{} `json:"credential,omitempty"`

	// CredentialType tells what Credential is.
	CredentialType ICECredentialType `json:"credentialType,omitempty"`
}

// UnmarshalJSON implements json.Unmarshaler.
func (s *ICEServer) UnmarshalJSON(text []byte) error {
	type plain ICEServer
	read := struct {
		*plain
		URLs stringOrList `json:"urls"`
	}{plain: new(plain)}
	if err := json.Unmarshal(text, &read); err != nil {
		return err
	}
	*s = ICEServer(*read.plain)
	s.URLs = read.URLs
	return nil
}

// stringOrList reads a JSON string as a list of one.
type stringOrList []string

// UnmarshalJSON implements json.Unmarshaler.
func (l *stringOrList) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil && string(text) != "null" {
		*l = stringOrList{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(l))
}

// validate takes the steps that the W3C sets for each server.
//
// https://www.w3.org/TR/webrtc/#dfn-validate-an-ice-server-url
func (s ICEServer) validate() error {
	if len(s.URLs) == 0 {
		return newError(syntaxError, "ice server without urls", nil)
	}
	for _, raw := range s.URLs {
		url, err := parseICEServerURL(raw)
		if err != nil {
			return newError(syntaxError, fmt.Sprintf("ice server url %q", raw), err)
		}
		if !url.isTURN() {
			continue
		}
		if err := s.validateCredentials(); err != nil {
			return err
		}
	}
	return nil
}

func (s ICEServer) validateCredentials() error {
	if s.CredentialType != ICECredentialTypePassword {
		return newError(notSupportedError, "credential type "+s.CredentialType.String(), nil)
	}
	if s.Username == "" || s.Credential == nil {
		return newError(invalidAccessError, "", ErrNoTurnCredentials)
	}
	if len(s.Username) > maxTURNUsernameBytes {
		return newError(invalidAccessError, fmt.Sprintf("user name of %d bytes", len(s.Username)), ErrTurnCredentials)
	}
	password, ok := s.Credential.(string)
	if !ok {
		return newError(invalidAccessError, "credential is not a string", ErrTurnCredentials)
	}
	if password == "" {
		return newError(invalidAccessError, "", ErrNoTurnCredentials)
	}
	return nil
}
