// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/cgo"
)

func TestTrackEvent(t *testing.T) {
	api, a, b := rtpPair(t)
	order := make(chan string, 10)
	events := make(chan TrackEvent, 2)
	b.OnTrack(func(track *TrackRemote, receiver *RTPReceiver) {
		assert.Same(t, receiver.Track(), track)
		order <- "track"
	})
	b.OnTrackEvent(func(e TrackEvent) {
		order <- "event"
		events <- e
	})
	stream := NewMediaStream()
	audio, err := a.AddTrack(audioTrack(t, api), stream)
	require.NoError(t, err)
	_, err = a.AddTrack(videoTrack(t, api), stream)
	require.NoError(t, err)
	negotiate(t, a, b)

	first, second := receive(t, events, "first event"), receive(t, events, "second event")
	for _, want := range []string{"track", "event", "track", "event"} {
		assert.Equal(t, want, receive(t, order, "handler"))
	}
	assert.Equal(t, RTPCodecTypeAudio, first.Track.Kind())
	assert.Equal(t, RTPCodecTypeVideo, second.Track.Kind())
	assert.Equal(t, audio.Track().ID(), first.Track.ID())
	assert.Equal(t, []string{stream.ID()}, first.Track.StreamIDs())
	require.Len(t, first.Streams, 1)
	require.Len(t, second.Streams, 1)
	assert.Same(t, first.Streams[0], second.Streams[0], "one stream, one object")
	assert.Equal(t, stream.ID(), first.Streams[0].ID())
	assert.Equal(t, []*MediaStreamTrack{first.Track, second.Track}, first.Streams[0].GetTracks())

	removed, muted := make(chan *MediaStreamTrack, 1), make(chan struct{}, 1)
	first.Streams[0].OnRemoveTrack(func(track *MediaStreamTrack) { removed <- track })
	first.Track.OnMute(func() { muted <- struct{}{} })
	require.NoError(t, a.RemoveTrack(audio))
	negotiate(t, a, b)
	assert.Same(t, first.Track, receive(t, removed, "removetrack"))
	assert.Equal(t, []*MediaStreamTrack{second.Track}, first.Streams[0].GetTracks())
	assert.Equal(t, MediaStreamTrackStateLive, first.Track.ReadyState(), "it may come back")

	added := make(chan *MediaStreamTrack, 1)
	first.Streams[0].OnAddTrack(func(track *MediaStreamTrack) { added <- track })
	require.NoError(t, a.GetTransceivers()[0].SetDirection(RTPTransceiverDirectionSendrecv))
	negotiate(t, a, b)
	again := receive(t, events, "event of the track that came back")
	assert.Same(t, first.Track, again.Track)
	assert.Same(t, first.Track, receive(t, added, "addtrack"))

	b.OnTrack(nil)
	b.OnTrackEvent(nil)
}

func TestTrackIsMutedWhileNothingComes(t *testing.T) {
	api, a, b := rtpPair(t)
	track, source := audioSourceTrack(t, api)
	sender, err := a.AddTrack(track)
	require.NoError(t, err)
	changes, ended := make(chan bool, 10), make(chan struct{}, 1)
	b.OnTrack(func(track *TrackRemote, _ *RTPReceiver) {
		track.OnMute(func() { changes <- true })
		track.OnUnmute(func() { changes <- false })
		track.OnEnded(func() { ended <- struct{}{} })
	})
	negotiate(t, a, b)
	sendTone(t, source)
	assert.False(t, receive(t, changes, "unmute"))

	require.NoError(t, a.RemoveTrack(sender))
	negotiate(t, a, b)
	assert.True(t, receive(t, changes, "mute"))
	require.NoError(t, a.GetTransceivers()[0].SetDirection(RTPTransceiverDirectionSendrecv))
	require.NoError(t, sender.ReplaceTrack(track))
	negotiate(t, a, b)
	assert.False(t, receive(t, changes, "unmute again"))

	require.NoError(t, a.GetTransceivers()[0].Stop())
	negotiate(t, a, b)
	receive(t, ended, "ended")
}

func TestTrackEventOfATransceiverWithoutStream(t *testing.T) {
	_, a, b := rtpPair(t)
	events := make(chan TrackEvent, 1)
	b.OnTrackEvent(func(e TrackEvent) { events <- e })
	_, err := a.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.NoError(t, err)
	negotiate(t, a, b)
	e := receive(t, events, "track event")
	assert.True(t, e.Track.Muted(), "there is nothing to come")
	assert.Empty(t, e.Streams)
	assert.Empty(t, e.Track.StreamIDs())
}

func TestRollbackTakesTheTransceiverAway(t *testing.T) {
	_, a, b := rtpPair(t)
	_, err := a.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, b.SetRemoteDescription(offer))
	require.Len(t, b.GetTransceivers(), 1)
	gone := b.GetTransceivers()[0]
	require.NoError(t, b.SetRemoteDescription(SessionDescription{Type: SDPTypeRollback}))
	assert.Empty(t, b.GetTransceivers())
	assert.True(t, gone.Stopped())
	require.NoError(t, b.SetRemoteDescription(offer))
	require.Len(t, b.GetTransceivers(), 1)
	assert.NotSame(t, gone, b.GetTransceivers()[0])
}

func TestCloseInTrackHandler(t *testing.T) {
	api, a, b := rtpPair(t)
	closed := make(chan struct{}, 1)
	b.OnTrack(func(track *TrackRemote, r *RTPReceiver) {
		assert.NoError(t, b.Close())
		assert.Empty(t, r.GetParameters().Codecs)
		closed <- struct{}{}
	})
	b.OnTrackEvent(func(TrackEvent) { assert.Fail(t, "an event after Close") })
	_, err := a.AddTrack(audioTrack(t, api))
	require.NoError(t, err)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	_ = b.SetRemoteDescription(offer)
	receive(t, closed, "Close in the handler")
}

// TestTrackEventHasTheStreamsOfItsTime lets a second event for a track come, in
// another stream, while the handler of the first runs, and one whose description
// has been replaced before Go looks at it.
func TestTrackEventHasTheStreamsOfItsTime(t *testing.T) {
	api, a, b := rtpPair(t)
	first, second := NewMediaStream(), NewMediaStream()
	events, proceed := make(chan TrackEvent, 2), make(chan struct{})
	b.OnTrackEvent(func(e TrackEvent) {
		<-proceed
		events <- e
	})
	sender, err := a.AddTrack(audioTrack(t, api), first)
	require.NoError(t, err)
	negotiate(t, a, b)
	transceiver := a.GetTransceivers()[0]
	require.NoError(t, transceiver.SetDirection(RTPTransceiverDirectionInactive))
	negotiate(t, a, b)
	require.NoError(t, sender.SetStreams(second))
	require.NoError(t, transceiver.SetDirection(RTPTransceiverDirectionSendonly))
	negotiate(t, a, b)
	close(proceed)
	for _, want := range []*MediaStream{first, second} {
		e := receive(t, events, "track event")
		require.Len(t, e.Streams, 1)
		assert.Equal(t, want.ID(), e.Streams[0].ID())
	}

	native := b.GetTransceivers()[0].ref.Acquire()
	defer b.GetTransceivers()[0].ref.Release()
	cgo.AddRef(native) // passes to decodeTrack
	record := binary.NativeEndian.AppendUint64(nil, address(native))
	record = binary.NativeEndian.AppendUint32(record, 1)
	record = binary.NativeEndian.AppendUint32(record, uint32(len(first.ID())))
	record = append(record, first.ID()...)
	late := b.decodeTrack(cgo.NewReader(record))
	late.apply()
	late.fire()
	e := receive(t, events, "late event")
	require.Len(t, e.Streams, 1)
	assert.Equal(t, first.ID(), e.Streams[0].ID())
	assert.Equal(t, []string{first.ID()}, e.Track.StreamIDs())
}

// libwebrtc tells nothing of a track that a later description, or its rollback, moves
// to other streams.
func TestTrackMovedToOtherStreams(t *testing.T) {
	api, a, b := rtpPair(t)
	first, second := NewMediaStream(), NewMediaStream()
	sender, err := a.AddTrack(videoTrack(t, api), first)
	require.NoError(t, err)
	events := make(chan TrackEvent, 4)
	b.OnTrackEvent(func(e TrackEvent) { events <- e })
	negotiate(t, a, b)
	before := receive(t, events, "track")
	require.Len(t, before.Streams, 1)
	require.NoError(t, sender.SetStreams(second))
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, b.SetRemoteDescription(offer))
	moved := receive(t, events, "track")
	require.Len(t, moved.Streams, 1)
	assert.Equal(t, second.ID(), moved.Streams[0].ID())
	assert.Equal(t, before.Track, moved.Track)
	assert.Empty(t, before.Streams[0].GetTracks())
	require.NoError(t, b.SetRemoteDescription(SessionDescription{Type: SDPTypeRollback}))
	back := receive(t, events, "track")
	assert.Equal(t, before.Streams, back.Streams)
	assert.Empty(t, moved.Streams[0].GetTracks())
}
