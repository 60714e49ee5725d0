// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"strings"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// CreateOffer returns an offer for what the connection has: its transceivers
// and data channels. options may be nil.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-createoffer
func (pc *PeerConnection) CreateOffer(options *OfferOptions) (SessionDescription, error) {
	return pc.create(offerArgs(options), cgo.PeerConnectionCreateOffer, &pc.lastOffer)
}

// offerArgs writes what nrtc_peer_connection_create_offer reads.
func offerArgs(options *OfferOptions) *cgo.Writer {
	if options == nil {
		options = &OfferOptions{}
	}
	var in cgo.Writer
	writeOfferAnswerOptions(&in, options.ICERestart, options.VoiceActivityDetection, options.OfferToReceiveAudio, options.OfferToReceiveVideo)
	return &in
}

// CreateAnswer returns an answer to the offer that SetRemoteDescription applied.
// options may be nil. It is an InvalidStateError where there is no such offer.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-createanswer
func (pc *PeerConnection) CreateAnswer(options *AnswerOptions) (SessionDescription, error) {
	in, err := pc.answerArgs(options)
	if err != nil {
		return SessionDescription{}, err
	}
	return pc.create(in, cgo.PeerConnectionCreateAnswer, &pc.lastAnswer)
}

// answerArgs writes what nrtc_peer_connection_create_answer reads, if there is
// something to answer.
func (pc *PeerConnection) answerArgs(options *AnswerOptions) (*cgo.Writer, error) {
	if options == nil {
		options = &AnswerOptions{}
	}
	switch pc.SignalingState() {
	case SignalingStateHaveRemoteOffer, SignalingStateHaveLocalPranswer, SignalingStateClosed:
	default:
		return nil, newError(invalidStateError, "createAnswer without a remote offer", nil)
	}
	var in cgo.Writer
	writeOfferAnswerOptions(&in, false, options.VoiceActivityDetection, nil, nil)
	return &in, nil
}

func (pc *PeerConnection) create(in *cgo.Writer, begin func(unsafe.Pointer, uint64, *cgo.Writer), last *string) (SessionDescription, error) {
	r, err := pc.operate(func(p unsafe.Pointer, op uint64) { begin(p, op, in) })
	if err != nil {
		return SessionDescription{}, nativeError(err)
	}
	return pc.created(r, last)
}

// created reads a description that was made, and notes it as the last one.
func (pc *PeerConnection) created(r *cgo.Reader, last *string) (SessionDescription, error) {
	d, err := readDescription(r)
	if err == nil {
		pc.mu.Lock()
		*last = d.SDP
		pc.mu.Unlock()
	}
	return d, err
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
	if description != (SessionDescription{}) {
		var err error
		if description, err = pc.completeLocal(description); err != nil {
			return err
		}
	}
	if err := pc.set(description, cgo.PeerConnectionSetLocalDescription); err != nil {
		return err
	}
	pc.noteLocal()
	return nil
}

// noteLocal notes that a local description was applied.
func (pc *PeerConnection) noteLocal() {
	pc.mu.Lock()
	defer pc.mu.Unlock()
	pc.localSet = true
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
	switch d.Type {
	case SDPTypeRollback:
		return d, nil
	case SDPTypeOffer, SDPTypeAnswer, SDPTypePranswer:
	default:
		_, err := d.Type.MarshalText()
		return d, err
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
// https://www.w3.org/TR/webrtc/#dom-peerconnection-setremotedescription
func (pc *PeerConnection) SetRemoteDescription(description SessionDescription) error {
	if _, err := description.Type.MarshalText(); err != nil {
		return err
	}
	return pc.set(description, cgo.PeerConnectionSetRemoteDescription)
}

func (pc *PeerConnection) set(d SessionDescription, begin func(unsafe.Pointer, uint64, *cgo.Writer)) error {
	in := descriptionArgs(d)
	_, err := pc.operate(func(p unsafe.Pointer, op uint64) { begin(p, op, in) })
	return nativeSDPError(err, d.SDP)
}

// descriptionArgs writes what the setters of descriptions read.
func descriptionArgs(d SessionDescription) *cgo.Writer {
	var in cgo.Writer
	if d.Type == SDPTypeUnknown {
		in.Str("")
	} else {
		in.Str(d.Type.String())
	}
	in.Str(d.SDP)
	return &in
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
	in, err := pc.candidateArgs(candidate)
	if in == nil {
		return err
	}
	_, err = pc.operate(func(p unsafe.Pointer, op uint64) { cgo.PeerConnectionAddICECandidate(p, op, in) })
	return candidateError(err)
}

// candidateArgs checks a candidate and writes what
// nrtc_peer_connection_add_ice_candidate reads; nil where libwebrtc need not be
// asked.
func (pc *PeerConnection) candidateArgs(candidate ICECandidateInit) (*cgo.Writer, error) {
	if err := candidate.validate(); err != nil {
		return nil, err
	}
	if pc == nil || pc.closed.Load() {
		return nil, ErrConnectionClosed
	}
	if candidate.Candidate == "" {
		// libwebrtc has no use for it; a browser does as much.
		if pc.RemoteDescription() == nil {
			return nil, newError(invalidStateError, "candidate without a remote description", nil)
		}
		return nil, nil
	}
	if strings.ContainsRune(candidate.Candidate, 0) {
		// libwebrtc would read up to it.
		return nil, newError(operationError, "candidate holds a NUL", nil)
	}
	var in cgo.Writer
	in.Str(candidate.Candidate)
	in.Str(deref(candidate.SDPMid))
	if candidate.SDPMLineIndex != nil {
		in.I32(int32(*candidate.SDPMLineIndex))
	} else {
		in.I32(-1)
	}
	return &in, nil
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
