// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser_test

import (
	"errors"
	"sync"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/tests/internal/browser"
	"github.com/nativertc/nativertc/tests/internal/media"
)

// programMedia is where the program's media comes from: what the browser's camera
// and microphone give, at the same size and rate.
type programMedia struct {
	video *webrtc.VideoSource
	audio *webrtc.AudioSource
	stop  chan struct{}
	done  sync.WaitGroup
}

func newProgramMedia(api *webrtc.API) (*programMedia, error) {
	m := &programMedia{stop: make(chan struct{})}
	var errVideo, errAudio error
	m.video, errVideo = api.NewVideoSource(webrtc.VideoSourceInit{})
	m.audio, errAudio = api.NewAudioSource(webrtc.AudioSourceInit{})
	if err := errors.Join(errVideo, errAudio); err != nil {
		return nil, err
	}
	m.done.Add(2)
	go m.every(time.Second/browser.CameraFPS, m.picture)
	go m.every(10*time.Millisecond, m.sound)
	return m, nil
}

func (m *programMedia) every(period time.Duration, push func(n int)) {
	defer m.done.Done()
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	for n := 0; ; n++ {
		select {
		case <-m.stop:
			return
		case <-ticker.C:
			push(n)
		}
	}
}

func (m *programMedia) picture(n int) {
	if !m.video.Wants().Active {
		return
	}
	frame, err := m.video.LendBuffer(browser.CameraWidth, browser.CameraHeight)
	if err != nil {
		return // closed
	}
	defer frame.Release()
	for p := range frame.Planes {
		for i := range frame.Planes[p].Data {
			frame.Planes[p].Data[i] = byte(n + i)
		}
	}
	_ = m.video.PushFrame(frame) // fails only where the source is closed
}

func (m *programMedia) sound(n int) {
	const block = media.OpusRate / 100
	tone := media.Tone(browser.MicrophoneTone, media.OpusRate, block)
	_ = m.audio.PushFrame(&webrtc.AudioFrame{Samples: tone, SampleRate: media.OpusRate, Channels: 1})
}

func (m *programMedia) track(kind webrtc.RTPCodecType) (*webrtc.MediaStreamTrack, error) {
	if kind == webrtc.RTPCodecTypeAudio {
		return m.audio.NewTrack("", "")
	}
	return m.video.NewTrack("", "")
}

func (m *programMedia) close() error {
	close(m.stop)
	m.done.Wait()
	return errors.Join(m.video.Close(), m.audio.Close())
}
