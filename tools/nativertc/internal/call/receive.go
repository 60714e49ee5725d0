// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package call

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
	"github.com/nativertc/nativertc/tools/nativertc/internal/latency"
	"github.com/nativertc/nativertc/tools/nativertc/internal/marker"
	"github.com/nativertc/nativertc/tools/nativertc/internal/media"
	"github.com/nativertc/nativertc/tools/nativertc/internal/quality"
	"github.com/nativertc/nativertc/tools/nativertc/internal/record"
)

// sinkFrames is how many decoded frames may wait for the measurement.
const sinkFrames = 8

// receiver takes what the callee gets and measures it.
type receiver struct {
	sent     *sentVideo
	recorder *record.Recorder // nil: nothing is recorded
	sound    soundMeter
	latency  latency.Histogram

	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu          sync.Mutex
	sinks       []io.Closer
	video       VideoReceived
	last        time.Time // when the last frame came
	highest     int64
	size        [2]int
	errors      quality.Errors
	ssim        float64
	picture     *clip.Frame
	pictureArea int
	scaler      quality.Scaler
	failure     error
}

// VideoReceived counts the frames that came out of the decoder.
type VideoReceived struct {
	// Frames is all of them. Of these, Unreadable have no number in the picture,
	// Foreign one that was not sent, and Repeated one that had come before.
	Frames     uint64 `json:"frames"`
	Unreadable uint64 `json:"unreadable"`
	Foreign    uint64 `json:"foreign"`
	Repeated   uint64 `json:"repeated"`
	// SinkDropped came out faster than they were measured.
	SinkDropped uint64 `json:"sink_dropped"`
	// Measured is the count of frames whose quality is in the result.
	Measured uint64 `json:"measured"`
}

// good returns the count of frames that were sent, and arrived with their number.
func (v *VideoReceived) good() uint64 { return v.Frames - v.Unreadable - v.Foreign - v.Repeated }

func newReceiver(sent *sentVideo, recorder *record.Recorder) *receiver {
	return &receiver{sent: sent, recorder: recorder, highest: -1}
}

// attach takes the media out of the callee's tracks as they come.
func (r *receiver) attach(pc *webrtc.PeerConnection) {
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	pc.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		if track.Kind() == webrtc.RTPCodecTypeVideo {
			sink, err := webrtc.NewVideoSink(track, webrtc.VideoSinkInit{Capacity: sinkFrames})
			start(r, ctx, sink, err, r.takeVideo)
		} else {
			sink, err := webrtc.NewAudioSink(track, webrtc.AudioSinkInit{})
			start(r, ctx, sink, err, r.takeAudio)
		}
	})
}

// start reads a sink on a goroutine of its own, until ctx ends.
func start[S interface {
	comparable
	io.Closer
	ReadFrame(context.Context) (F, error)
}, F any](r *receiver, ctx context.Context, sink S, err error, take func(F) error) {
	if err != nil {
		r.fail(fmt.Errorf("received track: %w", err))
		return
	}
	r.mu.Lock()
	r.sinks = append(r.sinks, sink)
	r.mu.Unlock()
	r.wg.Add(1)
	go func() {
		defer r.wg.Done()
		for {
			f, err := sink.ReadFrame(ctx)
			if err == nil {
				err = take(f)
			}
			switch {
			case err == nil:
			case errors.Is(err, io.EOF), errors.Is(err, webrtc.ErrClosed), ctx.Err() != nil:
				return
			default:
				r.fail(err)
			}
		}
	}()
}

func (r *receiver) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failure == nil {
		r.failure = err
	}
}

// takeVideo measures a frame.
func (r *receiver) takeVideo(f *webrtc.VideoFrame) error {
	now := time.Now()
	defer f.Release()
	view, err := media.View(&f.VideoFrameBuffer)
	if err != nil {
		return fmt.Errorf("received frame: %w", err)
	}
	number, known := r.count(view, now)
	if known && r.sent.measured(number) {
		if err := r.measure(number, view); err != nil {
			return err
		}
	}
	if r.recorder == nil {
		return nil
	}
	view.Time = f.Timestamp
	return ignoreClosed(r.recorder.WriteVideo(view))
}

// count looks for the frame's number. known is false where it is not a new frame
// that was sent.
func (r *receiver) count(f *clip.Frame, now time.Time) (number uint32, known bool) {
	number, readable := marker.Read(f)
	r.mu.Lock()
	defer r.mu.Unlock()
	v := &r.video
	v.Frames++
	r.last = now
	r.size = [2]int{f.Width, f.Height}
	if !readable {
		v.Unreadable++
		return 0, false
	}
	at, ok := r.sent.when(number)
	switch {
	case !ok:
		v.Foreign++
		return 0, false
	case int64(number) <= r.highest:
		v.Repeated++
		return 0, false
	}
	r.highest = int64(number)
	r.latency.Record(now.Sub(at))
	return number, true
}

// measure compares the frame with the one that was sent, at the size of the latter,
// and keeps it as a picture.
func (r *receiver) measure(number uint32, f *clip.Frame) error {
	reference, ok := r.sent.store.Get(number)
	if !ok {
		return nil // It took too long.
	}
	defer reference.Release()
	shown := f
	if want := reference.Frame(); f.Width != want.Width || f.Height != want.Height {
		shown = clip.NewFrame(want.Width, want.Height)
		if err := r.scaler.Scale(shown, f); err != nil {
			return err
		}
	}
	e, err := quality.Compare(reference.Frame(), shown)
	if err != nil {
		return err
	}
	ssim, err := quality.SSIM(reference.Frame(), shown)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.video.Measured++
	r.errors.Add(e)
	r.ssim += ssim
	// The last of the largest: at the start of a call frames may be smaller.
	if area := f.Width * f.Height; area >= r.pictureArea {
		if r.picture == nil {
			r.picture = &clip.Frame{}
		}
		r.picture.CopyFrom(f)
		r.pictureArea = area
	}
	return nil
}

// takeAudio measures a block of sound.
func (r *receiver) takeAudio(f *webrtc.AudioFrame) error {
	r.sound.add(f.Samples, f.SampleRate, f.Channels)
	if r.recorder == nil {
		return nil
	}
	// The block is played as it comes.
	return ignoreClosed(r.recorder.WriteAudio(f.Samples, f.SampleRate, f.Channels, webrtc.MediaTime()))
}

// ignoreClosed leaves out what arrives after the recording's end.
func ignoreClosed(err error) error {
	if errors.Is(err, record.ErrClosed) {
		return nil
	}
	return err
}

// idle returns for how long no frame has come; false where none has ever come.
func (r *receiver) idle() (time.Duration, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return time.Since(r.last), r.video.Frames > 0
}

// stop closes the sinks and waits for what is under way.
func (r *receiver) stop() {
	if r.cancel == nil {
		return
	}
	r.cancel()
	r.wg.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range r.sinks {
		if v, ok := s.(*webrtc.VideoSink); ok {
			r.video.SinkDropped += v.Dropped()
		}
		_ = s.Close() // Always nil.
	}
	r.sinks = nil
}
