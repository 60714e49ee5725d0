// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

import "sync/atomic"

var crossings atomic.Uint64

// Crossings returns how often Go has called into the bridge, the calls back
// (wake-ups) included, since the process began.
func Crossings() uint64 { return crossings.Load() }

func crossed() { stress(crossings.Add(1)) }
