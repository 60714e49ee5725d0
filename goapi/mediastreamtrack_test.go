// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync"
	"testing"
	"time"
	"weak"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/cgo"
)

func TestMediaStreamTrack_Attributes(t *testing.T) {
	source, err := NewVideoSource(VideoSourceInit{Label: "camera"})
	require.NoError(t, err)
	defer source.Close()
	track, err := source.NewTrack("a track", "a stream")
	require.NoError(t, err)
	assert.Equal(t, "a track", track.ID())
	assert.Equal(t, "a stream", track.StreamID())
	assert.Equal(t, []string{"a stream"}, track.StreamIDs())
	assert.Equal(t, "camera", track.Label())
	assert.Equal(t, RTPCodecTypeVideo, track.Kind())
	assert.True(t, track.Enabled())
	assert.False(t, track.Muted())
	assert.Equal(t, MediaStreamTrackStateLive, track.ReadyState())
	assert.Empty(t, track.ContentHint())

	// libwebrtc sees the same.
	p := track.ref.Acquire()
	track.SetContentHint(ContentHintText)
	track.SetContentHint(ContentHintMusic) // not for video: ignored
	track.SetContentHint("anything")
	track.SetEnabled(false)
	info, err := cgo.MediaStreamTrackInfo(p)
	track.ref.Release()
	require.NoError(t, err)
	assert.Equal(t, "video", info.Str())
	assert.Equal(t, "a track", info.Str())
	assert.False(t, info.Bool())
	assert.False(t, info.Bool())
	assert.Equal(t, "text", info.Str())

	unnamed, err := source.NewTrack("", "")
	require.NoError(t, err)
	assert.Len(t, unnamed.ID(), 36)
	assert.Empty(t, unnamed.StreamID())
	require.NoError(t, unnamed.Close())

	require.NoError(t, track.Close())
	require.NoError(t, track.Close())
	track.SetEnabled(true)
	track.SetContentHint(ContentHintMotion)
	assert.True(t, track.Enabled())
	assert.Equal(t, "a track", track.ID())
	assert.Equal(t, MediaStreamTrackStateEnded, track.ReadyState())
	_, err = track.Clone()
	require.ErrorIs(t, err, ErrClosed)
}

func TestMediaStreamTrack_CloneHasStateOfItsOwn(t *testing.T) {
	source, track, _ := videoPath(t, 0)
	track.SetEnabled(false)
	track.SetContentHint(ContentHintDetail)
	clone, err := track.Clone()
	require.NoError(t, err)
	defer clone.Close()
	assert.NotEqual(t, track.ID(), clone.ID())
	assert.Equal(t, track.Label(), clone.Label())
	assert.Equal(t, track.StreamIDs(), clone.StreamIDs())
	assert.False(t, clone.Enabled())
	assert.Equal(t, ContentHintDetail, clone.ContentHint())

	clone.SetEnabled(true)
	assert.False(t, track.Enabled())
	sink, err := NewVideoSink(clone, VideoSinkInit{})
	require.NoError(t, err)
	defer sink.Close()
	require.NoError(t, source.PushFrame(numbered(5)))
	assert.Equal(t, byte(5), number(readFrame(t, sink)))

	clone.Stop()
	late, err := clone.Clone()
	require.NoError(t, err)
	defer late.Close()
	assert.Equal(t, MediaStreamTrackStateEnded, late.ReadyState())
	assert.Equal(t, MediaStreamTrackStateLive, track.ReadyState())
}

func TestMediaStreamTrack_MuteEvents(t *testing.T) {
	_, track, _ := videoPath(t, 0)
	var events []string
	track.OnMute(func() { events = append(events, "mute") })
	track.OnUnmute(func() { events = append(events, "unmute") })
	for _, muted := range []bool{true, true, false, false, true} {
		if f := track.setMuted(muted); f != nil {
			f()
		}
		assert.Equal(t, muted, track.Muted())
	}
	assert.Equal(t, []string{"mute", "unmute", "mute"}, events)
	track.Stop()
	assert.Nil(t, track.setMuted(false), "an ended track raises no event")
}

func TestMediaStreamTrack_MethodsWhileItIsClosed(t *testing.T) {
	for range 50 {
		source, track, _ := videoPath(t, 0)
		var wg sync.WaitGroup
		for _, use := range []func(){
			func() { track.SetEnabled(false) },
			func() { track.SetEnabled(true) },
			func() { track.SetContentHint(ContentHintMotion) },
			func() {
				if c, err := track.Clone(); err == nil {
					_ = c.Close()
				}
			},
			func() {
				if s, err := NewVideoSink(track, VideoSinkInit{}); err == nil {
					_ = s.Close()
				}
			},
			func() { _ = track.Close() },
			func() { _ = source.Close() },
		} {
			wg.Add(1)
			go func() {
				defer wg.Done()
				use()
			}()
		}
		wg.Wait()
	}
}

func TestMediaStreamTrack_ForgottenMediaObjectsAreReleased(t *testing.T) {
	api := NewAPI()
	gone := func() (objects []func() bool) {
		source, err := api.NewVideoSource(VideoSourceInit{})
		require.NoError(t, err)
		track, err := source.NewTrack("", "")
		require.NoError(t, err)
		sink, err := NewVideoSink(track, VideoSinkInit{})
		require.NoError(t, err)
		audio, err := api.NewAudioSource(AudioSourceInit{})
		require.NoError(t, err)
		audioTrack, err := audio.NewTrack("", "")
		require.NoError(t, err)
		audioSink, err := NewAudioSink(audioTrack, AudioSinkInit{})
		require.NoError(t, err)
		for _, ref := range []*cgo.Ref{source.ref, track.ref, sink.ref, audio.ref, audioTrack.ref, audioSink.ref} {
			objects = append(objects, ref.Closed)
		}
		return objects
	}()
	rt := weak.Make(api.rt)
	require.Eventually(t, func() bool {
		collectGarbage()
		for _, closed := range gone {
			if !closed() {
				return false
			}
		}
		return true
	}, mediaTestLimit, time.Millisecond)
	assert.False(t, rt.Value().hold(), "the factory has ended with its last user")
	assert.Same(t, rt.Value(), api.rt)
}

func TestMediaStream_Tracks(t *testing.T) {
	_, video, _ := videoPath(t, 0)
	_, audio, _ := audioPath(t, 0)
	s := NewMediaStream(video, nil, video)
	assert.Len(t, s.ID(), 36)
	assert.NotEqual(t, s.ID(), NewMediaStream().ID())
	s.AddTrack(audio)
	s.AddTrack(audio)
	assert.Equal(t, []*MediaStreamTrack{video, audio}, s.GetTracks())
	assert.Equal(t, []*MediaStreamTrack{video}, s.GetVideoTracks())
	assert.Equal(t, []*MediaStreamTrack{audio}, s.GetAudioTracks())
	assert.Same(t, audio, s.GetTrackByID(audio.ID()))
	assert.Nil(t, s.GetTrackByID("none"))

	clone, err := s.Clone()
	require.NoError(t, err)
	require.Len(t, clone.GetTracks(), 2)
	assert.NotSame(t, video, clone.GetTracks()[0])
	for _, c := range clone.GetTracks() {
		defer c.Close()
	}

	s.RemoveTrack(video)
	s.RemoveTrack(video)
	assert.Equal(t, []*MediaStreamTrack{audio}, s.GetTracks())
	assert.True(t, s.Active())
	audio.Stop()
	assert.False(t, s.Active())
	require.NoError(t, audio.Close())
	_, err = s.Clone()
	require.ErrorIs(t, err, ErrClosed)
}

func TestMediaStream_RemoteChangesRaiseEvents(t *testing.T) {
	_, track, _ := videoPath(t, 0)
	s := NewMediaStream()
	var events []string
	s.OnAddTrack(func(*MediaStreamTrack) { events = append(events, "add") })
	s.OnRemoveTrack(func(*MediaStreamTrack) { events = append(events, "remove") })
	for _, f := range []func(){s.remoteAdd(track), s.remoteAdd(track), s.remoteRemove(track), s.remoteRemove(track)} {
		if f != nil {
			f()
		}
	}
	assert.Equal(t, []string{"add", "remove"}, events)
}
