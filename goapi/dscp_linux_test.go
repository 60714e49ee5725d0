// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// typesOfService returns the marks (IP_TOS) that the datagram sockets of this process
// send with, but for those of sockets without one.
func typesOfService(t *testing.T) (marks []int) {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	require.NoError(t, err)
	for _, e := range entries {
		fd, err := strconv.Atoi(e.Name())
		require.NoError(t, err)
		if kind, err := unix.GetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_TYPE); err != nil || kind != unix.SOCK_DGRAM {
			continue
		}
		if tos, err := unix.GetsockoptInt(fd, unix.IPPROTO_IP, unix.IP_TOS); err == nil && tos != 0 {
			marks = append(marks, tos)
		}
	}
	return marks
}

// TestNetworkPriorityMarksPackets looks at the sockets that libwebrtc sends with.
func TestNetworkPriorityMarksPackets(t *testing.T) {
	for _, c := range []struct {
		kind     RTPCodecType
		priority PriorityType
		dscp     int // RFC 8837, section 5
	}{
		{RTPCodecTypeVideo, PriorityTypeHigh, 34}, {RTPCodecTypeVideo, PriorityTypeMedium, 36}, {RTPCodecTypeVideo, PriorityTypeVeryLow, 8},
		{RTPCodecTypeAudio, PriorityTypeHigh, 46}, {RTPCodecTypeAudio, PriorityTypeVeryLow, 8},
	} {
		for _, enabled := range []bool{true, false} {
			t.Run(c.kind.String()+" "+c.priority.String()+" "+strconv.FormatBool(enabled), func(t *testing.T) {
				api := loopbackAPI(func(s *SettingEngine) { s.SetDSCP(enabled) })
				a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
				transceiver, err := a.AddTransceiverFromKind(c.kind, RTPTransceiverInit{
					Direction:     RTPTransceiverDirectionSendonly,
					SendEncodings: []RTPEncodingParameters{{Priority: PriorityTypeLow, NetworkPriority: c.priority}},
				})
				require.NoError(t, err)
				negotiate(t, a, b)
				require.NoError(t, setEncoding(t, transceiver.Sender(), func(e *RTPEncodingParameters, _ []RTPCodecParameters) {
					e.NetworkPriority = c.priority
				}))
				if enabled {
					eventually(t, func() bool { return slices.Contains(typesOfService(t), c.dscp<<2) }, "packets are marked")
					return
				}
				assert.NotContains(t, typesOfService(t), c.dscp<<2)
			})
		}
	}
}
