// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import (
	"errors"
	"sync"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// Output is a pair of sources that a Studio feeds. Each viewer has its own, so that
// what one's network asks for does not change what the others see.
type Output struct {
	Video *webrtc.VideoSource
	Audio *webrtc.AudioSource // nil where the clip has no sound
}

// Studio plays one clip to any number of outputs at a time, and pauses while there
// is none. It is safe for concurrent use.
type Studio struct {
	clip *Clip
	stop chan struct{}
	done chan struct{} // closed when playing has ended
	once sync.Once

	mu      sync.Mutex
	outputs map[*Output]struct{}
	busy    chan struct{} // closed while there is an output
	err     error
}

// NewStudio begins to play the clip, which the studio closes in the end.
func NewStudio(c *Clip) *Studio {
	s := &Studio{
		clip: c, stop: make(chan struct{}), done: make(chan struct{}),
		outputs: make(map[*Output]struct{}), busy: make(chan struct{}),
	}
	go s.play()
	return s
}

// HasAudio says whether the clip has sound.
func (s *Studio) HasAudio() bool { return s.clip.Audio != nil }

// Add feeds the output from now on.
func (s *Studio) Add(o *Output) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.outputs[o] = struct{}{}; len(s.outputs) == 1 {
		close(s.busy)
	}
}

// Remove ends feeding the output. A frame that is under way may still come.
func (s *Studio) Remove(o *Output) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.outputs[o]; !ok {
		return
	}
	if delete(s.outputs, o); len(s.outputs) == 0 {
		s.busy = make(chan struct{})
	}
}

// Done is closed when playing has ended: by Close, at the clip's end, or by an
// error, which Err returns.
func (s *Studio) Done() <-chan struct{} { return s.done }

// Err returns why playing has ended; nil after Close and at the clip's end.
func (s *Studio) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// Close ends playing and closes the clip.
func (s *Studio) Close() error {
	s.once.Do(func() { close(s.stop) })
	err := s.clip.Close() // It wakes a player that waits for the clip.
	<-s.done
	return err
}

func (s *Studio) play() {
	defer close(s.done)
	var wg sync.WaitGroup
	run := func(f func() error) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			err := f()
			select {
			case <-s.stop:
				return // What fails then is only being closed.
			default:
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			s.err = errors.Join(s.err, err)
		}()
	}
	run(s.playVideo)
	if s.HasAudio() {
		run(s.playAudio)
	}
	wg.Wait()
}

func (s *Studio) playVideo() error {
	p := newPacer()
	width, height := s.clip.Video.Size()
	buffer, err := webrtc.NewVideoFrameBuffer(webrtc.PixelFormatI420, width, height)
	if err != nil {
		return err
	}
	picture := &webrtc.VideoFrame{VideoFrameBuffer: *buffer}
	frame, err := View(&picture.VideoFrameBuffer)
	if err != nil {
		return err
	}
	for s.ready() {
		if err := s.clip.Video.Next(frame); err != nil {
			return ended(err)
		}
		if !p.wait(s.stop, frame.Time) {
			return nil
		}
		picture.Timestamp = webrtc.MediaTime()
		err := s.each(func(o *Output) error { return o.Video.PushFrame(picture) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Studio) playAudio() error {
	return pumpAudio(s.stop, s.clip.Audio, func(f *webrtc.AudioFrame) error {
		return s.each(func(o *Output) error {
			if o.Audio == nil {
				return nil
			}
			return o.Audio.PushFrame(f)
		})
	}, s.ready)
}

// ready waits for an output; it returns false when the studio is closed.
func (s *Studio) ready() bool {
	s.mu.Lock()
	busy := s.busy
	s.mu.Unlock()
	select {
	case <-busy:
		return true
	case <-s.stop:
		return false
	}
}

// each gives something to every output. One that is closed already is left out.
func (s *Studio) each(push func(*Output) error) error {
	s.mu.Lock()
	outputs := make([]*Output, 0, len(s.outputs))
	for o := range s.outputs {
		outputs = append(outputs, o)
	}
	s.mu.Unlock()
	for _, o := range outputs {
		if err := closed(push(o)); err != nil {
			return err
		}
	}
	return nil
}
