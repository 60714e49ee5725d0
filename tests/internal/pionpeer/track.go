// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package pionpeer

import (
	"sync"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4"
)

// A Track is a remote track. It is read from its first packet on, recorded or not:
// pion sends its feedback only for what is read, and the sender would take the
// silence for a dead network.
type Track struct {
	*webrtc.TrackRemote

	// Ended is closed when no packet can come any more.
	Ended <-chan struct{}

	peer *Peer

	mu   sync.Mutex
	sink chan<- *rtp.Packet // of the recording that runs, or nil
}

// Tracks returns the peer's remote tracks as they come. Call it before the first
// description is set, once.
func (p *Peer) Tracks() <-chan *Track {
	tracks := make(chan *Track, 16)
	p.OnTrack(func(remote *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		ended := make(chan struct{})
		track := &Track{TrackRemote: remote, Ended: ended, peer: p}
		tracks <- track
		defer close(ended)
		for {
			packet, _, err := remote.ReadRTP()
			if err != nil {
				return // the connection has closed or the track is gone
			}
			track.deliver(packet)
		}
	})
	return tracks
}

// deliver gives a packet to the recording. A recording that does not keep up loses
// packets, like any slow receiver.
func (t *Track) deliver(packet *rtp.Packet) {
	t.mu.Lock()
	defer t.mu.Unlock()
	select {
	case t.sink <- packet:
	default:
	}
}

func (t *Track) setSink(sink chan<- *rtp.Packet) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sink = sink
}
