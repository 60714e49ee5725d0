// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// OfferAnswerOptions are the options that CreateOffer and CreateAnswer share.
//
// https://www.w3.org/TR/webrtc/#offer-answer-options
type OfferAnswerOptions struct {
	// VoiceActivityDetection tells whether codecs that can should send less
	// during silence. Nil is the default, true. Today's text leaves it out;
	// browsers still have it.
	VoiceActivityDetection *bool
}

// OfferOptions are the options of CreateOffer.
//
// https://www.w3.org/TR/webrtc/#dom-rtcofferoptions
type OfferOptions struct {
	OfferAnswerOptions

	// ICERestart makes new ICE credentials, so that applying the offer restarts
	// ICE, as RestartICE does.
	ICERestart bool

	// OfferToReceiveAudio makes sure, where true, that the offer has a
	// transceiver that receives audio and, where false, that none does. Nil
	// leaves the transceivers as they are. It is a legacy of browsers; use
	// AddTransceiverFromKind.
	//
	// https://www.w3.org/TR/webrtc/#legacy-configuration-extensions
	OfferToReceiveAudio *bool

	// OfferToReceiveVideo is OfferToReceiveAudio for video.
	OfferToReceiveVideo *bool
}

// AnswerOptions are the options of CreateAnswer.
//
// https://www.w3.org/TR/webrtc/#dom-rtcansweroptions
type AnswerOptions struct {
	OfferAnswerOptions
}
