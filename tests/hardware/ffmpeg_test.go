// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"context"
	"math"
	"strings"
	"testing"

	pion "github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/tests/doubles"
	"github.com/nativertc/nativertc/tests/internal/media"
	"github.com/nativertc/nativertc/tests/internal/nativepeer"
	"github.com/nativertc/nativertc/tests/internal/peer"
	"github.com/nativertc/nativertc/tests/internal/pionpeer"
)

// TestFFmpegOverTheDoubles: the doubles are drivers to others too. What ffmpeg's own
// encoders make over them decodes to exactly the pictures, by ffmpeg and by libwebrtc.
func TestFFmpegOverTheDoubles(t *testing.T) {
	const width, height, fps, count = 160, 90, 10, 20
	onVAAPI := "-vaapi_device " + doubles.VANode + " -vf format=nv12,hwupload -c:v h264_vaapi -bf 0 -g 7 "
	onNVENC := "-pix_fmt nv12 -c:v h264_nvenc -bf 0 -g 7 -forced-idr 1 "
	for name, c := range map[string]struct {
		persona string // of VAAPI
		args    string
	}{
		"vaapi CQP":                {"intel", onVAAPI + "-profile:v high -qp 20"},
		"vaapi CBR":                {"intel", onVAAPI + "-profile:v main -rc_mode CBR -b:v 5M"},
		"vaapi VBR baseline":       {"intel", onVAAPI + "-profile:v constrained_baseline -rc_mode VBR -b:v 5M"},
		"vaapi no-derive":          {"no-derive", onVAAPI + "-qp 20"},
		"vaapi mesa":               {"mesa", onVAAPI + "-rc_mode CBR -b:v 5M"},
		"vaapi mesa-sequence":      {"mesa-sequence", onVAAPI + "-profile:v constrained_baseline -qp 20"},
		"vaapi mesa-none":          {"mesa-none", onVAAPI + "-qp 20"},
		"vaapi cqp":                {"cqp", onVAAPI + "-low_power 1 -qp 10"},
		"vaapi cbr":                {"cbr", onVAAPI + "-b:v 5M"},
		"nvenc default":            {"", onNVENC},
		"nvenc ultra low latency":  {"", onNVENC + "-profile:v baseline -tune ull -rc cbr -b:v 3M"},
		"nvenc high CABAC VBR":     {"", onNVENC + "-profile:v high -coder cabac -rc vbr -b:v 4M"},
		"nvenc constant quantiser": {"", onNVENC + "-rc constqp -qp 20"},
	} {
		t.Run(name, func(t *testing.T) {
			var d *driver
			if c.persona != "" {
				d = useDriver(t, c.persona)
			} else {
				d = useNVENC(t)
			}
			clip, err := media.EncodeClipBy(media.H264, width, height, fps, count, strings.Fields(c.args)...)
			require.NoError(t, err)
			require.Len(t, d.pictures(t), count)
			require.Empty(t, d.lines("refused:"))
			frames, err := media.Judge(media.H264, clip.Frames)
			require.NoError(t, err)
			require.Len(t, frames, count)
			for n, f := range frames {
				require.True(t, math.IsInf(media.PSNR(media.Draw(n, width, height), f), 1), "picture %d", n)
			}

			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			here, there := nativepeer.New(t, webrtc.Configuration{}), pionpeer.New(t, pion.Configuration{}, media.H264)
			tracks := here.Tracks()
			there.SendClip(t, clip)
			require.NoError(t, peer.Connect(t, here, there).Negotiate(ctx, there))
			track, err := peer.NextTrack(ctx, tracks, webrtc.RTPCodecTypeVideo)
			require.NoError(t, err)
			frames, err = track.Record(ctx, count, width, height)
			require.NoError(t, err)
			for _, f := range frames {
				n, ok := f.Number()
				require.True(t, ok)
				require.True(t, math.IsInf(media.PSNR(media.Draw(n, width, height), f), 1), "picture %d", n)
			}
		})
	}
}
