// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package face shows the library to a page as the W3C's interfaces. It converts and
// does nothing else: what it has to say about an interface is where goapi's Go
// differs from the WebIDL in shape.
package face

import (
	_ "embed"
	"errors"
	"net/netip"
	"reflect"
	"runtime"
	"time"

	"github.com/grafana/sobek"

	"github.com/nativertc/nativertc/cgo"
	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/conformance/internal/dom"
	"github.com/nativertc/nativertc/tests/conformance/internal/webidl"
)

// interfaces are the names of the interfaces by the types that implement them.
var interfaces = map[reflect.Type]string{
	reflect.TypeFor[*webrtc.PeerConnection]():     "RTCPeerConnection",
	reflect.TypeFor[*webrtc.DataChannel]():        "RTCDataChannel",
	reflect.TypeFor[*webrtc.RTPSender]():          "RTCRtpSender",
	reflect.TypeFor[*webrtc.RTPReceiver]():        "RTCRtpReceiver",
	reflect.TypeFor[*webrtc.RTPTransceiver]():     "RTCRtpTransceiver",
	reflect.TypeFor[*webrtc.DTLSTransport]():      "RTCDtlsTransport",
	reflect.TypeFor[*webrtc.ICETransport]():       "RTCIceTransport",
	reflect.TypeFor[*webrtc.SCTPTransport]():      "RTCSctpTransport",
	reflect.TypeFor[*webrtc.DTMFSender]():         "RTCDTMFSender",
	reflect.TypeFor[*webrtc.Certificate]():        "RTCCertificate",
	reflect.TypeFor[*webrtc.SessionDescription](): "RTCSessionDescription",
	reflect.TypeFor[*iceCandidate]():              "RTCIceCandidate",
	reflect.TypeFor[*webrtc.ICECandidatePair]():   "RTCIceCandidatePair",
	reflect.TypeFor[*webrtc.MediaStream]():        "MediaStream",
	reflect.TypeFor[*webrtc.MediaStreamTrack]():   "MediaStreamTrack",
	reflect.TypeFor[*statsReport]():               "RTCStatsReport",
	reflect.TypeFor[*mediaDevices]():              "MediaDevices",
	reflect.TypeFor[*deviceInfo]():                "MediaDeviceInfo",
}

// Face is the library for one page.
type Face struct {
	api  *webrtc.API
	page *dom.Page

	descriptions map[descriptionKey]*webrtc.SessionDescription
	certificates []*webrtc.Certificate
	binaryTypes  map[*webrtc.DataChannel]string
}

// New makes a face whose connections use the loopback interface only.
func New() (*Face, error) {
	var s webrtc.SettingEngine
	s.SetIncludeLoopbackCandidate(true)
	s.SetInterfaceFilter(func(name string) bool { return name == "lo" })
	s.SetICEMulticastDNSMode(webrtc.MulticastDNSModeQueryAndGather)
	s.SetMulticastDNS(&names{addresses: map[string]netip.Addr{}})
	f := &Face{
		descriptions: map[descriptionKey]*webrtc.SessionDescription{},
		binaryTypes:  map[*webrtc.DataChannel]string{},
	}
	s.SetEventLoop(func(task func()) { f.onLoop(task) })
	f.api = webrtc.NewAPI(webrtc.WithSettingEngine(s))
	return f, nil
}

// Classes implements dom.Face.
func (f *Face) Classes(p *dom.Page) map[string]*webidl.Class {
	f.page = p
	return map[string]*webidl.Class{
		"RTCPeerConnection":     f.peerConnectionClass(),
		"RTCDataChannel":        f.dataChannelClass(),
		"RTCRtpSender":          f.senderClass(),
		"RTCRtpReceiver":        f.receiverClass(),
		"RTCRtpTransceiver":     f.transceiverClass(),
		"RTCIceTransport":       f.iceTransportClass(),
		"RTCSctpTransport":      f.sctpTransportClass(),
		"RTCIceCandidate":       f.iceCandidateClass(),
		"RTCIceCandidatePair":   f.candidatePairClass(),
		"RTCSessionDescription": f.sessionDescriptionClass(),
		"RTCError":              f.errorClass(),
		"MediaStream":           f.streamClass(),
		"MediaDevices":          f.mediaDevicesClass(),
	}
}

// Install adds what is found on the navigator.
func (f *Face) Install() error {
	navigator := f.page.VM.NewObject()
	if err := navigator.Set("mediaDevices", f.page.Binder.Wrap(&mediaDevices{})); err != nil {
		return err
	}
	if err := navigator.Set("userAgent", "nativertc"); err != nil {
		return err
	}
	capabilities, err := f.page.VM.RunString("({encodingInfo: async () => ({supported: true, smooth: true, powerEfficient: false})})")
	if err != nil {
		return err
	}
	if err := navigator.Set("mediaCapabilities", capabilities); err != nil {
		return err
	}
	for name, function := range f.mediaFunctions() {
		if err := f.page.VM.GlobalObject().Set(name, function); err != nil {
			return err
		}
	}
	return f.page.VM.GlobalObject().Set("navigator", navigator)
}

// InterfaceOf implements dom.Face.
func (f *Face) InterfaceOf(native any) string { return interfaces[reflect.TypeOf(native)] }

// onLoop runs f as a task of the page and waits until it has run.
func (f *Face) onLoop(task func()) { f.page.Loop.Call(task) }

// RunMethod implements dom.Face. The method has begun when RunMethod returns:
// either it has called libwebrtc or it has ended. So operations begin in the
// order in which the page asks for them. One that is refused before it begins is
// settled at once, as the W3C's are.
func (f *Face) RunMethod(call func() (any, error), settle func(any, error)) {
	type outcome struct {
		v   any
		err error
	}
	before := cgo.Crossings()
	done := make(chan outcome, 1)
	go func() {
		v, err := call()
		done <- outcome{v, err}
	}()
	for deadline := time.Now().Add(2 * time.Millisecond); cgo.Crossings() == before && time.Now().Before(deadline); {
		select {
		case o := <-done:
			if o.err != nil {
				settle(nil, o.err)
			} else {
				f.page.Loop.Post(func() { settle(o.v, nil) })
			}
			return
		default:
			runtime.Gosched()
		}
	}
	go func() {
		o := <-done
		f.page.Loop.Post(func() { settle(o.v, o.err) })
	}()
}

// Exception implements dom.Face.
func (f *Face) Exception(err error) *dom.Exception {
	var detailed *webrtc.RTCError
	if errors.As(err, &detailed) {
		return newError(detailed)
	}
	var named webrtc.Error
	if errors.As(err, &named) {
		return &dom.Exception{Interface: "DOMException", Name: named.Name(), Message: err.Error()}
	}
	return &dom.Exception{Name: "Error", Message: err.Error()}
}

// newError makes an RTCError of the library's.
func newError(e *webrtc.RTCError) *dom.Exception {
	init := webidl.Dict{"errorDetail": e.ErrorDetail}
	put := func(name string, v any) {
		if p := reflect.ValueOf(v); !p.IsNil() {
			init[name] = p.Elem().Interface()
		}
	}
	put("sdpLineNumber", e.SDPLineNumber)
	put("sctpCauseCode", e.SCTPCauseCode)
	put("receivedAlert", e.ReceivedAlert)
	put("sentAlert", e.SentAlert)
	put("httpRequestStatusCode", e.HTTPRequestStatusCode)
	return &dom.Exception{Interface: "RTCError", Name: e.Name(), Message: e.Message, Init: init}
}

func (f *Face) errorClass() *webidl.Class {
	c := &webidl.Class{
		Construct: func(args []any) (any, error) {
			return &dom.Exception{Interface: "RTCError", Name: "OperationError", Message: args[1].(string), Init: args[0].(webidl.Dict)}, nil
		},
		Get: map[string]func(any) (any, error){},
	}
	for _, name := range []string{"errorDetail", "sdpLineNumber", "sctpCauseCode", "receivedAlert", "sentAlert", "httpRequestStatusCode"} {
		c.Get[name] = func(this any) (any, error) { return this.(*dom.Exception).Init[name], nil }
	}
	return c
}

// reported makes the statistics what the page sees.
func (f *Face) reported(get func() (*webrtc.StatsReport, error)) webidl.Deferred {
	return func(settle func(any, error)) {
		f.RunMethod(func() (any, error) { return get() }, func(v any, err error) {
			if err != nil {
				settle(nil, err)
				return
			}
			report, err := f.newStatsReport(v.(*webrtc.StatsReport))
			settle(report, err)
		})
	}
}

// statsReport is an RTCStatsReport: a map of JavaScript's.
type statsReport struct{ entries *sobek.Object }

// Map returns the map, for the binder.
func (r *statsReport) Map() *sobek.Object { return r.entries }

func (f *Face) newStatsReport(r *webrtc.StatsReport) (*statsReport, error) {
	text, err := r.MarshalJSON()
	if err != nil {
		return nil, err
	}
	vm := f.page.VM
	build, err := vm.RunString("(text) => new Map(Object.entries(JSON.parse(text)))")
	if err != nil {
		return nil, err
	}
	call, _ := sobek.AssertFunction(build)
	entries, err := call(sobek.Undefined(), vm.ToValue(string(text)))
	if err != nil {
		return nil, err
	}
	return &statsReport{entries.(*sobek.Object)}, nil
}

// ExtraIDL is what the interfaces have beyond the IDL in the Web Platform Tests'
// folder of it.
//
//go:embed extra.idl
var ExtraIDL string
