// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package record

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg"
)

// maxGap bounds how long a pause is filled with the last frame or with silence.
// Beyond it the sender's clock is taken to have jumped, and the recording goes on
// without a pause: nobody can make a file grow by a strange timestamp.
const maxGap = 5 * time.Second

// queueFrames bounds the frames that wait for the encoder.
const queueFrames = 30

// ErrEmpty is Close's error where neither frame nor sound has been written. There
// is no file then.
var ErrEmpty = errors.New("nothing to record has arrived")

// ErrClosed is returned by what is called after Close.
var ErrClosed = os.ErrClosed

// Options say what a Recorder writes.
type Options struct {
	// Path is the file to write; its ending chooses the format.
	Path string
	// FPS is the frame rate of the file, 1 to 1000; 0 is 30.
	FPS float64
	// Rate, in hertz, and Channels are the format of the sound in the file, to which
	// what is written is converted; 0 is that of the first block. A receiver's first
	// blocks, of silence, may have another format than what follows.
	Rate, Channels int
	// Block lets WriteVideo wait for an encoder that is too slow. Without it frames
	// are dropped and counted, as a live call asks for.
	Block bool
}

// Stats counts what a Recorder has done.
type Stats struct {
	// Written is the count of frames in the file; Repeated, of these, fill pauses.
	Written, Repeated int
	// Replaced frames came too close after each other for the file's rate, Dropped
	// ones because the encoder was too slow.
	Replaced, Dropped int
	// Scaled frames had another size than the file.
	Scaled int
}

// Recorder writes a file. Frames are encoded while they come, on a goroutine of
// its own; sound joins them in Close. It is safe for concurrent use.
type Recorder struct {
	options Options
	format  format
	dir     string // for files in progress, beside the file

	queue chan *clip.Frame
	free  chan *clip.Frame
	quit  chan struct{} // closed by Abort
	done  chan struct{} // closed when the goroutine has ended
	video *videoTrack

	mu      sync.Mutex
	sending sync.RWMutex // held for reading by WriteVideo while it sends
	closed  bool
	started bool
	origin  time.Duration // the timestamp of what came first
	sound   *soundTrack
	stats   Stats
	err     error // what ended the video
	once    sync.Once
}

// New returns a Recorder. The errors of a bad path or format, or of a missing
// ffmpeg (ffmpeg.ErrNotInstalled), come here. Close or Abort must be called.
func New(o Options) (*Recorder, error) {
	format, err := formatOf(o.Path)
	if err != nil {
		return nil, err
	}
	if o.FPS == 0 {
		o.FPS = 30
	}
	if !(o.FPS >= 1 && o.FPS <= 1000) {
		return nil, fmt.Errorf("%s: frame rate %v is not within 1 and 1000 per second", o.Path, o.FPS)
	}
	if (o.Rate != 0 || o.Channels != 0) && !validSound(o.Rate, o.Channels) {
		return nil, fmt.Errorf("%s: sound with %d channels at %d Hz cannot be recorded", o.Path, o.Channels, o.Rate)
	}
	if stat, err := os.Stat(o.Path); err == nil && stat.IsDir() {
		return nil, fmt.Errorf("%s: is a directory", o.Path)
	}
	if format.encoder != nil {
		if _, err := ffmpeg.Find("ffmpeg"); err != nil {
			return nil, fmt.Errorf("%s: %w", o.Path, err)
		}
	}
	dir, err := os.MkdirTemp(filepath.Dir(o.Path), ".recording-")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.Path, err)
	}
	r := &Recorder{
		options: o, format: format, dir: dir,
		queue: make(chan *clip.Frame, queueFrames), free: make(chan *clip.Frame, queueFrames),
		quit: make(chan struct{}), done: make(chan struct{}),
		sound: &soundTrack{path: filepath.Join(dir, "sound.wav"), rate: o.Rate, channels: o.Channels},
	}
	name := "video.mkv"
	if format.rawVideo {
		name = "video.y4m"
	}
	r.video = &videoTrack{path: filepath.Join(dir, name), format: format, fps: o.FPS, stats: func(change func(*Stats)) {
		r.mu.Lock()
		defer r.mu.Unlock()
		change(&r.stats)
	}}
	go r.run()
	return r, nil
}

// WriteVideo copies the frame and puts it in the file at its Time, counted from
// whatever was written first. Frames must come in order of time. The error is that
// of an earlier frame's encoding, or ErrClosed.
func (r *Recorder) WriteVideo(f *clip.Frame) error {
	if err := f.Check(); err != nil {
		return err
	}
	r.sending.RLock()
	defer r.sending.RUnlock()
	at, err := r.begin(f.Time)
	if err != nil {
		return err
	}
	if r.format.encoder == nil && !r.format.rawVideo {
		return nil // A file of sound.
	}
	var buf *clip.Frame
	select {
	case buf = <-r.free:
	default:
		buf = &clip.Frame{}
	}
	buf.CopyFrom(f)
	buf.Time = at
	if r.options.Block {
		select {
		case r.queue <- buf:
		case <-r.quit:
			return ErrClosed
		}
		return nil
	}
	select {
	case r.queue <- buf:
	default:
		r.mu.Lock()
		r.stats.Dropped++
		r.mu.Unlock()
		r.recycle(buf)
	}
	return nil
}

// WriteAudio puts interleaved samples in the file at the time, in the same clock as
// frames. Unless Options tell, the first block decides about the file's rate and
// channels, to which others are converted. Blocks must come in order of time.
func (r *Recorder) WriteAudio(pcm []int16, rate, channels int, at time.Duration) error {
	at, err := r.begin(at)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return ErrClosed
	}
	return r.sound.write(pcm, rate, channels, at)
}

// begin turns a timestamp into the time since the first one.
func (r *Recorder) begin(at time.Duration) (time.Duration, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return 0, ErrClosed
	}
	if r.err != nil {
		return 0, r.err
	}
	if !r.started {
		r.started, r.origin = true, at
	}
	return at - r.origin, nil
}

// run encodes what is in the queue until that is closed.
func (r *Recorder) run() {
	defer close(r.done)
	for f := range r.queue {
		select {
		case <-r.quit:
			continue
		default:
		}
		if err := r.encode(f); err != nil {
			r.mu.Lock()
			r.err = fmt.Errorf("%s: %w", r.options.Path, err)
			r.mu.Unlock()
		}
		r.recycle(f)
	}
}

// recycle keeps a frame's memory for a later one.
func (r *Recorder) recycle(f *clip.Frame) {
	select {
	case r.free <- f:
	default:
	}
}

// encode encodes one frame unless an earlier one failed.
func (r *Recorder) encode(f *clip.Frame) error {
	r.mu.Lock()
	failed := r.err != nil
	r.mu.Unlock()
	if failed {
		return nil
	}
	return r.video.write(f, f.Time)
}

// Stats returns the counts so far.
func (r *Recorder) Stats() Stats {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.stats
}

// Close completes the file, which appears under its name only now. It takes the
// time to encode what waits; ctx bounds the joining of video and sound. A second
// Close returns ErrClosed.
func (r *Recorder) Close(ctx context.Context) error {
	err := ErrClosed
	r.once.Do(func() {
		r.stop()
		err = r.complete(ctx)
		err = errors.Join(err, os.RemoveAll(r.dir))
	})
	return err
}

// Abort ends the recording without a file. After Close it does nothing.
func (r *Recorder) Abort() {
	r.once.Do(func() {
		close(r.quit)
		r.stop()
		if e, ok := r.video.out.(*encoder); ok {
			e.process.Kill()
		} else if r.video.out != nil {
			_ = r.video.out.Close() // The file is deleted.
		}
		_ = r.sound.close()
		_ = os.RemoveAll(r.dir) // What cannot be deleted is left.
	})
}

// stop ends the goroutine after what is in the queue.
func (r *Recorder) stop() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	// A WriteVideo that has not seen closed yet still sends.
	r.sending.Lock()
	close(r.queue)
	r.sending.Unlock()
	<-r.done
}

// complete closes the tracks and makes the file out of them.
func (r *Recorder) complete(ctx context.Context) error {
	err := r.err
	if err == nil {
		err = wrap(r.options.Path, r.video.close())
	} else if e, ok := r.video.out.(*encoder); ok {
		e.process.Kill()
	}
	if err = errors.Join(err, wrap(r.options.Path, r.sound.close())); err != nil {
		return err
	}
	hasVideo, hasSound := r.video.written > 0, r.sound.file != nil
	if !hasVideo && (!hasSound || r.format.rawVideo) {
		return wrap(r.options.Path, ErrEmpty)
	}
	switch {
	case r.format.encoder != nil:
		err = r.join(ctx, hasVideo, hasSound)
	case r.format.rawVideo:
		err = os.Rename(r.video.path, r.options.Path)
		if err == nil && hasSound {
			err = os.Rename(r.sound.path, SoundPath(r.options.Path))
		}
	default:
		err = os.Rename(r.sound.path, r.options.Path)
	}
	return wrap(r.options.Path, err)
}

// SoundPath returns where the sound of a .y4m file is written.
func SoundPath(path string) string {
	return strings.TrimSuffix(path, filepath.Ext(path)) + ".wav"
}

// join makes one file of video and sound.
func (r *Recorder) join(ctx context.Context, hasVideo, hasSound bool) error {
	args := []string{"-y"}
	if hasVideo {
		args = append(args, "-i", ffmpeg.Input(r.video.path))
	}
	if hasSound {
		args = append(args, "-i", ffmpeg.Input(r.sound.path))
	}
	args = append(args, "-c:v", "copy")
	args = append(args, r.format.audio...)
	args = append(args, r.format.muxer...)
	joined := filepath.Join(r.dir, "joined"+strings.ToLower(filepath.Ext(r.options.Path)))
	if err := ffmpeg.Run(ctx, append(args, ffmpeg.Input(joined))...); err != nil {
		return err
	}
	return os.Rename(joined, r.options.Path)
}

// wrap puts the file's name before an error.
func wrap(path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", path, err)
}
