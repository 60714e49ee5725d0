// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package face

import (
	"github.com/grafana/sobek"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/conformance/internal/webidl"
)

// Wrapped implements dom.Face: the handlers of an object that the page sees become
// its events.
func (f *Face) Wrapped(native any, object *sobek.Object) {
	fire := func(iface, typ string, init webidl.Dict) { f.page.Fire(object, iface, typ, init) }
	plain := func(typ string) func() { return func() { fire("Event", typ, nil) } }
	switch x := native.(type) {
	case *webrtc.PeerConnection:
		f.connectionEvents(x, fire)
	case *webrtc.DataChannel:
		x.OnOpen(plain("open"))
		x.OnClosing(plain("closing"))
		x.OnClose(plain("close"))
		x.OnBufferedAmountLow(plain("bufferedamountlow"))
		x.OnError(func(err error) { f.fireError(object, err) })
		x.OnMessage(func(m webrtc.DataChannelMessage) { f.fireMessage(x, object, m) })
	case *webrtc.DTLSTransport:
		x.OnStateChange(func(webrtc.DTLSTransportState) { fire("Event", "statechange", nil) })
		x.OnError(func(err error) { f.fireError(object, err) })
	case *webrtc.ICETransport:
		x.OnStateChange(func(webrtc.ICETransportState) { fire("Event", "statechange", nil) })
		x.OnGatheringStateChange(func(webrtc.ICEGatheringState) { fire("Event", "gatheringstatechange", nil) })
		x.OnSelectedCandidatePairChange(func(*webrtc.ICECandidatePair) { fire("Event", "selectedcandidatepairchange", nil) })
	case *webrtc.SCTPTransport:
		x.OnStateChange(func(webrtc.SCTPTransportState) { fire("Event", "statechange", nil) })
	case *webrtc.DTMFSender:
		x.OnToneChange(func(e webrtc.DTMFToneChangeEvent) {
			fire("RTCDTMFToneChangeEvent", "tonechange", webidl.Dict{"tone": e.Tone})
		})
	case *webrtc.MediaStreamTrack:
		x.OnMute(plain("mute"))
		x.OnUnmute(plain("unmute"))
		x.OnEnded(plain("ended"))
	case *webrtc.MediaStream:
		x.OnAddTrack(func(t *webrtc.MediaStreamTrack) {
			fire("MediaStreamTrackEvent", "addtrack", webidl.Dict{"track": t})
		})
		x.OnRemoveTrack(func(t *webrtc.MediaStreamTrack) {
			fire("MediaStreamTrackEvent", "removetrack", webidl.Dict{"track": t})
		})
	}
}

func (f *Face) connectionEvents(pc *webrtc.PeerConnection, fire func(iface, typ string, init webidl.Dict)) {
	pc.OnNegotiationNeeded(func() { fire("Event", "negotiationneeded", nil) })
	pc.OnSignalingStateChange(func(webrtc.SignalingState) { fire("Event", "signalingstatechange", nil) })
	pc.OnICEConnectionStateChange(func(webrtc.ICEConnectionState) { fire("Event", "iceconnectionstatechange", nil) })
	pc.OnConnectionStateChange(func(webrtc.PeerConnectionState) { fire("Event", "connectionstatechange", nil) })
	pc.OnICEGatheringStateChange(func(webrtc.ICEGatheringState) { fire("Event", "icegatheringstatechange", nil) })
	pc.OnICECandidate(func(c *webrtc.ICECandidate) {
		init := webidl.Dict{}
		if c != nil {
			init["candidate"] = newICECandidate(c)
			if c.URL != "" {
				init["url"] = c.URL
			}
		}
		fire("RTCPeerConnectionIceEvent", "icecandidate", init)
	})
	pc.OnICECandidateError(func(e webrtc.PeerConnectionICEErrorEvent) {
		init := webidl.Dict{"url": e.URL, "errorCode": e.ErrorCode, "errorText": e.ErrorText}
		if e.Address != nil {
			init["address"], init["port"] = *e.Address, *e.Port
		}
		fire("RTCPeerConnectionIceErrorEvent", "icecandidateerror", init)
	})
	pc.OnDataChannel(func(c *webrtc.DataChannel) {
		fire("RTCDataChannelEvent", "datachannel", webidl.Dict{"channel": c})
	})
	pc.OnTrackEvent(func(e webrtc.TrackEvent) {
		fire("RTCTrackEvent", "track", webidl.Dict{
			"receiver": e.Receiver, "track": e.Track, "streams": e.Streams, "transceiver": e.Transceiver,
		})
	})
}

// fireError raises error with the RTCError that the library gives.
func (f *Face) fireError(object *sobek.Object, err error) {
	f.page.Fire(object, "RTCErrorEvent", "error", webidl.Dict{"error": f.Exception(err)})
}

// fireMessage raises message with a text, or the bytes as the binary type of the
// channel asks for.
func (f *Face) fireMessage(c *webrtc.DataChannel, object *sobek.Object, m webrtc.DataChannelMessage) {
	vm := f.page.VM
	var data sobek.Value
	if m.IsString {
		data = vm.ToValue(string(m.Data))
	} else {
		data = vm.ToValue(vm.NewArrayBuffer(append([]byte(nil), m.Data...)))
		if f.binaryType(c) == "blob" {
			blob, err := vm.New(vm.Get("Blob"), vm.NewArray(data))
			if err != nil {
				panic(err)
			}
			data = blob
		}
	}
	f.page.Fire(object, "MessageEvent", "message", webidl.Dict{"data": data, "origin": ""})
}
