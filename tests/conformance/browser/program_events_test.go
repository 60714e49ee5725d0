// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser_test

import (
	"errors"
	"fmt"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// watch notes the events of an object from now on.
func (d *programDriver) watch(object any, name string) {
	switch o := object.(type) {
	case *webrtc.PeerConnection:
		d.watchConnection(o, name)
	case *webrtc.DataChannel:
		d.watchChannel(o, name)
	case *webrtc.DTLSTransport:
		o.OnStateChange(func(s webrtc.DTLSTransportState) { d.note(name, "statechange %v", s) })
		o.OnError(func(err error) { d.note(name, "error %s", describe(err).Detail) })
	case *webrtc.ICETransport:
		o.OnStateChange(func(s webrtc.ICETransportState) { d.note(name, "statechange %v", s) })
		o.OnGatheringStateChange(func(s webrtc.ICEGatheringState) { d.note(name, "gatheringstatechange %v", s) })
		o.OnSelectedCandidatePairChange(func(*webrtc.ICECandidatePair) { d.note(name, "selectedcandidatepairchange") })
	case *webrtc.SCTPTransport:
		o.OnStateChange(func(s webrtc.SCTPTransportState) { d.note(name, "statechange %v", s) })
	case *webrtc.DTMFSender:
		o.OnToneChange(func(e webrtc.DTMFToneChangeEvent) {
			d.note(name, "tonechange %q", e.Tone)
		})
	}
}

func (d *programDriver) watchConnection(pc *webrtc.PeerConnection, name string) {
	pc.OnNegotiationNeeded(func() { d.note(name, "negotiationneeded %v", pc.SignalingState()) })
	pc.OnSignalingStateChange(func(s webrtc.SignalingState) { d.note(name, "signalingstatechange %v", s) })
	pc.OnICEGatheringStateChange(func(s webrtc.ICEGatheringState) { d.note(name, "icegatheringstatechange %v", s) })
	pc.OnICEConnectionStateChange(func(s webrtc.ICEConnectionState) { d.note(name, "iceconnectionstatechange %v", s) })
	pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) { d.note(name, "connectionstatechange %v", s) })
	pc.OnICECandidate(func(c *webrtc.ICECandidate) {
		d.keep(name, "icecandidate", c)
		if c == nil {
			d.note(name, "icecandidate null")
			return
		}
		d.note(name, "icecandidate %v %v", c.Typ, c.Protocol)
	})
	pc.OnICECandidateError(func(e webrtc.PeerConnectionICEErrorEvent) { d.note(name, "icecandidateerror %d", e.ErrorCode) })
	pc.OnTrackEvent(func(e webrtc.TrackEvent) {
		d.keep(name, "track", map[string]any{
			"track": e.Track, "receiver": e.Receiver, "transceiver": e.Transceiver, "streams": e.Streams,
		})
		d.note(name, "track %v mid=%s %v streams=%d muted=%v %v", e.Track.Kind(), e.Transceiver.Mid(),
			e.Transceiver.Direction(), len(e.Streams), e.Track.Muted(), e.Track.ReadyState())
		d.watchTrack(e.Track, name+".track("+e.Transceiver.Mid()+")")
		for _, stream := range e.Streams {
			stream.OnAddTrack(func(t *webrtc.MediaStreamTrack) { d.note(name, "addtrack %v", t.Kind()) })
			stream.OnRemoveTrack(func(t *webrtc.MediaStreamTrack) { d.note(name, "removetrack %v", t.Kind()) })
		}
	})
	pc.OnDataChannel(func(c *webrtc.DataChannel) {
		d.keep(name, "datachannel", c)
		d.note(name, "datachannel %s %v", c.Label(), c.ReadyState())
		d.watchChannel(c, name+".channel("+c.Label()+")")
	})
}

func (d *programDriver) watchTrack(t *webrtc.MediaStreamTrack, stream string) {
	note := func(kind string) func() {
		return func() { d.note(stream, "%s muted=%v %v", kind, t.Muted(), t.ReadyState()) }
	}
	t.OnMute(note("mute"))
	t.OnUnmute(note("unmute"))
	t.OnEnded(note("ended"))
}

func (d *programDriver) watchChannel(c *webrtc.DataChannel, stream string) {
	d.mu.Lock()
	watched := d.watched[c]
	d.watched[c] = true
	d.mu.Unlock()
	if watched {
		return // since its event, in the stream of its connection
	}
	c.OnOpen(func() { d.note(stream, "open %v", c.ReadyState()) })
	c.OnClosing(func() { d.note(stream, "closing %v", c.ReadyState()) })
	c.OnClose(func() { d.note(stream, "close %v", c.ReadyState()) })
	c.OnError(func(err error) {
		e := describe(err)
		cause := "-"
		var detailed *webrtc.RTCError
		if errors.As(err, &detailed) && detailed.SCTPCauseCode != nil {
			cause = fmt.Sprint(*detailed.SCTPCauseCode)
		}
		d.note(stream, "error %s %s %s", e.Name, e.Detail, cause)
	})
	c.OnBufferedAmountLow(func() { d.note(stream, "bufferedamountlow") })
	c.OnMessage(func(m webrtc.DataChannelMessage) {
		if m.IsString {
			d.note(stream, "message %s", m.Data)
		} else {
			d.note(stream, "message of %d bytes", len(m.Data))
		}
	})
}
