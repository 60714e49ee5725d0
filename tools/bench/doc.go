// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package bench measures this library against a plain C++ program over the same
// libwebrtc and against pion/webrtc, all in one run and as ratios.
//
// The three programs do the same work, each in processes of its own: ours/ over
// the Go API, native/ in C++ without the bridge, pion/ over pion/webrtc (a module
// of its own, so that pion does not enter this one). Package internal/load says
// what the work is and how a program is called. Run builds them from the module's
// sources, then lets them take turns: a machine that becomes slower or busier
// meanwhile does so for all of them, and a ratio is always that of neighbours in
// time.
package bench
