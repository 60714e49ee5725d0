// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser_test

import (
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
)

var channelCalls = map[string]programCall{
	"RTCDataChannel.label":             read(func(c *webrtc.DataChannel) any { return c.Label() }),
	"RTCDataChannel.protocol":          read(func(c *webrtc.DataChannel) any { return c.Protocol() }),
	"RTCDataChannel.ordered":           read(func(c *webrtc.DataChannel) any { return c.Ordered() }),
	"RTCDataChannel.maxPacketLifeTime": read(func(c *webrtc.DataChannel) any { return c.MaxPacketLifeTime() }),
	"RTCDataChannel.maxRetransmits":    read(func(c *webrtc.DataChannel) any { return c.MaxRetransmits() }),
	"RTCDataChannel.negotiated":        read(func(c *webrtc.DataChannel) any { return c.Negotiated() }),
	"RTCDataChannel.priority":          read(func(c *webrtc.DataChannel) any { return c.Priority() }),
	"RTCDataChannel.id":                read(func(c *webrtc.DataChannel) any { return c.ID() }),
	"RTCDataChannel.readyState":        read(func(c *webrtc.DataChannel) any { return c.ReadyState() }),
	"RTCDataChannel.bufferedAmount":    read(func(c *webrtc.DataChannel) any { return c.BufferedAmount() }),
	"RTCDataChannel.bufferedAmountLowThreshold": read(func(c *webrtc.DataChannel) any {
		return c.BufferedAmountLowThreshold()
	}),
	"RTCDataChannel.bufferedAmountLowThreshold :=": with(func(c *webrtc.DataChannel, bytes uint64) (any, error) {
		c.SetBufferedAmountLowThreshold(bytes)
		return nil, nil
	}),
	"RTCDataChannel.send": on(func(c *webrtc.DataChannel, a arguments) (any, error) {
		if data, ok := bytesOf(a.list[0]); ok {
			return done(c.Send(data))
		}
		var text string
		if err := a.into(0, &text); err != nil {
			return nil, err
		}
		return done(c.SendText(text))
	}),
	"RTCDataChannel.close": on(func(c *webrtc.DataChannel, _ arguments) (any, error) { return done(c.Close()) }),
}

var transportCalls = map[string]programCall{
	"RTCDtlsTransport.iceTransport": read(func(t *webrtc.DTLSTransport) any { return t.ICETransport() }),
	"RTCDtlsTransport.state":        read(func(t *webrtc.DTLSTransport) any { return t.State() }),
	"RTCDtlsTransport.getRemoteCertificates": read(func(t *webrtc.DTLSTransport) any {
		return len(t.GetRemoteCertificates())
	}),
	"RTCIceTransport.role":           read(func(t *webrtc.ICETransport) any { return t.Role() }),
	"RTCIceTransport.component":      read(func(t *webrtc.ICETransport) any { return t.Component() }),
	"RTCIceTransport.state":          read(func(t *webrtc.ICETransport) any { return t.State() }),
	"RTCIceTransport.gatheringState": read(func(t *webrtc.ICETransport) any { return t.GatheringState() }),
	"RTCIceTransport.getSelectedCandidatePair": on(func(t *webrtc.ICETransport, _ arguments) (any, error) {
		pair, err := t.GetSelectedCandidatePair()
		if err != nil || pair == nil {
			return nil, err
		}
		return map[string]any{"local": pair.Local, "remote": pair.Remote}, nil
	}),
	"RTCIceTransport.getLocalParameters": on(func(t *webrtc.ICETransport, _ arguments) (any, error) {
		return iceParameters(t.GetLocalParameters())
	}),
	"RTCIceTransport.getRemoteParameters": on(func(t *webrtc.ICETransport, _ arguments) (any, error) {
		return iceParameters(t.GetRemoteParameters())
	}),
	"RTCSctpTransport.transport":      read(func(t *webrtc.SCTPTransport) any { return t.Transport() }),
	"RTCSctpTransport.state":          read(func(t *webrtc.SCTPTransport) any { return t.State() }),
	"RTCSctpTransport.maxMessageSize": read(func(t *webrtc.SCTPTransport) any { return t.MaxMessageSize() }),
	"RTCSctpTransport.maxChannels": read(func(t *webrtc.SCTPTransport) any {
		if n := t.MaxChannels(); n != 0 {
			return n
		}
		return nil
	}),
}

func iceParameters(p webrtc.ICEParameters, err error) (any, error) {
	return map[string]any{"usernameFragment": p.UsernameFragment, "password": p.Password}, err
}

var trackCalls = map[string]programCall{
	"MediaStreamTrack.id":         read(func(t *webrtc.MediaStreamTrack) any { return t.ID() }),
	"MediaStreamTrack.kind":       read(func(t *webrtc.MediaStreamTrack) any { return t.Kind() }),
	"MediaStreamTrack.enabled":    read(func(t *webrtc.MediaStreamTrack) any { return t.Enabled() }),
	"MediaStreamTrack.muted":      read(func(t *webrtc.MediaStreamTrack) any { return t.Muted() }),
	"MediaStreamTrack.readyState": read(func(t *webrtc.MediaStreamTrack) any { return t.ReadyState() }),
	"MediaStreamTrack.enabled :=": with(func(t *webrtc.MediaStreamTrack, enabled bool) (any, error) {
		t.SetEnabled(enabled)
		return nil, nil
	}),
	"MediaStreamTrack.stop": on(func(t *webrtc.MediaStreamTrack, _ arguments) (any, error) {
		t.Stop()
		return nil, nil
	}),
	"MediaStreamTrack.clone": on(func(t *webrtc.MediaStreamTrack, _ arguments) (any, error) { return t.Clone() }),
	"MediaStream.id":         read(func(s *webrtc.MediaStream) any { return s.ID() }),
	"MediaStream.active":     read(func(s *webrtc.MediaStream) any { return s.Active() }),
	"MediaStream.getTracks":  read(func(s *webrtc.MediaStream) any { return s.GetTracks() }),
}

var otherCalls = map[string]programCall{
	"RTCDTMFSender.toneBuffer":    read(func(s *webrtc.DTMFSender) any { return s.ToneBuffer() }),
	"RTCDTMFSender.canInsertDTMF": read(func(s *webrtc.DTMFSender) any { return s.CanInsertDTMF() }),
	"RTCDTMFSender.insertDTMF": on(func(s *webrtc.DTMFSender, a arguments) (any, error) {
		var tones string
		// The defaults that the W3C gives the optional arguments.
		duration, gap := 100.0, 70.0
		for i, target := range []any{&tones, &duration, &gap} {
			if err := a.into(i, target); err != nil {
				return nil, err
			}
		}
		return done(s.InsertDTMF(tones, time.Duration(duration)*time.Millisecond, time.Duration(gap)*time.Millisecond))
	}),
	"RTCCertificate.expires":         read(func(c webrtc.Certificate) any { return c.Expires() }),
	"RTCCertificate.getFingerprints": on(func(c webrtc.Certificate, _ arguments) (any, error) { return c.GetFingerprints() }),
}
