// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package eventloop

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTimersAndTasksRunInOrder(t *testing.T) {
	l := New()
	var order []string
	note := func(s string) func() { return func() { order = append(order, s) } }
	l.SetTimer(0, false, note("first timer"))
	l.SetTimer(0, false, note("second timer"))
	l.ClearTimer(l.SetTimer(0, false, note("cleared timer")))
	l.Post(note("task"))
	repeats := 0
	l.SetTimer(time.Millisecond, true, func() {
		if repeats++; repeats == 3 {
			l.Stop()
		}
	})
	l.Run()
	require.ElementsMatch(t, []string{"task", "first timer", "second timer"}, order)
	require.Less(t, indexOf(order, "first timer"), indexOf(order, "second timer"))
	require.Equal(t, 3, repeats)
}

func TestCallWaits(t *testing.T) {
	l := New()
	ran := false
	go func() {
		l.Call(func() { ran = true })
		l.Stop()
	}()
	l.Run()
	require.True(t, ran)
	l.Call(func() { t.Error("a task ran after the end") })
}

func indexOf(list []string, s string) int {
	for i, x := range list {
		if x == s {
			return i
		}
	}
	return -1
}
