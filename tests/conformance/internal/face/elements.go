// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package face

import (
	"time"

	"github.com/grafana/sobek"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/conformance/internal/webidl"
)

// mediaFunctions are what the elements of the page, in platform.js, need of Go: a
// canvas and Web Audio as sources of tracks, and media elements as sinks.
func (f *Face) mediaFunctions() map[string]any {
	return map[string]any{
		"__captureCanvas": f.captureCanvas,
		"__captureAudio": func() (sobek.Value, error) {
			track, err := f.microphone()
			if err != nil {
				return nil, err
			}
			return f.page.Binder.Wrap(track), nil
		},
		"__attachMedia": f.attachMedia,
	}
}

// captureCanvas makes a track of a canvas, whose size and pixels, one byte each,
// read returns.
func (f *Face) captureCanvas(read sobek.Callable) (sobek.Value, error) {
	source, err := f.api.NewVideoSource(webrtc.VideoSourceInit{Label: "canvas"})
	if err != nil {
		return nil, err
	}
	track, err := source.NewTrack("", "")
	if err != nil {
		return nil, err
	}
	go play(time.Second/frameRate, func(int) error {
		var failed error
		f.onLoop(func() { failed = pushCanvas(source, read) })
		return failed
	})
	return f.page.Binder.Wrap(track), nil
}

// Luma is 16 to 235 in a frame and 0 to 255 in a canvas.
func toVideo(v byte) byte { return byte(16 + (int(v)*219+127)/255) }
func toPixel(v byte) byte { return byte(min(max((int(v)-16)*255+109, 0)/219, 255)) }

func pushCanvas(source *webrtc.VideoSource, read sobek.Callable) error {
	v, err := read(sobek.Undefined())
	if err != nil {
		return err
	}
	canvas := v.(*sobek.Object)
	width, height := int(canvas.Get("0").ToInteger()), int(canvas.Get("1").ToInteger())
	pixels := canvas.Get("2").Export().(sobek.ArrayBuffer).Bytes()
	b, err := webrtc.NewVideoFrameBuffer(webrtc.PixelFormatI420, width, height)
	if err != nil {
		return nil // a canvas without a size shows nothing
	}
	for y := range height {
		row := b.Planes[0].Data[y*b.Planes[0].Stride:]
		for x, p := range pixels[y*width : (y+1)*width] {
			row[x] = toVideo(p)
		}
	}
	return source.PushFrame(&webrtc.VideoFrame{VideoFrameBuffer: *b})
}

// attachMedia shows each frame of a stream's video, or if it has none each tenth of
// a second of its audio, with the time since the first. It returns the function
// that ends that.
func (f *Face) attachMedia(stream sobek.Value, show sobek.Callable) (func(), error) {
	s, ok := f.page.Binder.Native(stream, "MediaStream").(*webrtc.MediaStream)
	if !ok {
		return nil, &webidl.TypeError{Message: "srcObject is no MediaStream"}
	}
	attached := true
	var began time.Time
	tell := func(args ...any) {
		f.onLoop(func() {
			if !attached {
				return
			}
			if began.IsZero() {
				began = time.Now()
			}
			values := []sobek.Value{f.page.VM.ToValue(time.Since(began).Seconds())}
			for _, a := range args {
				if b, ok := a.([]byte); ok {
					a = f.page.VM.NewArrayBuffer(b)
				}
				values = append(values, f.page.VM.ToValue(a))
			}
			f.page.Call(show, values...)
		})
	}
	if video := s.GetVideoTracks(); len(video) > 0 {
		sink, err := webrtc.NewVideoSink(video[0], webrtc.VideoSinkInit{Capacity: 1})
		if err != nil {
			return nil, err
		}
		sink.OnFrame(func(frame *webrtc.VideoFrame) {
			defer frame.Release()
			tell(frame.Width, frame.Height, pixelsOf(frame))
		})
		return func() { attached = false; _ = sink.Close() }, nil
	}
	if audio := s.GetAudioTracks(); len(audio) > 0 {
		sink, err := webrtc.NewAudioSink(audio[0], webrtc.AudioSinkInit{})
		if err != nil {
			return nil, err
		}
		blocks := 0
		sink.OnFrame(func(*webrtc.AudioFrame) {
			if blocks++; blocks%10 == 1 {
				tell()
			}
		})
		return func() { attached = false; _ = sink.Close() }, nil
	}
	return func() {}, nil
}

func pixelsOf(frame *webrtc.VideoFrame) []byte {
	pixels := make([]byte, 0, frame.Width*frame.Height)
	for y := range frame.Height {
		for _, v := range frame.Planes[0].Data[y*frame.Planes[0].Stride:][:frame.Width] {
			pixels = append(pixels, toPixel(v))
		}
	}
	return pixels
}
