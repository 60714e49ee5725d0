// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"time"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// writeConfiguration writes what bridge/configuration_wire.h describes. release
// ends the loan of the certificates, when the call is over.
func writeConfiguration(w *cgo.Writer, c *Configuration, s *SettingEngine) (release func()) {
	cgo.WriteList(w, c.ICEServers, func(server ICEServer) {
		w.Strs(server.URLs)
		w.Str(server.Username)
		credential, _ := server.Credential.(string) // validate has seen to it
		w.Str(credential)
	})
	w.Str(c.ICETransportPolicy.String())
	w.Str(c.BundlePolicy.String())
	w.Str(c.RTCPMuxPolicy.String())
	w.I32(int32(c.ICECandidatePoolSize))
	release = writeCertificates(w, c.Certificates)

	w.I32(int32(s.minPort))
	w.I32(int32(s.maxPort))
	w.Bool(s.tcpCandidates())
	w.Bool(s.listenTCP)
	w.Bool(s.continualGathering)
	w.Bool(s.dscp)
	writeMilliseconds(w, s.disconnectedTimeout) // receiving
	writeMilliseconds(w, s.disconnectedTimeout) // unwritable
	writeMilliseconds(w, s.failedTimeout)       // inactive
	writeMilliseconds(w, 0)                     // checks: at libwebrtc's own pace
	writeMilliseconds(w, s.keepAliveInterval)   // checks of a backup pair
	writeMilliseconds(w, s.keepAliveInterval)   // checks of the selected pair while it is stable
	w.Bool(!s.noTURNVerification)
	w.I32(int32(min(s.jitterBufferMaxPackets, 1<<31-1)))
	w.Bool(s.jitterBufferAcceleration)
	w.Bool(!s.noCPUAdaptation)
	w.Bool(c.AlwaysNegotiateDataChannels)
	return release
}

// writeCertificates lends the certificates.
func writeCertificates(w *cgo.Writer, certificates []Certificate) (release func()) {
	var lent []*cgo.Ref
	var handles []unsafe.Pointer
	for _, c := range certificates {
		if c.c == nil {
			continue
		}
		if p := c.c.ref.Acquire(); p != nil {
			lent, handles = append(lent, c.c.ref), append(handles, p)
		}
	}
	cgo.WriteList(w, handles, w.Ref)
	return func() {
		for _, ref := range lent {
			ref.Release()
		}
	}
}

// writeMilliseconds writes an optional, absent for zero. What is too short to
// count, or negative, becomes 1.
func writeMilliseconds(w *cgo.Writer, d time.Duration) {
	if d == 0 {
		w.Bool(false)
		return
	}
	w.Bool(true)
	w.I32(int32(min(max(d.Milliseconds(), 1), 1<<31-1)))
}
