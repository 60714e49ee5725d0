// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc_test

import (
	"context"
	"fmt"
	"log"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// Two peers in one process exchange messages. Between two programs, the
// descriptions and candidates go over any channel that the application has.
func ExampleDataChannel() {
	a, b := newPeers()
	defer a.Close()
	defer b.Close()

	b.OnDataChannel(func(channel *webrtc.DataChannel) {
		channel.OnMessage(func(m webrtc.DataChannelMessage) {
			if err := channel.SendText("you said: " + string(m.Data)); err != nil {
				log.Print(err)
			}
		})
	})

	channel, err := a.CreateDataChannel("chat", nil)
	if err != nil {
		log.Fatal(err)
	}
	channel.OnOpen(func() {
		if err := channel.SendText("hello"); err != nil {
			log.Print(err)
		}
	})
	replies := make(chan string, 1)
	channel.OnMessage(func(m webrtc.DataChannelMessage) { replies <- string(m.Data) })

	connect(a, b)
	fmt.Println(<-replies)
	// Output: you said: hello
}

// Statistics are had by type, and refer to one another by id.
func ExamplePeerConnection_GetStats() {
	a, b := newPeers()
	defer a.Close()
	defer b.Close()
	channel, err := a.CreateDataChannel("chat", nil)
	if err != nil {
		log.Fatal(err)
	}
	open := make(chan struct{})
	channel.OnOpen(func() { close(open) })
	connect(a, b)
	<-open

	report, err := a.GetStats()
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range webrtc.StatsOf[*webrtc.DataChannelStats](report) {
		fmt.Println("channel", *s.Label, "is", s.State)
	}
	for _, s := range webrtc.StatsOf[*webrtc.TransportStats](report) {
		fmt.Println("DTLS is", s.DTLSState)
		_, ok := report.Get(*s.SelectedCandidatePairID)
		fmt.Println("with a selected pair of candidates:", ok)
	}
	// Output:
	// channel chat is open
	// DTLS is connected
	// with a selected pair of candidates: true
}

// Frames of the application are encoded, sent, received, decoded, and read from a
// sink.
func ExampleVideoSource() {
	a, b := newPeers()
	defer a.Close()
	defer b.Close()

	source, err := api.NewVideoSource(webrtc.VideoSourceInit{Label: "white"})
	if err != nil {
		log.Fatal(err)
	}
	defer source.Close()
	track, err := source.NewTrack("", "stream")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := a.AddTrack(track); err != nil {
		log.Fatal(err)
	}
	tracks := make(chan *webrtc.TrackRemote, 1)
	b.OnTrack(func(t *webrtc.TrackRemote, _ *webrtc.RTPReceiver) { tracks <- t })
	connect(a, b)

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		for ticker := time.NewTicker(time.Second / 30); ctx.Err() == nil; <-ticker.C {
			frame, err := source.LendBuffer(320, 180)
			if err != nil {
				continue // The encoder is behind.
			}
			for i, plane := range frame.Planes {
				value := byte(128)
				if i == 0 {
					value = 235
				}
				for j := range plane.Data {
					plane.Data[j] = value
				}
			}
			if err := source.PushFrame(frame); err != nil {
				return
			}
		}
	}()

	sink, err := webrtc.NewVideoSink(<-tracks, webrtc.VideoSinkInit{})
	if err != nil {
		log.Fatal(err)
	}
	defer sink.Close()
	frame, err := sink.ReadFrame(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer frame.Release() // It is the decoder's memory.
	fmt.Println("wide:", frame.Width*180 == frame.Height*320)
	fmt.Println("white:", frame.Planes[0].Data[0] > 200)
	// Output:
	// wide: true
	// white: true
}

// api also connects programs on a machine without a network.
var api = func() *webrtc.API {
	var s webrtc.SettingEngine
	s.SetIncludeLoopbackCandidate(true)
	return webrtc.NewAPI(webrtc.WithSettingEngine(s))
}()

func newPeers() (a, b *webrtc.PeerConnection) {
	a, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		log.Fatal(err)
	}
	b, err = api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		log.Fatal(err)
	}
	return a, b
}

// connect hands over the descriptions, with all candidates in them.
func connect(offerer, answerer *webrtc.PeerConnection) {
	describe := func(pc *webrtc.PeerConnection) webrtc.SessionDescription {
		gathered := make(chan struct{})
		pc.OnICEGatheringStateChange(func(s webrtc.ICEGatheringState) {
			if s == webrtc.ICEGatheringStateComplete {
				close(gathered)
			}
		})
		// Without argument: the offer or answer that is due.
		if err := pc.SetLocalDescription(webrtc.SessionDescription{}); err != nil {
			log.Fatal(err)
		}
		<-gathered
		return *pc.LocalDescription()
	}
	if err := answerer.SetRemoteDescription(describe(offerer)); err != nil {
		log.Fatal(err)
	}
	if err := offerer.SetRemoteDescription(describe(answerer)); err != nil {
		log.Fatal(err)
	}
}
