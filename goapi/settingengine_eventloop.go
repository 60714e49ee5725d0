// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// SetEventLoop has connections live on an event loop of the application's, as those
// of a page do: run is to run each task that it is given there, in the order in
// which it is given them, and to return when the task is over or will never run. It
// is called by several goroutines, never on the loop itself.
//
// A task is the W3C's queued task: it changes attributes and runs the handlers that
// tell so. Those of all connections of an API come in the order in which libwebrtc
// raised what they tell. Apart from what the methods themselves do at once, nothing of a
// connection changes but in one, so the application's own code on the loop sees a
// connection that stands still: descriptions, transceivers and the states of
// transports are those of the last task, the state of ICE changes together with
// that of its transports, and BufferedAmount falls between tasks only.
//
// On the loop, use the forms of operations that do not wait (PeerConnection.Async,
// RTPSender.ReplaceTrackAsync): what waits for the end of an operation would wait for
// a task. Elsewhere, a method may return before the tasks of what came before have
// run.
//
// It costs more than handlers on the connection's own goroutine do. nil, the
// default, is for those.
//
// https://www.w3.org/TR/webrtc/#operation
func (e *SettingEngine) SetEventLoop(run func(task func())) { e.eventLoop = run }
