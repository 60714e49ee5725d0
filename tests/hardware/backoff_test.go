// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/hw"
)

// TestSessionsThatOpenAndFail: hardware is not back before it has encoded a picture, and what
// opens sessions only to fail is asked less and less often.
func TestSessionsThatOpenAndFail(t *testing.T) {
	d := useDriver(t, "intel")
	happened := collectEvents(t)
	encoders := onDouble(hw.Auto)
	encoders.RetryAfter, encoders.RetryAtMost = 50*time.Millisecond, time.Minute
	k := newCall(t, encoders)
	k.more(5)
	from := len(k.all())
	opened := func() int { return len(d.lines("context")) }
	before := opened()
	start := time.Now()
	d.setFault(t, "end@0+")
	// Each attempt opens two: a trial and one to encode with.
	k.run("five attempts", func() bool { return opened() >= before+10 })
	require.GreaterOrEqual(t, time.Since(start), (50+100+200+400+800)*time.Millisecond)
	require.Len(t, happened.list(), 1)
	require.False(t, happened.list()[0].Restored)
	d.setFault(t, "")
	k.run("the return to hardware", func() bool { return len(happened.list()) == 2 })
	require.True(t, happened.list()[1].Restored)
	k.more(5)
	require.Equal(t, "VAAPI", k.implementation())
	require.Zero(t, k.gaps(from))
}
