// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package call

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg"
	"github.com/nativertc/nativertc/tools/nativertc/internal/ffmpeg/fftest"
	"github.com/nativertc/nativertc/tools/nativertc/internal/progress"
	"github.com/nativertc/nativertc/tools/nativertc/internal/relay"
)

// small is a call that takes little time.
func small() Options {
	return Options{Width: 320, Height: 180, Duration: 1500 * time.Millisecond, DataTime: 200 * time.Millisecond}
}

// mustWork makes a call that has to succeed.
func mustWork(t *testing.T, o Options) *Result {
	t.Helper()
	result, err := Run(t.Context(), o)
	require.NoError(t, err)
	require.Empty(t, result.Problems)
	return result
}

// TestCallDeliversMediaAndData checks every figure of a short call without a flag,
// the recording included.
func TestCallDeliversMediaAndData(t *testing.T) {
	fftest.Need(t)
	dir := t.TempDir()
	var shown bytes.Buffer
	o := small()
	o.Output, o.Picture = filepath.Join(dir, "call.mkv"), filepath.Join(dir, "call.png")
	o.Progress = progress.New(&shown, "call")
	r := mustWork(t, o)

	v := r.Video
	assert.NotEmpty(t, v.Codec)
	assert.NotEmpty(t, v.Encoder)
	assert.NotEmpty(t, v.Decoder)
	assert.Equal(t, [2]int{320, 180}, [2]int{v.Width, v.Height})
	assert.Equal(t, v.FramesSent, v.FramesReceived+v.FramesDropped)
	assert.Zero(t, v.Sink.Foreign, "frames with a number that was not sent")
	assert.Positive(t, v.Sink.Measured)
	assert.Greater(t, v.PSNR.All, 20.0, "what arrives looks like what was sent")
	assert.Less(t, v.PSNR.All, 80.0, "it went through a lossy codec")
	assert.Greater(t, v.SSIM, 0.5)
	assert.Positive(t, v.Bitrate)
	assert.Positive(t, v.Delay.P50)
	assert.GreaterOrEqual(t, v.Delay.P99, v.Delay.P50)

	require.NotNil(t, r.Audio)
	assert.Equal(t, "opus", r.Audio.Codec)
	assert.Equal(t, 48000, r.Audio.Rate)
	assert.Positive(t, r.Audio.Received.Audible)

	assert.True(t, r.Data.Intact)
	assert.Equal(t, r.Data.MessagesSent, r.Data.Messages)
	assert.Equal(t, r.Data.Messages*16<<10, r.Data.Bytes)
	assert.Equal(t, "UDP", r.Connection.Protocol)
	assert.Equal(t, "host", r.Connection.RemoteType)
	assert.NotEmpty(t, r.Connection.SRTPCipher)
	assert.Nil(t, r.Network)
	assert.Positive(t, r.Process.CPUSeconds)
	assert.NotEmpty(t, shown.String())

	info, err := ffmpeg.Probe(t.Context(), r.Output)
	require.NoError(t, err)
	assert.True(t, info.HasVideo && info.HasAudio)
	picture, err := os.Open(r.Picture)
	require.NoError(t, err)
	defer picture.Close()
	config, err := png.DecodeConfig(picture)
	require.NoError(t, err)
	assert.Equal(t, v.ReceivedWidth, config.Width)
}

// TestCallOverABadNetwork sends through the relay with loss and delay.
func TestCallOverABadNetwork(t *testing.T) {
	o := small()
	o.Network = relay.Impairment{Loss: 0.05, Delay: 50 * time.Millisecond}
	o.Duration = 3 * time.Second
	r := mustWork(t, o)
	require.NotNil(t, r.Network)
	assert.Positive(t, r.Network.Lost)
	assert.InDelta(t, 0.05, r.Network.LossShare, 0.04)
	assert.Greater(t, r.Video.Delay.P50, 50.0, "no frame is faster than the network")
	assert.GreaterOrEqual(t, r.Connection.RoundTripMS, 100.0)
}

// TestCallWithEachCodec negotiates what was asked for and nothing else.
func TestCallWithEachCodec(t *testing.T) {
	api := newAPI(Options{}.Bitrate, Options{}.Encoders)
	for _, codec := range Codecs {
		t.Run(codec, func(t *testing.T) {
			o := small()
			o.Codec, o.NoAudio = codec, true
			if _, err := preferences(api, codec); err != nil {
				// The revision has no such codec: the call says so, and which there are.
				_, got := Run(t.Context(), o)
				require.ErrorContains(t, got, "cannot send and receive "+codec)
				require.ErrorContains(t, got, "VP8")
				return
			}
			r := mustWork(t, o)
			assert.Equal(t, codec, r.Video.Codec)
			assert.Nil(t, r.Audio)
		})
	}
}

// TestCallOfAFile sends a file to its end, at another size and rate, and hears its
// sound.
func TestCallOfAFile(t *testing.T) {
	fftest.Need(t)
	path := filepath.Join(t.TempDir(), "film.mp4")
	fftest.Make(t, "-f", "lavfi", "-i", "testsrc2=size=640x480:rate=24", "-f", "lavfi", "-i", "sine=frequency=600", "-t", "1.5", path)
	o := Options{Input: path, Width: 320, FPS: 20, DataTime: 100 * time.Millisecond}
	r := mustWork(t, o)
	assert.Equal(t, [2]int{320, 240}, [2]int{r.Video.Width, r.Video.Height})
	assert.InDelta(t, 30, r.Video.FramesSent, 2, "1.5 s at 20 per second")
	require.NotNil(t, r.Audio)
	assert.InDelta(t, 1.5, r.Audio.Sent.Seconds, 0.3)
}

// TestInterruptedCallEndsInOrder ends a long call early, with the figures of what
// was received until then.
func TestInterruptedCallEndsInOrder(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	o := small()
	o.Duration = time.Hour
	o.DataTime = time.Hour
	o.Output = filepath.Join(t.TempDir(), "call.y4m")
	began := time.Now()
	r, err := Run(ctx, o)
	require.NoError(t, err)
	assert.True(t, r.Interrupted)
	assert.Empty(t, r.Problems)
	assert.Positive(t, r.Video.FramesReceived)
	assert.True(t, r.Data.Intact)
	assert.FileExists(t, r.Output)
	assert.Less(t, time.Since(began), 30*time.Second)
}

// TestCallInterruptedBeforeItBegins makes no call.
func TestCallInterruptedBeforeItBegins(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Run(ctx, small())
	require.ErrorIs(t, err, context.Canceled)
}

// TestRunTellsWhyThereIsNoCall checks the errors of bad options and files.
func TestRunTellsWhyThereIsNoCall(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Options)
		want   string
	}{
		"input":     {func(o *Options) { o.Input = filepath.Join(t.TempDir(), "missing.mkv") }, "missing.mkv"},
		"output":    {func(o *Options) { o.Output = filepath.Join(t.TempDir(), "a.doc") }, "unknown recording format"},
		"codec":     {func(o *Options) { o.Codec = "MPEG2" }, "MPEG2"},
		"size":      {func(o *Options) { o.Width = 40 }, "below 80x48"},
		"rate":      {func(o *Options) { o.FPS = -1 }, "frame rate"},
		"duration":  {func(o *Options) { o.Duration = -1 }, "negative"},
		"message":   {func(o *Options) { o.DataSize = 4 }, "messages of 4 bytes"},
		"data rate": {func(o *Options) { o.DataRate = -1 }, "data rate"},
		"loss":      {func(o *Options) { o.Network.Loss = 2 }, "loss"},
		"bitrates":  {func(o *Options) { o.Bitrate.Min, o.Bitrate.Max = 2, 1 }, "contradict"},
		"loop":      {func(o *Options) { o.Loop = true }, "nothing to repeat"},
		"every":     {func(o *Options) { o.MeasureEvery = -1 }, "measured"},
	} {
		t.Run(name, func(t *testing.T) {
			o := small()
			c.change(&o)
			r, err := Run(t.Context(), o)
			require.ErrorContains(t, err, c.want)
			assert.Nil(t, r)
		})
	}
}

// TestJudgeFindsWhatIsMissing gives results of calls that went wrong.
func TestJudgeFindsWhatIsMissing(t *testing.T) {
	good := func() *Result {
		return &Result{
			Video: VideoResult{FramesSent: 100, FramesReceived: 90, Sink: VideoReceived{Frames: 90}},
			Audio: &AudioResult{Sent: SoundLevel{Audible: 3, Level: -20}, Received: SoundLevel{Audible: 3, Level: -23}},
			Data:  DataResult{Messages: 10, MessagesSent: 10, Intact: true},
		}
	}
	r := good()
	r.judge()
	require.Empty(t, r.Problems)
	for name, c := range map[string]struct {
		change func(*Result)
		want   string
	}{
		"nothing sent":  {func(r *Result) { r.Video.FramesSent = 0 }, "no video frame was sent"},
		"no frame":      {func(r *Result) { r.Video.FramesReceived = 0 }, "no video frame arrived"},
		"few frames":    {func(r *Result) { r.Video.FramesReceived = 5 }, "only 5 of 100"},
		"wrong numbers": {func(r *Result) { r.Video.Sink.Unreadable = 20 }, "wrong number"},
		"foreign":       {func(r *Result) { r.Video.Sink.Foreign = 20 }, "wrong number"},
		"silence":       {func(r *Result) { r.Audio.Received = SoundLevel{Seconds: 3} }, "0.0 s of sound"},
		"noise":         {func(r *Result) { r.Audio.Received.Level = 0 }, "dB of full scale"},
		"no data":       {func(r *Result) { r.Data = DataResult{} }, "no message"},
		"damaged data":  {func(r *Result) { r.Data.Intact = false }, "not unchanged"},
	} {
		t.Run(name, func(t *testing.T) {
			r := good()
			c.change(r)
			r.judge()
			require.Len(t, r.Problems, 1)
			assert.Contains(t, r.Problems[0], c.want)
		})
	}
}

// TestSentVideoRemembersOnlyWhatWasSent asks for times of frames.
func TestSentVideoRemembersOnlyWhatWasSent(t *testing.T) {
	s := newSentVideo(2, 30)
	f := clip.NewFrame(160, 96)
	for range 3 {
		require.NoError(t, s.mark(f))
	}
	for number, want := range map[uint32]bool{0: true, 2: true, 3: false, remembered: false} {
		_, ok := s.when(number)
		assert.Equal(t, want, ok, number)
	}
	assert.Equal(t, 2, s.store.Len(), "frames 0 and 2")
	assert.EqualValues(t, 3, s.sent())
}
