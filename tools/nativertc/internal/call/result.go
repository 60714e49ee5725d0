// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package call

import (
	"fmt"
	"time"

	"github.com/nativertc/nativertc/tools/nativertc/internal/latency"
	"github.com/nativertc/nativertc/tools/nativertc/internal/procstat"
	"github.com/nativertc/nativertc/tools/nativertc/internal/relay"
)

// Result is what has become of a call. Its JSON form is what "call --json" prints.
type Result struct {
	// Seconds is how long media was sent. Interrupted says that the user ended it.
	Seconds     float64 `json:"seconds"`
	Interrupted bool    `json:"interrupted"`

	Video      VideoResult      `json:"video"`
	Audio      *AudioResult     `json:"audio,omitempty"` // nil without sound
	Data       DataResult       `json:"data"`
	Connection ConnectionResult `json:"connection"`
	Network    *NetworkResult   `json:"network,omitempty"` // nil without a relay
	Process    ProcessResult    `json:"process"`

	// Output and Picture are the files that were written.
	Output  string `json:"output,omitempty"`
	Picture string `json:"picture,omitempty"`

	// Problems say why the call does not count as a success; empty if it does.
	Problems []string `json:"problems"`
}

// VideoResult is the video from the caller's source to the callee's sink.
type VideoResult struct {
	Codec   string `json:"codec"`
	Encoder string `json:"encoder"`
	Decoder string `json:"decoder"`

	// The sizes of what was sent, and of the last frame that arrived.
	Width          int `json:"width"`
	Height         int `json:"height"`
	ReceivedWidth  int `json:"received_width"`
	ReceivedHeight int `json:"received_height"`

	// FramesSent were given to the source. FramesEncoded of them left the encoder,
	// FramesReceived arrived decoded and with their number. FramesDropped is the
	// rest.
	FramesSent     uint64 `json:"frames_sent"`
	FramesEncoded  uint64 `json:"frames_encoded"`
	KeyFrames      uint64 `json:"key_frames"`
	FramesReceived uint64 `json:"frames_received"`
	FramesDropped  uint64 `json:"frames_dropped"`
	Freezes        uint64 `json:"freezes"`

	SentFPS     float64 `json:"sent_fps"`
	ReceivedFPS float64 `json:"received_fps"`
	// Bitrate is that of the encoded video, in bit/s.
	Bitrate float64 `json:"bitrate"`
	// Limitation is why the encoder gives less than it was asked for.
	Limitation string `json:"quality_limitation,omitempty"`

	// PSNR in dB and SSIM compare what arrived, at the size sent, with what was sent.
	PSNR  PSNR          `json:"psnr_db"`
	SSIM  float64       `json:"ssim"`
	Sink  VideoReceived `json:"sink"`
	Delay Delay         `json:"latency_ms"`
}

// PSNR is the signal-to-noise ratio of all samples and of the planes.
type PSNR struct {
	All float64 `json:"all"`
	Y   float64 `json:"y"`
	U   float64 `json:"u"`
	V   float64 `json:"v"`
}

// Delay is the time of frames from the push into the source to the arrival at the
// sink, in milliseconds.
type Delay struct {
	P50  float64 `json:"p50"`
	P99  float64 `json:"p99"`
	Mean float64 `json:"mean"`
	Max  float64 `json:"max"`
}

func newDelay(s latency.Summary) Delay {
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	return Delay{ms(s.P50), ms(s.P99), ms(s.Mean), ms(s.Max)}
}

// AudioResult is the sound from the caller's source to the callee's sink.
type AudioResult struct {
	Codec     string     `json:"codec"`
	Bitrate   float64    `json:"bitrate"`
	Rate      int        `json:"rate"`
	Channels  int        `json:"channels"`
	Sent      SoundLevel `json:"sent"`
	Received  SoundLevel `json:"received"`
	Concealed float64    `json:"concealed_seconds"`
}

// DataResult is the load of the data channel.
type DataResult struct {
	MessagesSent   uint64  `json:"messages_sent"`
	Messages       uint64  `json:"messages"`
	MessageSize    int     `json:"message_size"`
	Bytes          uint64  `json:"bytes"`
	Seconds        float64 `json:"seconds"`
	BytesPerSecond float64 `json:"bytes_per_second"`
	Checksum       string  `json:"crc32c"`
	// Intact says that all that was sent arrived, in order and unchanged, and that
	// the sender knows.
	Intact bool `json:"intact"`
}

// ConnectionResult is how the peers are connected.
type ConnectionResult struct {
	Protocol      string  `json:"protocol"`
	LocalType     string  `json:"local_type"`
	RemoteType    string  `json:"remote_type"`
	RoundTripMS   float64 `json:"round_trip_ms"`
	ConnectMS     float64 `json:"connect_ms"`
	DTLSCipher    string  `json:"dtls_cipher"`
	SRTPCipher    string  `json:"srtp_cipher"`
	AvailableRate float64 `json:"available_bitrate"`
}

// NetworkResult is what the relay has done.
type NetworkResult struct {
	Forwarded uint64  `json:"forwarded_packets"`
	Lost      uint64  `json:"lost_packets"`
	QueueFull uint64  `json:"queue_full_packets"`
	LossShare float64 `json:"loss_share"`
}

func newNetworkResult(r *relay.Relay) *NetworkResult {
	n := &NetworkResult{}
	for _, side := range []relay.Side{relay.A, relay.B} {
		s := r.Stats(side)
		n.Forwarded += s.Forwarded
		n.Lost += s.DroppedLoss
		n.QueueFull += s.DroppedQueue
	}
	if all := n.Forwarded + n.Lost + n.QueueFull; all > 0 {
		n.LossShare = float64(n.Lost+n.QueueFull) / float64(all)
	}
	return n
}

// ProcessResult is what the call has taken from the machine, both peers together.
type ProcessResult struct {
	CPUSeconds float64 `json:"cpu_seconds"`
	// CPUShare is in cores: 1 is one of them all the time.
	CPUShare    float64 `json:"cpu_share"`
	PeakRSS     int64   `json:"peak_rss_bytes"`
	PeakThreads int     `json:"peak_threads"`
}

func newProcessResult(r procstat.Report) ProcessResult {
	return ProcessResult{r.CPU().Seconds(), r.CPUShare(), r.PeakRSS, r.PeakThreads}
}

// Limits of what counts as a success: far from what a working call gives, even on
// a bad network.
const (
	leastFrames  = 0.1 // share of the frames sent that must arrive
	mostUnknown  = 0.1 // share of the frames that arrive without their number
	leastAudible = 0.5 // share of the audible time that must be heard
	mostLevelOff = 12  // dB between the levels sent and received
	checkedSound = 0.5 // seconds of sound below which nothing is asked of it
)

// judge adds to the problems what did not really arrive.
func (r *Result) judge() {
	problem := func(format string, args ...any) { r.Problems = append(r.Problems, fmt.Sprintf(format, args...)) }
	v := &r.Video
	switch bad := v.Sink.Unreadable + v.Sink.Foreign; {
	case v.FramesSent == 0:
		problem("no video frame was sent")
	case v.FramesReceived == 0:
		problem("no video frame arrived with its number, of %d sent", v.FramesSent)
	case float64(v.FramesReceived) < leastFrames*float64(v.FramesSent):
		problem("only %d of %d video frames arrived", v.FramesReceived, v.FramesSent)
	case float64(bad) > mostUnknown*float64(v.Sink.Frames):
		problem("%d of %d video frames arrived with a wrong number or none", bad, v.Sink.Frames)
	}
	if a := r.Audio; a != nil && a.Sent.Audible >= checkedSound {
		switch off := a.Received.Level - a.Sent.Level; {
		case a.Received.Audible < leastAudible*a.Sent.Audible:
			problem("%.1f s of sound arrived, of %.1f s sent", a.Received.Audible, a.Sent.Audible)
		case off > mostLevelOff || off < -mostLevelOff:
			problem("sound arrived at %.1f dB of full scale, sent at %.1f", a.Received.Level, a.Sent.Level)
		}
	}
	switch d := &r.Data; {
	case d.Messages == 0:
		problem("no message arrived on the data channel")
	case !d.Intact:
		problem("data channel: %d of %d messages arrived, or not unchanged", d.Messages, d.MessagesSent)
	}
}
