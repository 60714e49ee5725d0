// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tests/doubles"
)

// events collects what happens to encoders for the time of a test.
type events struct {
	mu  sync.Mutex
	all []hw.Event
}

func collectEvents(t *testing.T) *events {
	e := &events{}
	hw.OnEvent(func(event hw.Event) {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.all = append(e.all, event)
	})
	t.Cleanup(func() { hw.OnEvent(nil) })
	return e
}

func (e *events) list() []hw.Event {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]hw.Event(nil), e.all...)
}

func (c *call) inSoftware() bool { return strings.HasPrefix(c.implementation(), "OpenH264") }

// TestFallsBackOnTheVeryFrame: whatever fails, the pictures go on in software without
// a gap, from a key frame, and hardware comes back when it works again.
func TestFallsBackOnTheVeryFrame(t *testing.T) {
	for _, c := range []struct{ persona, fault, reason string }{
		{"intel", "end@0+", "encode a picture"},
		{"intel", "overflow@0+", "overflow"},
		{"intel", "garbage@0+", "no picture"},
		{"intel", "hang@0+", "finish a picture"},
		{"mesa", "hang@0+", "in time"},
	} {
		t.Run(c.persona+" "+c.fault, func(t *testing.T) {
			d := useDriver(t, c.persona)
			happened := collectEvents(t)
			encoders := onDouble(hw.Auto)
			encoders.RetryAfter = 100 * time.Millisecond
			encoders.RetryAtMost = 400 * time.Millisecond
			encoders.OpenTimeout = 2 * time.Second
			if strings.HasPrefix(c.fault, "hang") {
				encoders.FrameTimeout = 3 * time.Second
			}
			k := newCall(t, encoders)
			k.more(10)
			require.Equal(t, "VAAPI", k.implementation())
			from, keys := len(k.all()), k.keyFrames()

			// The driver opens no session as long as it is at fault.
			d.setFault(t, c.fault+" context")
			// The picture that fails, and the one with which libwebrtc asks for a name.
			k.step(width, height)
			k.step(width, height)
			k.eventually(k.inSoftware, "software in the statistics")
			k.more(10)
			require.Greater(t, k.keyFrames(), keys)
			require.Zero(t, k.gaps(from))
			all := happened.list()
			require.Len(t, all, 1)
			require.False(t, all[0].Restored)
			require.Contains(t, all[0].Reason, c.reason)
			require.Equal(t, doubles.VANode, all[0].Device)
			require.Equal(t, [2]int{width, height}, [2]int{all[0].Width, all[0].Height})
			for _, s := range k.outbound() {
				if s.PowerEfficientEncoder != nil {
					require.False(t, *s.PowerEfficientEncoder)
				}
			}

			d.setFault(t, "")
			k.run("the return to hardware", func() bool { return k.implementation() == "VAAPI" })
			k.more(10)
			require.Zero(t, k.gaps(from))
			all = happened.list()
			require.True(t, all[len(all)-1].Restored)
			require.Equal(t, all[0].Encoder, all[len(all)-1].Encoder)
			k.eventually(func() bool { return hw.OpenSessions("") == 1 }, "a single session")
			require.Empty(t, d.lines("refused:"))
		})
	}
}

// TestFallsBackAtOnce: a driver that opened sessions when it was asked what it
// does, and then refuses.
func TestFallsBackAtOnce(t *testing.T) {
	for _, fault := range []string{"init", "config", "context"} {
		t.Run(fault, func(t *testing.T) {
			d := useDriver(t, "intel")
			_, err := newAPI(onDouble(hw.Auto)).GetRTPSenderCapabilities(webrtc.RTPCodecTypeVideo)
			require.NoError(t, err)
			d.setFault(t, fault)
			k := newCall(t, onDouble(hw.Auto))
			k.more(10)
			require.True(t, k.inSoftware(), k.implementation())
			require.Zero(t, hw.OpenSessions(""))
		})
	}
}

// TestRequireHardware: no software steps in, and the device is tried again.
func TestRequireHardware(t *testing.T) {
	d := useDriver(t, "intel")
	happened := collectEvents(t)
	encoders := onDouble(hw.Require)
	encoders.RetryAfter, encoders.RetryAtMost = 100*time.Millisecond, 200*time.Millisecond
	k := newCall(t, encoders)
	k.more(5)
	d.setFault(t, "end@0+ context")
	k.free = true
	k.run("an error", func() bool { return len(happened.list()) > 0 })
	before := len(k.all())
	for range 10 {
		k.push(width, height)
		time.Sleep(30 * time.Millisecond)
	}
	require.False(t, k.inSoftware())
	require.LessOrEqual(t, len(k.all()), before+2, "what was under way, and no more")
	d.setFault(t, "")
	k.more(10)
	require.Equal(t, "VAAPI", k.implementation())
}

// TestSessionLimits: of the process and of the driver; what is beyond is encoded in
// software.
func TestSessionLimits(t *testing.T) {
	for name, limit := range map[string]int{"intel": 1, "two-sessions": 0} {
		t.Run(name, func(t *testing.T) {
			useDriver(t, name)
			hw.SetSessionLimit(limit)
			t.Cleanup(func() { hw.SetSessionLimit(0) })
			calls := []*call{newCall(t, onDouble(hw.Auto)), newCall(t, onDouble(hw.Auto)), newCall(t, onDouble(hw.Auto))}
			hardware := 0
			for _, k := range calls {
				k.more(5)
				if k.implementation() == "VAAPI" {
					hardware++
				} else {
					require.True(t, k.inSoftware(), k.implementation())
				}
			}
			want := 2
			if limit > 0 {
				want = limit
			}
			require.Equal(t, want, hardware)
			require.Equal(t, want, hw.OpenSessions(doubles.VANode))
		})
	}
}

// TestSimulcast: three layers, each with a session, that fall back each alone.
func TestSimulcast(t *testing.T) {
	d := useDriver(t, "intel")
	happened := collectEvents(t)
	var layers []webrtc.RTPEncodingParameters
	for i, rid := range []string{"q", "h", "f"} {
		layers = append(layers, webrtc.RTPEncodingParameters{
			RTPCodingParameters:   webrtc.RTPCodingParameters{RID: rid},
			ScaleResolutionDownBy: ptr(float64(int(4) >> i)),
			MaxBitrate:            ptr(uint64(5_000_000)),
		})
	}
	k := newCall(t, onDouble(hw.Auto), layers...)
	k.draw, k.free = hardlyMoving, true
	encoding := func() (sizes []int) {
		for _, s := range k.outbound() {
			if s.FramesEncoded != nil && *s.FramesEncoded > 5 {
				sizes = append(sizes, int(*s.FrameWidth))
			}
		}
		slices.Sort(sizes)
		return sizes
	}
	k.runSize(256, 192, "three layers", func() bool { return len(encoding()) == 3 })
	require.Equal(t, []int{64, 128, 256}, encoding())
	require.Equal(t, 3, hw.OpenSessions(doubles.VANode))
	require.NotContains(t, k.implementation(), "OpenH264")

	// One picture fails, of whichever layer is next.
	last := d.lines("picture")
	number, err := strconv.Atoi(strings.Fields(last[len(last)-1])[1])
	require.NoError(t, err)
	d.setFault(t, fmt.Sprintf("end@%d", number+12))
	k.runSize(256, 192, "a layer falls back", func() bool { return len(happened.list()) > 0 })
	count := func() (n uint32) {
		for _, s := range k.outbound() {
			n += *s.FramesEncoded
		}
		return n
	}
	before := count()
	k.runSize(256, 192, "more pictures", func() bool { return count() > before+30 })
	require.Len(t, happened.list(), 1)
	require.Equal(t, 2, hw.OpenSessions(doubles.VANode), "the other layers stay on hardware")
	require.Len(t, encoding(), 3)
	require.Contains(t, k.implementation(), "OpenH264")
	require.Contains(t, k.implementation(), "VAAPI")
}

func ptr[T any](v T) *T { return &v }
