// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package interop

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/internal/browser"
	"github.com/nativertc/nativertc/tests/internal/nativepeer"
)

// TestBrowserReadsAndWritesTheSameJSON has a page make descriptions and candidates
// of the library's JSON and give back its own of them, and the library do the same
// with the page's: signaling needs no conversion.
func TestBrowserReadsAndWritesTheSameJSON(t *testing.T) {
	ctx := limit(t)
	page := browser.Open(t).NewPeer(ctx, nil)
	native := nativepeer.New(t, webrtc.Configuration{})
	_, err := native.CreateDataChannel("", nil)
	require.NoError(t, err)
	_, err = native.CreateOffer(ctx)
	require.NoError(t, err)
	candidates, err := native.WaitGathered(ctx)
	require.NoError(t, err)
	require.NotEmpty(t, candidates)

	ours, err := json.Marshal(native.LocalDescription())
	require.NoError(t, err)
	var theirs json.RawMessage
	page.MustEval(ctx, `return new RTCSessionDescription(args).toJSON()`, json.RawMessage(ours), &theirs)
	assert.JSONEq(t, string(ours), string(theirs))
	for _, c := range candidates {
		ours, err := json.Marshal(c)
		require.NoError(t, err)
		page.MustEval(ctx, `return new RTCIceCandidate(args).toJSON()`, json.RawMessage(ours), &theirs)
		assert.JSONEq(t, string(ours), string(theirs))

		var attributes struct {
			Foundation, Address, Protocol, Type, UsernameFragment string
			Priority                                              uint32
			Port                                                  uint16
		}
		page.MustEval(ctx, `const { foundation, address, protocol, type, usernameFragment, priority, port } = new RTCIceCandidate(args);
			return { foundation, address, protocol, type, usernameFragment, priority, port }`, json.RawMessage(ours), &attributes)
		assert.Equal(t, c.Foundation, attributes.Foundation)
		assert.Equal(t, c.Address, attributes.Address)
		assert.Equal(t, c.Protocol.String(), attributes.Protocol)
		assert.Equal(t, c.Typ.String(), attributes.Type)
		assert.Equal(t, c.Priority, attributes.Priority)
		assert.Equal(t, c.Port, attributes.Port)
		assert.Equal(t, c.UsernameFragment, attributes.UsernameFragment)
	}

	// What the page makes itself.
	var made struct {
		Description json.RawMessage
		Candidates  []json.RawMessage
	}
	page.MustEval(ctx, `const own = new RTCPeerConnection();
		try {
			own.createDataChannel('');
			const candidates = [];
			const gathered = new Promise(resolve => {
				own.onicecandidate = e => e.candidate ? candidates.push(e.candidate.toJSON()) : resolve();
			});
			await own.setLocalDescription();
			await gathered;
			return { description: own.localDescription.toJSON(), candidates };
		} finally {
			own.close();
		}`, nil, &made)
	var description webrtc.SessionDescription
	require.NoError(t, json.Unmarshal(made.Description, &description))
	assert.Equal(t, webrtc.SDPTypeOffer, description.Type)
	text, err := json.Marshal(description)
	require.NoError(t, err)
	assert.JSONEq(t, string(made.Description), string(text))
	require.NotEmpty(t, made.Candidates)
	for _, theirs := range made.Candidates {
		var init webrtc.ICECandidateInit
		require.NoError(t, json.Unmarshal(theirs, &init))
		text, err := json.Marshal(init)
		require.NoError(t, err)
		assert.JSONEq(t, string(theirs), string(text))
		var candidate webrtc.ICECandidate
		require.NoError(t, json.Unmarshal(theirs, &candidate))
		text, err = json.Marshal(candidate.ToJSON())
		require.NoError(t, err)
		assert.JSONEq(t, string(theirs), string(text))
	}
}
