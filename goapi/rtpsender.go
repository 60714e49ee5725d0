// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"slices"
	"sync"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// RTPSender sends a track to the other peer.
//
// A sender belongs to its PeerConnection and needs no closing. All methods may be
// called from any goroutine.
//
// https://www.w3.org/TR/webrtc/#rtcrtpsender-interface
type RTPSender struct {
	pc          *PeerConnection
	ref         *cgo.Ref
	transceiver *RTPTransceiver
	dtmf        *DTMFSender // nil for video
	transform   transformHost

	mu    sync.Mutex
	track TrackLocal
	gate  *isolationGate // sent in place of an isolated track
	// What GetParameters returned last; nil where SetParameters may not be
	// called.
	last *RTPSendParameters
}

// Track returns the track that is sent, or nil.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-track
func (s *RTPSender) Track() TrackLocal {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.track
}

func (s *RTPSender) setTrack(sent sentTrack) {
	s.mu.Lock()
	before := s.gate
	s.track, s.gate = sent.track, sent.gate
	s.mu.Unlock()
	if before != nil {
		before.close()
	}
	if sent.gate != nil {
		s.transform.endIsolated()
		sent.gate.attach()
	}
}

// Transport returns the transport over which media is sent, or nil before a
// description was applied. Transceivers in one bundle have the same object.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-transport
func (s *RTPSender) Transport() *DTLSTransport {
	return rtpTransport(s.pc, s.ref, cgo.RTPSenderDTLSTransport)
}

// RTCPTransport returns nil: RTCP is always multiplexed with RTP, which today's
// W3C text requires (it has dropped the attribute).
//
// https://www.w3.org/TR/2017/CR-webrtc-20171102/#dom-rtcrtpsender-rtcptransport
func (s *RTPSender) RTCPTransport() *DTLSTransport { return nil }

// rtpTransport finds the object for the transport of a sender or receiver.
func rtpTransport(pc *PeerConnection, ref *cgo.Ref, read func(unsafe.Pointer) (unsafe.Pointer, error)) *DTLSTransport {
	p := ref.Acquire()
	if p == nil {
		return nil
	}
	defer ref.Release()
	transport, err := read(p)
	if err != nil || transport == nil {
		return nil
	}
	return pc.dtlsTransport(transport)
}

// ReplaceTrack sends another track in place of the present one, without
// negotiation; nil sends nothing. A track of the other kind is a TypeError, one
// that another API has made an InvalidAccessError. A stopped transceiver is an
// InvalidStateError. It waits for the operations of offer and answer that were asked for
// before.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-replacetrack
func (s *RTPSender) ReplaceTrack(track TrackLocal) error {
	if s == nil {
		return ErrConnectionClosed
	}
	return s.pc.perform(s.replaceOperation(track))
}

func (s *RTPSender) replaceOperation(track TrackLocal) operation {
	return operation{
		check: func() error {
			if isNilTrack(track) {
				track = nil
			} else if track.Kind() != s.transceiver.kind {
				return newError(typeError, "a track of "+track.Kind().String()+" cannot replace one of "+s.transceiver.kind.String(), nil)
			}
			return nil
		},
		prepare: func() (nativeBegin, error) {
			_, done, err := s.use()
			if err == nil {
				done()
			}
			return nil, err
		},
		apply: func() error { return s.replaceTrack(track) },
	}
}

func (s *RTPSender) replaceTrack(track TrackLocal) error {
	p, done, err := s.use()
	if err != nil {
		return err
	}
	defer done()
	var in cgo.Writer
	sent, err := s.pc.writeTrack(&in, track)
	if err != nil {
		return err
	}
	defer sent.release()
	if err := cgo.RTPSenderSetTrack(p, &in); err != nil {
		return nativeError(err)
	}
	s.setTrack(sent)
	return nil
}

// SetStreams sets the streams that the other peer gets the track in, from the
// next negotiation on, which it makes necessary.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-setstreams
func (s *RTPSender) SetStreams(streams ...*MediaStream) error {
	var in cgo.Writer
	if err := writeStreamIDs(&in, nil, streams); err != nil {
		return err
	}
	p, done, err := s.use()
	if err != nil {
		return err
	}
	defer done()
	return nativeError(cgo.RTPSenderSetStreams(p, &in))
}

// GetStats returns the statistics of what is sent, and of what they refer to.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-getstats
func (s *RTPSender) GetStats() (*StatsReport, error) {
	return s.pc.getStats("sender", s.ref)
}

// DTMF returns the sender of tones, always the same object, or nil for a sender
// of video.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-dtmf
func (s *RTPSender) DTMF() *DTMFSender { return s.dtmf }

// use lends the native sender for a call that needs it not to be stopped.
func (s *RTPSender) use() (p unsafe.Pointer, done func(), err error) {
	if s == nil || s.pc.closed.Load() {
		return nil, nil, ErrConnectionClosed
	}
	if p = s.ref.Acquire(); p == nil {
		return nil, nil, errTransceiverStopped()
	}
	if s.transceiver.Direction() == RTPTransceiverDirectionStopped {
		s.ref.Release()
		return nil, nil, errTransceiverStopped()
	}
	return p, s.ref.Release, nil
}

func (s *RTPSender) retire() {
	s.transform.retire()
	s.mu.Lock()
	gate := s.gate
	s.gate = nil
	s.mu.Unlock()
	if gate != nil {
		gate.close()
	}
	if s.dtmf != nil {
		s.dtmf.retire()
	}
	s.ref.Close()
}

// GetParameters returns how the track is encoded and sent. Change what it returns
// and give that to SetParameters; only the last parameters returned will do.
// After a stopped transceiver was negotiated away, and after Close, they are
// empty. The revision of libwebrtc that Debian packages has no encodings before
// the first negotiation, unless the sender came of AddTransceiverFromKind or
// AddTransceiverFromTrack.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-getparameters
func (s *RTPSender) GetParameters() RTPSendParameters {
	p := s.ref.Acquire()
	if p == nil {
		return emptySendParameters()
	}
	defer s.ref.Release()
	r, err := cgo.RTPSenderGetParameters(p)
	if err != nil {
		return emptySendParameters()
	}
	// Two copies, which share nothing that the application could change.
	last := readSendParameters(cgo.NewReader(r.Clone()))
	parameters := readSendParameters(r)
	if len(parameters.Encodings) == 1 && s.transceiver.kind == RTPCodecTypeVideo {
		completeScaling(parameters.Encodings)
	}
	if s.transceiver.kind == RTPCodecTypeVideo {
		streams := readRepairStreams(s.pc.LocalDescription(), s.transceiver.Mid())
		for i := range parameters.Encodings {
			streams.fillIn(&parameters.Encodings[i].RTPCodingParameters)
			streams.fillIn(&last.Encodings[i].RTPCodingParameters)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = &last
	return parameters
}

// SetParameters changes how the track is encoded and sent, and returns when that
// is done. options is at most one.
//
// Errors: InvalidStateError without a GetParameters since the last success, and
// for a stopped transceiver; InvalidModificationError for parameters that are
// out of date (TransactionID) and for changes of what cannot be changed, which is
// all but the settings of Encodings and DegradationPreference; RangeError for
// ScaleResolutionDownBy below 1 and a negative MaxFramerate; TypeError for a
// number that is not finite and an enum's value that is none; OperationError
// where libwebrtc cannot do it.
//
// The revision of libwebrtc that Debian packages has neither Codec nor key
// frames on request: both are an OperationError.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpsender-setparameters
func (s *RTPSender) SetParameters(parameters RTPSendParameters, options ...SetParameterOptions) error {
	p, done, err := s.use()
	if err != nil {
		return err
	}
	defer done()
	last, err := s.takeLast(parameters.TransactionID)
	if err != nil {
		return err
	}
	if err = s.applyParameters(p, last, parameters, options); err != nil {
		s.putBackLast(last)
	}
	return err
}

// takeLast takes the parameters returned last, so that they serve once only.
func (s *RTPSender) takeLast(transactionID string) (*RTPSendParameters, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	last := s.last
	if last == nil {
		return nil, newError(invalidStateError, "setParameters without getParameters", nil)
	}
	if last.TransactionID != transactionID {
		return nil, newError(invalidModificationError, "the parameters are not those returned last", nil)
	}
	s.last = nil
	return last, nil
}

// putBackLast undoes takeLast, unless GetParameters has been called since.
func (s *RTPSender) putBackLast(last *RTPSendParameters) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil {
		s.last = last
	}
}

func (s *RTPSender) applyParameters(p unsafe.Pointer, last *RTPSendParameters, parameters RTPSendParameters, options []SetParameterOptions) error {
	parameters.Encodings = slices.Clone(parameters.Encodings)
	keepReadOnlyMembers(last, &parameters)
	if err := checkReadOnlyParameters(last, &parameters); err != nil {
		return err
	}
	if err := checkEncodings(s.transceiver.kind, parameters.Encodings); err != nil {
		return err
	}
	keyFrames, err := keyFrameOptions(options, len(parameters.Encodings))
	if err != nil {
		return err
	}
	var in cgo.Writer
	in.Bool(parameters.DegradationPreference != DegradationPreferenceUnknown)
	if parameters.DegradationPreference != DegradationPreferenceUnknown {
		if _, err := parameters.DegradationPreference.MarshalText(); err != nil {
			return err
		}
		in.Str(parameters.DegradationPreference.String())
	}
	cgo.WriteList(&in, parameters.Encodings, func(e RTPEncodingParameters) { writeEncoding(&in, e) })
	cgo.WriteList(&in, keyFrames, in.Bool)
	_, err = s.pc.operate(func(pc unsafe.Pointer, op uint64) { cgo.RTPSenderSetParameters(p, pc, op, &in) })
	return nativeError(err)
}

func keyFrameOptions(options []SetParameterOptions, encodings int) ([]bool, error) {
	if len(options) > 1 {
		return nil, newError(typeError, "more than one SetParameterOptions", nil)
	}
	if len(options) == 0 || len(options[0].EncodingOptions) == 0 {
		return nil, nil
	}
	if len(options[0].EncodingOptions) != encodings {
		return nil, newError(invalidModificationError, "encodingOptions are not as many as encodings", nil)
	}
	keyFrames := make([]bool, encodings)
	for i, o := range options[0].EncodingOptions {
		keyFrames[i] = o.KeyFrame
	}
	return keyFrames, nil
}

// keepReadOnlyMembers fills in the members of encodings that the W3C's dictionary does
// not have, where they are left out: parameters may have been through JSON, or a
// program's own form of them.
func keepReadOnlyMembers(last, now *RTPSendParameters) {
	for i := range min(len(last.Encodings), len(now.Encodings)) {
		if e := &now.Encodings[i].RTPCodingParameters; (*e == RTPCodingParameters{RID: e.RID}) {
			rid := e.RID
			*e = last.Encodings[i].RTPCodingParameters
			e.RID = rid
		}
	}
}

// checkReadOnlyParameters refuses changes of what SetParameters cannot change.
func checkReadOnlyParameters(last, now *RTPSendParameters) error {
	sameCodec := func(a, b RTPCodecParameters) bool {
		return a.PayloadType == b.PayloadType && sameCodecCapability(a.RTPCodecCapability, b.RTPCodecCapability)
	}
	sameEncoding := func(a, b RTPEncodingParameters) bool { return a.RTPCodingParameters == b.RTPCodingParameters }
	what := ""
	switch {
	case len(last.Encodings) != len(now.Encodings):
		what = "the number of encodings"
	case !slices.EqualFunc(last.Encodings, now.Encodings, sameEncoding):
		what = "the rid, or another read-only member, of an encoding"
	case !slices.EqualFunc(last.Codecs, now.Codecs, sameCodec):
		what = "codecs"
	case !slices.Equal(last.HeaderExtensions, now.HeaderExtensions):
		what = "headerExtensions"
	case last.RTCP != now.RTCP:
		what = "rtcp"
	default:
		return nil
	}
	return newError(invalidModificationError, what+" cannot be changed", nil)
}

func sameCodecCapability(a, b RTPCodecCapability) bool {
	return a.MimeType == b.MimeType && a.ClockRate == b.ClockRate && a.Channels == b.Channels &&
		a.SDPFmtpLine == b.SDPFmtpLine && slices.Equal(a.RTCPFeedback, b.RTCPFeedback)
}
