// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hw

import (
	"context"

	"github.com/nativertc/nativertc/cgo"
)

// Device is one device, or a backend that has none.
type Device struct {
	Backend Backend
	// Device names it: the path of its render node, CUDA's number of the GPU, or "default" of
	// VideoToolbox. Empty if there is none.
	Device string
	// Name is what its driver calls it.
	Name string
	// Profiles are what it encodes: a session opened for each.
	Profiles []Profile
	// ZeroCopy are the pictures in memory of devices that it encodes without a copy, as a
	// session told. Others that are pushed are copied.
	ZeroCopy []ZeroCopyFormat
	// Reason tells why it encodes nothing, if Profiles is empty.
	Reason string
}

// Memory is a kind of memory of devices.
type Memory string

const (
	// Dmabuf is that of webrtc.DmabufBuffer.
	Dmabuf Memory = "dmabuf"
	// CUDA is that of webrtc.CUDABuffer.
	CUDA Memory = "cuda"
)

// ZeroCopyFormat is a kind of picture that a device encodes where it is.
type ZeroCopyFormat struct {
	Memory Memory
	// Format is that of the pixels: "NV12", "P010" or "I420".
	Format string
	// Scales tells that the device also crops and scales it, as for the smaller layers of
	// simulcast; if not, what is not sent as it is, is copied.
	Scales bool
}

// Profile is what a device encodes.
type Profile struct {
	// Name is that of a codec, as in SDP, and its profile, such as "H264 constrained
	// baseline".
	Name string
	// MaxWidth and MaxHeight are 0 if the driver does not say.
	MaxWidth, MaxHeight int
	// TemporalLayers is how many a stream may have at most.
	TemporalLayers int
	// RateModes are the rate controls of the device, the one that is used first. Of a
	// device that has CQP alone, the quantiser is chosen frame by frame.
	RateModes []string
	// NotOffered tells why it is not offered in SDP although the device encodes it: the
	// revision of libwebrtc does not send the codec. Otherwise it is empty.
	NotOffered string
}

// Probe finds the devices of this machine and what they encode. It asks their
// drivers and opens sessions, anew at each call. A driver that does not answer
// is left to itself after a few seconds. If ctx ends before, its error is
// returned.
func Probe(ctx context.Context) ([]Device, error) { return ProbeDevice(ctx, AnyBackend, "") }

// ProbeDevice does the same for a backend, unless it is AnyBackend, and a device
// of that name, unless it is empty.
func ProbeDevice(ctx context.Context, backend Backend, device string) ([]Device, error) {
	type answer struct {
		devices []Device
		err     error
	}
	done := make(chan answer, 1)
	go func() {
		var in cgo.Writer
		in.Str(string(backend))
		in.Str(device)
		in.I64(Encoders{}.Defaults().OpenTimeout.Milliseconds())
		r, err := cgo.HardwareProbe(&in)
		if err != nil {
			done <- answer{err: err}
			return
		}
		devices := cgo.ReadList(r, func() Device { return readDevice(r) })
		done <- answer{devices, r.Err()}
	}()
	select {
	case a := <-done:
		return a.devices, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func readDevice(r *cgo.Reader) Device {
	d := Device{Backend: Backend(r.Str()), Device: r.Str(), Name: r.Str(), Reason: r.Str()}
	d.Profiles = cgo.ReadList(r, func() Profile {
		return Profile{
			Name: r.Str(), MaxWidth: int(r.I32()), MaxHeight: int(r.I32()),
			TemporalLayers: int(r.I32()), RateModes: r.Strs(), NotOffered: r.Str(),
		}
	})
	d.ZeroCopy = cgo.ReadList(r, func() ZeroCopyFormat {
		return ZeroCopyFormat{Memory: Memory(r.Str()), Format: r.Str(), Scales: r.Bool()}
	})
	return d
}

// OpenSessions counts the encoding sessions that this process has open on a
// device, those included that a hanging driver has not given back; on all
// devices if the name is empty.
func OpenSessions(device string) int { return cgo.HardwareOpenSessions(device) }

// SetSessionLimit bounds the encoding sessions of the process. What is beyond is
// encoded in software, or fails if hardware is required. 0 lifts the limit.
// Sessions that are open stay so.
func SetSessionLimit(limit int) { cgo.HardwareSetSessionLimit(limit) }
