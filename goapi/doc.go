// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package webrtc is the W3C WebRTC API over Google's libwebrtc.
//
// ICE, DTLS, SCTP, RTP, the codecs, bandwidth estimation and jitter buffers are
// libwebrtc's: what a program does with this package is what a browser does. The
// names are those of github.com/pion/webrtc where the concept is the same.
//
// # Concurrency
//
// Every method may be called from any goroutine and from every handler, Close
// included; exceptions say so. Handlers of one connection, and of what belongs to
// it, run one after another on a goroutine of the connection's own. None runs on
// a thread of libwebrtc. Methods that the W3C lets return a promise block until
// it would be settled.
//
// # Ownership
//
// A PeerConnection, a source, a sink and a lent or received frame hold memory of
// libwebrtc's until Close or Release. What is forgotten is freed when the garbage
// collector finds it, except a PeerConnection: that lives until Close. With the
// build tag nativertc_debug, Leaks tells which were not closed.
//
// # Errors
//
// Each DOMException of the specification is a type, for errors.As; ErrClosed and
// ErrConnectionClosed are sentinels for errors.Is. Nothing that an application or
// a peer passes in makes this package panic.
//
// # Beyond the W3C
//
// SettingEngine holds what the specification leaves out. Sources and sinks stand
// for the devices and elements that a page has. DataChannel.NetConn is a data
// channel as a net.Conn.
//
// The specification: https://www.w3.org/TR/webrtc/
package webrtc
