// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"testing"

	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tests/internal/media"
)

func TestAV1(t *testing.T) {
	for _, mode := range []string{"L1T1", "L1T3"} {
		t.Run(mode, func(t *testing.T) {
			d := useDriver(t, "intel")
			c := newPionCall(t, media.AV1, onDouble(hw.Auto), webrtc.RTPEncodingParameters{ScalabilityMode: mode})
			c.judge(c.record(30))
			require.Equal(t, "VAAPI", c.implementation())
			require.Empty(t, d.lines("refused:"))
			c.failAndReturn(d, "end@0+ context", "VAAPI")
		})
	}
}
