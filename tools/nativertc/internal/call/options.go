// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package call

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tools/nativertc/internal/marker"
	"github.com/nativertc/nativertc/tools/nativertc/internal/progress"
	"github.com/nativertc/nativertc/tools/nativertc/internal/relay"
)

// Codecs are the video codecs to choose from. Which of them there are depends on
// the libwebrtc that is linked.
var Codecs = []string{"VP8", "VP9", "AV1", "H264"}

// Options say what call to make. The zero value is a call of ten seconds with the
// generated clip at 1280x720 and 30 frames per second.
type Options struct {
	// Input is a file or URL that ffmpeg reads; "" is the generated clip.
	Input string
	// Loop starts the input again at its end.
	Loop bool
	// NoAudio leaves the sound out.
	NoAudio bool
	// Codec is one of Codecs; "" is libwebrtc's choice.
	Codec string
	// Encoders say whether GPUs encode; the zero value is software.
	Encoders hw.Encoders
	// Width and Height are the size to send; 0 is the input's, or follows from the
	// other one.
	Width, Height int
	// FPS is the frame rate to send; 0 is the input's.
	FPS float64
	// Duration ends the call; 0 is the input's end, or ten seconds where it has
	// none.
	Duration time.Duration
	// Bitrate bounds what the caller sends.
	Bitrate webrtc.BitrateSettings
	// Network is what happens to packets, in both directions. Unless it is zero, a
	// relay stands between the peers.
	Network relay.Impairment
	// DataTime is how long the data channel is loaded, DataSize how large its
	// messages are, and DataRate how much is sent in bit/s, 0 for as much as it
	// takes. 0 in DataTime is three seconds, or a quarter of a shorter call; in
	// DataSize 16 KiB.
	DataTime time.Duration
	DataSize int
	DataRate int64
	// MeasureEvery is the distance of frames whose quality is measured; 0 is about
	// five per second.
	MeasureEvery int
	// Output is the file to record to, by whose ending the format goes, Picture the
	// PNG of one frame; "" is none.
	Output, Picture string
	// Progress shows how far the call has come, where it is not nil.
	Progress *progress.Bar
	// Log gets what libwebrtc has to say; nil is nothing.
	Log *slog.Logger
}

// Defaults of Options.
const (
	defaultDuration = 10 * time.Second
	defaultDataTime = 3 * time.Second
	defaultDataSize = 16 << 10
)

// maxDataSize is the largest message that libwebrtc takes without an agreement on
// more.
const maxDataSize = 256 << 10

// Check returns an error where the options make no sense.
func (o *Options) Check() error {
	switch {
	case o.Codec != "" && !slices.Contains(Codecs, o.Codec):
		return fmt.Errorf("codec %q is none of %s", o.Codec, strings.Join(Codecs, ", "))
	case o.Width < 0 || o.Height < 0:
		return fmt.Errorf("size %dx%d is negative", o.Width, o.Height)
	case o.Width > 0 && o.Width < marker.MinWidth || o.Height > 0 && o.Height < marker.MinHeight:
		return fmt.Errorf("size %dx%d is below %dx%d, the least that holds a frame's number",
			o.Width, o.Height, marker.MinWidth, marker.MinHeight)
	case !(o.FPS >= 0 && o.FPS <= 240):
		return fmt.Errorf("frame rate %v is not within 0 and 240", o.FPS)
	case o.Duration < 0 || o.DataTime < 0:
		return errors.New("a duration is negative")
	case o.DataSize < 0 || o.DataSize > maxDataSize || o.DataSize > 0 && o.DataSize < loadHeader:
		return fmt.Errorf("messages of %d bytes are not within %d and %d", o.DataSize, loadHeader, maxDataSize)
	case o.DataRate < 0:
		return errors.New("the data rate is negative")
	case o.MeasureEvery < 0:
		return errors.New("the distance of measured frames is negative")
	case o.Loop && o.Input == "":
		return errors.New("without an input there is nothing to repeat")
	}
	b := o.Bitrate
	if b.Min < 0 || b.Start < 0 || b.Max < 0 || b.Max > 0 && (b.Min > b.Max || b.Start > b.Max) || b.Start > 0 && b.Min > b.Start {
		return fmt.Errorf("bitrates of %d at least, %d at first and %d at most contradict each other", b.Min, b.Start, b.Max)
	}
	return o.Network.Check()
}

// impaired says whether a relay is needed.
func (o *Options) impaired() bool { return o.Network != relay.Impairment{} }

// dataTime returns how long the data channel is loaded in a call of the length.
func (o *Options) dataTime(length time.Duration) time.Duration {
	switch {
	case o.DataTime > 0:
		return o.DataTime
	case length > 0:
		return min(length/4, defaultDataTime)
	}
	return defaultDataTime
}

func (o *Options) dataSize() int {
	if o.DataSize > 0 {
		return o.DataSize
	}
	return defaultDataSize
}

// printf writes a line above the progress bar.
func (o *Options) printf(format string, args ...any) {
	if o.Progress != nil {
		o.Progress.Printf(format, args...)
	}
}
