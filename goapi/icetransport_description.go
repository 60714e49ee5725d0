// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "github.com/nativertc/nativertc/cgo"

// ICEParameters are what one side's ICE agent is known by.
//
// https://www.w3.org/TR/webrtc/#rtciceparameters
type ICEParameters struct {
	// UsernameFragment names the generation of ICE (RFC 8839, section 5.4).
	UsernameFragment string `json:"usernameFragment"`

	// Password is the key of the checks.
	Password string `json:"password"`

	// ICELite tells that the agent only answers checks.
	ICELite bool `json:"iceLite"`
}

// GetLocalCandidates returns the candidates that were gathered for this
// transport since ICE was last restarted, as OnICECandidate of the connection
// tells them. A closed connection gives ErrConnectionClosed.
//
// https://www.w3.org/TR/webrtc/#dom-rtcicetransport-getlocalcandidates
func (t *ICETransport) GetLocalCandidates() ([]ICECandidate, error) {
	_, candidates, err := t.description(false)
	return candidates, err
}

// GetRemoteCandidates returns the candidates of the other peer that came with
// its description or by AddICECandidate, since it last restarted ICE. A closed
// connection gives ErrConnectionClosed.
//
// https://www.w3.org/TR/webrtc/#dom-rtcicetransport-getremotecandidates
func (t *ICETransport) GetRemoteCandidates() ([]ICECandidate, error) {
	_, candidates, err := t.description(true)
	return candidates, err
}

// GetLocalParameters returns the parameters that SetLocalDescription has set.
// Where they are not known yet, it is an InvalidStateError; the W3C says null.
//
// https://www.w3.org/TR/webrtc/#dom-rtcicetransport-getlocalparameters
func (t *ICETransport) GetLocalParameters() (ICEParameters, error) { return t.parameters(false) }

// GetRemoteParameters returns the parameters that SetRemoteDescription has set.
// Where they are not known yet, it is an InvalidStateError; the W3C says null.
//
// https://www.w3.org/TR/webrtc/#dom-rtcicetransport-getremoteparameters
func (t *ICETransport) GetRemoteParameters() (ICEParameters, error) { return t.parameters(true) }

func (t *ICETransport) parameters(remote bool) (ICEParameters, error) {
	parameters, _, err := t.description(remote)
	if err != nil {
		return ICEParameters{}, err
	}
	if parameters == nil {
		return ICEParameters{}, newError(invalidStateError, "no ICE parameters yet", nil)
	}
	return *parameters, nil
}

// description reads what one of the descriptions in force tells of t.
func (t *ICETransport) description(remote bool) (*ICEParameters, []ICECandidate, error) {
	p := t.ref.Acquire()
	if p == nil {
		return nil, nil, ErrConnectionClosed
	}
	defer t.ref.Release()
	var in cgo.Writer
	in.Bool(remote)
	r, err := cgo.ICETransportDescription(p, &in)
	if err != nil {
		return nil, nil, nativeError(err)
	}
	parameters := cgo.ReadOpt(r, func() ICEParameters {
		return ICEParameters{UsernameFragment: r.Str(), Password: r.Str(), ICELite: r.Bool()}
	})
	candidates := cgo.ReadList(r, func() ICECandidate { return readCandidate(r) })
	return parameters, candidates, r.Err()
}

// GetSelectedCandidatePairStats returns the statistics of the selected pair. ok
// is false where there is none.
func (t *ICETransport) GetSelectedCandidatePairStats() (stats ICECandidatePairStats, ok bool) {
	local, err := t.GetLocalParameters()
	if err != nil {
		return stats, false
	}
	report, err := t.pc.GetStats()
	if err != nil {
		return stats, false
	}
	for _, transport := range StatsOf[*TransportStats](report) {
		ufrag, id := transport.ICELocalUsernameFragment, transport.SelectedCandidatePairID
		if ufrag == nil || *ufrag != local.UsernameFragment || id == nil {
			continue
		}
		if s, found := report.Get(*id); found {
			if pair, isPair := s.(*ICECandidatePairStats); isPair {
				return *pair, true
			}
		}
	}
	return stats, false
}
