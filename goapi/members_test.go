// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCertificatesPersist keeps a certificate of each required kind in a file, and
// proves a second connection by it: the other peer sees the same one.
func TestCertificatesPersist(t *testing.T) {
	algorithms := GetSupportedAlgorithms()
	assert.Equal(t, []KeyAlgorithm{KeyAlgorithmECDSA(), KeyAlgorithmRSA()}, algorithms)
	for _, algorithm := range algorithms {
		t.Run(algorithm.Name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "certificate.pem")
			c, err := GenerateCertificateFromAlgorithm(algorithm)
			require.NoError(t, err)
			text, err := c.PEM()
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
			fingerprints, err := c.GetFingerprints()
			require.NoError(t, err)

			for range 2 {
				text, err := os.ReadFile(file)
				require.NoError(t, err)
				read, err := CertificateFromPEM(string(text))
				require.NoError(t, err)
				assert.Equal(t, c.Expires(), read.Expires())
				api := loopbackAPI()
				a, b := newPairOf(t, api, api, Configuration{Certificates: []Certificate{*read}}, Configuration{})
				channelPair(t, a, b, nil)
				assert.Contains(t, strings.ToLower(a.LocalDescription().SDP),
					"a=fingerprint:"+fingerprints[0].Algorithm+" "+fingerprints[0].Value)
				assert.Equal(t, [][]byte{c.X509().Raw}, b.SCTP().Transport().GetRemoteCertificates())
				require.NoError(t, a.Close())
			}
		})
	}
}

// TestStatsOfACall looks at the statistics that the specification has, of a call
// with sound both ways.
func TestStatsOfACall(t *testing.T) {
	api, a, b := rtpPair(t)
	for _, pc := range []*PeerConnection{a, b} {
		track, source := audioSourceTrack(t, api)
		sendTone(t, source)
		_, err := pc.AddTrack(track)
		require.NoError(t, err)
	}
	negotiate(t, a, b)
	var out *OutboundRTPStreamStats
	var in *InboundRTPStreamStats
	var report *StatsReport
	eventually(t, func() bool {
		var err error
		report, err = a.GetStats()
		require.NoError(t, err)
		outs, ins := StatsOf[*OutboundRTPStreamStats](report), StatsOf[*InboundRTPStreamStats](report)
		if len(outs) != 1 || len(ins) != 1 {
			return false
		}
		out, in = outs[0], ins[0]
		// The remote ids come with the first report of RTCP.
		return out.RemoteID != nil && in.RemoteID != nil && *out.PacketsSent > 0 && *in.PacketsReceived > 0
	}, "statistics both ways")
	assert.Equal(t, StatsTypeOutboundRTP, out.Type)
	assert.Equal(t, StatsTypeInboundRTP, in.Type)
	assert.EqualValues(t, a.GetSenders()[0].GetParameters().Encodings[0].SSRC, out.SSRC)
	assert.EqualValues(t, b.GetSenders()[0].GetParameters().Encodings[0].SSRC, in.SSRC)
	assert.Greater(t, *out.BytesSent, uint64(0))
	assert.Greater(t, *in.BytesReceived, uint64(0))
	assert.False(t, out.Timestamp.Time().IsZero())

	// The report is a map: by id, and with the ids that objects name.
	again, ok := report.Get(out.ID)
	require.True(t, ok)
	assert.Same(t, out, again)
	remote, ok := report.Get(*out.RemoteID)
	require.True(t, ok)
	assert.Equal(t, StatsTypeRemoteInboundRTP, remote.Base().Type)
	_, ok = report.Get(*in.RemoteID)
	assert.True(t, ok)
	assert.Len(t, report.IDs(), report.Len())
}

// TestRetransmissionStreamsAreReported compares the parameters with the
// descriptions and the statistics.
func TestRetransmissionStreamsAreReported(t *testing.T) {
	api, a, b := rtpPair(t)
	track, source := videoSourceTrack(t, api)
	sendPictures(t, source, 64, 48)
	sender, err := a.AddTrack(track)
	require.NoError(t, err)
	negotiate(t, a, b)
	parameters := sender.GetParameters()
	encoding := parameters.Encodings[0]
	require.NotZero(t, encoding.SSRC)
	require.NotZero(t, encoding.RTX.SSRC)
	assert.Contains(t, a.LocalDescription().SDP, fmt.Sprintf("a=ssrc-group:FID %d %d\r\n", encoding.SSRC, encoding.RTX.SSRC))
	assert.Zero(t, encoding.FEC.SSRC, "FlexFEC is not sent")
	require.NoError(t, sender.SetParameters(parameters), "what is reported may be given back")
	parameters = sender.GetParameters()
	parameters.Encodings[0].RTX.SSRC++
	requireError(t, invalidModificationError, sender.SetParameters(parameters))

	eventually(t, func() bool {
		received := b.GetReceivers()[0].GetParameters().Encodings
		return len(received) == 1 && received[0].SSRC == encoding.SSRC && received[0].RTX == encoding.RTX
	}, "the receiver's parameters")

	streams := readRepairStreams(&SessionDescription{SDP: "v=0\r\n" +
		"m=audio 9 x 0\r\na=mid:0\r\na=ssrc-group:FID 9 8\r\n" +
		"m=video 9 x 96\r\na=mid:1\r\na=ssrc-group:FID 1 2\r\na=ssrc-group:FEC-FR 1 3\r\na=ssrc-group:FID x\r\na=ssrc-group:SIM 1 4\r\n"}, "1")
	coding := RTPCodingParameters{SSRC: 1}
	streams.fillIn(&coding)
	assert.Equal(t, RTPCodingParameters{SSRC: 1, RTX: RTPRtxParameters{SSRC: 2}, FEC: RTPFecParameters{SSRC: 3}}, coding)
	coding = RTPCodingParameters{}
	streams.fillIn(&coding)
	assert.Zero(t, coding)
}
