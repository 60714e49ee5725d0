// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hw

import "time"

// Use says whether hardware encodes.
type Use int

const (
	// Software uses no device; the default.
	Software Use = iota
	// Auto uses devices for all that they encode, and software for the rest and
	// for what fails.
	Auto
	// Require uses devices alone. Only what they encode is offered; frames that a
	// device fails to encode are left out, and the device is tried again: OnEvent
	// tells of the failure.
	Require
)

// Backend is an interface to encoders.
type Backend string

const (
	// AnyBackend stands for all that the machine has.
	AnyBackend Backend = ""
	// VAAPI is that of Intel and AMD under Linux.
	VAAPI Backend = "vaapi"
	// NVENC is that of NVIDIA under Linux.
	NVENC Backend = "nvenc"
	// VideoToolbox is that of Macs. It was tested over a double and never run on a Mac.
	VideoToolbox Backend = "videotoolbox"
)

// Encoders says which video encoders the connections of an API use. The zero
// value is software alone.
type Encoders struct {
	Use Use
	// Backend and Device narrow the choice down. Device is a name as in
	// Device.Device: the path of a render node, which need not be one that Probe
	// finds by itself, the number of a GPU of NVIDIA, or "default" of VideoToolbox. Of several devices the one with the fewest sessions is used.
	Backend Backend
	Device  string
	// Codecs are names of codecs, as in SDP: "VP9", say. Their formats are offered before
	// all others, in this order, whether a device or software encodes them. What is not
	// named follows: the formats of devices, H264 before VP8, VP9, H265 and AV1, then those of
	// software. RTPTransceiver.SetCodecPreferences goes further, for one transceiver.
	Codecs []string
	// OpenTimeout and FrameTimeout bound what a driver may take before it counts as
	// hanging: to open a session, and to encode a frame. 0 for 3 s and 1 s.
	OpenTimeout, FrameTimeout time.Duration
	// RetryAfter is how long after a failure hardware is tried again, which doubles
	// with each further failure up to RetryAtMost. 0 for 5 s and 5 min.
	RetryAfter, RetryAtMost time.Duration
}

// Defaults returns e with defaults for what is zero or less.
func (e Encoders) Defaults() Encoders {
	for _, d := range []struct {
		value     *time.Duration
		otherwise time.Duration
	}{
		{&e.OpenTimeout, 3 * time.Second}, {&e.FrameTimeout, time.Second},
		{&e.RetryAfter, 5 * time.Second}, {&e.RetryAtMost, 5 * time.Minute},
	} {
		if *d.value <= 0 {
			*d.value = d.otherwise
		}
	}
	e.RetryAtMost = max(e.RetryAtMost, e.RetryAfter)
	return e
}
