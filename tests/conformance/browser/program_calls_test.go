// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser_test

import (
	"encoding/json"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// programCall is what Go has for a member of the W3C's: names and types of
// arguments, nothing else.
type programCall func(d *programDriver, object any, a arguments) (any, error)

var programCalls = map[string]programCall{}

func init() {
	for _, table := range []map[string]programCall{
		globalCalls, connectionCalls, transceiverCalls, senderCalls, receiverCalls,
		channelCalls, transportCalls, trackCalls, otherCalls,
	} {
		for name, f := range table {
			programCalls[name] = f
		}
	}
}

// read is an attribute.
func read[T any](f func(T) any) programCall {
	return func(_ *programDriver, object any, _ arguments) (any, error) { return f(object.(T)), nil }
}

// on is a method.
func on[T any](f func(object T, a arguments) (any, error)) programCall {
	return func(_ *programDriver, object any, a arguments) (any, error) { return f(object.(T), a) }
}

// with is a method or a setter with one dictionary or simple value.
func with[T, A any](f func(object T, argument A) (any, error)) programCall {
	return func(_ *programDriver, object any, a arguments) (any, error) {
		var argument A
		if err := a.into(0, &argument); err != nil {
			return nil, err
		}
		return f(object.(T), argument)
	}
}

func done(err error) (any, error) { return nil, err }

var globalCalls = map[string]programCall{
	"new RTCPeerConnection": func(d *programDriver, _ any, a arguments) (any, error) {
		configuration, err := readConfiguration(a)
		if err != nil {
			return nil, err
		}
		return d.api.NewPeerConnection(configuration)
	},
	"new MediaStream": func(_ *programDriver, _ any, _ arguments) (any, error) { return webrtc.NewMediaStream(), nil },
	"new RTCIceCandidate": func(_ *programDriver, _ any, a arguments) (any, error) {
		var init webrtc.ICECandidateInit
		if err := a.into(0, &init); err != nil {
			return nil, err
		}
		return webrtc.ParseICECandidate(init)
	},
	"media.track": func(d *programDriver, _ any, a arguments) (any, error) {
		var kind webrtc.RTPCodecType
		if err := a.into(0, &kind); err != nil {
			return nil, err
		}
		return d.media.track(kind)
	},
	"RTCRtpSender.getCapabilities":   capabilities((*webrtc.API).GetRTPSenderCapabilities),
	"RTCRtpReceiver.getCapabilities": capabilities((*webrtc.API).GetRTPReceiverCapabilities),
	"RTCPeerConnection.generateCertificate": func(_ *programDriver, _ any, a arguments) (any, error) {
		var algorithm webrtc.KeyAlgorithm
		var expiration struct{ Expires *float64 }
		if err := readAlgorithm(a, &algorithm); err != nil {
			return nil, err
		}
		if err := a.into(0, &expiration); err != nil {
			return nil, err
		}
		var options []webrtc.CertificateExpiration
		if expiration.Expires != nil {
			options = append(options, webrtc.CertificateExpiration{
				Expires: time.Duration(*expiration.Expires * float64(time.Millisecond)),
			})
		}
		certificate, err := webrtc.GenerateCertificateFromAlgorithm(algorithm, options...)
		if err != nil {
			return nil, err
		}
		return *certificate, nil
	},
}

func capabilities(f func(*webrtc.API, webrtc.RTPCodecType) (webrtc.RTPCapabilities, error)) programCall {
	return func(d *programDriver, _ any, a arguments) (any, error) {
		var kind webrtc.RTPCodecType
		if err := a.into(0, &kind); err != nil {
			return nil, err
		}
		return f(d.api, kind)
	}
}

// readAlgorithm reads an AlgorithmIdentifier, which is a name or a dictionary. Its
// big integer is a list of bytes in a page and a number in Go.
func readAlgorithm(a arguments, algorithm *webrtc.KeyAlgorithm) error {
	if name, ok := a.list[0].(string); ok {
		algorithm.Name = name
		return nil
	}
	var read struct {
		webrtc.KeyAlgorithm
		PublicExponent struct {
			Bytes []int `json:"$bytes"`
		} `json:"publicExponent"`
	}
	err := a.into(0, &read)
	*algorithm = read.KeyAlgorithm
	for _, b := range read.PublicExponent.Bytes {
		algorithm.PublicExponent = algorithm.PublicExponent<<8 | b
	}
	return err
}

func readConfiguration(a arguments) (configuration webrtc.Configuration, err error) {
	err = a.into(0, &configuration)
	configuration.Certificates = members[webrtc.Certificate](a, 0, "certificates")
	return configuration, err
}

var connectionCalls = map[string]programCall{
	"RTCPeerConnection.signalingState":     read(func(pc *webrtc.PeerConnection) any { return pc.SignalingState() }),
	"RTCPeerConnection.iceGatheringState":  read(func(pc *webrtc.PeerConnection) any { return pc.ICEGatheringState() }),
	"RTCPeerConnection.iceConnectionState": read(func(pc *webrtc.PeerConnection) any { return pc.ICEConnectionState() }),
	"RTCPeerConnection.connectionState":    read(func(pc *webrtc.PeerConnection) any { return pc.ConnectionState() }),
	"RTCPeerConnection.localDescription":   read(func(pc *webrtc.PeerConnection) any { return pc.LocalDescription() }),
	"RTCPeerConnection.remoteDescription":  read(func(pc *webrtc.PeerConnection) any { return pc.RemoteDescription() }),
	"RTCPeerConnection.currentLocalDescription": read(func(pc *webrtc.PeerConnection) any {
		return pc.CurrentLocalDescription()
	}),
	"RTCPeerConnection.currentRemoteDescription": read(func(pc *webrtc.PeerConnection) any {
		return pc.CurrentRemoteDescription()
	}),
	"RTCPeerConnection.pendingLocalDescription": read(func(pc *webrtc.PeerConnection) any {
		return pc.PendingLocalDescription()
	}),
	"RTCPeerConnection.pendingRemoteDescription": read(func(pc *webrtc.PeerConnection) any {
		return pc.PendingRemoteDescription()
	}),
	"RTCPeerConnection.canTrickleIceCandidates": read(func(pc *webrtc.PeerConnection) any {
		return pc.CanTrickleICECandidates()
	}),
	"RTCPeerConnection.sctp": read(func(pc *webrtc.PeerConnection) any { return pc.SCTP() }),
	"RTCPeerConnection.createOffer": with(func(pc *webrtc.PeerConnection, o webrtc.OfferOptions) (any, error) {
		return pc.CreateOffer(&o)
	}),
	"RTCPeerConnection.createAnswer": with(func(pc *webrtc.PeerConnection, o webrtc.AnswerOptions) (any, error) {
		return pc.CreateAnswer(&o)
	}),
	"RTCPeerConnection.setLocalDescription": with(func(pc *webrtc.PeerConnection, s webrtc.SessionDescription) (any, error) {
		return done(pc.SetLocalDescription(s))
	}),
	"RTCPeerConnection.setRemoteDescription": with(func(pc *webrtc.PeerConnection, s webrtc.SessionDescription) (any, error) {
		return done(pc.SetRemoteDescription(s))
	}),
	"RTCPeerConnection.addIceCandidate": with(func(pc *webrtc.PeerConnection, c webrtc.ICECandidateInit) (any, error) {
		return done(pc.AddICECandidate(c))
	}),
	"RTCPeerConnection.restartIce": on(func(pc *webrtc.PeerConnection, _ arguments) (any, error) {
		pc.RestartICE()
		return nil, nil
	}),
	"RTCPeerConnection.close": on(func(pc *webrtc.PeerConnection, _ arguments) (any, error) { return done(pc.Close()) }),
	"RTCPeerConnection.getConfiguration": read(func(pc *webrtc.PeerConnection) any {
		return pc.GetConfiguration()
	}),
	"RTCPeerConnection.setConfiguration": on(func(pc *webrtc.PeerConnection, a arguments) (any, error) {
		configuration, err := readConfiguration(a)
		if err != nil {
			return nil, err
		}
		return done(pc.SetConfiguration(configuration))
	}),
	"RTCPeerConnection.getTransceivers": read(func(pc *webrtc.PeerConnection) any { return pc.GetTransceivers() }),
	"RTCPeerConnection.getSenders":      read(func(pc *webrtc.PeerConnection) any { return pc.GetSenders() }),
	"RTCPeerConnection.getReceivers":    read(func(pc *webrtc.PeerConnection) any { return pc.GetReceivers() }),
	"RTCPeerConnection.getStats": on(func(pc *webrtc.PeerConnection, _ arguments) (any, error) {
		return pc.GetStats()
	}),
	"RTCPeerConnection.addTrack": on(func(pc *webrtc.PeerConnection, a arguments) (any, error) {
		return pc.AddTrack(localTrack(a, 0), rest[*webrtc.MediaStream](a, 1)...)
	}),
	"RTCPeerConnection.removeTrack": on(func(pc *webrtc.PeerConnection, a arguments) (any, error) {
		return done(pc.RemoveTrack(objectAt[*webrtc.RTPSender](a, 0)))
	}),
	"RTCPeerConnection.addTransceiver": on(addTransceiver),
	"RTCPeerConnection.createDataChannel": on(func(pc *webrtc.PeerConnection, a arguments) (any, error) {
		var label string
		var init webrtc.DataChannelInit
		if err := a.into(0, &label); err != nil {
			return nil, err
		}
		if err := a.into(1, &init); err != nil {
			return nil, err
		}
		return pc.CreateDataChannel(label, &init)
	}),
}

// localTrack is the track at i, as an interface that is nil where there is none.
func localTrack(a arguments, i int) webrtc.TrackLocal {
	if track := objectAt[*webrtc.MediaStreamTrack](a, i); track != nil {
		return track
	}
	return nil
}

func addTransceiver(pc *webrtc.PeerConnection, a arguments) (any, error) {
	var init struct {
		Direction     webrtc.RTPTransceiverDirection
		SendEncodings []webrtc.RTPEncodingParameters
	}
	if err := a.into(1, &init); err != nil {
		return nil, err
	}
	full := webrtc.RTPTransceiverInit{
		Direction: init.Direction, SendEncodings: init.SendEncodings,
		Streams: members[*webrtc.MediaStream](a, 1, "streams"),
	}
	if track := objectAt[*webrtc.MediaStreamTrack](a, 0); track != nil {
		return pc.AddTransceiverFromTrack(track, full)
	}
	var kind webrtc.RTPCodecType
	if err := a.into(0, &kind); err != nil {
		return nil, err
	}
	return pc.AddTransceiverFromKind(kind, full)
}

var transceiverCalls = map[string]programCall{
	"RTCRtpTransceiver.mid":       read(func(t *webrtc.RTPTransceiver) any { return orNull(t.Mid()) }),
	"RTCRtpTransceiver.direction": read(func(t *webrtc.RTPTransceiver) any { return t.Direction() }),
	"RTCRtpTransceiver.currentDirection": read(func(t *webrtc.RTPTransceiver) any {
		return orNull(t.CurrentDirection().String())
	}),
	"RTCRtpTransceiver.stopped":  read(func(t *webrtc.RTPTransceiver) any { return t.Stopped() }),
	"RTCRtpTransceiver.sender":   read(func(t *webrtc.RTPTransceiver) any { return t.Sender() }),
	"RTCRtpTransceiver.receiver": read(func(t *webrtc.RTPTransceiver) any { return t.Receiver() }),
	"RTCRtpTransceiver.stop":     on(func(t *webrtc.RTPTransceiver, _ arguments) (any, error) { return done(t.Stop()) }),
	"RTCRtpTransceiver.direction :=": with(func(t *webrtc.RTPTransceiver, v webrtc.RTPTransceiverDirection) (any, error) {
		return done(t.SetDirection(v))
	}),
	"RTCRtpTransceiver.setCodecPreferences": with(func(t *webrtc.RTPTransceiver, v []webrtc.RTPCodecCapability) (any, error) {
		return done(t.SetCodecPreferences(v))
	}),
	"RTCRtpTransceiver.getHeaderExtensionsToNegotiate": read(func(t *webrtc.RTPTransceiver) any {
		return t.GetHeaderExtensionsToNegotiate()
	}),
	"RTCRtpTransceiver.getNegotiatedHeaderExtensions": read(func(t *webrtc.RTPTransceiver) any {
		return t.GetNegotiatedHeaderExtensions()
	}),
	"RTCRtpTransceiver.setHeaderExtensionsToNegotiate": with(
		func(t *webrtc.RTPTransceiver, v []webrtc.RTPHeaderExtensionCapability) (any, error) {
			return done(t.SetHeaderExtensionsToNegotiate(v))
		}),
}

var senderCalls = map[string]programCall{
	"RTCRtpSender.track":         read(func(s *webrtc.RTPSender) any { return s.Track() }),
	"RTCRtpSender.transport":     read(func(s *webrtc.RTPSender) any { return s.Transport() }),
	"RTCRtpSender.rtcpTransport": read(func(s *webrtc.RTPSender) any { return s.RTCPTransport() }),
	"RTCRtpSender.dtmf":          read(func(s *webrtc.RTPSender) any { return s.DTMF() }),
	"RTCRtpSender.getParameters": read(func(s *webrtc.RTPSender) any { return s.GetParameters() }),
	"RTCRtpSender.getStats":      on(func(s *webrtc.RTPSender, _ arguments) (any, error) { return s.GetStats() }),
	"RTCRtpSender.setParameters": with(func(s *webrtc.RTPSender, v webrtc.RTPSendParameters) (any, error) {
		return done(s.SetParameters(v))
	}),
	"RTCRtpSender.replaceTrack": on(func(s *webrtc.RTPSender, a arguments) (any, error) {
		return done(s.ReplaceTrack(localTrack(a, 0)))
	}),
	"RTCRtpSender.setStreams": on(func(s *webrtc.RTPSender, a arguments) (any, error) {
		return done(s.SetStreams(rest[*webrtc.MediaStream](a, 0)...))
	}),
}

var receiverCalls = map[string]programCall{
	"RTCRtpReceiver.track":         read(func(r *webrtc.RTPReceiver) any { return r.Track() }),
	"RTCRtpReceiver.transport":     read(func(r *webrtc.RTPReceiver) any { return r.Transport() }),
	"RTCRtpReceiver.rtcpTransport": read(func(r *webrtc.RTPReceiver) any { return r.RTCPTransport() }),
	"RTCRtpReceiver.getParameters": read(func(r *webrtc.RTPReceiver) any { return r.GetParameters() }),
	"RTCRtpReceiver.getStats":      on(func(r *webrtc.RTPReceiver, _ arguments) (any, error) { return r.GetStats() }),
	"RTCRtpReceiver.getContributingSources": read(func(r *webrtc.RTPReceiver) any {
		return sources(r.GetContributingSources())
	}),
	"RTCRtpReceiver.getSynchronizationSources": read(func(r *webrtc.RTPReceiver) any {
		sources := []map[string]any{}
		for _, s := range r.GetSynchronizationSources() {
			sources = append(sources, source(s.RTPContributingSource))
		}
		return sources
	}),
	"RTCRtpReceiver.jitterBufferTarget": read(func(r *webrtc.RTPReceiver) any { return r.JitterBufferTarget() }),
	"RTCRtpReceiver.jitterBufferTarget :=": with(func(r *webrtc.RTPReceiver, ms *float64) (any, error) {
		if ms == nil {
			return done(r.SetJitterBufferTarget(nil))
		}
		target := time.Duration(*ms * float64(time.Millisecond))
		return done(r.SetJitterBufferTarget(&target))
	}),
}

func sources(list []webrtc.RTPContributingSource) []map[string]any {
	named := []map[string]any{}
	for _, s := range list {
		named = append(named, source(s))
	}
	return named
}

func source(s webrtc.RTPContributingSource) map[string]any {
	members := map[string]any{"timestamp": s.Timestamp, "source": s.Source, "rtpTimestamp": s.RTPTimestamp}
	if s.AudioLevel != nil {
		members["audioLevel"] = *s.AudioLevel
	}
	if s.CaptureTimestamp != nil {
		members["captureTimestamp"] = *s.CaptureTimestamp
	}
	if s.SenderCaptureTimeOffset != nil {
		members["senderCaptureTimeOffset"] = *s.SenderCaptureTimeOffset
	}
	return members
}

// bytesOf is a binary message of zeros.
func bytesOf(value any) ([]byte, bool) {
	var message struct {
		Length *int `json:"$bytes"`
	}
	text, err := json.Marshal(value)
	if err != nil || json.Unmarshal(text, &message) != nil || message.Length == nil {
		return nil, false
	}
	return make([]byte, *message.Length), true
}
