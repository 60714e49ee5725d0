// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import (
	"errors"
	"fmt"
	"io"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
)

// maxLag is how late a pump may be before it forgets the time it has lost: what is
// late by less is caught up with.
const maxLag = 500 * time.Millisecond

// pacer waits for the times of a clip.
type pacer struct {
	start time.Time
	timer *time.Timer
}

func newPacer() *pacer { return &pacer{start: time.Now(), timer: time.NewTimer(0)} }

// wait waits until the time, counted from the pacer's start, or until stop is
// closed; then it returns false.
func (p *pacer) wait(stop <-chan struct{}, at time.Duration) bool {
	select {
	case <-stop:
		return false
	default:
	}
	d := time.Until(p.start.Add(at))
	if d <= 0 {
		if d < -maxLag {
			p.start = p.start.Add(-d)
		}
		return true
	}
	p.timer.Reset(d)
	select {
	case <-stop:
		return false
	case <-p.timer.C:
		return true
	}
}

// PumpVideo pushes the clip's frames into the source, each at its time, until the
// clip's end (which is no error) or until stop is closed. Each frame is drawn into
// a buffer of libwebrtc's own; edit, where not nil, may change it before it goes.
func PumpVideo(stop <-chan struct{}, from clip.Video, to *webrtc.VideoSource, edit func(*clip.Frame) error) error {
	p := newPacer()
	width, height := from.Size()
	for {
		// The frame is drawn ahead of its time.
		buffer, err := to.LendBuffer(width, height)
		if busy := (*webrtc.OperationError)(nil); errors.As(err, &busy) {
			// All buffers wait for the encoder.
			if !p.wait(stop, time.Since(p.start)+5*time.Millisecond) {
				return nil
			}
			continue
		}
		if err != nil {
			return closed(err)
		}
		frame, err := View(&buffer.VideoFrameBuffer)
		if err == nil {
			err = from.Next(frame)
		}
		if err != nil {
			buffer.Release()
			return ended(err)
		}
		if !p.wait(stop, frame.Time) {
			buffer.Release()
			return nil
		}
		if edit != nil {
			if err := edit(frame); err != nil {
				buffer.Release()
				return err
			}
		}
		if err := to.PushFrame(buffer); err != nil {
			return closed(err)
		}
	}
}

// PumpAudio does the same with sound. watch, where not nil, gets each block before
// it goes.
func PumpAudio(stop <-chan struct{}, from clip.Audio, to *webrtc.AudioSource, watch func([]int16)) error {
	return pumpAudio(stop, from, func(f *webrtc.AudioFrame) error {
		if watch != nil {
			watch(f.Samples)
		}
		return to.PushFrame(f)
	}, func() bool { return true })
}

// pumpAudio gives the clip's blocks to push, each at its time. Before each it waits
// for ready, which returns false when there is nothing more to do.
func pumpAudio(stop <-chan struct{}, from clip.Audio, push func(*webrtc.AudioFrame) error, ready func() bool) error {
	p := newPacer()
	frame := &webrtc.AudioFrame{
		Samples:    make([]int16, clip.BlockSamples*clip.Channels),
		SampleRate: clip.SampleRate, Channels: clip.Channels,
	}
	for n := 0; ready(); n++ {
		if err := from.Next(frame.Samples); err != nil {
			return ended(err)
		}
		if !p.wait(stop, time.Duration(n)*10*time.Millisecond) {
			return nil
		}
		if err := push(frame); err != nil {
			return closed(err)
		}
	}
	return nil
}

// ended makes the end of a clip no error.
func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return fmt.Errorf("input: %w", err)
}

// closed makes the end of a source no error: whoever closed it wants no more.
func closed(err error) error {
	if errors.Is(err, webrtc.ErrClosed) {
		return nil
	}
	return err
}
