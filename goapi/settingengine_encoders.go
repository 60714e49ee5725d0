// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"github.com/nativertc/nativertc/cgo"
	"github.com/nativertc/nativertc/hw"
)

// SetVideoEncoders says whether video is encoded on GPUs, and on which. The zero
// value of hw.Encoders, which is the default, is software alone. Devices are
// asked what they encode when the first object of the API is made, which may
// take as long as their drivers need.
func (e *SettingEngine) SetVideoEncoders(encoders hw.Encoders) { e.encoders = encoders }

// encodersArgs writes the part of what nrtc_factory_new reads.
func (e *SettingEngine) encodersArgs(w *cgo.Writer) {
	o := e.encoders.Defaults()
	w.Bool(o.Use != hw.Software)
	w.Bool(o.Use == hw.Require)
	w.Str(string(o.Backend))
	w.Str(o.Device)
	w.I64(o.OpenTimeout.Milliseconds())
	w.I64(o.FrameTimeout.Milliseconds())
	w.I64(o.RetryAfter.Milliseconds())
	w.I64(o.RetryAtMost.Milliseconds())
}
