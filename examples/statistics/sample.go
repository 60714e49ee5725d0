// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"fmt"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// sample is what is printed of a call. Members that are nil are not known yet:
// what libwebrtc did not report is not zero.
type sample struct {
	codec        string
	bitsPerSec   *float64
	framesPerSec *float64
	roundTrip    *time.Duration // as ICE measures it
	jitter       *time.Duration // as the receiver reports it
	lost         *int64         // packets
	decoded      *uint32        // frames
}

// newSample takes it from the sender's last two reports and the receiver's last.
// before may be nil.
func newSample(before, sent, received *webrtc.StatsReport) sample {
	var s sample
	for _, out := range webrtc.StatsOf[*webrtc.OutboundRTPStreamStats](sent) {
		s.framesPerSec = out.FramesPerSecond
		if was, ok := before.Get(out.ID); ok {
			s.bitsPerSec = bitrate(was.(*webrtc.OutboundRTPStreamStats), out)
		}
		if out.CodecID == nil {
			continue
		}
		// Objects refer to one another by id.
		if codec, ok := sent.Get(*out.CodecID); ok {
			s.codec = codec.(*webrtc.CodecStats).MimeType
		}
	}
	for _, remote := range webrtc.StatsOf[*webrtc.RemoteInboundRTPStreamStats](sent) {
		s.jitter = seconds(remote.Jitter)
	}
	for _, pair := range webrtc.StatsOf[*webrtc.ICECandidatePairStats](sent) {
		if pair.Nominated != nil && *pair.Nominated {
			s.roundTrip = seconds(pair.CurrentRoundTripTime)
		}
	}
	for _, in := range webrtc.StatsOf[*webrtc.InboundRTPStreamStats](received) {
		s.lost = in.PacketsLost
		s.decoded = in.FramesDecoded
	}
	return s
}

// bitrate is how fast the counter grew.
func bitrate(was, is *webrtc.OutboundRTPStreamStats) *float64 {
	passed := is.Timestamp.Time().Sub(was.Timestamp.Time())
	if was.BytesSent == nil || is.BytesSent == nil || passed <= 0 {
		return nil
	}
	rate := 8 * float64(*is.BytesSent-*was.BytesSent) / passed.Seconds()
	return &rate
}

// seconds makes a Duration of the W3C's seconds.
func seconds(v *float64) *time.Duration {
	if v == nil {
		return nil
	}
	d := time.Duration(*v * float64(time.Second))
	return &d
}

// String is the line that the program prints.
func (s sample) String() string {
	return fmt.Sprintf("%s %s kbit/s, %s frames/s, round trip %s, jitter %s, %s packets lost, %s frames decoded",
		s.codec, text("%.0f", scaled(s.bitsPerSec, 1e-3)), text("%.0f", s.framesPerSec),
		text("%v", s.roundTrip), text("%v", s.jitter), text("%d", s.lost), text("%d", s.decoded))
}

func scaled(v *float64, by float64) *float64 {
	if v == nil {
		return nil
	}
	product := *v * by
	return &product
}

// text prints what v points to, or a dash.
func text[T any](format string, v *T) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprintf(format, *v)
}
