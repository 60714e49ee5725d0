// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "github.com/nativertc/nativertc/cgo"

// ContentHint tells what a track shows or plays, so that the encoder can choose
// what to keep when it cannot keep everything. The empty hint, the zero value,
// tells nothing.
//
// https://www.w3.org/TR/mst-content-hint/
type ContentHint string

const (
	// ContentHintMotion: video whose motion matters more than its detail.
	ContentHintMotion ContentHint = "motion"

	// ContentHintDetail: video whose detail matters more than its motion.
	ContentHintDetail ContentHint = "detail"

	// ContentHintText: video of text, whose edges must stay sharp.
	ContentHintText ContentHint = "text"

	// ContentHintSpeech: audio of people who speak.
	ContentHintSpeech ContentHint = "speech"

	// ContentHintSpeechRecognition: speech that a machine listens to.
	ContentHintSpeechRecognition ContentHint = "speech-recognition"

	// ContentHintMusic: audio of music.
	ContentHintMusic ContentHint = "music"
)

func (h ContentHint) fits(kind RTPCodecType) bool {
	switch h {
	case "":
		return true
	case ContentHintMotion, ContentHintDetail, ContentHintText:
		return kind == RTPCodecTypeVideo
	case ContentHintSpeech, ContentHintSpeechRecognition, ContentHintMusic:
		return kind == RTPCodecTypeAudio
	}
	return false
}

// ContentHint returns the hint that was set.
//
// https://www.w3.org/TR/mst-content-hint/#dom-mediastreamtrack-contenthint
func (t *MediaStreamTrack) ContentHint() ContentHint {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.contentHint
}

// SetContentHint sets the hint. As the W3C has it, one that is not for the
// track's kind is ignored. The hints for audio are kept and have no effect.
//
// https://www.w3.org/TR/mst-content-hint/#dom-mediastreamtrack-contenthint
func (t *MediaStreamTrack) SetContentHint(hint ContentHint) {
	if !hint.fits(t.kind) {
		return
	}
	t.mu.Lock()
	t.contentHint = hint
	refs := []*cgo.Ref{t.ref}
	for _, g := range t.gates {
		refs = append(refs, g.ref)
	}
	t.mu.Unlock()
	for _, ref := range refs {
		if p := ref.Acquire(); p != nil {
			cgo.MediaStreamTrackSetContentHint(p, string(hint))
			ref.Release()
		}
	}
}
