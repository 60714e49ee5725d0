// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLibwebrtcRevision compares the revision with what differs between them:
// the codecs that can be sent.
func TestLibwebrtcRevision(t *testing.T) {
	require.Contains(t, []string{"debian", "m150"}, LibwebrtcRevision())
	capabilities, err := GetRTPSenderCapabilities(RTPCodecTypeVideo)
	require.NoError(t, err)
	av1 := slices.ContainsFunc(capabilities.Codecs, func(c RTPCodecCapability) bool { return c.MimeType == MimeTypeAV1 })
	require.Equal(t, LibwebrtcRevision() == "m150", av1)
}
