// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"time"

	"github.com/nativertc/nativertc/cgo"
)

// GetConfiguration returns a copy of the configuration, its defaults filled in.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-getconfiguration
func (pc *PeerConnection) GetConfiguration() Configuration {
	pc.mu.Lock()
	defer pc.mu.Unlock()
	c := pc.configuration.withDefaults()
	if pc.identity.ownCertificate {
		c.Certificates = nil
	}
	return c
}

// SetConfiguration replaces the configuration. It fails with
// InvalidModificationError for what cannot change any more, else as
// NewPeerConnection does.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-setconfiguration
func (pc *PeerConnection) SetConfiguration(configuration Configuration) error {
	p, done, err := pc.use()
	if err != nil {
		return err
	}
	defer done()
	if err := configuration.validate(time.Now()); err != nil {
		return err
	}
	pc.mu.Lock()
	current, poolFixed := pc.configuration, pc.localSet
	pc.mu.Unlock()
	established := current
	established.PeerIdentity = pc.identity.targetIdentity()
	if err := configuration.validateChange(established, poolFixed); err != nil {
		return err
	}
	next := configuration.withDefaults()
	if next.PeerIdentity == "" {
		next.PeerIdentity = current.PeerIdentity
	}
	if next.Certificates == nil {
		next.Certificates = current.Certificates
	}
	var in cgo.Writer
	release := writeConfiguration(&in, &next, pc.rt.settings)
	defer release()
	if err := cgo.PeerConnectionSetConfiguration(p, &in); err != nil {
		return nativeError(err)
	}
	pc.mu.Lock()
	pc.configuration = next
	pc.mu.Unlock()
	return nil
}

// BitrateSettings bounds what the connection sends altogether, in bit/s. Zero
// leaves a bound as it is.
type BitrateSettings struct {
	Min, Start, Max int
}

// SetBitrate bounds the bandwidth estimate of the connection. Beyond the W3C:
// it is libwebrtc's PeerConnectionInterface::SetBitrate. Bounds that contradict
// each other are an InvalidAccessError.
func (pc *PeerConnection) SetBitrate(b BitrateSettings) error {
	p, done, err := pc.use()
	if err != nil {
		return err
	}
	defer done()
	var in cgo.Writer
	for _, v := range []int{b.Min, b.Start, b.Max} {
		in.Bool(v != 0)
		if v != 0 {
			in.I32(int32(min(max(v, -1), 1<<31-1)))
		}
	}
	return nativeError(cgo.PeerConnectionSetBitrate(p, &in))
}

func (pc *PeerConnection) applyBitrate(s *SettingEngine) error {
	b := s.bitrateSettings()
	if b == (BitrateSettings{}) {
		return nil
	}
	return pc.SetBitrate(b)
}
