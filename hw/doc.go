// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package hw lets libwebrtc encode video on the GPU. [Probe] tells which devices
// there are and what they encode, or why they do not; an [Encoders], given to
// webrtc.SettingEngine.SetVideoEncoders, makes connections use them:
//
//	var s webrtc.SettingEngine
//	s.SetVideoEncoders(hw.Encoders{Use: hw.Auto})
//
// What the devices encode is offered in SDP before what is encoded in software;
// RTPTransceiver.SetCodecPreferences changes the order. A stream whose device
// refuses, fails, hangs or disappears goes on in software from that very frame,
// with a key frame, and returns to hardware when that works again: see
// [OnEvent]. The statistics encoderImplementation and powerEfficientEncoder tell what
// encodes now.
//
// The libraries of drivers are opened when they are needed, so that a program
// starts on machines without them. Nothing touches a device unless [Probe] or
// [Auto] ask for it.
package hw
