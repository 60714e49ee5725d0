// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package interop

import (
	"testing"

	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"

	"github.com/nativertc/nativertc/tests/internal/nativepeer"
)

// selectedLocalCandidate returns the statistics of the local candidate in use, or
// nil where there is none.
func selectedLocalCandidate(t *testing.T, p *nativepeer.Peer) *webrtc.ICECandidateStats {
	t.Helper()
	report, err := p.GetStats()
	require.NoError(t, err)
	for _, transport := range webrtc.StatsOf[*webrtc.TransportStats](report) {
		if transport.SelectedCandidatePairID == nil {
			continue
		}
		pair, ok := report.Get(*transport.SelectedCandidatePairID)
		require.True(t, ok)
		local, ok := report.Get(pair.(*webrtc.ICECandidatePairStats).LocalCandidateID)
		require.True(t, ok)
		return local.(*webrtc.ICECandidateStats)
	}
	return nil
}
