// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package serve

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// statsEvery is how often statistics are sent.
const statsEvery = time.Second

// statistics is what the stats channel carries: the Go side's view of the session.
type statistics struct {
	Name      string   `json:"name"`
	Seconds   float64  `json:"seconds"`
	Sessions  int      `json:"sessions"`
	State     string   `json:"state"`
	Protocol  string   `json:"protocol"`
	Local     string   `json:"local"`
	Remote    string   `json:"remote"`
	RoundTrip float64  `json:"round_trip_ms"`
	Available float64  `json:"available_bitrate"`
	DTLS      string   `json:"dtls_cipher"`
	SRTP      string   `json:"srtp_cipher"`
	Streams   []stream `json:"streams"`
}

// stream is one stream of media, as this side sees it.
type stream struct {
	Mid       string  `json:"mid"`
	Direction string  `json:"direction"` // "sent" or "received"
	Kind      string  `json:"kind"`
	Codec     string  `json:"codec"`
	Coder     string  `json:"coder"` // the encoder or decoder
	Width     uint32  `json:"width,omitempty"`
	Height    uint32  `json:"height,omitempty"`
	FPS       float64 `json:"fps,omitempty"`
	Frames    uint32  `json:"frames,omitempty"`
	Bitrate   float64 `json:"bitrate"`
	Lost      int64   `json:"lost"`
	Limited   string  `json:"limited,omitempty"`

	bytes uint64
}

// sendStats sends statistics until the session or the channel ends.
func (one *session) sendStats(c *webrtc.DataChannel) {
	ticker := time.NewTicker(statsEvery)
	defer ticker.Stop()
	meter := bitrateMeter{}
	for {
		report, err := one.pc.GetStats()
		if err != nil || c.ReadyState() != webrtc.DataChannelStateOpen {
			return
		}
		text, err := json.Marshal(one.summarize(report, meter))
		if err == nil && c.BufferedAmount() < chatBacklog {
			err = c.SendText(string(text))
		}
		if err != nil {
			return
		}
		select {
		case <-ticker.C:
		case <-one.quit:
			return
		}
	}
}

// summarize picks what the page shows.
func (one *session) summarize(report *webrtc.StatsReport, meter bitrateMeter) statistics {
	s := statistics{
		Name: one.name, Seconds: time.Since(one.begun).Seconds(), Sessions: one.server.Sessions(),
		State: one.pc.ConnectionState().String(), Streams: []stream{},
	}
	for _, t := range webrtc.StatsOf[*webrtc.TransportStats](report) {
		s.DTLS, s.SRTP = value(t.DTLSCipher), value(t.SRTPCipher)
		selected, _ := report.Get(value(t.SelectedCandidatePairID))
		pair, ok := selected.(*webrtc.ICECandidatePairStats)
		if !ok {
			continue
		}
		s.RoundTrip = value(pair.CurrentRoundTripTime) * 1000
		s.Available = value(pair.AvailableOutgoingBitrate)
		s.Local, s.Protocol = candidate(report, pair.LocalCandidateID)
		s.Remote, _ = candidate(report, pair.RemoteCandidateID)
	}
	for _, o := range webrtc.StatsOf[*webrtc.OutboundRTPStreamStats](report) {
		one := stream{
			Mid: value(o.Mid), Direction: "sent", Kind: o.Kind, Codec: codec(report, o.CodecID),
			Coder: value(o.EncoderImplementation), Width: value(o.FrameWidth), Height: value(o.FrameHeight),
			FPS: value(o.FramesPerSecond), Frames: value(o.FramesEncoded), bytes: value(o.BytesSent),
		}
		if l := o.QualityLimitationReason; l == webrtc.QualityLimitationReasonCPU || l == webrtc.QualityLimitationReasonBandwidth {
			one.Limited = l.String()
		}
		if r, _ := report.Get(value(o.RemoteID)); r != nil {
			if remote, ok := r.(*webrtc.RemoteInboundRTPStreamStats); ok {
				one.Lost = value(remote.PacketsLost)
			}
		}
		one.Bitrate = meter.rate(o.Base(), one.bytes)
		s.Streams = append(s.Streams, one)
	}
	for _, i := range webrtc.StatsOf[*webrtc.InboundRTPStreamStats](report) {
		s.Streams = append(s.Streams, stream{
			Mid: value(i.Mid), Direction: "received", Kind: i.Kind, Codec: codec(report, i.CodecID),
			Coder: value(i.DecoderImplementation), Width: value(i.FrameWidth), Height: value(i.FrameHeight),
			FPS: value(i.FramesPerSecond), Frames: value(i.FramesDecoded), Lost: value(i.PacketsLost),
			Bitrate: meter.rate(i.Base(), value(i.BytesReceived)),
		})
	}
	slices.SortFunc(s.Streams, func(a, b stream) int {
		return cmp.Or(strings.Compare(a.Mid, b.Mid), strings.Compare(b.Direction, a.Direction))
	})
	return s
}

// bitrateMeter turns counters of bytes into bitrates, by the id of their object.
type bitrateMeter map[string]counter

type counter struct {
	at    time.Time
	bytes uint64
}

// rate returns the bitrate since the last time; 0 at first.
func (m bitrateMeter) rate(s *webrtc.StatsBase, bytes uint64) float64 {
	last, ok := m[s.ID]
	now := counter{s.Timestamp.Time(), bytes}
	m[s.ID] = now
	d := now.at.Sub(last.at).Seconds()
	if !ok || d <= 0 || bytes < last.bytes {
		return 0
	}
	return float64(bytes-last.bytes) * 8 / d
}

func codec(report *webrtc.StatsReport, id *string) string {
	s, _ := report.Get(value(id))
	if c, ok := s.(*webrtc.CodecStats); ok {
		_, name, _ := strings.Cut(c.MimeType, "/")
		return name
	}
	return ""
}

// candidate returns the type of a candidate and its protocol.
func candidate(report *webrtc.StatsReport, id string) (kind, protocol string) {
	s, _ := report.Get(id)
	if c, ok := s.(*webrtc.ICECandidateStats); ok {
		return c.CandidateType.String(), strings.ToUpper(value(c.Protocol))
	}
	return "", ""
}

// value returns what p points to, or zero.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
