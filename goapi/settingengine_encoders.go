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
	w.Strs(o.Codecs)
	w.I64(o.OpenTimeout.Milliseconds())
	w.I64(o.FrameTimeout.Milliseconds())
	w.I64(o.RetryAfter.Milliseconds())
	w.I64(o.RetryAtMost.Milliseconds())
}

// SetVideoEncoders chooses among the encoders that SettingEngine.SetVideoEncoders made
// available: which of them encode what this sender sends, from the next frame on, with
// a key frame if the encoder changes. Of encoders only Use, Backend and Device
// count. hw.Software uses no GPU, hw.Require nothing else, and hw.Auto goes on in
// software where no GPU that was asked for encodes. What is negotiated stays as it
// is: RTPTransceiver.SetCodecPreferences changes that. The choice belongs to the sender for
// its life, whatever its track. A sender of audio, and one whose API uses software alone, is
// an InvalidStateError; software for one whose API requires GPUs an OperationError.
func (s *RTPSender) SetVideoEncoders(encoders hw.Encoders) error {
	p, done, err := s.use()
	if err != nil {
		return err
	}
	defer done()
	of := s.pc.rt.settings.encoders
	switch {
	case s.transceiver.kind != RTPCodecTypeVideo:
		return newError(invalidStateError, "a sender of audio has no video encoders", nil)
	case of.Use == hw.Software:
		return newError(invalidStateError, "the API uses no GPU: SettingEngine.SetVideoEncoders", nil)
	case of.Use == hw.Require && encoders.Use == hw.Software:
		return newError(operationError, "the API uses GPUs alone", nil)
	}
	var in cgo.Writer
	in.Bool(encoders.Use != hw.Software)
	in.Bool(encoders.Use == hw.Require)
	in.Str(string(encoders.Backend))
	in.Str(encoders.Device)
	cgo.HardwareChoose(p, &in)
	return nil
}
