// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package interop

import (
	"context"
	"io"
	"sync"
	"testing"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	pion "github.com/pion/webrtc/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/internal/media"
	"github.com/nativertc/nativertc/tests/internal/nativepeer"
	"github.com/nativertc/nativertc/tests/internal/peer"
	"github.com/nativertc/nativertc/tests/internal/pionpeer"
)

// The picture that is sent in three sizes: libwebrtc sends no three of a smaller one.
const simulcastWidth, simulcastHeight, simulcastFPS = 960, 576, 15

// sizes are those of the encodings.
var sizes = map[string][2]int{
	"q": {simulcastWidth / 4, simulcastHeight / 4}, "h": {simulcastWidth / 2, simulcastHeight / 2}, "f": {simulcastWidth, simulcastHeight},
}

// TestPionReceivesSimulcast has pion take the three encodings of one track apart by
// their rids.
func TestPionReceivesSimulcast(t *testing.T) {
	for _, codec := range []media.Codec{media.VP8, media.H264} {
		t.Run(string(codec), func(t *testing.T) {
			ctx := limit(t)
			native, server := nativepeer.New(t, webrtc.Configuration{}), pionpeer.New(t, pion.Configuration{}, codec)
			tracks := server.Tracks()
			native.SendSimulcast(t, simulcastWidth, simulcastHeight, simulcastFPS, "q", "h", "f")
			require.NoError(t, peer.Connect(t, native, server).Negotiate(ctx, native))
			encodings := map[string]*pionpeer.Track{}
			for len(encodings) < len(sizes) {
				track, err := peer.NextTrack(ctx, tracks, pion.RTPCodecTypeVideo)
				require.NoError(t, err)
				require.Contains(t, sizes, track.RID())
				encodings[track.RID()] = track
			}
			var wait sync.WaitGroup
			for rid, track := range encodings {
				wait.Add(1)
				go func() {
					defer wait.Done()
					checkSize(ctx, t, track, sizes[rid])
				}()
			}
			wait.Wait()
			rates := bitRates(ctx, t, encodings)
			t.Logf("bit/s: %v", rates)
			assert.Greater(t, rates["h"], rates["q"])
			assert.Greater(t, rates["f"], rates["h"])
		})
	}
}

// checkSize waits until pictures of a size come: encoders begin with less.
func checkSize(ctx context.Context, t *testing.T, track *pionpeer.Track, want [2]int) {
	for {
		codec, encoded, err := track.RecordVideo(ctx, 10)
		if !assert.NoError(t, err, track.RID()) {
			return
		}
		frames, err := media.DecodeFrames(codec, encoded)
		if !assert.NoError(t, err, track.RID()) {
			return
		}
		if last := frames[len(frames)-1]; [2]int{last.Width, last.Height} == want {
			return
		}
	}
}

// bitRates returns those of what the encodings hold, of the same seconds.
func bitRates(ctx context.Context, t *testing.T, encodings map[string]*pionpeer.Track) map[string]float64 {
	t.Helper()
	var mu sync.Mutex
	rates := map[string]float64{}
	var wait sync.WaitGroup
	for rid, track := range encodings {
		wait.Add(1)
		go func() {
			defer wait.Done()
			_, encoded, err := track.RecordVideo(ctx, 2*simulcastFPS)
			if !assert.NoError(t, err, rid) {
				return
			}
			bytes := 0
			for _, frame := range encoded {
				bytes += len(frame)
			}
			mu.Lock()
			defer mu.Unlock()
			rates[rid] = float64(8*bytes) * simulcastFPS / float64(len(encoded))
		}()
	}
	wait.Wait()
	return rates
}

// TestSimulcastThroughAServer has pion forward one of the encodings, and then another,
// to a second peer of the library.
func TestSimulcastThroughAServer(t *testing.T) {
	ctx := limit(t)
	publisher, viewer := nativepeer.New(t, webrtc.Configuration{}), nativepeer.New(t, webrtc.Configuration{})
	in, out := pionpeer.New(t, pion.Configuration{}, media.H264), pionpeer.New(t, pion.Configuration{}, media.H264)
	server := newSelector(t, in, out, "q")
	seen := viewer.Tracks()
	publisher.SendSimulcast(t, simulcastWidth, simulcastHeight, simulcastFPS, "q", "h", "f")
	require.NoError(t, peer.Connect(t, publisher, in).Negotiate(ctx, publisher))
	require.NoError(t, peer.Connect(t, viewer, out).Negotiate(ctx, out))
	track, err := peer.NextTrack(ctx, seen, webrtc.RTPCodecTypeVideo)
	require.NoError(t, err)
	for _, rid := range []string{"q", "f", "h"} {
		server.choose(rid)
		frames, err := track.Record(ctx, 15, sizes[rid][0], sizes[rid][1])
		require.NoError(t, err, rid)
		last := frames[len(frames)-1]
		assert.Equal(t, sizes[rid], [2]int{last.Width, last.Height}, rid)
		if rid == "f" {
			// The others are what was sent made smaller, which the test cannot draw.
			report := media.Inspect(frames, simulcastWidth, simulcastHeight)
			assert.Greater(t, report.Numbered, report.Pictures/2)
			assert.Greater(t, report.MedianPSNR, wantPSNR, "dB")
		}
	}
}

// A selector forwards one encoding of a track, as the servers of conferences do.
type selector struct {
	in  *pionpeer.Peer
	out *pion.TrackLocalStaticRTP

	mu       sync.Mutex
	wanted   string // the rid that is forwarded from its next key frame on
	current  string
	source   pion.SSRC // the stream of the current encoding
	first    uint16    // the number of its first packet that was forwarded
	next     uint16    // the number after the highest that was forwarded
	time     uint32    // of the last picture that was forwarded
	renumber uint16    // from the numbers of the present encoding to those forwarded
	offset   uint32    // what the times of the present encoding are ahead
}

// newSelector has a server send one encoding of what it receives: first that of a rid.
func newSelector(t *testing.T, in, out *pionpeer.Peer, rid string) *selector {
	t.Helper()
	track, err := pion.NewTrackLocalStaticRTP(pion.RTPCodecCapability{MimeType: pion.MimeTypeH264}, "video", "server")
	require.NoError(t, err)
	sender, err := out.AddTrack(track)
	require.NoError(t, err)
	s := &selector{in: in, out: track, wanted: rid}
	in.OnTrack(func(track *pion.TrackRemote, _ *pion.RTPReceiver) {
		var asked time.Time
		for {
			packet, _, err := track.ReadRTP()
			if err != nil {
				return // the connection has closed
			}
			if needsKey, err := s.forward(track, packet); err != nil {
				assert.ErrorIs(t, err, io.ErrClosedPipe)
				return
			} else if needsKey && time.Since(asked) > keyFrameInterval {
				asked = time.Now()
				s.askForKeyFrame(track.SSRC())
			}
		}
	})
	go s.passRequests(sender)
	return s
}

// keyFrameInterval is how often a key frame is asked for while one is needed.
const keyFrameInterval = 500 * time.Millisecond

// askForKeyFrame may fail: who needs the frame asks again.
func (s *selector) askForKeyFrame(source pion.SSRC) {
	_ = s.in.WriteRTCP([]rtcp.Packet{&rtcp.PictureLossIndication{MediaSSRC: uint32(source)}})
}

// passRequests has the publisher make the key frames that the viewer asks for, as it
// does when it cannot decode what came, until the connection closes.
func (s *selector) passRequests(sender *pion.RTPSender) {
	for {
		packets, _, err := sender.ReadRTCP()
		if err != nil {
			return
		}
		for _, packet := range packets {
			if _, lost := packet.(*rtcp.PictureLossIndication); lost {
				s.mu.Lock()
				source := s.source
				s.mu.Unlock()
				s.askForKeyFrame(source)
			}
		}
	}
}

func (s *selector) choose(rid string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wanted = rid
}

// forward passes a packet on if it is of the chosen encoding, within the one stream
// that the viewer has. A packet that was lost or comes late is so for the viewer too.
func (s *selector) forward(track *pion.TrackRemote, packet *rtp.Packet) (needsKey bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if rid := track.RID(); rid != s.current {
		if rid != s.wanted {
			return false, nil
		}
		if !beginsWithParameters(packet.Payload) {
			return true, nil
		}
		s.current, s.source, s.first = rid, track.SSRC(), packet.SequenceNumber
		s.renumber = s.next - packet.SequenceNumber
		s.offset = packet.Timestamp - s.time - 90000/simulcastFPS
	}
	if int16(packet.SequenceNumber-s.first) < 0 {
		return false, nil // of before the key frame that came first
	}
	packet.SequenceNumber += s.renumber
	packet.Timestamp -= s.offset
	if int16(packet.SequenceNumber-s.next) >= 0 {
		s.next, s.time = packet.SequenceNumber+1, packet.Timestamp
	}
	packet.Extension, packet.Extensions = false, nil
	return false, s.out.WriteRTP(packet)
}

// beginsWithParameters tells whether a packet of H264 has a sequence parameter set
// (RFC 6184), as key frames begin with.
func beginsWithParameters(payload []byte) bool {
	const sps, stapA = 7, 24
	if len(payload) == 0 {
		return false // padding, to probe the bandwidth
	}
	kind := payload[0] & 0x1f
	return kind == sps || kind == stapA && len(payload) > 3 && payload[3]&0x1f == sps
}
