// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command hello sends a message between two peers of one process. It is what the
// workspace of this folder builds with nativertc as an external repository.
package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// limit is many times what the call takes.
const limit = 30 * time.Second

func main() {
	text, err := call("hello from libwebrtc " + webrtc.LibwebrtcRevision())
	if err != nil {
		fmt.Fprintln(os.Stderr, "hello:", err)
		os.Exit(1)
	}
	fmt.Println(text)
}

// call sends a text over a data channel and returns what arrives.
func call(text string) (string, error) {
	var settings webrtc.SettingEngine
	settings.SetIncludeLoopbackCandidate(true)
	settings.SetInterfaceFilter(func(name string) bool { return name == "lo" })
	api := webrtc.NewAPI(webrtc.WithSettingEngine(settings))
	a, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return "", err
	}
	defer a.Close()
	b, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return "", err
	}
	defer b.Close()

	received := make(chan string, 1)
	b.OnDataChannel(func(c *webrtc.DataChannel) {
		c.OnMessage(func(m webrtc.DataChannelMessage) { received <- string(m.Data) })
	})
	channel, err := a.CreateDataChannel("greeting", nil)
	if err != nil {
		return "", err
	}
	failed := make(chan error, 1)
	channel.OnOpen(func() {
		if err := channel.SendText(text); err != nil {
			failed <- err
		}
	})
	if err := connect(a, b); err != nil {
		return "", err
	}
	select {
	case text := <-received:
		return text, nil
	case err := <-failed:
		return "", err
	case <-time.After(limit):
		return "", errors.New("no message came")
	}
}

// connect negotiates. The offer is b's before a begins to gather, so that no
// candidate comes too early; a learns b's addresses from b's checks.
func connect(a, b *webrtc.PeerConnection) error {
	a.OnICECandidate(func(c *webrtc.ICECandidate) {
		if c != nil {
			if err := b.AddICECandidate(c.ToJSON()); err != nil {
				fmt.Fprintln(os.Stderr, "hello:", err)
			}
		}
	})
	offer, err := a.CreateOffer(nil)
	if err != nil {
		return err
	}
	if err := b.SetRemoteDescription(offer); err != nil {
		return err
	}
	if err := a.SetLocalDescription(offer); err != nil {
		return err
	}
	answer, err := b.CreateAnswer(nil)
	if err != nil {
		return err
	}
	if err := b.SetLocalDescription(answer); err != nil {
		return err
	}
	return a.SetRemoteDescription(answer)
}
