// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package face

import (
	"time"

	"github.com/grafana/sobek"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/conformance/internal/webidl"
)

type calls = map[string]func(this any, args []any) (any, error)
type getters = map[string]func(this any) (any, error)
type setters = map[string]func(this, value any) error

func (f *Face) peerConnectionClass() *webidl.Class {
	return &webidl.Class{
		Construct: func(args []any) (any, error) {
			var configuration webrtc.Configuration
			if err := webidl.Assign(&configuration, args[0]); err != nil {
				return nil, err
			}
			return f.api.NewPeerConnection(configuration)
		},
		Get: f.descriptionGetters(),
		Call: calls{
			"createOffer":          f.createOffer,
			"createAnswer":         f.createAnswer,
			"setLocalDescription":  f.setDescription(webrtc.AsyncOperations.SetLocalDescription),
			"setRemoteDescription": f.setDescription(webrtc.AsyncOperations.SetRemoteDescription),
			"addIceCandidate":      f.addICECandidate,
			"addTransceiver":       f.addTransceiver,
			"getStats":             f.getStats,
			"getConfiguration":     f.getConfiguration,
			"generateCertificate":  f.generateCertificate,
		},
	}
}

// descriptions are the attributes that are descriptions.
var descriptions = []struct {
	name string
	of   func(*webrtc.PeerConnection) *webrtc.SessionDescription
}{
	{"localDescription", (*webrtc.PeerConnection).LocalDescription},
	{"currentLocalDescription", (*webrtc.PeerConnection).CurrentLocalDescription},
	{"pendingLocalDescription", (*webrtc.PeerConnection).PendingLocalDescription},
	{"remoteDescription", (*webrtc.PeerConnection).RemoteDescription},
	{"currentRemoteDescription", (*webrtc.PeerConnection).CurrentRemoteDescription},
	{"pendingRemoteDescription", (*webrtc.PeerConnection).PendingRemoteDescription},
}

func (f *Face) descriptionGetters() getters {
	all := getters{}
	for _, d := range descriptions {
		all[d.name] = f.description(d.of)
	}
	return all
}

// descriptionKey identifies a description by its contents: as long as they are the
// same, so is the object.
type descriptionKey struct {
	pc *webrtc.PeerConnection
	d  webrtc.SessionDescription
}

func (f *Face) description(get func(*webrtc.PeerConnection) *webrtc.SessionDescription) func(any) (any, error) {
	return func(this any) (any, error) {
		pc := this.(*webrtc.PeerConnection)
		return f.identical(pc, get(pc)), nil
	}
}

func (f *Face) identical(pc *webrtc.PeerConnection, d *webrtc.SessionDescription) *webrtc.SessionDescription {
	if d == nil {
		return nil
	}
	key := descriptionKey{pc, *d}
	if f.descriptions[key] == nil {
		f.descriptions[key] = d
	}
	return f.descriptions[key]
}

func (f *Face) createOffer(this any, args []any) (any, error) {
	return f.create(this.(*webrtc.PeerConnection), args, 2, func(a webrtc.AsyncOperations, in any, done func(webrtc.SessionDescription, error)) error {
		var options webrtc.OfferOptions
		err := webidl.Assign(&options, in)
		if err == nil {
			a.CreateOffer(&options, done)
		}
		return err
	})
}

func (f *Face) createAnswer(this any, args []any) (any, error) {
	return f.create(this.(*webrtc.PeerConnection), args, 2, func(a webrtc.AsyncOperations, in any, done func(webrtc.SessionDescription, error)) error {
		var options webrtc.AnswerOptions
		err := webidl.Assign(&options, in)
		if err == nil {
			a.CreateAnswer(&options, done)
		}
		return err
	})
}

// create is what createOffer and createAnswer have in common: their options stand
// first, or after the callbacks of the legacy form.
func (f *Face) create(pc *webrtc.PeerConnection, args []any, legacyOptions int, begin func(webrtc.AsyncOperations, any, func(webrtc.SessionDescription, error)) error) (any, error) {
	var options any
	success, isLegacy := args[0].(*webidl.Callback)
	switch {
	case !isLegacy:
		options = args[0]
	case len(args) > legacyOptions:
		options = args[legacyOptions]
	}
	operation := func(settle func(webrtc.SessionDescription, error)) error { return begin(pc.Async(), options, settle) }
	if isLegacy {
		failure := args[1].(*webidl.Callback)
		return nil, operation(func(d webrtc.SessionDescription, err error) {
			if err != nil {
				f.page.Call(failure.Call, f.page.Exception(err))
				return
			}
			f.page.Call(success.Call, f.page.Binder.Convert("RTCSessionDescriptionInit", d))
		})
	}
	return webidl.Deferred(func(settle func(any, error)) {
		if err := operation(func(d webrtc.SessionDescription, err error) { settle(d, err) }); err != nil {
			settle(nil, err)
		}
	}), nil
}

func (f *Face) setDescription(begin func(webrtc.AsyncOperations, webrtc.SessionDescription, func(error))) func(any, []any) (any, error) {
	return func(this any, args []any) (any, error) {
		var d webrtc.SessionDescription
		if err := webidl.Assign(&d, args[0]); err != nil {
			return nil, err
		}
		pc := this.(*webrtc.PeerConnection)
		return f.void(args, func(done func(error)) { begin(pc.Async(), d, done) })
	}
}

func (f *Face) addICECandidate(this any, args []any) (any, error) {
	var c webrtc.ICECandidateInit
	if err := webidl.Assign(&c, args[0]); err != nil {
		return nil, err
	}
	pc := this.(*webrtc.PeerConnection)
	return f.void(args, func(done func(error)) { pc.Async().AddICECandidate(c, done) })
}

// void is an operation without a result: a promise, or the callbacks that stand
// after the first argument in the legacy form.
func (f *Face) void(args []any, begin func(done func(error))) (any, error) {
	if len(args) < 3 {
		return webidl.Deferred(func(settle func(any, error)) { begin(func(err error) { settle(nil, err) }) }), nil
	}
	success, failure := args[1].(*webidl.Callback), args[2].(*webidl.Callback)
	begin(func(err error) {
		if err != nil {
			f.page.Call(failure.Call, f.page.Exception(err))
		} else {
			f.page.Call(success.Call)
		}
	})
	return nil, nil
}

func (f *Face) addTransceiver(this any, args []any) (any, error) {
	pc := this.(*webrtc.PeerConnection)
	var init webrtc.RTPTransceiverInit
	if err := webidl.Assign(&init, args[1]); err != nil {
		return nil, err
	}
	if track, ok := args[0].(*webrtc.MediaStreamTrack); ok {
		return pc.AddTransceiverFromTrack(track, init)
	}
	kind, err := webrtc.ParseRTPCodecType(args[0].(string))
	if err != nil {
		return nil, err
	}
	return pc.AddTransceiverFromKind(kind, init)
}

func (f *Face) getStats(this any, args []any) (any, error) {
	pc := this.(*webrtc.PeerConnection)
	if args[0] == nil {
		return f.reported(pc.GetStats), nil
	}
	track := args[0].(*webrtc.MediaStreamTrack)
	return f.reported(func() (*webrtc.StatsReport, error) { return pc.GetStatsOf(track) }), nil
}

// getConfiguration returns the certificates as the objects that the page knows.
func (f *Face) getConfiguration(this any, _ []any) (any, error) {
	c := this.(*webrtc.PeerConnection).GetConfiguration()
	v := f.page.Binder.Convert("RTCConfiguration", c).(*sobek.Object)
	certificates := []any{}
	for _, one := range c.Certificates {
		certificates = append(certificates, f.page.Binder.Wrap(f.certificate(one)))
	}
	return v, v.Set("certificates", f.page.VM.NewArray(certificates...))
}

func (f *Face) certificate(c webrtc.Certificate) *webrtc.Certificate {
	for _, known := range f.certificates {
		if known.Equals(c) {
			return known
		}
	}
	f.certificates = append(f.certificates, &c)
	return &c
}

// generateCertificate reads an AlgorithmIdentifier: a name or an object of Web
// Cryptography.
func (f *Face) generateCertificate(_ any, args []any) (any, error) {
	identifier := args[0].(sobek.Value)
	var algorithm webrtc.KeyAlgorithm
	var options []webrtc.CertificateExpiration
	if o, ok := identifier.(*sobek.Object); ok {
		text := func(name string) string {
			v := o.Get(name)
			if h, ok := v.(*sobek.Object); ok {
				v = h.Get("name")
			}
			if v == nil || sobek.IsUndefined(v) {
				return ""
			}
			return v.String()
		}
		algorithm.Name, algorithm.NamedCurve, algorithm.Hash = text("name"), text("namedCurve"), text("hash")
		if v := o.Get("modulusLength"); v != nil {
			algorithm.ModulusLength = int(v.ToInteger())
		}
		if v, ok := o.Get("publicExponent").(*sobek.Object); ok {
			for i := range v.Get("length").ToInteger() {
				algorithm.PublicExponent = algorithm.PublicExponent<<8 | int(v.Get(f.page.VM.ToValue(i).String()).ToInteger())
			}
		}
		expires, err := f.page.Binder.ToDict("RTCCertificateExpiration", o)
		if err != nil {
			return nil, err
		}
		if ms, ok := expires["expires"]; ok {
			var e webrtc.CertificateExpiration
			if err := webidl.Assign(&e.Expires, ms); err != nil {
				return nil, err
			}
			// Go's zero is the default; the least duration is the page's 0.
			e.Expires = max(e.Expires, time.Nanosecond)
			options = append(options, e)
		}
	} else {
		algorithm.Name = identifier.String()
	}
	return webidl.Deferred(func(settle func(any, error)) {
		f.RunMethod(func() (any, error) { return webrtc.GenerateCertificateFromAlgorithm(algorithm, options...) }, func(v any, err error) {
			if err == nil {
				f.certificates = append(f.certificates, v.(*webrtc.Certificate))
			}
			settle(v, err)
		})
	}), nil
}
