// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"fmt"
	"io"
	"math/rand/v2"
	goruntime "runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// collectGarbage runs the collector and lets cleanups run.
func collectGarbage() {
	goruntime.GC()
	time.Sleep(10 * time.Millisecond)
}

func audioPath(t *testing.T, capacity int) (*AudioSource, *MediaStreamTrack, *AudioSink) {
	t.Helper()
	source, err := NewAudioSource(AudioSourceInit{Label: "test"})
	require.NoError(t, err)
	track, err := source.NewTrack("", "")
	require.NoError(t, err)
	sink, err := NewAudioSink(track, AudioSinkInit{Capacity: capacity})
	require.NoError(t, err)
	t.Cleanup(func() {
		assert.NoError(t, sink.Close())
		assert.NoError(t, track.Close())
		assert.NoError(t, source.Close())
	})
	return source, track, sink
}

func noiseBlock(rate, channels int) *AudioFrame {
	f := &AudioFrame{SampleRate: rate, Channels: channels, Samples: make([]int16, rate/100*channels)}
	for i := range f.Samples {
		f.Samples[i] = int16(rand.Uint32())
	}
	return f
}

func TestAudioSource_BlocksArriveUnchanged(t *testing.T) {
	source, _, sink := audioPath(t, 0)
	for _, rate := range []int{8000, 16000, 32000, 44100, 48000} {
		for _, channels := range []int{1, 2} {
			t.Run(fmt.Sprint(rate, channels), func(t *testing.T) {
				want := noiseBlock(rate, channels)
				want.Timestamp = MediaTime().Truncate(time.Millisecond)
				require.NoError(t, source.PushFrame(want))
				got, err := sink.ReadFrame(mediaContext(t))
				require.NoError(t, err)
				assert.Equal(t, want, got)
			})
		}
	}
}

func TestAudioSource_RefusesWhatIsNotTenMilliseconds(t *testing.T) {
	source, _, sink := audioPath(t, 0)
	for name, f := range map[string]*AudioFrame{
		"nil":                nil,
		"zero":               {},
		"one sample short":   {SampleRate: 48000, Channels: 2, Samples: make([]int16, 959)},
		"one sample more":    {SampleRate: 48000, Channels: 2, Samples: make([]int16, 961)},
		"mono as stereo":     {SampleRate: 48000, Channels: 2, Samples: make([]int16, 480)},
		"no samples":         {SampleRate: 48000, Channels: 1},
		"unknown rate":       {SampleRate: 22050, Channels: 1, Samples: make([]int16, 220)},
		"negative rate":      {SampleRate: -8000, Channels: -1, Samples: make([]int16, 80)},
		"no channel":         {SampleRate: 8000, Channels: 0},
		"many channels":      {SampleRate: 8000, Channels: 6, Samples: make([]int16, 480)},
		"negative timestamp": {SampleRate: 8000, Channels: 1, Samples: make([]int16, 80), Timestamp: -1},
	} {
		var typ *TypeError
		assert.ErrorAs(t, source.PushFrame(f), &typ, name)
	}
	assert.Zero(t, sink.Dropped())
}

func TestAudioSink_DropsAndCountsTheOldest(t *testing.T) {
	source, _, sink := audioPath(t, 3)
	for n := range int16(8) {
		f := noiseBlock(8000, 1)
		f.Samples[0] = n
		require.NoError(t, source.PushFrame(f))
	}
	assert.EqualValues(t, 5, sink.Dropped())
	for n := int16(5); n < 8; n++ {
		f, err := sink.ReadFrame(mediaContext(t))
		require.NoError(t, err)
		assert.Equal(t, n, f.Samples[0])
	}
}

func TestAudioSink_HandlerGetsBlocksInOrder(t *testing.T) {
	source, _, sink := audioPath(t, 200)
	got := make(chan int16, 200)
	sink.OnFrame(func(f *AudioFrame) { got <- f.Samples[0] })
	for n := range int16(100) {
		f := noiseBlock(48000, 2)
		f.Samples[0] = n
		require.NoError(t, source.PushFrame(f))
	}
	for n := range int16(100) {
		require.Equal(t, n, <-got)
	}
}

func TestAudioSink_DisabledTrackIsSilent(t *testing.T) {
	source, track, sink := audioPath(t, 0)
	track.SetEnabled(false)
	require.NoError(t, source.PushFrame(noiseBlock(16000, 1)))
	f, err := sink.ReadFrame(mediaContext(t))
	require.NoError(t, err)
	assert.Equal(t, make([]int16, 160), f.Samples)
	track.SetEnabled(true)
	want := noiseBlock(16000, 1)
	require.NoError(t, source.PushFrame(want))
	f, err = sink.ReadFrame(mediaContext(t))
	require.NoError(t, err)
	assert.Equal(t, want.Samples, f.Samples)
}

func TestAudioSource_CloseEndsItsTracks(t *testing.T) {
	source, track, sink := audioPath(t, 0)
	ended := make(chan struct{})
	track.OnEnded(func() { close(ended) })
	require.NoError(t, source.PushFrame(noiseBlock(8000, 1)))
	require.NoError(t, source.Close())
	require.NoError(t, source.Close())
	<-ended
	require.ErrorIs(t, source.PushFrame(noiseBlock(8000, 1)), ErrClosed)
	_, err := source.NewTrack("", "")
	require.ErrorIs(t, err, ErrClosed)
	_, err = sink.ReadFrame(mediaContext(t))
	require.NoError(t, err)
	_, err = sink.ReadFrame(mediaContext(t))
	require.ErrorIs(t, err, io.EOF)
}

func TestAudioSource_CloseWhileBlocksArePushed(t *testing.T) {
	for range 20 {
		source, track, sink := audioPath(t, 0)
		received := make(chan struct{}, 1)
		sink.OnFrame(func(*AudioFrame) {
			select {
			case received <- struct{}{}:
			default:
			}
		})
		var wg sync.WaitGroup
		for range 2 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				f := noiseBlock(48000, 2)
				for source.PushFrame(f) == nil {
				}
			}()
		}
		<-received
		require.NoError(t, sink.Close())
		require.NoError(t, track.Close())
		require.NoError(t, source.Close())
		wg.Wait()
	}
}
