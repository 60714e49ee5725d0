// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package face

import (
	"math"
	"sync"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/conformance/internal/webidl"
)

// mediaDevices is navigator.mediaDevices, with a camera and a microphone that are
// sources of the library.
type mediaDevices struct{ _ byte }

// deviceInfo is one of the devices.
type deviceInfo struct {
	id, label string
	kind      string
}

// DeviceId, GroupId, Label and Kind are the attributes of MediaDeviceInfo.
func (d *deviceInfo) DeviceId() string { return d.id }
func (d *deviceInfo) GroupId() string  { return "fake" }
func (d *deviceInfo) Label() string    { return d.label }
func (d *deviceInfo) Kind() string     { return d.kind }

const (
	defaultWidth, defaultHeight = 640, 480
	maxWidth, maxHeight         = 3840, 2160
	frameRate                   = 10
	audioRate                   = 48000
)

func (f *Face) mediaDevicesClass() *webidl.Class {
	return &webidl.Class{Call: calls{
		"getUserMedia": f.getUserMedia,
		"getDisplayMedia": func(this any, args []any) (any, error) {
			options, _ := args[0].(webidl.Dict)
			return f.getUserMedia(this, []any{webidl.Dict{"video": true, "audio": options["audio"]}})
		},
		"enumerateDevices": func(any, []any) (any, error) {
			return []*deviceInfo{{"camera", "fake camera", "videoinput"}, {"microphone", "fake microphone", "audioinput"}}, nil
		},
	}}
}

// getUserMedia gives a stream with a track of each kind that is asked for.
func (f *Face) getUserMedia(_ any, args []any) (any, error) {
	constraints, _ := args[0].(webidl.Dict)
	stream := webrtc.NewMediaStream()
	wanted := func(v any) bool { return v != nil && v != false }
	if !wanted(constraints["audio"]) && !wanted(constraints["video"]) {
		return nil, &webidl.TypeError{Message: "neither audio nor video is asked for"}
	}
	if wanted(constraints["audio"]) {
		track, err := f.microphone()
		if err != nil {
			return nil, err
		}
		stream.AddTrack(track)
	}
	if v := constraints["video"]; wanted(v) {
		track, err := f.camera(min(dimension(v, "width", defaultWidth), maxWidth), min(dimension(v, "height", defaultHeight), maxHeight))
		if err != nil {
			return nil, err
		}
		stream.AddTrack(track)
	}
	return webidl.Deferred(func(settle func(any, error)) { f.page.Loop.Post(func() { settle(stream, nil) }) }), nil
}

// dimension reads a constraint on a size: the number, or what is exact or ideal.
func dimension(video any, name string, otherwise int) int {
	d, _ := video.(webidl.Dict)
	switch x := d[name].(type) {
	case int64:
		return int(x)
	case webidl.Dict:
		for _, key := range []string{"exact", "ideal", "max", "min"} {
			if n, ok := x[key].(int64); ok {
				return int(n)
			}
		}
	}
	return otherwise
}

// camera shows a bright field that moves and changes.
func (f *Face) camera(width, height int) (*webrtc.MediaStreamTrack, error) {
	source, err := f.api.NewVideoSource(webrtc.VideoSourceInit{Label: "fake camera"})
	if err != nil {
		return nil, err
	}
	track, err := source.NewTrack("", "")
	if err != nil {
		return nil, err
	}
	buffer, err := webrtc.NewVideoFrameBuffer(webrtc.PixelFormatI420, width, height)
	if err != nil {
		return nil, err
	}
	go play(time.Second/frameRate, func(n int) error {
		draw(buffer, n)
		return source.PushFrame(&webrtc.VideoFrame{VideoFrameBuffer: *buffer})
	})
	return track, nil
}

func draw(b *webrtc.VideoFrameBuffer, n int) {
	luma := b.Planes[0]
	for y := range b.Height {
		row := luma.Data[y*luma.Stride:][:b.Width]
		for x := range row {
			row[x] = byte(32 + (x+4*n)&63 + (y>>3)&63)
		}
	}
}

// microphone gives a tone.
func (f *Face) microphone() (*webrtc.MediaStreamTrack, error) {
	source, err := f.api.NewAudioSource(webrtc.AudioSourceInit{Label: "fake microphone"})
	if err != nil {
		return nil, err
	}
	track, err := source.NewTrack("", "")
	if err != nil {
		return nil, err
	}
	block := &webrtc.AudioFrame{SampleRate: audioRate, Channels: 1, Samples: tone()}
	go play(10*time.Millisecond, func(int) error { return source.PushFrame(block) })
	return track, nil
}

// tone is 10 ms of 400 Hz.
var tone = sync.OnceValue(func() []int16 {
	samples := make([]int16, audioRate/100)
	for i := range samples {
		samples[i] = int16(8000 * math.Sin(2*math.Pi*400*float64(i)/audioRate))
	}
	return samples
})

// play pushes at a steady rate for the life of the page.
func play(every time.Duration, push func(n int) error) {
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for n := 0; ; n++ {
		if push(n) != nil {
			return
		}
		<-ticks.C
	}
}

func (f *Face) streamClass() *webidl.Class {
	return &webidl.Class{
		Construct: func(args []any) (any, error) {
			switch {
			case len(args) == 0:
				return webrtc.NewMediaStream(), nil
			default:
				if stream, ok := args[0].(*webrtc.MediaStream); ok {
					return webrtc.NewMediaStream(stream.GetTracks()...), nil
				}
				var tracks []*webrtc.MediaStreamTrack
				if err := webidl.Assign(&tracks, args[0]); err != nil {
					return nil, err
				}
				return webrtc.NewMediaStream(tracks...), nil
			}
		},
	}
}
