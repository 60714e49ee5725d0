// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package probe

import "github.com/nativertc/nativertc/hw"

// Device is a device of package hw, or a backend that has none.
type Device struct {
	Backend  string     `json:"backend"`
	Device   string     `json:"device,omitempty"`
	Name     string     `json:"name,omitempty"`
	Profiles []Profile  `json:"profiles,omitempty"`
	ZeroCopy []ZeroCopy `json:"zero_copy,omitempty"`
	// Reason is why it encodes nothing.
	Reason string `json:"reason,omitempty"`
}

// Profile is what a device encodes, as in hw.Profile.
type Profile struct {
	Name string `json:"name"`
	// MaxWidth and MaxHeight are left out if the driver does not say.
	MaxWidth       int `json:"max_width,omitempty"`
	MaxHeight      int `json:"max_height,omitempty"`
	TemporalLayers int `json:"temporal_layers"`
	// RateModes begin with the one that is used.
	RateModes []string `json:"rate_modes"`
	// NotOffered is why it is not offered in SDP.
	NotOffered string `json:"not_offered,omitempty"`
}

// ZeroCopy is a kind of picture that a device encodes where it is.
type ZeroCopy struct {
	Memory string `json:"memory"`
	Format string `json:"format"`
	Scales bool   `json:"scales"`
}

func describe(d hw.Device) Device {
	out := Device{Backend: string(d.Backend), Device: d.Device, Name: d.Name, Reason: d.Reason}
	for _, p := range d.Profiles {
		out.Profiles = append(out.Profiles, Profile(p))
	}
	for _, z := range d.ZeroCopy {
		out.ZeroCopy = append(out.ZeroCopy, ZeroCopy{Memory: string(z.Memory), Format: z.Format, Scales: z.Scales})
	}
	return out
}
