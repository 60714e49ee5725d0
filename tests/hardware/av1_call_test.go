// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"context"
	"strings"
	"testing"
	"time"

	pion "github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tests/internal/media"
	"github.com/nativertc/nativertc/tests/internal/peer"
	"github.com/nativertc/nativertc/tests/internal/pionpeer"
)

// TestAV1 sends to pion, for not every revision of libwebrtc has a decoder, and ffmpeg judges.
func TestAV1(t *testing.T) {
	for _, mode := range []string{"L1T1", "L1T3"} {
		t.Run(mode, func(t *testing.T) {
			const width, height, count = 160, 96, 30
			d := useDriver(t, "intel")
			happened := collectEvents(t)
			encoders := ofCodec("AV1", hw.Auto)
			encoders.RetryAfter, encoders.RetryAtMost = 100*time.Millisecond, 400*time.Millisecond
			ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
			defer cancel()
			c := newSender(t, encoders, webrtc.RTPEncodingParameters{ScalabilityMode: mode})
			c.draw, c.free = numbered, true
			require.NoError(t, c.transceiver.SetDirection(webrtc.RTPTransceiverDirectionSendonly))
			there := pionpeer.New(t, pion.Configuration{}, media.AV1)
			tracks := there.Tracks()
			require.NoError(t, peer.Connect(t, c.peer, there).Negotiate(ctx, c.peer))
			require.Contains(t, c.sender.LocalDescription().SDP, "AV1/90000")

			type recorded struct {
				codec  media.Codec
				frames [][]byte
				err    error
			}
			done := make(chan recorded, 1)
			go func() {
				track := <-tracks
				codec, frames, err := track.RecordVideo(ctx, count)
				done <- recorded{codec, frames, err}
			}()
			var r recorded
			c.runSize(width, height, "a recording", func() bool {
				select {
				case r = <-done:
					return true
				default:
					return false
				}
			})
			require.NoError(t, r.err)
			require.Equal(t, media.AV1, r.codec)
			frames, err := media.Judge(media.AV1, r.frames)
			require.NoError(t, err)
			report := media.Inspect(frames, width, height)
			t.Log(report)
			require.Equal(t, count, report.Numbered)
			require.Zero(t, report.Backward)
			require.Greater(t, report.MedianPSNR, 30.0)
			require.Equal(t, "VAAPI", c.implementation())
			require.True(t, strings.EqualFold("video/AV1", c.sender.GetSenders()[0].GetParameters().Codecs[0].MimeType))
			require.Empty(t, d.lines("refused:"))

			// Whether there is software to fall back to or not.
			d.setFault(t, "end@0+ context")
			c.runSize(width, height, "a failure", func() bool { return len(happened.list()) > 0 })
			require.False(t, happened.list()[0].Restored)
			d.setFault(t, "")
			c.runSize(width, height, "the return", func() bool {
				all := happened.list()
				return all[len(all)-1].Restored
			})
			before := len(d.pictures(t))
			c.runSize(width, height, "more pictures", func() bool { return len(d.pictures(t)) > before+5 })
			require.Equal(t, "VAAPI", c.implementation())
		})
	}
}
