// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command ours is the benchmark's peers over this module's own API.
package main

import (
	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/cgo"
	"github.com/nativertc/nativertc/tools/bench/internal/load"
)

// settings are those of the other programs: the address 127.0.0.1 alone, UDP
// alone.
func settings() webrtc.SettingEngine {
	var s webrtc.SettingEngine
	s.SetIncludeLoopbackCandidate(true)
	s.SetInterfaceFilter(func(name string) bool { return name == "lo" })
	s.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4})
	s.SetICEMulticastDNSMode(webrtc.MulticastDNSModeDisabled)
	s.SetCPUAdaptation(false)
	return s
}

func main() {
	api := webrtc.NewAPI(webrtc.WithSettingEngine(settings()))
	load.Main(load.Stack{
		Name:      "ours",
		Connect:   func() (load.Pair, error) { return connect(api) },
		Crossings: cgo.Crossings,
		Video:     func(v load.VideoArguments) (load.Result, error) { return video(api, v) },
	})
}
