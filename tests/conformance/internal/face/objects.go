// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package face

import (
	"strconv"

	"github.com/grafana/sobek"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/conformance/internal/webidl"
)

func (f *Face) dataChannelClass() *webidl.Class {
	return &webidl.Class{
		Get: getters{
			"binaryType": func(this any) (any, error) { return f.binaryType(this.(*webrtc.DataChannel)), nil },
		},
		Set: setters{
			"binaryType": func(this, v any) error {
				f.binaryTypes[this.(*webrtc.DataChannel)] = v.(string)
				return nil
			},
		},
		Call: calls{"send": f.send},
	}
}

// binaryType is how a page wants binary messages. Go has one form of them only.
func (f *Face) binaryType(c *webrtc.DataChannel) string {
	if t, ok := f.binaryTypes[c]; ok {
		return t
	}
	return "arraybuffer"
}

func (f *Face) send(this any, args []any) (any, error) {
	c := this.(*webrtc.DataChannel)
	switch data := args[0].(type) {
	case string:
		return nil, c.SendText(data)
	case []byte:
		return nil, c.Send(data)
	}
	// A Blob, whose bytes a page's script keeps.
	bytes, _ := sobek.AssertFunction(f.page.VM.Get("__blobBytes"))
	v, err := bytes(sobek.Undefined(), args[0].(*sobek.Object))
	if err != nil {
		return nil, err
	}
	return nil, c.Send(v.Export().(sobek.ArrayBuffer).Bytes())
}

// capabilities is the static getCapabilities, which has null for a kind that is
// none.
func capabilities(get func(webrtc.RTPCodecType) (webrtc.RTPCapabilities, error)) func(any, []any) (any, error) {
	return func(_ any, args []any) (any, error) {
		kind, err := webrtc.ParseRTPCodecType(args[0].(string))
		if err != nil {
			return nil, nil
		}
		return get(kind)
	}
}

func (f *Face) senderClass() *webidl.Class {
	return &webidl.Class{Call: calls{
		"getCapabilities": capabilities(f.api.GetRTPSenderCapabilities),
		"getStats": func(this any, _ []any) (any, error) {
			return f.reported(this.(*webrtc.RTPSender).GetStats), nil
		},
		"replaceTrack": f.replaceTrack,
		// A sender has a CNAME, if an empty one; a receiver is not told it.
		"getParameters": func(this any, _ []any) (any, error) {
			p := this.(*webrtc.RTPSender).GetParameters()
			v := f.page.Binder.Convert("RTCRtpSendParameters", p).(*sobek.Object)
			return v, v.Get("rtcp").(*sobek.Object).Set("cname", p.RTCP.CNAME)
		},
	}}
}

func (f *Face) replaceTrack(this any, args []any) (any, error) {
	sender := this.(*webrtc.RTPSender)
	var track webrtc.TrackLocal
	if t, ok := args[0].(*webrtc.MediaStreamTrack); ok {
		track = t
	}
	return webidl.Deferred(func(settle func(any, error)) {
		sender.ReplaceTrackAsync(track, func(err error) { settle(nil, err) })
	}), nil
}

func (f *Face) receiverClass() *webidl.Class {
	return &webidl.Class{Call: calls{
		"getCapabilities": capabilities(f.api.GetRTPReceiverCapabilities),
		"getStats": func(this any, _ []any) (any, error) {
			return f.reported(this.(*webrtc.RTPReceiver).GetStats), nil
		},
	}}
}

func (f *Face) transceiverClass() *webidl.Class {
	return &webidl.Class{Get: getters{
		"mid": func(this any) (any, error) { return orNull(this.(*webrtc.RTPTransceiver).Mid()), nil },
	}}
}

// orNull is null for the zero value, where Go has that for the W3C's null.
func orNull[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

func (f *Face) sctpTransportClass() *webidl.Class {
	return &webidl.Class{Get: getters{
		"maxChannels": func(this any) (any, error) { return orNull(this.(*webrtc.SCTPTransport).MaxChannels()), nil },
	}}
}

func (f *Face) iceTransportClass() *webidl.Class {
	candidates := func(get func(*webrtc.ICETransport) ([]webrtc.ICECandidate, error)) func(any, []any) (any, error) {
		return func(this any, _ []any) (any, error) {
			list, err := get(this.(*webrtc.ICETransport))
			objects := []*iceCandidate{}
			for _, c := range list {
				objects = append(objects, newICECandidate(&c))
			}
			return objects, err
		}
	}
	parameters := func(get func(*webrtc.ICETransport) (webrtc.ICEParameters, error)) func(any, []any) (any, error) {
		return func(this any, _ []any) (any, error) {
			p, err := get(this.(*webrtc.ICETransport))
			return orNull(p), err
		}
	}
	return &webidl.Class{Call: calls{
		"getLocalCandidates":  candidates((*webrtc.ICETransport).GetLocalCandidates),
		"getRemoteCandidates": candidates((*webrtc.ICETransport).GetRemoteCandidates),
		"getLocalParameters":  parameters((*webrtc.ICETransport).GetLocalParameters),
		"getRemoteParameters": parameters((*webrtc.ICETransport).GetRemoteParameters),
	}}
}

func (f *Face) candidatePairClass() *webidl.Class {
	return &webidl.Class{Get: getters{
		"local":  func(this any) (any, error) { return newICECandidate(this.(*webrtc.ICECandidatePair).Local), nil },
		"remote": func(this any) (any, error) { return newICECandidate(this.(*webrtc.ICECandidatePair).Remote), nil },
	}}
}

func (f *Face) sessionDescriptionClass() *webidl.Class {
	field := func(get func(*webrtc.SessionDescription) any) func(any) (any, error) {
		return func(this any) (any, error) { return get(this.(*webrtc.SessionDescription)), nil }
	}
	return &webidl.Class{
		Construct: func(args []any) (any, error) {
			d := &webrtc.SessionDescription{}
			return d, webidl.Assign(d, args[0])
		},
		Get: getters{
			"type": field(func(d *webrtc.SessionDescription) any { return d.Type }),
			"sdp":  field(func(d *webrtc.SessionDescription) any { return d.SDP }),
		},
		// Chromium's descriptions can be changed.
		Set: setters{
			"type": func(this, v any) error { return webidl.Assign(&this.(*webrtc.SessionDescription).Type, v) },
			"sdp":  func(this, v any) error { return webidl.Assign(&this.(*webrtc.SessionDescription).SDP, v) },
		},
	}
}

// iceCandidate is an RTCIceCandidate: what it was made of, and what that says if it
// can be read.
type iceCandidate struct {
	init   webidl.Dict
	parsed *webrtc.ICECandidate
}

func newICECandidate(c *webrtc.ICECandidate) *iceCandidate {
	init := c.ToJSON()
	d := webidl.Dict{"candidate": init.Candidate}
	if init.SDPMid != nil {
		d["sdpMid"] = *init.SDPMid
	}
	if init.SDPMLineIndex != nil {
		d["sdpMLineIndex"] = int64(*init.SDPMLineIndex)
	}
	if init.UsernameFragment != nil {
		d["usernameFragment"] = *init.UsernameFragment
	}
	if c.URL != "" {
		d["url"] = c.URL
	}
	if name, err := c.RelayProtocol.MarshalText(); err == nil {
		d["relayProtocol"] = string(name)
	}
	return &iceCandidate{d, c}
}

func (f *Face) iceCandidateClass() *webidl.Class {
	c := &webidl.Class{
		Construct: func(args []any) (any, error) {
			d := args[0].(webidl.Dict)
			if d["sdpMid"] == nil && d["sdpMLineIndex"] == nil {
				return nil, &webidl.TypeError{Message: "sdpMid and sdpMLineIndex are both null"}
			}
			var init webrtc.ICECandidateInit
			if err := webidl.Assign(&init, d); err != nil {
				return nil, err
			}
			made := &iceCandidate{init: d}
			if parsed, err := webrtc.ParseICECandidate(init); err == nil {
				made.parsed = &parsed
			}
			return made, nil
		},
		Get: getters{},
		Call: calls{"toJSON": func(this any, _ []any) (any, error) {
			return f.page.Binder.Convert("RTCIceCandidateInit", this.(*iceCandidate).init), nil
		}},
	}
	for _, name := range []string{"candidate", "sdpMid", "sdpMLineIndex", "usernameFragment", "relayProtocol", "url"} {
		c.Get[name] = func(this any) (any, error) { return this.(*iceCandidate).init[name], nil }
	}
	for name, get := range map[string]func(*webrtc.ICECandidate) any{
		"foundation":     func(c *webrtc.ICECandidate) any { return c.Foundation },
		"component":      func(c *webrtc.ICECandidate) any { return component(c.Component) },
		"priority":       func(c *webrtc.ICECandidate) any { return c.Priority },
		"address":        func(c *webrtc.ICECandidate) any { return c.Address },
		"protocol":       func(c *webrtc.ICECandidate) any { return c.Protocol },
		"port":           func(c *webrtc.ICECandidate) any { return c.Port },
		"type":           func(c *webrtc.ICECandidate) any { return c.Typ },
		"tcpType":        func(c *webrtc.ICECandidate) any { return c.TCPType },
		"relatedAddress": func(c *webrtc.ICECandidate) any { return orNull(c.RelatedAddress) },
		"relatedPort": func(c *webrtc.ICECandidate) any {
			if c.RelatedAddress == "" {
				return nil
			}
			return c.RelatedPort
		},
	} {
		c.Get[name] = func(this any) (any, error) {
			if parsed := this.(*iceCandidate).parsed; parsed != nil {
				return get(parsed), nil
			}
			return nil, nil
		}
	}
	return c
}

func component(n uint16) any {
	var c webrtc.ICEComponent
	if names := []string{"rtp", "rtcp"}; n >= 1 && int(n) <= len(names) && c.UnmarshalText([]byte(names[n-1])) == nil {
		return c
	}
	return strconv.Itoa(int(n))
}
