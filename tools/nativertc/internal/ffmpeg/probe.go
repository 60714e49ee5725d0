// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package ffmpeg

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Info is what ffprobe says of a media file.
type Info struct {
	// HasVideo and HasAudio say whether there is a stream of that kind. A cover
	// picture of a music file is no video.
	HasVideo, HasAudio bool
	// Width and Height are those of the first video stream as it is meant to be
	// shown: turned upright and with square pixels.
	Width, Height int
	// FPS is the average frame rate of the first video stream, in frames per
	// second; 0 where the file does not tell.
	FPS float64
	// Duration is the length of the file; 0 where it does not tell.
	Duration time.Duration
	// Still says that the file is one picture and no film.
	Still bool
}

// Input returns the name under which ffmpeg opens path, so that no local file
// name is taken for an option or for a protocol. A URL stays as it is.
func Input(path string) string {
	if strings.Contains(path, "://") {
		return path
	}
	return "file:" + path
}

// Probe asks ffprobe what the file holds. The error is an *Error where the file
// cannot be read.
func Probe(ctx context.Context, path string) (Info, error) {
	out, err := capture(ctx, "ffprobe", []string{
		"-hide_banner", "-loglevel", "error", "-of", "json",
		"-show_entries", "format=format_name,duration:stream=codec_type,width,height,avg_frame_rate," +
			"r_frame_rate,sample_aspect_ratio,nb_frames:stream_disposition=attached_pic:stream_side_data=rotation:stream_tags=rotate",
		Input(path),
	})
	if err != nil {
		return Info{}, err
	}
	return parseProbe(out)
}

// probeOutput is the part of ffprobe's JSON that Probe asks for.
type probeOutput struct {
	Format struct {
		Name     string `json:"format_name"`
		Duration string `json:"duration"`
	} `json:"format"`
	Streams []probeStream `json:"streams"`
}

type probeStream struct {
	CodecType    string `json:"codec_type"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
	AvgFrameRate string `json:"avg_frame_rate"`
	RFrameRate   string `json:"r_frame_rate"`
	SAR          string `json:"sample_aspect_ratio"`
	Disposition  struct {
		AttachedPic int `json:"attached_pic"`
	} `json:"disposition"`
	SideData []struct {
		Rotation float64 `json:"rotation"`
	} `json:"side_data_list"`
	Tags struct {
		Rotate string `json:"rotate"`
	} `json:"tags"`
}

func parseProbe(out []byte) (Info, error) {
	var probe probeOutput
	if err := json.Unmarshal(out, &probe); err != nil {
		return Info{}, &Error{Program: "ffprobe", Err: fmt.Errorf("unexpected output: %w", err)}
	}
	var info Info
	for _, s := range probe.Streams {
		switch {
		case s.CodecType == "audio":
			info.HasAudio = true
		case s.CodecType == "video" && s.Disposition.AttachedPic == 0 && !info.HasVideo:
			info.HasVideo = true
			info.Width, info.Height = s.shown()
			if info.FPS = ratio(s.AvgFrameRate, "/"); info.FPS == 0 {
				info.FPS = ratio(s.RFrameRate, "/")
			}
		}
	}
	// Seconds, of which no file has more than fit.
	if v, err := strconv.ParseFloat(probe.Format.Duration, 64); err == nil && v > 0 && v < 1e9 {
		info.Duration = time.Duration(v * float64(time.Second))
	}
	name := probe.Format.Name
	info.Still = info.HasVideo && (name == "image2" || strings.HasSuffix(name, "_pipe"))
	return info, nil
}

// shown returns the size after the pixel's shape and the rotation, which ffmpeg
// applies by itself when it decodes.
func (s *probeStream) shown() (width, height int) {
	width, height = s.Width, s.Height
	if sar := ratio(s.SAR, ":"); sar > 0 && sar != 1 {
		width = int(math.Round(float64(width) * sar))
	}
	turn, _ := strconv.ParseFloat(s.Tags.Rotate, 64) // Empty without the tag.
	for _, d := range s.SideData {
		if d.Rotation != 0 {
			turn = d.Rotation
		}
	}
	if math.Mod(math.Abs(math.Round(turn/90)), 2) == 1 {
		width, height = height, width
	}
	return width, height
}

// ratio parses "30000/1001" or "16:11"; it returns 0 for what is no positive
// finite number, such as ffprobe's "0/0".
func ratio(s, separator string) float64 {
	num, den, ok := strings.Cut(s, separator)
	if !ok {
		return 0
	}
	n, err1 := strconv.ParseFloat(num, 64)
	d, err2 := strconv.ParseFloat(den, 64)
	if err1 != nil || err2 != nil || !(n > 0) || !(d > 0) || math.IsInf(n/d, 0) {
		return 0
	}
	return n / d
}
