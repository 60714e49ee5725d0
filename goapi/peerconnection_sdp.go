// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"strings"

	"github.com/nativertc/nativertc/cgo"
)

// CreateOffer returns an offer for what the connection has: its transceivers
// and data channels. options may be nil. It is a NotReadableError if the provider
// of SetIdentityProvider gives no assertion.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-createoffer
func (pc *PeerConnection) CreateOffer(options *OfferOptions) (SessionDescription, error) {
	var made SessionDescription
	err := pc.perform(pc.offerOperation(options, &made))
	return made, err
}

// CreateAnswer returns an answer to the offer that SetRemoteDescription applied.
// options may be nil. It is an InvalidStateError where there is no such offer, and a
// NotReadableError if the provider of SetIdentityProvider gives no assertion.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-createanswer
func (pc *PeerConnection) CreateAnswer(options *AnswerOptions) (SessionDescription, error) {
	var made SessionDescription
	err := pc.perform(pc.answerOperation(options, &made))
	return made, err
}

func writeOfferAnswerOptions(w *cgo.Writer, iceRestart bool, vad, audio, video *bool) {
	w.Bool(iceRestart)
	w.Bool(vad == nil || *vad)
	for _, receive := range []*bool{audio, video} {
		switch {
		case receive == nil:
			w.I32(-1)
		case *receive:
			w.I32(1)
		default:
			w.I32(0)
		}
	}
}

func readDescription(r *cgo.Reader) (SessionDescription, error) {
	t, err := ParseSDPType(r.Str())
	if err != nil {
		return SessionDescription{}, err
	}
	return SessionDescription{Type: t, SDP: r.Str()}, r.Err()
}

// SetLocalDescription applies an offer, answer, provisional answer or rollback of
// this peer's own. The zero SessionDescription is the W3C's call without
// argument: an offer or answer, as the state asks for, is made and applied in
// one step. An empty SDP stands for the last one created of that type.
//
// A description that was not made by CreateOffer or CreateAnswer of this
// connection is an InvalidModificationError, one that does not fit the signaling
// state an InvalidStateError, one that does not parse an RTCError that tells the
// line.
//
// https://www.w3.org/TR/webrtc/#dom-peerconnection-setlocaldescription
func (pc *PeerConnection) SetLocalDescription(description SessionDescription) error {
	return pc.perform(pc.localOperation(description))
}

// completeLocal fills in the last created SDP and checks that a given one is
// ours.
func (pc *PeerConnection) completeLocal(d SessionDescription) (SessionDescription, error) {
	pc.mu.Lock()
	created := pc.lastAnswer
	if d.Type == SDPTypeOffer {
		created = pc.lastOffer
	}
	pc.mu.Unlock()
	if d.Type == SDPTypeRollback {
		return d, nil
	}
	if pc.closed.Load() {
		return d, ErrConnectionClosed
	}
	if d.SDP == "" {
		d.SDP = created
	}
	if d.SDP == "" {
		// What the parameterless form would do.
		return SessionDescription{}, pc.checkImplicit(d.Type)
	}
	if strings.HasPrefix(d.SDP, "v=0") && fingerprintLine(d.SDP) != fingerprintLine(created) {
		return d, newError(invalidModificationError, "the SDP was not created by this connection", nil)
	}
	return d, nil
}

// checkImplicit tells whether the parameterless form would make a description of
// that type now.
func (pc *PeerConnection) checkImplicit(t SDPType) error {
	offer := true
	switch pc.SignalingState() {
	case SignalingStateHaveRemoteOffer, SignalingStateHaveLocalPranswer:
		offer = false
	}
	if offer != (t == SDPTypeOffer) {
		return newError(invalidStateError, "no "+t.String()+" can be made in state "+pc.SignalingState().String(), nil)
	}
	return nil
}

func fingerprintLine(sdp string) string {
	_, after, found := strings.Cut(sdp, "\na=fingerprint:")
	if !found {
		return ""
	}
	line, _, _ := strings.Cut(after, "\n")
	return strings.TrimSpace(line)
}

// SetRemoteDescription applies an offer, answer, provisional answer or rollback of
// the other peer. An offer in the middle of an offer of our own rolls ours back.
//
// An identity assertion in it is validated; see PeerIdentity. Where the identity of
// the other peer is settled, by Configuration.PeerIdentity or an earlier assertion, the
// description is applied only after that, and must prove the same identity:
// otherwise it is an OperationError, or an InvalidModificationError for another
// identity than the one before. A connection that has got another peer is closed.
//
// https://www.w3.org/TR/webrtc/#dom-peerconnection-setremotedescription
func (pc *PeerConnection) SetRemoteDescription(description SessionDescription) error {
	return pc.perform(pc.remoteOperation(description))
}

// AddICECandidate gives ICE a candidate of the other peer. The zero value, and a
// candidate whose text is empty, tell that no more will come.
//
// It is a TypeError where neither SDPMid nor SDPMLineIndex is given, an
// InvalidStateError before a remote description was set, and an OperationError
// for a candidate that does not parse or names a media section that is not
// there.
//
// https://www.w3.org/TR/webrtc/#dom-peerconnection-addicecandidate
func (pc *PeerConnection) AddICECandidate(candidate ICECandidateInit) error {
	return pc.perform(pc.candidateOperation(candidate))
}

// candidateError names failures as the W3C does for addIceCandidate: libwebrtc
// calls them by other names.
func candidateError(err error) error {
	if err == nil {
		return nil
	}
	mapped := nativeError(err)
	switch e, _ := mapped.(Error); {
	case e == nil:
		return mapped
	case e.Name() == string(invalidStateError):
		return mapped
	default:
		return newError(operationError, "", mapped)
	}
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// CanTrickleICECandidates tells whether the other peer takes candidates after
// its description; nil while that is not known.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-cantrickleicecandidates
func (pc *PeerConnection) CanTrickleICECandidates() *bool {
	p, done, err := pc.use()
	if err != nil {
		return nil
	}
	defer done()
	r, err := cgo.PeerConnectionCanTrickle(p)
	if err != nil {
		return nil
	}
	return cgo.ReadOpt(r, r.Bool)
}

// RestartICE makes the next offer restart ICE, and raises negotiationneeded. On a
// closed connection it does nothing.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-restartice
func (pc *PeerConnection) RestartICE() {
	if p, done, err := pc.use(); err == nil {
		cgo.PeerConnectionRestartICE(p)
		done()
	}
}
