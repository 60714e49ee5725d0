// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"strings"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// offerOperation makes an offer and stores it in made.
func (pc *PeerConnection) offerOperation(options *OfferOptions, made *SessionDescription) operation {
	if options == nil {
		options = &OfferOptions{}
	}
	var in cgo.Writer
	writeOfferAnswerOptions(&in, options.ICERestart, options.VoiceActivityDetection, options.OfferToReceiveAudio, options.OfferToReceiveVideo)
	return pc.createOperation(func() (nativeBegin, error) {
		return func(p unsafe.Pointer, op uint64) { cgo.PeerConnectionCreateOffer(p, op, &in) }, nil
	}, &pc.lastOffer, made)
}

// answerOperation makes an answer and stores it in made.
func (pc *PeerConnection) answerOperation(options *AnswerOptions, made *SessionDescription) operation {
	if options == nil {
		options = &AnswerOptions{}
	}
	var in cgo.Writer
	writeOfferAnswerOptions(&in, false, options.VoiceActivityDetection, nil, nil)
	return pc.createOperation(func() (nativeBegin, error) {
		switch pc.SignalingState() {
		case SignalingStateHaveRemoteOffer, SignalingStateHaveLocalPranswer, SignalingStateClosed:
		default:
			return nil, newError(invalidStateError, "createAnswer without a remote offer", nil)
		}
		return func(p unsafe.Pointer, op uint64) { cgo.PeerConnectionCreateAnswer(p, op, &in) }, nil
	}, &pc.lastAnswer, made)
}

// createOperation makes a description, notes it as the last one and stores it in made.
func (pc *PeerConnection) createOperation(prepare func() (nativeBegin, error), last *string, made *SessionDescription) operation {
	return operation{
		prepare: prepare,
		after: func(c completion) error {
			if c.err != nil {
				return nativeError(c.err)
			}
			d, err := readDescription(c.values)
			if err == nil {
				d, err = pc.signDescription(d)
			}
			if err != nil {
				return err
			}
			pc.mu.Lock()
			*last = d.SDP
			pc.mu.Unlock()
			*made = d
			return nil
		},
		afterWaits: func() bool { return pc.identity.used.Load() },
	}
}

// localOperation applies a description of this peer's own.
func (pc *PeerConnection) localOperation(d SessionDescription) operation {
	return operation{
		check: func() error {
			if d == (SessionDescription{}) {
				return nil
			}
			return checkType(d)
		},
		prepare: func() (_ nativeBegin, err error) {
			if d != (SessionDescription{}) {
				if d, err = pc.completeLocal(d); err != nil {
					return nil, err
				}
			}
			if d == (SessionDescription{}) && pc.identity.used.Load() {
				if d, err = pc.implicitLocal(); err != nil {
					return nil, err
				}
			}
			in := descriptionArgs(d)
			return func(p unsafe.Pointer, op uint64) { cgo.PeerConnectionSetLocalDescription(p, op, in) }, nil
		},
		prepareWaits: func() bool { return pc.identity.used.Load() },
		after: func(c completion) error {
			if err := pc.applied(d, c); err != nil {
				return err
			}
			pc.identity.keepLocal(d)
			pc.mu.Lock()
			pc.localSet = true
			pc.mu.Unlock()
			return nil
		},
	}
}

// remoteOperation applies a description of the other peer.
func (pc *PeerConnection) remoteOperation(d SessionDescription) operation {
	var endIdentity func(error)
	return operation{
		check: func() error { return checkType(d) },
		prepare: func() (_ nativeBegin, err error) {
			in := descriptionArgs(d)
			if pc.onLoop() && d.Type != SDPTypeRollback {
				// So that it is told at once, as browsers do.
				if err := cgo.DescriptionCheck(in); err != nil {
					return nil, nativeSDPError(err, d.SDP)
				}
			}
			if d.Type != SDPTypeRollback && pc.hasIdentity(d) {
				if endIdentity, err = pc.beginRemoteIdentity(d); err != nil {
					return nil, err
				}
			}
			return func(p unsafe.Pointer, op uint64) { cgo.PeerConnectionSetRemoteDescription(p, op, in) }, nil
		},
		prepareWaits: func() bool { return pc.identity.awaitsIdentity() },
		after: func(c completion) error {
			err := pc.applied(d, c)
			if endIdentity != nil {
				endIdentity(err)
			}
			return err
		},
	}
}

// applied says what has come of the attempt to apply a description.
func (pc *PeerConnection) applied(d SessionDescription, c completion) error {
	if c.err == nil {
		pc.endStopped()
		if pc.onLoop() {
			pc.rtp.retireOthers(pc.page.withoutStopped())
		}
	}
	return nativeSDPError(c.err, d.SDP)
}

func checkType(d SessionDescription) error {
	_, err := d.Type.MarshalText()
	return err
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

// candidateOperation gives ICE a candidate of the other peer.
func (pc *PeerConnection) candidateOperation(candidate ICECandidateInit) operation {
	return operation{
		check: candidate.validate,
		prepare: func() (nativeBegin, error) {
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
			return func(p unsafe.Pointer, op uint64) { cgo.PeerConnectionAddICECandidate(p, op, &in) }, nil
		},
		after: func(c completion) error { return candidateError(c.err) },
	}
}
