// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import (
	"bytes"
	"fmt"
	"strconv"
	"time"
)

// Codec names a video codec by its RTP encoding name.
type Codec string

// The codecs that tests exchange with other implementations.
const (
	VP8  Codec = "VP8"
	H264 Codec = "H264"
	H265 Codec = "H265" // only to decode
	AV1  Codec = "AV1"  // the same
)

// keyInterval is the distance of key frames. It is short because the senders of
// encoded clips cannot make one on request.
const keyInterval = 15

// A Clip is encoded video: pictures 0 to len(Frames)-1 of [Draw], one element
// for each. H264 elements are access units in Annex B form.
type Clip struct {
	Codec         Codec
	Width, Height int
	FPS           int
	Frames        [][]byte
}

// Interval is the time between two frames.
func (c *Clip) Interval() time.Duration { return time.Second / time.Duration(c.FPS) }

// EncodeClip makes a clip of count pictures. H264 is constrained baseline
// without B frames, parameter sets before every key frame.
func EncodeClip(codec Codec, width, height, fps, count int) (*Clip, error) {
	args := []string{"-b:v", "1M", "-g", strconv.Itoa(keyInterval), "-threads", "1"}
	switch codec {
	case VP8:
		args = append(args, "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8",
			"-auto-alt-ref", "0", "-lag-in-frames", "0")
	case H264:
		args = append(args, "-c:v", "libx264", "-preset", "veryfast", "-tune", "zerolatency", "-profile:v", "baseline",
			"-bf", "0", "-x264-params", "repeat-headers=1:scenecut=0:sliced-threads=0")
	default:
		return nil, fmt.Errorf("no encoder for %q", codec)
	}
	return EncodeClipBy(codec, width, height, fps, count, args...)
}

// EncodeClipBy makes a clip with an encoder of ffmpeg, of which args are all that it is
// told.
func EncodeClipBy(codec Codec, width, height, fps, count int, args ...string) (*Clip, error) {
	var raw bytes.Buffer
	for n := range count {
		f := Draw(n, width, height)
		raw.Write(f.Y)
		raw.Write(f.U)
		raw.Write(f.V)
	}
	format := "h264"
	if codec == VP8 {
		format = "ivf"
	}
	args = append(append([]string{
		"-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", fmt.Sprintf("%dx%d", width, height),
		"-framerate", strconv.Itoa(fps), "-i", "pipe:0",
	}, args...), "-f", format)
	out, err := ffmpeg(&raw, args...)
	if err != nil {
		return nil, err
	}
	clip := &Clip{Codec: codec, Width: width, Height: height, FPS: fps}
	if codec == VP8 {
		clip.Frames, err = splitIVF(out)
	} else {
		clip.Frames = splitAnnexB(out)
	}
	if err != nil {
		return nil, err
	}
	if len(clip.Frames) != count {
		return nil, fmt.Errorf("%d pictures became %d %s frames", count, len(clip.Frames), codec)
	}
	return clip, nil
}

// DecodeFrames decodes encoded frames, the first of which must be a key frame.
// Where the size changes on the way, later pictures are scaled to the first's.
func DecodeFrames(codec Codec, frames [][]byte) ([]*Frame, error) {
	return decode(codec, frames)
}

// Judge does the same, and takes anything that is wrong with the stream for an error.
func Judge(codec Codec, frames [][]byte) ([]*Frame, error) {
	return decode(codec, frames, "-err_detect", "explode", "-xerror")
}

func decode(codec Codec, frames [][]byte, args ...string) ([]*Frame, error) {
	format, input := "ivf", []byte(nil)
	switch codec {
	case VP8, AV1:
		input = joinIVF(codec, frames)
	case H264:
		format, input = "h264", bytes.Join(frames, nil)
	case H265:
		format, input = "hevc", bytes.Join(frames, nil)
	default:
		return nil, fmt.Errorf("no decoder for %q", codec)
	}
	out, err := ffmpeg(bytes.NewReader(input), append(args, "-f", format, "-i", "pipe:0",
		"-fps_mode", "passthrough", "-pix_fmt", "yuv420p", "-strict", "-1", "-f", "yuv4mpegpipe")...)
	if err != nil {
		return nil, err
	}
	return ParseY4M(out)
}
