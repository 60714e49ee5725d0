// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"strings"
	"sync"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/cgo"
)

// description is one of a connection's, by its name and value.
type fourDescriptions struct{ pendingLocal, currentLocal, pendingRemote, currentRemote *SessionDescription }

func checkDescriptions(t *testing.T, pc *PeerConnection, state SignalingState, want fourDescriptions) {
	t.Helper()
	assert.Equal(t, state, pc.SignalingState())
	same := func(name string, want, got *SessionDescription) {
		t.Helper()
		if want == nil || got == nil {
			assert.Equal(t, want, got, "%s in %v", name, state)
			return
		}
		assert.Equal(t, want.Type, got.Type, "%s in %v", name, state)
		assert.Equal(t, sdpOrigin(want.SDP), sdpOrigin(got.SDP), "%s in %v", name, state)
	}
	first := func(a, b *SessionDescription) *SessionDescription {
		if a != nil {
			return a
		}
		return b
	}
	same("pendingLocalDescription", want.pendingLocal, pc.PendingLocalDescription())
	same("currentLocalDescription", want.currentLocal, pc.CurrentLocalDescription())
	same("pendingRemoteDescription", want.pendingRemote, pc.PendingRemoteDescription())
	same("currentRemoteDescription", want.currentRemote, pc.CurrentRemoteDescription())
	same("localDescription", first(want.pendingLocal, want.currentLocal), pc.LocalDescription())
	same("remoteDescription", first(want.pendingRemote, want.currentRemote), pc.RemoteDescription())
}

// sdpOrigin is the line that tells descriptions of a session apart.
func sdpOrigin(sdp string) string {
	_, after, _ := strings.Cut(sdp, "\r\no=")
	line, _, _ := strings.Cut(after, "\r\n")
	return line
}

// TestSignalingStatesAndDescriptions takes two connections through every signaling
// state, and looks at the six descriptions in each.
func TestSignalingStatesAndDescriptions(t *testing.T) {
	a, b := newPair(t)
	var statesOfA, statesOfB history[SignalingState]
	a.OnSignalingStateChange(func(s SignalingState) { statesOfA.add(s) })
	b.OnSignalingStateChange(func(s SignalingState) { statesOfB.add(s) })
	_, err := a.CreateDataChannel("", nil)
	require.NoError(t, err)
	checkDescriptions(t, a, SignalingStateStable, fourDescriptions{})

	// Offer, provisional answer, answer.
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	assert.Equal(t, SDPTypeOffer, offer.Type)
	checkDescriptions(t, a, SignalingStateStable, fourDescriptions{})
	require.NoError(t, a.SetLocalDescription(offer))
	checkDescriptions(t, a, SignalingStateHaveLocalOffer, fourDescriptions{pendingLocal: &offer})
	require.NoError(t, b.SetRemoteDescription(offer))
	checkDescriptions(t, b, SignalingStateHaveRemoteOffer, fourDescriptions{pendingRemote: &offer})
	answer, err := b.CreateAnswer(nil)
	require.NoError(t, err)
	assert.Equal(t, SDPTypeAnswer, answer.Type)
	provisional := answer
	provisional.Type = SDPTypePranswer
	require.NoError(t, b.SetLocalDescription(provisional))
	checkDescriptions(t, b, SignalingStateHaveLocalPranswer, fourDescriptions{pendingLocal: &provisional, pendingRemote: &offer})
	require.NoError(t, a.SetRemoteDescription(provisional))
	checkDescriptions(t, a, SignalingStateHaveRemotePranswer, fourDescriptions{pendingLocal: &offer, pendingRemote: &provisional})
	answer, err = b.CreateAnswer(nil)
	require.NoError(t, err)
	require.NoError(t, b.SetLocalDescription(answer))
	checkDescriptions(t, b, SignalingStateStable, fourDescriptions{currentLocal: &answer, currentRemote: &offer})
	require.NoError(t, a.SetRemoteDescription(answer))
	checkDescriptions(t, a, SignalingStateStable, fourDescriptions{currentLocal: &offer, currentRemote: &answer})

	// An offer that is rolled back leaves the others as they were.
	second, err := a.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, a.SetLocalDescription(second))
	checkDescriptions(t, a, SignalingStateHaveLocalOffer, fourDescriptions{pendingLocal: &second, currentLocal: &offer, currentRemote: &answer})
	require.NoError(t, a.SetLocalDescription(SessionDescription{Type: SDPTypeRollback}))
	checkDescriptions(t, a, SignalingStateStable, fourDescriptions{currentLocal: &offer, currentRemote: &answer})
	require.NoError(t, b.SetRemoteDescription(second))
	checkDescriptions(t, b, SignalingStateHaveRemoteOffer, fourDescriptions{pendingRemote: &second, currentLocal: &answer, currentRemote: &offer})
	require.NoError(t, b.SetRemoteDescription(SessionDescription{Type: SDPTypeRollback}))
	checkDescriptions(t, b, SignalingStateStable, fourDescriptions{currentLocal: &answer, currentRemote: &offer})

	// Handlers run on a goroutine of their own, which may be behind.
	eventually(t, func() bool { return len(statesOfA.all()) >= 5 && len(statesOfB.all()) >= 5 }, "the last of the events")
	assert.Equal(t, []SignalingState{
		SignalingStateHaveLocalOffer, SignalingStateHaveRemotePranswer, SignalingStateStable,
		SignalingStateHaveLocalOffer, SignalingStateStable,
	}, statesOfA.all())
	assert.Equal(t, []SignalingState{
		SignalingStateHaveRemoteOffer, SignalingStateHaveLocalPranswer, SignalingStateStable,
		SignalingStateHaveRemoteOffer, SignalingStateStable,
	}, statesOfB.all())

	require.NoError(t, a.Close())
	assert.Equal(t, SignalingStateClosed, a.SignalingState())
	assert.NotContains(t, statesOfA.all(), SignalingStateClosed, "Close raises no event")
}

// The descriptions that a closed connection keeps cannot be changed by those who read
// them.
func TestDescriptionsOfAClosedConnection(t *testing.T) {
	a, b := newPair(t)
	_, err := a.CreateDataChannel("", nil)
	require.NoError(t, err)
	negotiate(t, a, b)
	require.NoError(t, a.Close())
	for _, read := range []func() *SessionDescription{
		a.LocalDescription, a.CurrentLocalDescription, a.RemoteDescription, a.CurrentRemoteDescription,
	} {
		d := read()
		require.NotNil(t, d)
		kept := *d
		d.SDP, d.Type = "changed", SDPTypeRollback
		assert.Equal(t, &kept, read())
	}
}

// TestGlareRollsBack has both offer at a time: setting the remote offer rolls the
// local one back.
func TestGlareRollsBack(t *testing.T) {
	a, b := newPair(t)
	for _, pc := range []*PeerConnection{a, b} {
		_, err := pc.CreateDataChannel("", nil)
		require.NoError(t, err)
		require.NoError(t, pc.SetLocalDescription(SessionDescription{}))
		assert.Equal(t, SignalingStateHaveLocalOffer, pc.SignalingState())
	}
	require.NoError(t, b.SetRemoteDescription(*a.LocalDescription()))
	assert.Equal(t, SignalingStateHaveRemoteOffer, b.SignalingState())
	assert.Nil(t, b.PendingLocalDescription())
	require.NoError(t, b.SetLocalDescription(SessionDescription{}))
	require.NoError(t, a.SetRemoteDescription(*b.LocalDescription()))
	assert.Equal(t, SignalingStateStable, a.SignalingState())
	assert.Equal(t, SignalingStateStable, b.SignalingState())
}

// TestOperationsAreQueued begins operations that only work one after the other,
// without waiting in between: each waits for those before it.
func TestOperationsAreQueued(t *testing.T) {
	a, b := newPair(t)
	_, err := a.CreateDataChannel("", nil)
	require.NoError(t, err)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)

	var in cgo.Writer
	in.Str(offer.Type.String())
	in.Str(offer.SDP)
	p, done, err := b.use()
	require.NoError(t, err)
	op, applied, ok := b.d.begin()
	require.True(t, ok)
	begin := func(p unsafe.Pointer) { cgo.PeerConnectionSetRemoteDescription(p, op, &in) }
	begin(p)
	done()
	// The remote description may not be set yet; a candidate needs it to be.
	require.NoError(t, b.AddICECandidate(someCandidate()), "it waits for the description")
	select {
	case c := <-applied:
		require.NoError(t, c.err)
	default:
		require.Fail(t, "the candidate did not wait")
	}
	_, err = b.CreateAnswer(nil)
	require.NoError(t, err)
}

// TestOperationsFromManyGoroutines has them at the same time: one after the other
// they all succeed.
func TestOperationsFromManyGoroutines(t *testing.T) {
	pc, err := loopbackAPI().NewPeerConnection(Configuration{})
	require.NoError(t, err)
	defer pc.Close()
	_, err = pc.CreateDataChannel("", nil)
	require.NoError(t, err)
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, err := pc.CreateOffer(nil)
			assert.NoError(t, err)
			assert.NoError(t, pc.SetLocalDescription(SessionDescription{}))
		}()
	}
	wg.Wait()
	assert.Equal(t, SignalingStateHaveLocalOffer, pc.SignalingState())
}

func TestCanTrickleICECandidates(t *testing.T) {
	for name, c := range map[string]struct {
		change func(sdp string) string
		want   bool
	}{
		"trickle":     {func(sdp string) string { return sdp }, true},
		"no trickle":  {func(sdp string) string { return dropLines(sdp, "a=ice-options") }, false},
		"other words": {func(sdp string) string { return replaceLine(sdp, "a=ice-options", "a=ice-options:renomination") }, false},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := newPair(t)
			_, err := a.CreateDataChannel("", nil)
			require.NoError(t, err)
			assert.Nil(t, b.CanTrickleICECandidates(), "nothing is known of the other peer")
			offer, err := a.CreateOffer(nil)
			require.NoError(t, err)
			require.Contains(t, offer.SDP, "a=ice-options:trickle")
			offer.SDP = c.change(offer.SDP)
			require.NoError(t, b.SetRemoteDescription(offer))
			can := b.CanTrickleICECandidates()
			require.NotNil(t, can)
			assert.Equal(t, c.want, *can)
		})
	}
}

// TestOfferOptions checks what the options do to an offer.
func TestOfferOptions(t *testing.T) {
	a, b := newPair(t)
	_, err := a.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	negotiate(t, a, b)
	ufrag := func(sdp string) string {
		_, after, _ := strings.Cut(sdp, "a=ice-ufrag:")
		line, _, _ := strings.Cut(after, "\r\n")
		return line
	}
	plain, err := a.CreateOffer(&OfferOptions{})
	require.NoError(t, err)
	assert.Equal(t, ufrag(a.LocalDescription().SDP), ufrag(plain.SDP), "ICE goes on")
	restart, err := a.CreateOffer(&OfferOptions{ICERestart: true})
	require.NoError(t, err)
	assert.NotEqual(t, ufrag(plain.SDP), ufrag(restart.SDP))
	assert.NotEmpty(t, ufrag(restart.SDP))

	assert.Contains(t, plain.SDP, " CN/8000", "comfort noise, for silence")
	silent, err := a.CreateOffer(&OfferOptions{OfferAnswerOptions: OfferAnswerOptions{VoiceActivityDetection: ptr(false)}})
	require.NoError(t, err)
	assert.NotContains(t, silent.SDP, " CN/8000")
	require.NoError(t, b.SetRemoteDescription(plain))
	answer, err := b.CreateAnswer(&AnswerOptions{OfferAnswerOptions: OfferAnswerOptions{VoiceActivityDetection: ptr(false)}})
	require.NoError(t, err)
	assert.NotContains(t, answer.SDP, " CN/8000")
}
