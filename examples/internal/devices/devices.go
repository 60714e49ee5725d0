// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package devices stands in for the camera, microphone, screen and loudspeaker
// that a computer in a data centre does not have.
package devices

import (
	"context"
	"math"
	"sync"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// What the camera and microphone make.
const (
	framerate  = 30
	sampleRate = 48000
	amplitude  = 8000
)

// Device is a source of media that runs until Close.
type Device struct {
	Track *webrtc.MediaStreamTrack

	stop    chan struct{}
	running sync.WaitGroup
	source  interface{ Close() error }
}

// Close stops the device and ends its track.
func (d *Device) Close() error {
	close(d.stop)
	d.running.Wait()
	return d.source.Close()
}

func (d *Device) run(period time.Duration, tick func(n int)) {
	d.stop = make(chan struct{})
	d.running.Add(1)
	go func() {
		defer d.running.Done()
		ticker := time.NewTicker(period)
		defer ticker.Stop()
		for n := 0; ; n++ {
			select {
			case <-ticker.C:
				tick(n)
			case <-d.stop:
				return
			}
		}
	}()
}

// NewCamera makes a camera, before which the light goes up and down.
func NewCamera(api *webrtc.API, width, height int) (*Device, error) {
	source, err := api.NewVideoSource(webrtc.VideoSourceInit{Label: "camera"})
	if err != nil {
		return nil, err
	}
	track, err := source.NewTrack("", "")
	if err != nil {
		_ = source.Close()
		return nil, err
	}
	d := &Device{Track: track, source: source}
	d.run(time.Second/framerate, func(n int) {
		frame, err := source.LendBuffer(width, height)
		if err != nil {
			return // The encoders are behind: leave this one out.
		}
		for i, plane := range frame.Planes {
			value := byte(128)
			if i == 0 {
				value = byte(64 + n%128)
			}
			for j := range plane.Data {
				plane.Data[j] = value
			}
		}
		_ = source.PushFrame(frame) // An error means that the source is closed.
	})
	return d, nil
}

// NewMicrophone makes a microphone, before which a tone sounds.
func NewMicrophone(api *webrtc.API, hertz float64) (*Device, error) {
	source, err := api.NewAudioSource(webrtc.AudioSourceInit{Label: "microphone"})
	if err != nil {
		return nil, err
	}
	track, err := source.NewTrack("", "")
	if err != nil {
		_ = source.Close()
		return nil, err
	}
	d := &Device{Track: track, source: source}
	block := webrtc.AudioFrame{Samples: make([]int16, sampleRate/100), SampleRate: sampleRate, Channels: 1}
	d.run(10*time.Millisecond, func(n int) {
		for i := range block.Samples {
			t := float64(n*len(block.Samples)+i) / sampleRate
			block.Samples[i] = int16(amplitude * math.Sin(2*math.Pi*hertz*t))
		}
		_ = source.PushFrame(&block)
	})
	return d, nil
}

// See waits until a track shows a picture, and returns its size.
func See(ctx context.Context, track *webrtc.MediaStreamTrack) (width, height int, err error) {
	sink, err := webrtc.NewVideoSink(track, webrtc.VideoSinkInit{})
	if err != nil {
		return 0, 0, err
	}
	defer sink.Close()
	frame, err := sink.ReadFrame(ctx)
	if err != nil {
		return 0, 0, err
	}
	defer frame.Release()
	return frame.Width, frame.Height, nil
}

// Hear waits until a track is not silent any more.
func Hear(ctx context.Context, track *webrtc.MediaStreamTrack) error {
	sink, err := webrtc.NewAudioSink(track, webrtc.AudioSinkInit{})
	if err != nil {
		return err
	}
	defer sink.Close()
	for {
		block, err := sink.ReadFrame(ctx)
		if err != nil {
			return err
		}
		for _, sample := range block.Samples {
			if sample > amplitude/4 {
				return nil
			}
		}
	}
}
