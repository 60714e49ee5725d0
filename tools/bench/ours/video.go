// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tools/bench/internal/load"
)

// video sends a clip from one peer to the other and measures what that takes.
func video(api *webrtc.API, v load.VideoArguments) (result load.Result, err error) {
	clip, err := readClip(v)
	if err != nil {
		return nil, err
	}
	a, b, closePair, err := newPeers(api)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closePair()) }()
	if err := a.SetBitrate(webrtc.BitrateSettings{Min: v.Bitrate, Start: v.Bitrate, Max: v.Bitrate}); err != nil {
		return nil, err
	}
	source, err := api.NewVideoSource(webrtc.VideoSourceInit{})
	if err != nil {
		return nil, err
	}
	defer source.Close()
	if err := addVP8(api, a, source); err != nil {
		return nil, err
	}

	r := receiver{width: v.Width, height: v.Height, first: make(chan struct{}, 1), failed: make(chan error, 1)}
	defer r.close()
	b.OnTrack(r.attach)
	opening := load.NewOpening()
	toA, toB := tricklers(opening, a, b)
	if err := negotiate(a, b, toA, toB); err != nil {
		return nil, err
	}

	stop, played := make(chan struct{}), make(chan error, 1)
	go func() { played <- play(source, clip, v, stop) }()
	result, err = r.measure(v.Time)
	close(stop)
	return result, errors.Join(err, <-played)
}

// addVP8 makes a send a track of source, by VP8 alone.
func addVP8(api *webrtc.API, a *webrtc.PeerConnection, source *webrtc.VideoSource) error {
	track, err := source.NewTrack("", "")
	if err != nil {
		return err
	}
	transceiver, err := a.AddTransceiverFromTrack(track, webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly})
	if err != nil {
		return err
	}
	capabilities, err := api.GetRTPSenderCapabilities(webrtc.RTPCodecTypeVideo)
	if err != nil {
		return err
	}
	var codecs []webrtc.RTPCodecCapability
	for _, c := range capabilities.Codecs {
		if strings.EqualFold(c.MimeType, webrtc.MimeTypeVP8) {
			codecs = append(codecs, c)
		}
	}
	return transceiver.SetCodecPreferences(codecs)
}

// receiver counts the frames of a remote track.
type receiver struct {
	width, height int
	frames        atomic.Int64
	first         chan struct{}
	failed        chan error
	sink          atomic.Pointer[webrtc.VideoSink]
}

func (r *receiver) attach(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
	sink, err := webrtc.NewVideoSink(track, webrtc.VideoSinkInit{})
	if err != nil {
		r.fail(err)
		return
	}
	r.sink.Store(sink)
	sink.OnFrame(func(f *webrtc.VideoFrame) {
		if f.Width != r.width || f.Height != r.height {
			r.fail(fmt.Errorf("a frame of %dx%d", f.Width, f.Height))
		}
		f.Release()
		if r.frames.Add(1) == 1 {
			r.first <- struct{}{}
		}
	})
}

func (r *receiver) fail(err error) {
	select {
	case r.failed <- err:
	default:
	}
}

func (r *receiver) close() {
	if sink := r.sink.Load(); sink != nil {
		_ = sink.Close() // it has no error to tell
	}
}

func (r *receiver) measure(length time.Duration) (load.Result, error) {
	select {
	case <-r.first:
	case err := <-r.failed:
		return nil, err
	case <-time.After(time.Minute):
		return nil, errors.New("no video arrives")
	}
	// The first key frames and the start of the bandwidth estimate are over then.
	time.Sleep(2 * time.Second)
	cpu, start, frames := load.CPU(), time.Now(), r.frames.Load()
	time.Sleep(length)
	frames = r.frames.Load() - frames
	wall := time.Since(start).Seconds()
	cpu = load.CPU() - cpu
	select {
	case err := <-r.failed:
		return nil, err
	default:
	}
	if frames == 0 {
		return nil, errors.New("the video has stopped")
	}
	return load.Result{
		"cpu_ms_per_frame": cpu.Seconds() * 1e3 / float64(frames),
		"cores":            cpu.Seconds() / wall,
		"frames_per_s":     float64(frames) / wall,
	}, nil
}

// readClip returns the frames of the clip.
func readClip(v load.VideoArguments) ([]*webrtc.VideoFrame, error) {
	data, err := os.ReadFile(v.File)
	if err != nil {
		return nil, err
	}
	luma, chroma := v.Width*v.Height, v.Width*v.Height/4
	var clip []*webrtc.VideoFrame
	for ; len(data) >= luma+2*chroma; data = data[luma+2*chroma:] {
		f := &webrtc.VideoFrame{}
		f.Format, f.Width, f.Height = webrtc.PixelFormatI420, v.Width, v.Height
		f.Planes = [3]webrtc.VideoPlane{
			{Data: data[:luma], Stride: v.Width},
			{Data: data[luma:][:chroma], Stride: v.Width / 2},
			{Data: data[luma+chroma:][:chroma], Stride: v.Width / 2},
		}
		clip = append(clip, f)
	}
	if len(clip) == 0 {
		return nil, fmt.Errorf("no frame in %s", v.File)
	}
	return clip, nil
}

// play pushes the clip's frames in a loop, forwards and backwards, until stop is
// closed.
func play(source *webrtc.VideoSource, clip []*webrtc.VideoFrame, v load.VideoArguments, stop <-chan struct{}) error {
	start, origin := time.Now(), webrtc.MediaTime()
	last := len(clip) - 1
	timer := time.NewTimer(0)
	defer timer.Stop()
	for i := 0; ; i++ {
		due := time.Duration(i) * time.Second / time.Duration(v.FPS)
		timer.Reset(time.Until(start.Add(due)))
		select {
		case <-stop:
			return nil
		case <-timer.C:
		}
		phase := 0
		if last > 0 {
			phase = i % (2 * last)
		}
		if phase > last {
			phase = 2*last - phase
		}
		f := clip[phase]
		f.Timestamp = origin + due
		if err := source.PushFrame(f); err != nil {
			return err
		}
	}
}
