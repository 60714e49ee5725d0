// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// programDriver does the steps with the Go API. It is driver.js with Go's names:
// program_calls_test.go says which Go function stands for which member.
type programDriver struct {
	api   *webrtc.API
	media *programMedia

	objects map[string]any
	names   map[any]string
	counts  map[string]int

	mu       sync.Mutex
	log      []event
	payloads map[string][]any // by stream and type
	watched  map[*webrtc.DataChannel]bool
}

func newProgramDriver(api *webrtc.API) (*programDriver, error) {
	media, err := newProgramMedia(api)
	d := &programDriver{api: api, media: media}
	d.forget()
	return d, err
}

func (d *programDriver) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.objects, d.names, d.counts = map[string]any{}, map[any]string{}, map[string]int{}
	d.log, d.payloads, d.watched = nil, map[string][]any{}, map[*webrtc.DataChannel]bool{}
}

func (d *programDriver) reset(context.Context) error {
	var errs []error
	for _, object := range d.objects {
		if pc, ok := object.(*webrtc.PeerConnection); ok {
			errs = append(errs, pc.GracefulClose())
		}
	}
	for _, object := range d.objects {
		if track, ok := object.(*webrtc.MediaStreamTrack); ok {
			track.Stop()
		}
	}
	d.forget()
	return errors.Join(errs...)
}

func (d *programDriver) events(context.Context) ([]event, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]event(nil), d.log...), nil
}

func (d *programDriver) note(stream, format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.log = append(d.log, event{Stream: stream, Text: fmt.Sprintf(format, args...)})
}

func (d *programDriver) keep(stream, kind string, value any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.payloads[stream+" "+kind] = append(d.payloads[stream+" "+kind], value)
}

func (d *programDriver) do(_ context.Context, c call) (outcome, error) {
	if c.How == "event" {
		d.mu.Lock()
		value := d.payloads[c.Target+" "+c.Member][c.Args[0].(int)]
		d.mu.Unlock()
		return outcome{Value: plain(d.encode(value))}, nil
	}
	object, known := d.objects[c.Target]
	name := c.Target
	if known {
		name = interfaceOf(object)
	}
	switch c.How {
	case "new":
		name = "new " + name
	case "set":
		name += "." + c.Member + " :="
	default:
		name += "." + c.Member
	}
	f, ok := programCalls[name]
	if !ok {
		return outcome{}, fmt.Errorf("the Go driver has no %s", name)
	}
	value, err := f(d, object, arguments{d, c.Args})
	if err != nil {
		return outcome{Error: describe(err)}, nil
	}
	o := outcome{Value: plain(d.encode(value))}
	if pc, ok := object.(*webrtc.PeerConnection); ok {
		o.State = pc.SignalingState().String()
	}
	return o, nil
}

// describe names an error as a page sees it. A value that Go's types do not take is
// one that a page's interfaces refuse with a TypeError.
func describe(err error) *callFailed {
	var detailed *webrtc.RTCError
	if errors.As(err, &detailed) {
		return &callFailed{Name: detailed.Name(), Detail: detailed.ErrorDetail.String(), Line: detailed.SDPLineNumber}
	}
	var exception webrtc.Error
	if errors.As(err, &exception) {
		return &callFailed{Name: exception.Name()}
	}
	var typ *json.UnmarshalTypeError
	if errors.As(err, &typ) {
		return &callFailed{Name: "TypeError"}
	}
	return &callFailed{Name: err.Error()}
}

// interfaceOf is the W3C's name of an object's type, or empty for other values.
func interfaceOf(value any) string {
	switch value.(type) {
	case *webrtc.PeerConnection:
		return "RTCPeerConnection"
	case *webrtc.RTPTransceiver:
		return "RTCRtpTransceiver"
	case *webrtc.RTPSender:
		return "RTCRtpSender"
	case *webrtc.RTPReceiver:
		return "RTCRtpReceiver"
	case *webrtc.DataChannel:
		return "RTCDataChannel"
	case *webrtc.DTLSTransport:
		return "RTCDtlsTransport"
	case *webrtc.ICETransport:
		return "RTCIceTransport"
	case *webrtc.SCTPTransport:
		return "RTCSctpTransport"
	case *webrtc.DTMFSender:
		return "RTCDTMFSender"
	case webrtc.Certificate:
		return "RTCCertificate"
	case *webrtc.MediaStream:
		return "MediaStream"
	case *webrtc.MediaStreamTrack:
		return "MediaStreamTrack"
	}
	return ""
}

// encode turns a value of the API into JSON, in which objects are names.
func (d *programDriver) encode(value any) any {
	v := reflect.ValueOf(value)
	if !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		return nil
	}
	if kind := interfaceOf(value); kind != "" {
		return map[string]any{"$object": d.nameOf(value, kind)}
	}
	switch value := value.(type) {
	case webrtc.ICECandidate:
		return candidateMembers(value)
	case *webrtc.ICECandidate:
		return candidateMembers(*value)
	case *webrtc.StatsReport:
		objects := []any{}
		for s := range value.All() {
			text, err := json.Marshal(s)
			if err != nil {
				return err.Error()
			}
			var members map[string]any
			if err := json.Unmarshal(text, &members); err != nil {
				return err.Error()
			}
			for name, extra := range s.Base().Extra {
				members[name] = extra
			}
			objects = append(objects, members)
		}
		return map[string]any{"$stats": objects}
	case webrtc.Configuration:
		servers := value.ICEServers
		if servers == nil {
			servers = []webrtc.ICEServer{}
		}
		return map[string]any{
			"iceServers": plain(servers), "iceTransportPolicy": value.ICETransportPolicy,
			"bundlePolicy": value.BundlePolicy, "rtcpMuxPolicy": value.RTCPMuxPolicy,
			"certificates": d.encode(value.Certificates), "iceCandidatePoolSize": value.ICECandidatePoolSize,
			"alwaysNegotiateDataChannels": value.AlwaysNegotiateDataChannels,
		}
	case []byte:
		return map[string]any{"$bytes": len(value)}
	case time.Time:
		return value.UnixMilli()
	case time.Duration:
		return value.Milliseconds()
	case map[string]any:
		members := make(map[string]any, len(value))
		for name := range value {
			members[name] = d.encode(value[name])
		}
		return members
	}
	switch v.Kind() {
	case reflect.Pointer:
		return d.encode(v.Elem().Interface())
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = d.encode(v.Index(i).Interface())
		}
		return list
	}
	return value
}

func (d *programDriver) nameOf(object any, kind string) string {
	if name, ok := d.names[object]; ok {
		return name
	}
	d.counts[kind]++
	name := fmt.Sprintf("%s#%d", kind, d.counts[kind])
	d.names[object], d.objects[name] = name, object
	d.watch(object, name)
	return name
}

func candidateMembers(c webrtc.ICECandidate) map[string]any {
	members := plain(c.ToJSON()).(map[string]any)
	component := "rtp"
	if c.Component != 1 {
		component = "rtcp"
	}
	for name, value := range map[string]any{
		"foundation": c.Foundation, "component": component, "priority": c.Priority, "address": c.Address,
		"protocol": c.Protocol, "port": c.Port, "type": c.Typ, "tcpType": orNull(c.TCPType.String()),
		"relatedAddress": orNull(c.RelatedAddress), "relatedPort": nil,
		"url": orNull(c.URL), "relayProtocol": orNull(c.RelayProtocol.String()),
	} {
		members[name] = value
	}
	if c.RelatedAddress != "" {
		members["relatedPort"] = c.RelatedPort
	}
	return members
}

// orNull is for attributes that are null in a page and the zero value in Go.
func orNull(text string) any {
	if text == "" || text == "unknown" {
		return nil
	}
	return text
}

// arguments are those of a call, as JSON.
type arguments struct {
	d    *programDriver
	list []any
}

// into decodes the argument at i, if there is one.
func (a arguments) into(i int, target any) error {
	if i >= len(a.list) {
		return nil
	}
	text, err := json.Marshal(a.list[i])
	if err != nil {
		return err
	}
	return json.Unmarshal(text, target)
}

func (a arguments) has(i int) bool { return i < len(a.list) && a.list[i] != nil }

// objectAt is the object at i, nil where there is none or one of another type.
func objectAt[T any](a arguments, i int) (object T) {
	if i < len(a.list) {
		object, _ = objectOf[T](a.d, a.list[i])
	}
	return object
}

func objectOf[T any](d *programDriver, value any) (object T, ok bool) {
	members, _ := value.(map[string]any)
	name, _ := members["$object"].(string)
	object, ok = d.objects[name].(T)
	return object, ok
}

// rest are the objects from i on.
func rest[T any](a arguments, i int) (objects []T) {
	for ; i < len(a.list); i++ {
		objects = append(objects, objectAt[T](a, i))
	}
	return objects
}

// members are the objects in a list that is a member of the dictionary at i.
func members[T any](a arguments, i int, name string) (objects []T) {
	if i >= len(a.list) {
		return nil
	}
	dictionary, _ := a.list[i].(map[string]any)
	list, _ := dictionary[name].([]any)
	for _, value := range list {
		if object, ok := objectOf[T](a.d, value); ok {
			objects = append(objects, object)
		}
	}
	return objects
}
