// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tests/doubles"
)

// TestChoiceOfASender: a GPU of several, software, and back, each from the next picture on
// and without one missing.
func TestChoiceOfASender(t *testing.T) {
	d := useNVENC(t)
	t.Setenv("NATIVERTC_CUDA_DOUBLE_GPUS", "2")
	encoders := onDouble(hw.Auto)
	encoders.Backend, encoders.Device = hw.NVENC, ""
	c := newCall(t, encoders)
	other := newCall(t, encoders)
	sender, otherSender := c.sender.GetSenders()[0], other.sender.GetSenders()[0]
	require.NoError(t, otherSender.SetVideoEncoders(hw.Encoders{Use: hw.Require, Device: "1"}))
	open := func() [2]int { return [2]int{hw.OpenSessions("0"), hw.OpenSessions("1")} }
	other.more(5)
	require.Equal(t, [2]int{0, 1}, open())
	c.more(5)
	require.Equal(t, [2]int{1, 1}, open(), "the GPU with less to do")
	from := len(c.all())
	for _, step := range []struct {
		choice         hw.Encoders
		implementation string
		open           [2]int
	}{
		{hw.Encoders{Use: hw.Auto, Device: "1"}, "NVENC", [2]int{0, 2}},
		{hw.Encoders{}, "OpenH264", [2]int{0, 1}},
		{hw.Encoders{Use: hw.Require, Backend: hw.NVENC, Device: "0"}, "NVENC", [2]int{1, 1}},
		{hw.Encoders{Use: hw.Auto, Backend: hw.VAAPI}, "OpenH264", [2]int{0, 1}},
		{hw.Encoders{Use: hw.Auto}, "NVENC", [2]int{1, 1}},
	} {
		require.NoError(t, sender.SetVideoEncoders(step.choice))
		c.step(width, height)
		c.step(width, height)
		require.Equal(t, step.open, open(), "%v", step.choice)
		c.eventually(func() bool { return c.implementation() == step.implementation }, step.implementation)
		c.more(3)
	}
	require.Zero(t, c.gaps(from))
	require.Empty(t, d.lines("refused:"))

	// A device that is none: software, unless GPUs are required.
	happened := collectEvents(t)
	require.NoError(t, sender.SetVideoEncoders(hw.Encoders{Use: hw.Require, Device: "7"}))
	c.push(width, height)
	c.eventually(func() bool { return len(happened.list()) == 1 }, "an event")
	require.Contains(t, happened.list()[0].Reason, "no device as the sender asks for")
}

func TestChoicesThatAreNone(t *testing.T) {
	useDriver(t, "intel")
	of := func(encoders hw.Encoders, kind webrtc.RTPCodecType) *webrtc.RTPSender {
		pc, err := newAPI(encoders).NewPeerConnection(webrtc.Configuration{})
		require.NoError(t, err)
		t.Cleanup(func() { _ = pc.Close() })
		transceiver, err := pc.AddTransceiverFromKind(kind, webrtc.RTPTransceiverInit{})
		require.NoError(t, err)
		return transceiver.Sender()
	}
	var state *webrtc.InvalidStateError
	require.ErrorAs(t, of(onDouble(hw.Auto), webrtc.RTPCodecTypeAudio).SetVideoEncoders(hw.Encoders{}), &state)
	require.ErrorAs(t, of(hw.Encoders{}, webrtc.RTPCodecTypeVideo).SetVideoEncoders(hw.Encoders{Use: hw.Auto}), &state)
	var operation *webrtc.OperationError
	require.ErrorAs(t, of(onDouble(hw.Require), webrtc.RTPCodecTypeVideo).SetVideoEncoders(hw.Encoders{}), &operation)
	require.NoError(t, of(onDouble(hw.Auto), webrtc.RTPCodecTypeVideo).SetVideoEncoders(hw.Encoders{}))
}

// TestOrderOfCodecs: what is offered first is encoded, whichever the application
// puts there; and what no device encodes is not offered where GPUs are required.
func TestOrderOfCodecs(t *testing.T) {
	for _, want := range []struct{ persona, mime, fmtp, profile, implementation string }{
		{"intel", webrtc.MimeTypeH264, "profile-level-id=4d001f", "profile=6 ", "VAAPI"},
		{"intel", webrtc.MimeTypeH264, "profile-level-id=42e01f", "profile=13 ", "VAAPI"},
		{"intel", webrtc.MimeTypeVP8, "", "profile=14 ", "VAAPI"},
		{"intel", webrtc.MimeTypeVP9, "profile-id=0", "profile=19 ", "VAAPI"},
		{"h264", webrtc.MimeTypeVP8, "", "", "libvpx"},
	} {
		t.Run(want.persona+" "+want.mime+" "+want.fmtp, func(t *testing.T) {
			d := useDriver(t, want.persona)
			encoders := onDouble(hw.Auto)
			if want.persona == "h264" {
				encoders.Device = doubles.OtherVANode
			}
			c := newSender(t, encoders)
			capabilities, err := newAPI(encoders).GetRTPSenderCapabilities(webrtc.RTPCodecTypeVideo)
			require.NoError(t, err)
			codecs := capabilities.Codecs
			first := slices.IndexFunc(codecs, func(codec webrtc.RTPCodecCapability) bool {
				return codec.MimeType == want.mime && strings.Contains(codec.SDPFmtpLine, want.fmtp)
			})
			require.GreaterOrEqual(t, first, 0)
			codecs = append([]webrtc.RTPCodecCapability{codecs[first]}, slices.Delete(slices.Clone(codecs), first, first+1)...)
			require.NoError(t, c.transceiver.SetCodecPreferences(codecs))
			c.connect().more(5)
			require.Equal(t, want.implementation, c.implementation())
			if want.profile != "" {
				require.Contains(t, d.lines("config")[len(d.lines("config"))-1], want.profile)
			}
		})
	}
}
