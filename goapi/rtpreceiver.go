// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"math"
	"slices"
	"sync"
	"time"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// RTPReceiver receives a track from the other peer.
//
// A receiver belongs to its PeerConnection and needs no closing. All methods may
// be called from any goroutine.
//
// https://www.w3.org/TR/webrtc/#rtcrtpreceiver-interface
type RTPReceiver struct {
	pc          *PeerConnection
	ref         *cgo.Ref
	transceiver *RTPTransceiver
	track       *TrackRemote
	observer    *cgo.Ref // raises the receiver's events
	transform   transformHost

	mu      sync.Mutex
	streams []*MediaStream // those the other peer has put the track in
	// Media has come before, and libwebrtc does not tell when it comes again.
	receivedOnce bool
	jitterTarget *time.Duration
}

// Track returns the track that is received, always the same object. It exists
// before anything was negotiated, and is muted while nothing is received.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpreceiver-track
func (r *RTPReceiver) Track() *TrackRemote { return r.track }

// Transport returns the transport over which media is received, or nil before a
// description was applied. Transceivers in one bundle have the same object.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpreceiver-transport
func (r *RTPReceiver) Transport() *DTLSTransport {
	return rtpTransport(r.pc, r.ref, cgo.RTPReceiverDTLSTransport)
}

// RTCPTransport returns nil: RTCP is always multiplexed with RTP, which today's
// W3C text requires (it has dropped the attribute).
//
// https://www.w3.org/TR/2017/CR-webrtc-20171102/#dom-rtcrtpreceiver-rtcptransport
func (r *RTPReceiver) RTCPTransport() *DTLSTransport { return nil }

// GetParameters returns how the track is sent by the other peer. After a stopped
// transceiver was negotiated away, and after Close, they are empty.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpreceiver-getparameters
func (r *RTPReceiver) GetParameters() RTPReceiveParameters {
	var parameters RTPReceiveParameters
	parameters.fillLists()
	p := r.ref.Acquire()
	if p == nil {
		return parameters
	}
	defer r.ref.Release()
	in, err := cgo.RTPReceiverGetParameters(p)
	if err != nil {
		return parameters
	}
	parameters.RTPParameters, _ = readRTPParameters(in)
	parameters.Encodings = cgo.ReadList(in, func() RTPDecodingParameters {
		return RTPDecodingParameters{RTPCodingParameters{RID: in.Str(), SSRC: SSRC(deref(cgo.ReadOpt(in, in.U32)))}}
	})
	if r.track.Kind() == RTPCodecTypeVideo {
		streams := readRepairStreams(r.pc.RemoteDescription(), r.transceiver.Mid())
		for i := range parameters.Encodings {
			streams.fillIn(&parameters.Encodings[i].RTPCodingParameters)
		}
	}
	return parameters
}

// GetStats returns the statistics of what is received, and of what they refer to.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpreceiver-getstats
func (r *RTPReceiver) GetStats() (*StatsReport, error) {
	return r.pc.getStats("receiver", r.ref)
}

// GetContributingSources returns the sources (CSRC) that had a part in what was
// played within the last ten seconds, the latest first.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpreceiver-getcontributingsources
func (r *RTPReceiver) GetContributingSources() []RTPContributingSource {
	return r.sources(true)
}

// GetSynchronizationSources returns the streams (SSRC) played within the last ten
// seconds, the latest first. libwebrtc does not report the VoiceActivityFlag: it
// is nil.
//
// https://www.w3.org/TR/webrtc/#dom-rtcrtpreceiver-getsynchronizationsources
func (r *RTPReceiver) GetSynchronizationSources() []RTPSynchronizationSource {
	var sources []RTPSynchronizationSource
	for _, s := range r.sources(false) {
		sources = append(sources, RTPSynchronizationSource{s})
	}
	return sources
}

func (r *RTPReceiver) sources(contributing bool) []RTPContributingSource {
	p := r.ref.Acquire()
	if p == nil {
		return nil
	}
	defer r.ref.Release()
	in, err := cgo.RTPReceiverSources(p)
	if err != nil {
		return nil
	}
	now := time.Now()
	var sources []RTPContributingSource
	for range in.U32() {
		if isCSRC, s := in.Bool(), readSource(in, now); isCSRC == contributing && in.Err() == nil {
			sources = append(sources, s)
		}
	}
	return sources
}

func readSource(in *cgo.Reader, now time.Time) RTPContributingSource {
	s := RTPContributingSource{Source: in.U32()}
	s.Timestamp = now.Add(-time.Duration(in.I64()) * time.Microsecond)
	s.RTPTimestamp = in.U32()
	s.AudioLevel = cgo.ReadOpt(in, func() float64 { return linearAudioLevel(in.U8()) })
	if in.Bool() {
		captured := ntpTimestamp(in.U64())
		s.CaptureTimestamp = &captured
		s.SenderCaptureTimeOffset = cgo.ReadOpt(in, func() time.Duration { return fixedPointSeconds(in.I64()) })
	}
	return s
}

// linearAudioLevel turns a level in -dBov, where 127 is silence (RFC 6464), into
// the W3C's.
func linearAudioLevel(level uint8) float64 {
	if level >= 127 {
		return 0
	}
	return math.Pow(10, -float64(level)/20)
}

// ntpTimestamp turns a 32.32 fixed-point NTP timestamp of era 0 into a time.
func ntpTimestamp(t uint64) time.Time {
	fraction := time.Duration((t & 0xffffffff) * uint64(time.Second) >> 32)
	return ntpEpoch.Add(time.Duration(t>>32)*time.Second + fraction)
}

// fixedPointSeconds turns a 32.32 fixed-point number of seconds into a duration.
func fixedPointSeconds(v int64) time.Duration {
	return time.Duration(float64(v) / (1 << 32) * float64(time.Second))
}

// JitterBufferTarget returns what SetJitterBufferTarget has set; nil before, and
// for libwebrtc's own choice.
//
// https://www.w3.org/TR/webrtc-extensions/#dom-rtcrtpreceiver-jitterbuffertarget
func (r *RTPReceiver) JitterBufferTarget() *time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return clone(r.jitterTarget)
}

// maxJitterBufferTarget is the W3C's limit.
const maxJitterBufferTarget = 4 * time.Second

// SetJitterBufferTarget sets how long media should be held back before it is
// played, for smoothness at the cost of delay; nil leaves that to libwebrtc. Less
// than 0 or more than 4 seconds are a RangeError.
//
// https://www.w3.org/TR/webrtc-extensions/#dom-rtcrtpreceiver-jitterbuffertarget
func (r *RTPReceiver) SetJitterBufferTarget(target *time.Duration) error {
	if target != nil && (*target < 0 || *target > maxJitterBufferTarget) {
		return newError(rangeError, "the jitter buffer target is not within 0 and 4 seconds", nil)
	}
	p, done, err := r.use()
	if err != nil {
		return err
	}
	defer done()
	var in cgo.Writer
	cgo.WriteOpt(&in, target, func(d time.Duration) { in.F64(d.Seconds()) })
	if err := cgo.RTPReceiverSetJitterBufferTarget(p, &in); err != nil {
		return nativeError(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.jitterTarget = clone(target)
	return nil
}

// use lends the native receiver for a call that needs it not to be stopped.
func (r *RTPReceiver) use() (p unsafe.Pointer, done func(), err error) {
	if r == nil || r.pc.closed.Load() {
		return nil, nil, ErrConnectionClosed
	}
	if p = r.ref.Acquire(); p == nil {
		return nil, nil, errTransceiverStopped()
	}
	return p, r.ref.Release, nil
}

// applyTrack makes the track one that the other peer sends in the given streams,
// and returns the handlers to run for it, and whether it was not in one of them.
func (r *RTPReceiver) applyTrack(ids []string, streams []*MediaStream) (run []func(), added bool) {
	r.track.setStreamIDs(ids)
	handlers, added := r.replaceStreams(streams)
	r.mu.Lock()
	unmute := r.receivedOnce
	r.mu.Unlock()
	if unmute {
		handlers = append(handlers, changeMuted(r.track, false))
	}
	return someHandlers(handlers), added
}

// applyTrackRemoved makes the track one that the other peer does not send, and
// returns the handlers to run for it.
func (r *RTPReceiver) applyTrackRemoved() []func() {
	handlers := []func(){changeMuted(r.track, true)}
	removed, _ := r.replaceStreams(nil)
	return someHandlers(append(handlers, removed...))
}

// replaceStreams moves the track from the streams that it was in to others, and tells
// whether it was not in one of these.
func (r *RTPReceiver) replaceStreams(streams []*MediaStream) (handlers []func(), added bool) {
	r.mu.Lock()
	before := r.streams
	r.streams = streams
	r.mu.Unlock()
	for _, s := range before {
		if !slices.Contains(streams, s) {
			handlers = append(handlers, s.remoteRemove(r.track))
		}
	}
	for _, s := range streams {
		if !slices.Contains(before, s) {
			added = true
			handlers = append(handlers, s.remoteAdd(r.track))
		}
	}
	return handlers, added
}

// changeMuted sets whether a track is muted and returns what runs the handler for
// it, or nil for no change. The handler is looked up when its turn comes: one that
// the track event's handler has set misses nothing.
func changeMuted(t *TrackRemote, muted bool) func() {
	before := t.Muted()
	t.setMuted(muted)
	if t.Muted() == before {
		return nil
	}
	return func() {
		t.mu.Lock()
		f := t.handlers.unmute
		if muted {
			f = t.handlers.mute
		}
		t.mu.Unlock()
		if f != nil {
			f()
		}
	}
}

// someHandlers leaves out what the application has not set.
func someHandlers(handlers []func()) []func() {
	return slices.DeleteFunc(handlers, func(f func()) bool { return f == nil })
}

// decode implements subject: media has come, for the first time or the first
// since the track is received again.
func (r *RTPReceiver) decode(kind cgo.EventKind, record *cgo.Reader) event {
	if kind != cgo.EventRTPReceived {
		return event{}
	}
	again := record.Bool()
	var unmute func()
	return event{
		apply: func() {
			r.mu.Lock()
			r.receivedOnce = !again
			r.mu.Unlock()
			unmute = changeMuted(r.track, false)
		},
		fire: func() {
			if unmute != nil {
				unmute()
			}
		},
	}
}

func (r *RTPReceiver) retire() {
	r.transform.retire()
	r.pc.subjects.remove(r.ref.ID())
	if r.observer != nil {
		r.observer.Close()
	}
	if r.track != nil {
		r.pc.subjects.remove(r.track.ref.ID())
		_ = r.track.Close()
	}
	r.ref.Close()
}
