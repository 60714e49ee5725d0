// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"slices"
	"strconv"

	"github.com/nativertc/nativertc/cgo"
)

// Readers and writers of what bridge/rtp_parameters.h describes.

func readCodec(r *cgo.Reader) RTPCodecCapability {
	return RTPCodecCapability{
		MimeType:    r.Str(),
		ClockRate:   uint32(deref(cgo.ReadOpt(r, r.I32))),
		Channels:    uint16(deref(cgo.ReadOpt(r, r.I32))),
		SDPFmtpLine: r.Str(),
		RTCPFeedback: cgo.ReadList(r, func() RTCPFeedback {
			return RTCPFeedback{Type: r.Str(), Parameter: r.Str()}
		}),
	}
}

// writeCodec leaves feedback out: it cannot be chosen.
func writeCodec(w *cgo.Writer, c RTPCodecCapability) {
	w.Str(c.MimeType)
	writeOptNumber(w, c.ClockRate)
	writeOptNumber(w, uint32(c.Channels))
	w.Str(c.SDPFmtpLine)
	w.U32(0)
}

// writeOptNumber writes an optional i32 whose zero means that it is not there.
func writeOptNumber(w *cgo.Writer, v uint32) {
	w.Bool(v != 0)
	if v != 0 {
		w.I32(int32(min(v, 1<<31-1)))
	}
}

func readHeaderExtensionCapabilities(r *cgo.Reader) []RTPHeaderExtensionCapability {
	return cgo.ReadList(r, func() RTPHeaderExtensionCapability {
		e := RTPHeaderExtensionCapability{URI: r.Str()}
		e.Direction, _ = ParseRTPTransceiverDirection(r.Str())
		return e
	})
}

// readRTPParameters also returns the degradation preference, which travels with
// them but belongs to senders.
func readRTPParameters(r *cgo.Reader) (RTPParameters, DegradationPreference) {
	p := RTPParameters{
		Codecs: cgo.ReadList(r, func() RTPCodecParameters {
			return RTPCodecParameters{RTPCodecCapability: readCodec(r), PayloadType: PayloadType(r.I32())}
		}),
		HeaderExtensions: cgo.ReadList(r, func() RTPHeaderExtensionParameter {
			return RTPHeaderExtensionParameter{URI: r.Str(), ID: int(r.I32()), Encrypted: r.Bool()}
		}),
		RTCP: RTCPParameters{CNAME: r.Str(), ReducedSize: r.Bool()},
	}
	p.fillLists()
	preference, _ := ParseDegradationPreference(deref(cgo.ReadOpt(r, r.Str)))
	return p, preference
}

// fillLists makes lists that are empty, where there are none: null is no list.
func (p *RTPParameters) fillLists() {
	if p.Codecs == nil {
		p.Codecs = []RTPCodecParameters{}
	}
	if p.HeaderExtensions == nil {
		p.HeaderExtensions = []RTPHeaderExtensionParameter{}
	}
}

// emptySendParameters are those of a sender that is no more.
func emptySendParameters() RTPSendParameters {
	p := RTPSendParameters{Encodings: []RTPEncodingParameters{}}
	p.fillLists()
	return p
}

func readSendParameters(r *cgo.Reader) RTPSendParameters {
	p := RTPSendParameters{TransactionID: r.Str()}
	p.RTPParameters, p.DegradationPreference = readRTPParameters(r)
	p.Encodings = cgo.ReadList(r, func() RTPEncodingParameters { return readEncoding(r) })
	return p
}

func readEncoding(r *cgo.Reader) RTPEncodingParameters {
	var e RTPEncodingParameters
	e.RID = r.Str()
	e.SSRC = SSRC(deref(cgo.ReadOpt(r, r.U32)))
	active := r.Bool()
	e.Active = &active
	e.MaxBitrate = cgo.ReadOpt(r, r.U64)
	e.MaxFramerate = cgo.ReadOpt(r, r.F64)
	e.ScaleResolutionDownBy = cgo.ReadOpt(r, r.F64)
	e.ScaleResolutionDownTo = cgo.ReadOpt(r, func() ResolutionRestriction {
		return ResolutionRestriction{MaxWidth: r.U32(), MaxHeight: r.U32()}
	})
	e.ScalabilityMode = deref(cgo.ReadOpt(r, r.Str))
	e.Priority, _ = ParsePriorityType(r.Str())
	e.NetworkPriority, _ = ParsePriorityType(r.Str())
	e.AdaptivePtime = r.Bool()
	e.Codec = cgo.ReadOpt(r, func() RTPCodecCapability { return readCodec(r) })
	return e
}

func writeEncoding(w *cgo.Writer, e RTPEncodingParameters) {
	w.Str(e.RID)
	w.Bool(false)
	w.Bool(e.Active == nil || *e.Active)
	cgo.WriteOpt(w, e.MaxBitrate, w.U64)
	cgo.WriteOpt(w, e.MaxFramerate, w.F64)
	cgo.WriteOpt(w, e.ScaleResolutionDownBy, w.F64)
	cgo.WriteOpt(w, e.ScaleResolutionDownTo, func(size ResolutionRestriction) {
		w.U32(size.MaxWidth)
		w.U32(size.MaxHeight)
	})
	w.Bool(e.ScalabilityMode != "")
	if e.ScalabilityMode != "" {
		w.Str(e.ScalabilityMode)
	}
	w.Str(priorityOrDefault(e.Priority).String())
	w.Str(priorityOrDefault(e.NetworkPriority).String())
	w.Bool(e.AdaptivePtime)
	cgo.WriteOpt(w, e.Codec, func(c RTPCodecCapability) { writeCodec(w, c) })
}

func priorityOrDefault(p PriorityType) PriorityType {
	if p == PriorityTypeUnknown {
		return PriorityTypeLow
	}
	return p
}

// writeStreamIDs writes the ids of streams, each once; where none is given, those
// that a local track was made with.
func writeStreamIDs(w *cgo.Writer, track TrackLocal, streams []*MediaStream) error {
	var ids []string
	if t := nativeTrack(track); t != nil && !t.remote && len(streams) == 0 {
		ids = t.StreamIDs()
	}
	for i, s := range streams {
		if s == nil {
			return newError(typeError, "stream "+strconv.Itoa(i)+" is nil", nil)
		}
		if !slices.Contains(ids, s.ID()) {
			ids = append(ids, s.ID())
		}
	}
	w.Strs(ids)
	return nil
}

// nativeTrack returns nil for a nil interface and for one that holds nil.
func nativeTrack(track TrackLocal) *MediaStreamTrack {
	if track == nil {
		return nil
	}
	return track.mediaStreamTrack()
}

func isNilTrack(track TrackLocal) bool { return nativeTrack(track) == nil }

func errNilTrack() error { return newError(typeError, "the track is nil", nil) }

// writeTrack writes a track, or that there is none. Its release must be called
// after the call. A track of another factory would outlive the threads it lives on.
func (pc *PeerConnection) writeTrack(w *cgo.Writer, track TrackLocal) (sent sentTrack, err error) {
	t := nativeTrack(track)
	if t == nil {
		w.Ref(nil)
		return sentTrack{}, nil
	}
	if t.rt != pc.rt {
		return sentTrack{}, newError(invalidAccessError, "the track was made by another API", nil)
	}
	sent = sentTrack{track: track, ref: t.ref}
	if t.peerIdentity != "" {
		if sent.gate, err = newGate(pc, t); err != nil {
			return sentTrack{}, err
		}
		sent.ref = sent.gate.ref
	}
	p := sent.ref.Acquire()
	if p == nil {
		return sentTrack{}, ErrClosed
	}
	w.Ref(p)
	return sent, nil
}

// sentTrack is a track, or none, that was written for a call.
type sentTrack struct {
	track TrackLocal
	ref   *cgo.Ref       // what libwebrtc gets
	gate  *isolationGate // of an isolated track
}

// release ends the loan when the call is over.
func (s sentTrack) release() {
	if s.ref == nil {
		return
	}
	s.ref.Release()
	if s.gate != nil && !s.gate.attached {
		s.gate.close()
	}
}
