// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const patience = 30 * time.Second

func TestTheCallIsReported(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var all []sample
	err := run(ctx, 100*time.Millisecond, func(s sample) {
		all = append(all, s)
		if s.bitsPerSec != nil && *s.bitsPerSec > 0 && s.framesPerSec != nil && s.roundTrip != nil &&
			s.jitter != nil && s.lost != nil && s.decoded != nil && *s.decoded > 0 {
			cancel()
		}
	})
	require.ErrorIs(t, err, context.Canceled, "reported %v", all)
	last := all[len(all)-1]
	assert.Contains(t, last.codec, "video/")
	assert.NotContains(t, last.String(), "-,")
}

func TestWhatIsNotKnownIsADash(t *testing.T) {
	assert.Equal(t, " - kbit/s, - frames/s, round trip -, jitter -, - packets lost, - frames decoded", newSample(nil, nil, nil).String())
}
