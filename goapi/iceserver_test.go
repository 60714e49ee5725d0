// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestICEServerJSON(t *testing.T) {
	for text, want := range map[string]ICEServer{
		`{"urls":"stun:a"}`: {URLs: []string{"stun:a"}},
		`{"urls":["turn:a","turns:a"],"username":"u","credential":"c"}`: {
			URLs: []string{"turn:a", "turns:a"}, Username: "u", Credential: "c",
		},
		`{"urls":["turn:a"],"credentialType":"oauth"}`: {URLs: []string{"turn:a"}, CredentialType: ICECredentialTypeToken},
		`{"urls":null}`: {},
		`{}`:            {},
	} {
		var server ICEServer
		require.NoError(t, json.Unmarshal([]byte(text), &server), text)
		assert.Equal(t, want, server, text)
	}
	var server ICEServer
	require.Error(t, json.Unmarshal([]byte(`{"urls":7}`), &server))
	require.ErrorIs(t, json.Unmarshal([]byte(`{"urls":"stun:a","credentialType":"x"}`), &server), ErrUnknownType)

	written, err := json.Marshal(ICEServer{URLs: []string{"stun:a"}})
	require.NoError(t, err)
	assert.Equal(t, `{"urls":["stun:a"]}`, string(written))
}

func TestICEServerValidate(t *testing.T) {
	turn := []string{"turn:turn.example.org"}
	for name, server := range map[string]ICEServer{
		"stun without credentials": {URLs: []string{"stun:a", "stuns:b"}},
		"turn with credentials":    {URLs: []string{"turn:a", "turns:a"}, Username: "u", Credential: "c"},
		"longest user name":        {URLs: turn, Username: strings.Repeat("u", 509), Credential: "c"},
		"stun with half of them":   {URLs: []string{"stun:a"}, Username: "u"},
	} {
		assert.NoError(t, server.validate(), name)
	}
	for name, c := range map[string]struct {
		server ICEServer
		want   string
		cause  error
	}{
		"no urls":            {ICEServer{}, "SyntaxError", nil},
		"one bad url":        {ICEServer{URLs: []string{"stun:a", ""}}, "SyntaxError", nil},
		"no credentials":     {ICEServer{URLs: turn}, "InvalidAccessError", ErrNoTurnCredentials},
		"only a user name":   {ICEServer{URLs: turn, Username: "u"}, "InvalidAccessError", ErrNoTurnCredentials},
		"only a credential":  {ICEServer{URLs: turn, Credential: "c"}, "InvalidAccessError", ErrNoTurnCredentials},
		"empty credential":   {ICEServer{URLs: turn, Username: "u", Credential: ""}, "InvalidAccessError", ErrNoTurnCredentials},
		"credential no text": {ICEServer{URLs: turn, Username: "u", Credential: 7}, "InvalidAccessError", ErrTurnCredentials},
		"long user name": {
			ICEServer{URLs: turn, Username: strings.Repeat("u", 510), Credential: "c"}, "InvalidAccessError", ErrTurnCredentials,
		},
		"token": {
			ICEServer{URLs: turn, Username: "u", Credential: "c", CredentialType: ICECredentialTypeToken}, "NotSupportedError", nil,
		},
	} {
		requireName(t, c.want, c.server.validate(), name)
		if c.cause != nil {
			assert.ErrorIs(t, c.server.validate(), c.cause, name)
		}
	}
}

// requireName checks which DOMException err stands for.
func requireName(t *testing.T, want string, err error, context ...any) {
	t.Helper()
	var named Error
	require.ErrorAs(t, err, &named, context...)
	require.Equal(t, want, named.Name(), context...)
}
