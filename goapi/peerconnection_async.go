// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// AsyncOperations are the operations of a PeerConnection in the form that the W3C
// gives them, with functions in place of promises. Each begins before its method
// returns, or, for those of offer and answer, when the one before it has ended:
// the W3C's chain of operations. Its end is one of the connection's events: done
// runs as the handlers do, after those of all that was raised before and before
// those of all that is raised later. The methods of PeerConnection of the same
// names do the same and wait instead; both have their places in one chain. The next
// operation begins after done, unless somebody waits for one.
//
// On an event loop (SettingEngine.SetEventLoop) the methods are to be called there, and
// the next operation begins before done. Of
// an operation that is refused as soon as it begins, and begins at once, done tells
// before the method returns: the W3C's promise that is rejected already.
//
// Once the connection is closed, what is under way never ends, and done is not
// called; an operation that begins then calls done with ErrConnectionClosed, on a
// goroutine of its own.
//
// https://www.w3.org/TR/webrtc/#dfn-operations-chain
type AsyncOperations struct{ pc *PeerConnection }

// Async returns the operations in the form that does not wait.
func (pc *PeerConnection) Async() AsyncOperations { return AsyncOperations{pc} }

// CreateOffer is PeerConnection.CreateOffer.
func (a AsyncOperations) CreateOffer(options *OfferOptions, done func(SessionDescription, error)) {
	var made SessionDescription
	a.perform(a.pc.offerOperation(options, &made), func(err error) { done(made, err) })
}

// CreateAnswer is PeerConnection.CreateAnswer.
func (a AsyncOperations) CreateAnswer(options *AnswerOptions, done func(SessionDescription, error)) {
	var made SessionDescription
	a.perform(a.pc.answerOperation(options, &made), func(err error) { done(made, err) })
}

// SetLocalDescription is PeerConnection.SetLocalDescription.
func (a AsyncOperations) SetLocalDescription(description SessionDescription, done func(error)) {
	a.perform(a.pc.localOperation(description), done)
}

// SetRemoteDescription is PeerConnection.SetRemoteDescription.
func (a AsyncOperations) SetRemoteDescription(description SessionDescription, done func(error)) {
	a.perform(a.pc.remoteOperation(description), done)
}

// AddICECandidate is PeerConnection.AddICECandidate.
func (a AsyncOperations) AddICECandidate(candidate ICECandidateInit, done func(error)) {
	a.perform(a.pc.candidateOperation(candidate), done)
}

// ReplaceTrackAsync is ReplaceTrack in the form that does not wait, with its place in the
// chain: see AsyncOperations.
func (s *RTPSender) ReplaceTrackAsync(track TrackLocal, done func(error)) {
	s.pc.Async().perform(s.replaceOperation(track), done)
}
