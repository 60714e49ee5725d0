// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// recorder keeps what a handler is given.
type recorder[T any] struct {
	mu   sync.Mutex
	seen []T
}

func (r *recorder[T]) add(v T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, v)
}

func (r *recorder[T]) all() []T {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]T(nil), r.seen...)
}

func TestTransportsOfADataConnection(t *testing.T) {
	a, b := newPair(t)
	require.Nil(t, a.SCTP(), "nothing is negotiated")

	arrived := make(chan *DataChannel, 1)
	b.OnDataChannel(func(c *DataChannel) { arrived <- c })
	channel, err := a.CreateDataChannel("data", nil)
	require.NoError(t, err)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, a.SetLocalDescription(offer))

	sctp := a.SCTP()
	require.NotNil(t, sctp)
	require.Equal(t, SCTPTransportStateConnecting, sctp.State())
	dtls := sctp.Transport()
	require.NotNil(t, dtls)
	ice := dtls.Transport()
	require.Equal(t, DTLSTransportStateNew, dtls.State())
	require.Empty(t, dtls.GetRemoteCertificates())
	require.Nil(t, dtls.GetRemoteCertificate())
	require.Equal(t, ICETransportStateNew, ice.State())
	require.Equal(t, ICEComponentRTP, ice.Component())
	pair, err := ice.GetSelectedCandidatePair()
	require.NoError(t, err)
	require.Nil(t, pair)
	_, err = ice.GetRemoteParameters()
	var state *InvalidStateError
	require.ErrorAs(t, err, &state)

	var sctpStates recorder[SCTPTransportState]
	var dtlsStates recorder[DTLSTransportState]
	var iceStates recorder[ICETransportState]
	var pairs recorder[*ICECandidatePair]
	// The attribute may be ahead of the handler: an operation that has ended in
	// between, such as the adding of a candidate, has shown the states up to it.
	sctp.OnStateChange(func(s SCTPTransportState) {
		assert.Equal(t, s == SCTPTransportStateClosed, sctp.State() == SCTPTransportStateClosed)
		sctpStates.add(s)
	})
	dtls.OnStateChange(func(s DTLSTransportState) {
		assert.NotEqual(t, DTLSTransportStateNew, dtls.State())
		dtlsStates.add(s)
	})
	ice.OnConnectionStateChange(func(s ICETransportState) { iceStates.add(s) })
	ice.OnSelectedCandidatePairChange(func(p *ICECandidatePair) { pairs.add(p) })

	require.NoError(t, b.SetRemoteDescription(offer))
	answer, err := b.CreateAnswer(nil)
	require.NoError(t, err)
	require.NoError(t, b.SetLocalDescription(answer))
	require.NoError(t, a.SetRemoteDescription(answer))
	theirs := receive(t, arrived, "the channel")
	eventually(t, func() bool { return channel.ReadyState() == DataChannelStateOpen }, "open")

	// So it may be ahead here.
	eventually(t, func() bool { return len(sctpStates.all()) > 0 && len(dtlsStates.all()) >= 2 && len(pairs.all()) > 0 }, "the handlers")
	require.Equal(t, SCTPTransportStateConnected, sctp.State())
	require.Equal(t, DTLSTransportStateConnected, dtls.State())
	require.Contains(t, sctpStates.all(), SCTPTransportStateConnected)
	require.Equal(t, []DTLSTransportState{DTLSTransportStateConnecting, DTLSTransportStateConnected}, dtlsStates.all())
	require.Contains(t, iceStates.all(), ICETransportStateChecking)
	require.Contains(t, iceStates.all(), ICETransportStateConnected)
	require.NotEmpty(t, pairs.all())
	for i, p := range pairs.all()[1:] {
		require.False(t, p.equals(pairs.all()[i]), "a change of pair is one")
	}

	require.Same(t, sctp, a.SCTP())
	require.Same(t, sctp, channel.Transport())
	require.Same(t, dtls, sctp.Transport())
	require.Same(t, ice, dtls.Transport())
	require.Same(t, ice, dtls.ICETransport())
	require.Same(t, theirs.Transport(), b.SCTP())

	require.Positive(t, sctp.MaxMessageSize())
	require.Positive(t, sctp.MaxChannels())
	require.Len(t, dtls.GetRemoteCertificates(), 1)

	require.Equal(t, ICERoleControlling, ice.Role())
	require.Equal(t, ICERoleControlled, b.SCTP().Transport().Transport().Role())
	otherICE := b.SCTP().Transport().Transport()
	ours, err := ice.GetLocalParameters()
	require.NoError(t, err)
	theirsRemote, err := otherICE.GetRemoteParameters()
	require.NoError(t, err)
	require.Equal(t, ours, theirsRemote)
	require.NotEmpty(t, ours.Password)
	require.Contains(t, a.LocalDescription().SDP, "a=ice-ufrag:"+ours.UsernameFragment)

	pair, err = ice.GetSelectedCandidatePair()
	require.NoError(t, err)
	require.NotNil(t, pair)
	require.NotZero(t, pair.Local.Port)
	require.NotEmpty(t, pair.Remote.Address)
	require.Contains(t, pair.String(), "typ")
	locals, err := ice.GetLocalCandidates()
	require.NoError(t, err)
	require.NotEmpty(t, locals)
	for _, c := range locals {
		require.NotEmpty(t, c.Address)
		require.Equal(t, "0", c.SDPMid)
	}
	eventually(t, func() bool {
		remotes, err := ice.GetRemoteCandidates()
		return err == nil && len(remotes) > 0
	}, "remote candidates")
	eventually(t, func() bool { return ice.GatheringState() == ICEGatheringStateComplete }, "gathering")

	stats, ok := ice.GetSelectedCandidatePairStats()
	require.True(t, ok)
	require.NotNil(t, stats.BytesSent)
	require.Positive(t, *stats.BytesSent)

	require.NoError(t, a.GracefulClose())
	require.Equal(t, SCTPTransportStateClosed, sctp.State())
	require.Equal(t, DTLSTransportStateClosed, dtls.State())
	require.Equal(t, ICETransportStateClosed, ice.State())
	last := sctpStates.all()
	require.Equal(t, SCTPTransportStateClosed, last[len(last)-1], "as in browsers")
	require.NotContains(t, dtlsStates.all(), DTLSTransportStateClosed, "Close raises no event")
	require.NotContains(t, iceStates.all(), ICETransportStateClosed)
	require.Same(t, sctp, a.SCTP())
	require.Same(t, dtls, sctp.Transport())
	require.Equal(t, ICERoleControlling, ice.Role())
	_, err = ice.GetLocalCandidates()
	require.ErrorIs(t, err, ErrConnectionClosed)
	_, err = ice.GetLocalParameters()
	require.ErrorIs(t, err, ErrConnectionClosed)
	_, ok = ice.GetSelectedCandidatePairStats()
	require.False(t, ok)
}

func TestTransportsNoticeTheOtherSideClosing(t *testing.T) {
	a, b := newPair(t)
	channelPair(t, a, b, nil)
	sctp := a.SCTP()
	dtls := sctp.Transport()
	closed := make(chan DTLSTransportState, 4)
	dtls.OnStateChange(func(s DTLSTransportState) { closed <- s })
	require.NoError(t, b.Close())
	require.Equal(t, DTLSTransportStateClosed, receive(t, closed, "close_notify"))
	require.Equal(t, DTLSTransportStateClosed, dtls.State())
}

func TestICETransportRestart(t *testing.T) {
	a, b := newPair(t)
	channelPair(t, a, b, nil)
	ice := a.SCTP().Transport().Transport()
	before, err := ice.GetLocalParameters()
	require.NoError(t, err)
	a.RestartICE()
	negotiate(t, a, b)
	after, err := ice.GetLocalParameters()
	require.NoError(t, err)
	require.NotEqual(t, before, after)
	require.Same(t, ice, a.SCTP().Transport().Transport(), "a restart keeps the transport")
	eventually(t, func() bool {
		candidates, err := ice.GetLocalCandidates()
		if err != nil || len(candidates) == 0 {
			return false
		}
		for _, c := range candidates {
			if c.UsernameFragment != "" && c.UsernameFragment != after.UsernameFragment {
				return false
			}
		}
		return true
	}, "candidates of the new generation only")
}

func TestTransportsAreOneObjectForManyGoroutines(t *testing.T) {
	a, b := newPair(t)
	channelPair(t, a, b, nil)
	var wg sync.WaitGroup
	found := make([]*DTLSTransport, 16)
	for i := range found {
		wg.Add(1)
		go func() {
			defer wg.Done()
			found[i] = a.SCTP().Transport()
		}()
	}
	wg.Wait()
	for _, d := range found {
		require.NotNil(t, d)
		require.Same(t, found[0], d)
	}
}

func TestTransportsWhileClosing(t *testing.T) {
	for range 10 {
		a, b := newPair(t)
		channelPair(t, a, b, nil)
		var wg sync.WaitGroup
		for range 4 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for range 50 {
					sctp := a.SCTP()
					if sctp == nil {
						continue
					}
					if dtls := sctp.Transport(); dtls != nil {
						dtls.Transport().Role()
						_, _ = dtls.Transport().GetLocalCandidates()
						dtls.GetRemoteCertificates()
					}
				}
			}()
		}
		require.NoError(t, a.Close())
		wg.Wait()
		if sctp := a.SCTP(); sctp != nil {
			require.Equal(t, SCTPTransportStateClosed, sctp.State())
			require.Nil(t, sctp.ref.Acquire(), "released")
		}
	}
}

func TestDTLSTransportFailsOnAWrongFingerprint(t *testing.T) {
	api := loopbackAPI()
	a, b := newPairOf(t, api, api, Configuration{}, Configuration{})
	_, err := a.CreateDataChannel("", nil)
	require.NoError(t, err)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, a.SetLocalDescription(offer))
	wrong := offer
	wrong.SDP = replaceFingerprint(t, offer.SDP)
	require.NoError(t, b.SetRemoteDescription(wrong))
	answer, err := b.CreateAnswer(nil)
	require.NoError(t, err)
	require.NoError(t, b.SetLocalDescription(answer))
	dtls := b.SCTP().Transport()
	failures := make(chan error, 1)
	dtls.OnError(func(err error) { failures <- err })
	require.NoError(t, a.SetRemoteDescription(answer))
	err = receive(t, failures, "the handshake fails")
	var rtcErr *RTCError
	require.ErrorAs(t, err, &rtcErr)
	require.Equal(t, ErrorDetailDTLSFailure, rtcErr.ErrorDetail)
	require.Equal(t, DTLSTransportStateFailed, dtls.State())
}

// replaceFingerprint puts another certificate's fingerprint into sdp.
func replaceFingerprint(t *testing.T, sdp string) string {
	t.Helper()
	other, err := GenerateCertificateFromAlgorithm(KeyAlgorithmECDSA())
	require.NoError(t, err)
	lines := strings.Split(sdp, "\r\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "a=fingerprint:") {
			lines[i] = "a=fingerprint:sha-256 " + strings.ToUpper(fingerprintOf(other.X509()))
		}
	}
	return strings.Join(lines, "\r\n")
}
