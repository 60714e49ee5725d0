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

func (c *call) inSoftware() bool {
	return slices.ContainsFunc([]string{"OpenH264", "libvpx", "libaom"}, func(name string) bool {
		return strings.HasPrefix(c.implementation(), name)
	})
}

// TestFallsBackOnTheVeryFrame: whatever fails, the pictures go on in software without
// a gap, from a key frame, and hardware comes back when it works again.
func TestFallsBackOnTheVeryFrame(t *testing.T) {
	vaapi, nvenc := backends[0], backends[1]
	for _, c := range []struct {
		backend        backend
		persona        string // of VAAPI
		fault, refusal string // of sessions, as long as there is a fault
		reason         string
	}{
		{vaapi, "intel", "end@0+", "context", "encode a picture"},
		{vaapi, "intel", "overflow@0+", "context", "overflow"},
		{vaapi, "intel", "garbage@0+", "context", "no picture"},
		{vaapi, "intel", "hang@0+", "context", "finish a picture"},
		{vaapi, "mesa", "hang@0+", "context", "in time"},
		{nvenc, "", "encode", "open", "encode a picture"},
		{nvenc, "", "overflow", "open", "finish a picture"},
		{nvenc, "", "garbage", "open", "no picture"},
		{nvenc, "", "hang", "open", "in time"},
	} {
		t.Run(strings.TrimSpace(string(c.backend.Backend)+" "+c.persona+" "+c.fault), func(t *testing.T) {
			d := c.backend.use(t)
			if c.persona != "" {
				t.Setenv("NATIVERTC_VA_DOUBLE_PERSONA", c.persona)
			}
			happened := collectEvents(t)
			encoders := c.backend.encoders(hw.Auto)
			encoders.RetryAfter = 100 * time.Millisecond
			encoders.RetryAtMost = 400 * time.Millisecond
			encoders.OpenTimeout = 2 * time.Second
			if strings.HasPrefix(c.fault, "hang") {
				encoders.FrameTimeout = 3 * time.Second
			}
			k := newCall(t, encoders)
			k.more(10)
			require.Equal(t, c.backend.implementation, k.implementation())
			from, keys := len(k.all()), k.keyFrames()

			// The driver opens no session as long as it is at fault.
			d.setFault(t, c.fault+" "+c.refusal)
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
			require.Equal(t, c.backend.device, all[0].Device)
			require.Equal(t, [2]int{width, height}, [2]int{all[0].Width, all[0].Height})
			for _, s := range k.outbound() {
				if s.PowerEfficientEncoder != nil {
					require.False(t, *s.PowerEfficientEncoder)
				}
			}

			d.setFault(t, "")
			k.run("the return to hardware", func() bool { return k.implementation() == c.backend.implementation })
			k.more(10)
			require.Zero(t, k.gaps(from))
			all = happened.list()
			require.True(t, all[len(all)-1].Restored)
			require.Equal(t, all[0].Encoder, all[len(all)-1].Encoder)
			k.eventually(func() bool { return hw.OpenSessions("") == 1 }, "a single session")
			if c.backend.Backend == hw.VAAPI {
				require.Empty(t, d.lines("refused:"))
			}
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
	forBackends(t, testSimulcast)
}

func testSimulcast(t *testing.T, b backend, d *driver) {
	happened := collectEvents(t)
	k := newCall(t, b.encoders(hw.Auto), layersOf()...)
	k.draw, k.free = hardlyMoving, true
	encoding := func() []int { return k.encodedWidths(5) }
	k.runSize(256, 192, "three layers", func() bool { return len(encoding()) == 3 })
	require.Equal(t, []int{64, 128, 256}, encoding())
	require.Equal(t, 3, hw.OpenSessions(b.device))
	require.NotContains(t, k.implementation(), "OpenH264")

	// One picture fails, of whichever layer is next.
	last := d.lines("picture")
	number, err := strconv.Atoi(strings.Fields(last[len(last)-1])[1])
	require.NoError(t, err)
	fault := map[hw.Backend]string{hw.VAAPI: "end", hw.NVENC: "encode"}[b.Backend]
	d.setFault(t, fmt.Sprintf("%s@%d", fault, number+12))
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
	require.Equal(t, 2, hw.OpenSessions(b.device), "the other layers stay on hardware")
	require.Len(t, encoding(), 3)
	require.Contains(t, k.implementation(), "OpenH264")
	require.Contains(t, k.implementation(), b.implementation)
}

// encodedWidths are those of the layers of which more pictures were encoded than so many.
func (c *call) encodedWidths(more uint32) (widths []int) {
	for _, s := range c.outbound() {
		if s.FramesEncoded != nil && *s.FramesEncoded > more {
			widths = append(widths, int(*s.FrameWidth))
		}
	}
	slices.Sort(widths)
	return widths
}

// TestRequiredLayersFailAlone: a layer without a session is left out, and the others go on.
func TestRequiredLayersFailAlone(t *testing.T) {
	for _, limit := range []int{1, 2} {
		t.Run(strconv.Itoa(limit), func(t *testing.T) {
			useDriver(t, "intel")
			hw.SetSessionLimit(limit)
			t.Cleanup(func() { hw.SetSessionLimit(0) })
			k := newCall(t, onDouble(hw.Require), layersOf()...)
			k.draw, k.free = hardlyMoving, true
			// More pictures than libwebrtc keeps in mind of those under way.
			k.runSize(256, 192, "pictures of the others", func() bool { return len(k.encodedWidths(60)) == limit })
			require.Len(t, k.encodedWidths(0), limit)
			require.Equal(t, limit, hw.OpenSessions(doubles.VANode))
			require.NotContains(t, k.implementation(), "OpenH264")
		})
	}
}

func ptr[T any](v T) *T { return &v }
