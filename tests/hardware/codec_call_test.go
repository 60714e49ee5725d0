// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"bytes"
	"fmt"
	"math"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tests/doubles"
	"github.com/nativertc/nativertc/tests/internal/media"
)

// lossy are the codecs whose doubles compress, and that this revision of libwebrtc
// decodes.
var lossy = []string{"VP8", "VP9"}

// ofCodec has a codec offered before all others.
func ofCodec(codec string, use hw.Use) hw.Encoders {
	e := onDouble(use)
	e.Codecs = []string{codec}
	return e
}

// TestCodecsInCalls: each codec that a device encodes, between two peers.
func TestCodecsInCalls(t *testing.T) {
	for _, codec := range lossy {
		t.Run(codec, func(t *testing.T) {
			d := useDriver(t, "intel")
			c := newCall(t, ofCodec(codec, hw.Auto))
			c.more(20)
			require.Equal(t, "VAAPI", c.implementation())
			require.Equal(t, "video/"+codec, c.sender.GetSenders()[0].GetParameters().Codecs[0].MimeType)
			require.Zero(t, c.gaps(5))
			for _, p := range c.all() {
				require.Equal(t, [2]int{width, height}, [2]int{p.width, p.height})
			}
			require.Equal(t, 1, hw.OpenSessions(doubles.VANode))
			// No more than the estimate begins with: what compresses well does not raise it.
			c.checkRatesAndKeys(d, 1_800_000, 1_200_000, 1_500_000)

			// These codecs have odd sizes.
			c.runSize(63, 47, "a picture of an odd size", func() bool {
				all := c.all()
				return all[len(all)-1].width == 63 && all[len(all)-1].height == 47
			})
			require.Equal(t, "VAAPI", c.implementation())
			require.Empty(t, d.lines("refused:"))
		})
	}
}

// TestCodecsFallBack: as with H264, on the very frame, and back.
func TestCodecsFallBack(t *testing.T) {
	for _, codec := range lossy {
		t.Run(codec, func(t *testing.T) {
			d := useDriver(t, "intel")
			happened := collectEvents(t)
			encoders := ofCodec(codec, hw.Auto)
			encoders.RetryAfter, encoders.RetryAtMost = 100*time.Millisecond, 400*time.Millisecond
			c := newCall(t, encoders)
			c.more(10)
			require.Equal(t, "VAAPI", c.implementation())
			from := len(c.all())
			d.setFault(t, "end@0+ context")
			c.step(width, height)
			c.step(width, height)
			c.eventually(c.inSoftware, "software in the statistics")
			c.more(10)
			require.Zero(t, c.gaps(from))
			require.Contains(t, happened.list()[0].Reason, "encode a picture")
			d.setFault(t, "")
			c.run("the return to hardware", func() bool { return c.implementation() == "VAAPI" })
			c.more(10)
			require.Zero(t, c.gaps(from))
		})
	}
}

// TestCodecsWithLayers: temporal layers by the pattern, and simulcast with an encoder for
// each layer.
func TestCodecsWithLayers(t *testing.T) {
	for _, codec := range lossy {
		t.Run(codec, func(t *testing.T) {
			d := useDriver(t, "intel")
			c := newCall(t, ofCodec(codec, hw.Auto), webrtc.RTPEncodingParameters{ScalabilityMode: "L1T3"})
			c.more(24)
			require.Equal(t, "VAAPI", c.implementation())
			require.Zero(t, c.gaps(5))
			pattern := ""
			for _, line := range d.lines("picture") {
				layer := strings.Index(line, " layer=") + len(" layer=")
				if strings.Contains(line, " idr=1 ") {
					pattern += "K"
				} else {
					pattern += line[layer : layer+1]
				}
			}
			require.Contains(t, pattern, "K212021202120")
			require.Empty(t, d.lines("refused:"))
		})
	}
	for _, codec := range lossy {
		if codec == "VP9" {
			continue // whose layers are no simulcast
		}
		t.Run(codec+" simulcast", func(t *testing.T) {
			d := useDriver(t, "intel")
			var layers []webrtc.RTPEncodingParameters
			for i, rid := range []string{"q", "h", "f"} {
				layers = append(layers, webrtc.RTPEncodingParameters{
					RTPCodingParameters:   webrtc.RTPCodingParameters{RID: rid},
					ScalabilityMode:       map[string]string{"AV1": "L1T1"}[codec], // which is no simulcast without
					ScaleResolutionDownBy: ptr(float64(int(4) >> i)),
				})
			}
			c := newCall(t, ofCodec(codec, hw.Auto), layers...)
			c.free = true
			c.runSize(256, 192, "three sessions that encode", func() bool {
				streams := 0
				for _, s := range c.outbound() {
					if s.FramesEncoded != nil && *s.FramesEncoded > 3 {
						streams++
					}
				}
				return streams == 3 && hw.OpenSessions(doubles.VANode) == 3
			})
			require.Contains(t, c.implementation(), "VAAPI")
			require.NotContains(t, c.implementation(), "lib")
			require.Empty(t, d.lines("refused:"))
		})
	}
}

// TestFFmpegsCodecsOverTheDoubles: they are drivers of these codecs to others too. What
// ffmpeg's own encoders make over them is close to the pictures.
func TestFFmpegsCodecsOverTheDoubles(t *testing.T) {
	const width, height, fps, count = 160, 96, 10, 20
	var raw bytes.Buffer
	for n := range count {
		f := media.Draw(n, width, height)
		raw.Write(f.Y)
		raw.Write(f.U)
		raw.Write(f.V)
	}
	const onVAAPI, onNVENC = "-vaapi_device " + doubles.VANode + " -vf format=nv12,hwupload ", "-pix_fmt nv12 -forced-idr 1 "
	for _, c := range []struct {
		persona string // of VAAPI
		args    string
	}{
		{"intel", onVAAPI + "-c:v vp8_vaapi -rc_mode CBR -b:v 3M"},
		{"intel", onVAAPI + "-c:v vp8_vaapi -rc_mode CQP -global_quality 20"},
		{"intel", onVAAPI + "-c:v vp9_vaapi -rc_mode CBR -b:v 3M"},
		{"intel", onVAAPI + "-c:v vp9_vaapi -rc_mode CQP -global_quality 40"},
		{"intel", onVAAPI + "-c:v hevc_vaapi -qp 22"},
		{"intel", onVAAPI + "-c:v hevc_vaapi -rc_mode VBR -b:v 3M"},
		{"mesa", onVAAPI + "-c:v hevc_vaapi -rc_mode CBR -b:v 3M"},
		{"mesa-sequence", onVAAPI + "-c:v hevc_vaapi -rc_mode CBR -b:v 3M"},
		{"mesa-none", onVAAPI + "-c:v hevc_vaapi -qp 22"},
		{"cqp", onVAAPI + "-c:v hevc_vaapi -low_power 1 -qp 22"},
		{"cbr", onVAAPI + "-c:v hevc_vaapi -b:v 3M"},
		{"", onNVENC + "-c:v hevc_nvenc -tune ull -rc cbr -b:v 3M"},
		{"", onNVENC + "-c:v hevc_nvenc -rc constqp -qp 20"},
	} {
		args := c.args
		t.Run(strings.TrimSpace(c.persona+" "+args), func(t *testing.T) {
			name := "stream.ivf"
			if strings.Contains(args, "hevc") {
				name = "stream.hevc"
			}
			var d *driver
			if c.persona != "" {
				d = useDriver(t, c.persona)
			} else {
				d = useNVENC(t)
			}
			file := filepath.Join(t.TempDir(), name)
			encode := exec.CommandContext(t.Context(), "ffmpeg", strings.Fields(fmt.Sprintf("-nostdin -v error -f rawvideo -pix_fmt yuv420p "+
				"-video_size %dx%d -framerate %d -i pipe:0 -bf 0 -g 7 %s %s", width, height, fps, args, file))...)
			encode.Stdin = bytes.NewReader(raw.Bytes())
			out, err := encode.CombinedOutput()
			require.NoError(t, err, "%s%s", out, d.all())
			require.Len(t, d.pictures(t), count)
			require.Empty(t, d.lines("refused:"))
			var shown, wrong bytes.Buffer
			decode := exec.CommandContext(t.Context(), "ffmpeg", strings.Fields("-nostdin -v error -err_detect explode -xerror -i "+file+
				" -fps_mode passthrough -pix_fmt yuv420p -f rawvideo pipe:1")...)
			decode.Stdout, decode.Stderr = &shown, &wrong
			require.NoError(t, decode.Run(), wrong.String())
			require.Equal(t, raw.Len(), shown.Len())
			for n := range count {
				require.Greater(t, psnr(raw.Bytes()[n*raw.Len()/count:][:raw.Len()/count], shown.Bytes()[n*raw.Len()/count:]), 30.0, "picture %d", n)
			}
		})
	}
}

// psnr compares as many bytes as a has.
func psnr(a, b []byte) float64 {
	sum := 0.0
	for i := range a {
		d := float64(a[i]) - float64(b[i])
		sum += d * d
	}
	return 10 * math.Log10(255*255*float64(len(a))/max(sum, 1e-9))
}
