// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package record

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"time"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg"
	"github.com/nativertc/nativertc/tools/nativertc/internal/quality"
)

// videoTrack turns frames that come at any time and size into a stream of one
// size at a constant rate: each place of the stream shows the newest frame of that
// time, the one before where none came.
type videoTrack struct {
	path    string
	format  format
	fps     float64
	stats   func(func(*Stats)) // changes the recorder's statistics
	out     io.WriteCloser     // made by the first frame
	scaler  quality.Scaler
	current *clip.Frame // what is shown at place, not yet written
	place   int
	written int
	shift   time.Duration
}

// write takes a frame that is due at the time from the recording's start.
func (v *videoTrack) write(f *clip.Frame, at time.Duration) error {
	place := v.placeOf(at + v.shift)
	if gap := place - v.place; v.current != nil && (gap > v.placeOf(maxGap) || gap < -v.placeOf(maxGap)) {
		// The clock jumped: go on with the next place.
		v.shift += v.timeOf(v.place+1) - v.timeOf(place)
		place = v.place + 1
	}
	if v.current == nil {
		if err := v.open(f); err != nil {
			return err
		}
		place = min(max(place, 0), v.placeOf(maxGap))
		v.place = place
		// What the viewer sees before the first frame is the first frame.
		if err := v.fit(f); err != nil {
			return err
		}
		return v.emit(place)
	}
	if place <= v.place {
		v.stats(func(s *Stats) { s.Replaced++ })
	} else {
		if err := v.emit(place - v.place); err != nil {
			return err
		}
		v.place = place
	}
	return v.fit(f)
}

// fit makes f the current frame, at the size of the stream.
func (v *videoTrack) fit(f *clip.Frame) error {
	if f.Width != v.current.Width || f.Height != v.current.Height {
		v.stats(func(s *Stats) { s.Scaled++ })
	}
	return v.scaler.Scale(v.current, f)
}

// emit writes the current frame to a number of places.
func (v *videoTrack) emit(places int) error {
	for i := range places {
		if err := writeFrame(v.out, v.current, v.format.rawVideo); err != nil {
			return v.failure(err)
		}
		v.stats(func(s *Stats) {
			s.Written++
			if i > 0 {
				s.Repeated++
			}
		})
		v.written++
	}
	return nil
}

// failure adds ffmpeg's own words to a broken pipe.
func (v *videoTrack) failure(err error) error {
	if e, ok := v.out.(*encoder); ok {
		e.process.CloseInput()
		if cause := e.process.Wait(); cause != nil {
			return cause
		}
	}
	return err
}

func (v *videoTrack) placeOf(t time.Duration) int { return int(math.Round(t.Seconds() * v.fps)) }

func (v *videoTrack) timeOf(place int) time.Duration {
	return time.Duration(float64(place) / v.fps * float64(time.Second))
}

// open starts the output with the first frame's size, made even for the encoders.
func (v *videoTrack) open(f *clip.Frame) error {
	width, height := (f.Width+1)&^1, (f.Height+1)&^1
	num, den := rational(v.fps)
	var err error
	if v.format.rawVideo {
		v.out, err = createY4M(v.path, width, height, num, den)
	} else {
		v.out, err = startEncoder(v.path, v.format.encoder, width, height, num, den)
	}
	if err != nil {
		return err
	}
	v.current = clip.NewFrame(width, height)
	return nil
}

// close writes the last frame and completes the output.
func (v *videoTrack) close() error {
	if v.out == nil {
		return nil
	}
	return errors.Join(v.emit(1), v.out.Close())
}

// writeFrame writes the planes of a frame without gaps; marked puts Y4M's word
// before them.
func writeFrame(w io.Writer, f *clip.Frame, marked bool) error {
	if marked {
		if _, err := io.WriteString(w, "FRAME\n"); err != nil {
			return err
		}
	}
	for _, plane := range [][]byte{f.Y, f.U, f.V} {
		if _, err := w.Write(plane); err != nil {
			return err
		}
	}
	return nil
}

// rational returns a frame rate as a fraction, exactly for whole rates and those
// of television, such as 30000/1001.
func rational(fps float64) (num, den int) {
	for _, den := range []int{1, 1001} {
		scaled := fps * float64(den)
		whole := math.Round(scaled)
		if den == 1001 {
			whole = math.Round(scaled/1000) * 1000
		}
		if math.Abs(scaled-whole) < 1e-3*float64(den)/30 && whole > 0 {
			return int(whole), den
		}
	}
	return int(math.Round(fps * 1000)), 1000
}

// encoder is an ffmpeg that encodes what is written to it.
type encoder struct{ process *ffmpeg.Process }

func startEncoder(path string, codec []string, width, height, num, den int) (*encoder, error) {
	args := []string{
		"-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", fmt.Sprintf("%dx%d", width, height),
		"-framerate", fmt.Sprintf("%d/%d", num, den), "-i", "pipe:0",
	}
	args = append(args, codec...)
	args = append(args, "-pix_fmt", "yuv420p", "-color_range", "tv", "-colorspace", "smpte170m", "-y", ffmpeg.Input(path))
	// Not under the call's context: a recording is completed after a Ctrl-C.
	process, err := ffmpeg.StartWriter(context.Background(), args...)
	if err != nil {
		return nil, err
	}
	return &encoder{process}, nil
}

func (e *encoder) Write(b []byte) (int, error) { return e.process.Write(b) }

// Close lets ffmpeg complete the file.
func (e *encoder) Close() error {
	_ = e.process.CloseInput() // Fails only where Wait tells more.
	return e.process.Wait()
}

// y4mFile writes raw video with YUV4MPEG2's header.
type y4mFile struct {
	*bufio.Writer
	file *os.File
}

func createY4M(path string, width, height, num, den int) (*y4mFile, error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	y := &y4mFile{bufio.NewWriterSize(file, 1<<18), file}
	if _, err := fmt.Fprintf(y, "YUV4MPEG2 W%d H%d F%d:%d Ip A1:1 C420jpeg XYSCSS=420JPEG XCOLORRANGE=LIMITED\n",
		width, height, num, den); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return y, nil
}

func (y *y4mFile) Close() error { return errors.Join(y.Flush(), y.file.Close()) }
