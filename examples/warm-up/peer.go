// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/nativertc/nativertc/examples/internal/devices"
	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

// peer is one side.
type peer struct {
	name               string
	pc                 *webrtc.PeerConnection
	channel            *signaling.Channel
	camera, microphone *devices.Device
	ready              chan struct{} // when it is connected
	arrived            chan string   // what it sees and hears
}

// warmUp makes a peer and begins to connect it, without media.
func warmUp(ctx context.Context, failed func(error), name string, channel *signaling.Channel) (*peer, error) {
	api := signaling.LocalAPI()
	pc, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, err
	}
	p := &peer{name: name, pc: pc, channel: channel, ready: make(chan struct{}), arrived: make(chan string, 2)}
	pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		switch s {
		case webrtc.PeerConnectionStateConnected:
			close(p.ready)
		case webrtc.PeerConnectionStateFailed:
			failed(errors.New("the connection failed"))
		}
	})
	pc.OnTrackEvent(func(e webrtc.TrackEvent) {
		go func() {
			if err := p.show(ctx, e.Track); err != nil {
				failed(err)
			}
		}()
	})
	channel.Trickle(pc)
	if p.camera, err = devices.NewCamera(api, 640, 360); err == nil {
		p.microphone, err = devices.NewMicrophone(api, 440)
	}
	if err == nil && name == "caller" {
		if _, err = pc.AddTransceiverFromKind(webrtc.RTPCodecTypeAudio); err == nil {
			_, err = pc.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo)
		}
		channel.OfferWhenNeeded(pc, failed) // One offer for both.
	}
	if err != nil {
		p.hangUp()
		return nil, err
	}
	go func() {
		if err := channel.Run(ctx, pc, p.answer, p.start); err != nil {
			failed(err)
		}
	}()
	return p, nil
}

// answer says that this side will send, too, before it answers.
func (p *peer) answer() error {
	for _, t := range p.pc.GetTransceivers() {
		if err := t.SetDirection(webrtc.RTPTransceiverDirectionSendrecv); err != nil {
			return err
		}
	}
	return p.channel.SendLocal(p.pc, webrtc.SessionDescription{})
}

// start puts the tracks in place.
func (p *peer) start() error {
	for _, t := range p.pc.GetTransceivers() {
		track := p.microphone.Track
		if t.Kind() == webrtc.RTPCodecTypeVideo {
			track = p.camera.Track
		}
		if err := t.Sender().ReplaceTrack(track); err != nil {
			return err
		}
	}
	return nil
}

// show waits for the media of a track.
func (p *peer) show(ctx context.Context, track *webrtc.TrackRemote) error {
	if track.Kind() == webrtc.RTPCodecTypeAudio {
		err := devices.Hear(ctx, track)
		p.arrived <- "hears the other"
		return err
	}
	width, height, err := devices.See(ctx, track)
	p.arrived <- fmt.Sprintf("sees the other, %d by %d,", width, height)
	return err
}

func (p *peer) hangUp() {
	_ = p.channel.Close()
	_ = p.pc.Close()
	for _, d := range []*devices.Device{p.camera, p.microphone} {
		if d != nil {
			_ = d.Close()
		}
	}
}
