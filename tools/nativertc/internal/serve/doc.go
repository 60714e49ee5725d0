// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package serve is a web server with one page on which browsers call this program:
// they see and hear a clip, get their own camera and microphone back, chat over a
// data channel, and watch the statistics of the Go side.
//
// Signaling is plain HTTP. The browser makes the offer:
//
//	POST   /sessions                  {"offer": {type, sdp}}  → {"id", "name", "answer": {type, sdp}}
//	POST   /sessions/{id}/candidates  a candidate of the browser's, as RTCIceCandidate.toJSON() gives it
//	GET    /sessions/{id}/events      server-sent events: "candidate" with one of ours, "closed"
//	DELETE /sessions/{id}             ends the session
//
// Of each kind of media, the first transceiver of the offer gets the clip, the second
// gets back what the browser sends on it. Data channels are known by their labels,
// "chat" and "stats".
package serve
