// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"testing"

	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tests/doubles"
)

// backend is one of which there is a double.
type backend struct {
	hw.Backend
	// implementation is its name in the statistics.
	implementation string
	// device is the double's.
	device string
	// fails are the faults with which nothing is encoded, and no session opened.
	fails string
	use   func(t *testing.T) *driver
}

var backends = []backend{
	{hw.VAAPI, "VAAPI", doubles.VANode, "end@0+ context", func(t *testing.T) *driver { return useDriver(t, "intel") }},
	{hw.NVENC, "NVENC", "0", "encode open", useNVENC},
}

// forBackends runs a test over the double of each backend.
func forBackends(t *testing.T, test func(t *testing.T, b backend, d *driver)) {
	for _, b := range backends {
		t.Run(string(b.Backend), func(t *testing.T) { test(t, b, b.use(t)) })
	}
}

// encoders uses the double as if it were a GPU.
func (b backend) encoders(use hw.Use) hw.Encoders {
	e := onDouble(use)
	e.Backend, e.Device = b.Backend, b.device
	return e
}
