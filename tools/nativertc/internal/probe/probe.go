// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package probe tells what the linked libwebrtc can do.
package probe

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tools/nativertc/internal/call"
)

// Report is what Run has found. Its JSON form is what "probe --json" prints.
type Report struct {
	// Revision is the revision of libwebrtc that is linked.
	Revision string `json:"libwebrtc"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
	CPUs     int    `json:"cpus"`

	Audio Media `json:"audio"`
	Video Media `json:"video"`

	// Devices are the GPUs and what they encode, or why they do not.
	Devices []Device `json:"devices"`

	// Tried are the video codecs that a short call was made with.
	Tried []Trial `json:"tried,omitempty"`
}

// Media is what can be negotiated of one kind of media.
type Media struct {
	Codecs           []Codec  `json:"codecs"`
	HeaderExtensions []string `json:"header_extensions"`
}

// Codec is a codec with its settings, and the directions it can be used in.
type Codec struct {
	Name       string `json:"name"`
	ClockRate  uint32 `json:"clock_rate"`
	Channels   uint16 `json:"channels,omitempty"`
	Parameters string `json:"parameters,omitempty"`
	Send       bool   `json:"send"`
	Receive    bool   `json:"receive"`
}

// Trial is what came of a call with a video codec.
type Trial struct {
	Codec   string `json:"codec"`
	Encoder string `json:"encoder,omitempty"`
	Decoder string `json:"decoder,omitempty"`
	// Problem is why the call failed; empty if it did not.
	Problem string `json:"problem,omitempty"`
}

// Options say what Run asks.
type Options struct {
	// Backend and Device narrow the GPUs down, as in hw.ProbeDevice.
	Backend hw.Backend
	Device  string
	// Quick leaves the calls out.
	Quick bool
}

// Run asks libwebrtc for its codecs and the GPUs for what they encode and, unless it is to
// be quick, makes a short call with each video codec to learn the names of its encoder and
// decoder.
func Run(ctx context.Context, o Options) (*Report, error) {
	r := &Report{
		Revision: webrtc.LibwebrtcRevision(), Go: runtime.Version(),
		Platform: runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.NumCPU(),
	}
	var err error
	if r.Audio, err = capabilities(webrtc.RTPCodecTypeAudio); err != nil {
		return nil, err
	}
	if r.Video, err = capabilities(webrtc.RTPCodecTypeVideo); err != nil {
		return nil, err
	}
	devices, err := hw.ProbeDevice(ctx, o.Backend, o.Device)
	if err != nil {
		return nil, err
	}
	for _, d := range devices {
		r.Devices = append(r.Devices, describe(d))
	}
	if o.Quick {
		return r, nil
	}
	for _, name := range r.tryable() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r.Tried = append(r.Tried, attempt(ctx, name))
	}
	return r, nil
}

// tryable returns the video codecs that go both ways.
func (r *Report) tryable() []string {
	var names []string
	for _, c := range r.Video.Codecs {
		if c.Send && c.Receive && slices.Contains(call.Codecs, c.Name) && !slices.Contains(names, c.Name) {
			names = append(names, c.Name)
		}
	}
	return names
}

// attempt makes a call with the codec.
func attempt(ctx context.Context, name string) Trial {
	t := Trial{Codec: name}
	result, err := call.Run(ctx, call.Options{
		Codec: name, Width: 320, Height: 180, NoAudio: true,
		Duration: 700 * time.Millisecond, DataTime: time.Millisecond,
	})
	if err != nil {
		t.Problem = err.Error()
		return t
	}
	t.Encoder, t.Decoder = result.Video.Encoder, result.Video.Decoder
	switch got := result.Video.Codec; {
	case len(result.Problems) > 0:
		t.Problem = strings.Join(result.Problems, "; ")
	case !strings.EqualFold(got, name):
		t.Problem = fmt.Sprintf("%s was negotiated instead", got)
	}
	return t
}

// capabilities returns what can be sent and received, each codec once.
func capabilities(kind webrtc.RTPCodecType) (Media, error) {
	m := Media{Codecs: []Codec{}, HeaderExtensions: []string{}}
	sending, err := webrtc.GetRTPSenderCapabilities(kind)
	if err != nil {
		return m, err
	}
	receiving, err := webrtc.GetRTPReceiverCapabilities(kind)
	if err != nil {
		return m, err
	}
	for _, c := range sending.Codecs {
		m.add(c).Send = true
	}
	for _, c := range receiving.Codecs {
		m.add(c).Receive = true
	}
	for _, list := range [][]webrtc.RTPHeaderExtensionCapability{sending.HeaderExtensions, receiving.HeaderExtensions} {
		for _, e := range list {
			if !slices.Contains(m.HeaderExtensions, e.URI) {
				m.HeaderExtensions = append(m.HeaderExtensions, e.URI)
			}
		}
	}
	return m, nil
}

// add returns the entry of a codec, a new one where there is none.
func (m *Media) add(c webrtc.RTPCodecCapability) *Codec {
	entry := Codec{Name: call.CodecName(c.MimeType), ClockRate: c.ClockRate, Channels: c.Channels, Parameters: c.SDPFmtpLine}
	for i := range m.Codecs {
		known := m.Codecs[i]
		known.Send, known.Receive = false, false
		if known == entry {
			return &m.Codecs[i]
		}
	}
	m.Codecs = append(m.Codecs, entry)
	return &m.Codecs[len(m.Codecs)-1]
}
