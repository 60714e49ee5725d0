// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package quality

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
)

func level(v byte) *clip.Frame {
	f := clip.NewFrame(8, 8)
	for i := range f.Y {
		f.Y[i] = v
	}
	return f
}

func TestStoreIsBounded(t *testing.T) {
	s := NewStore(3)
	for n := range uint32(10) {
		s.Put(n, level(byte(n)))
	}
	require.Equal(t, 3, s.Len())
	require.Equal(t, uint64(7), s.Evicted())
	for n := range uint32(10) {
		r, ok := s.Get(n)
		require.Equal(t, n >= 7, ok)
		if ok {
			require.Equal(t, byte(n), r.Frame().Y[0])
			r.Release()
		}
	}
	require.Equal(t, 1, cap(NewStore(0).order))
}

func TestStoreReplacesANumber(t *testing.T) {
	s := NewStore(2)
	s.Put(5, level(1))
	held, ok := s.Get(5)
	require.True(t, ok)
	s.Put(5, level(2))
	require.Equal(t, 1, s.Len())
	r, ok := s.Get(5)
	require.True(t, ok)
	require.Equal(t, byte(2), r.Frame().Y[0])
	require.Equal(t, byte(1), held.Frame().Y[0], "what is held does not change")
	r.Release()
	held.Release()
}

func TestStoreDoesNotReuseWhatIsHeld(t *testing.T) {
	s := NewStore(1)
	s.Put(1, level(1))
	held, ok := s.Get(1)
	require.True(t, ok)
	for n := range uint32(20) {
		s.Put(100+n, level(200))
	}
	require.Equal(t, byte(1), held.Frame().Y[0])
	held.Release()
	require.LessOrEqual(t, len(s.free), 4)
}

func TestStoreUnderConcurrentUse(t *testing.T) {
	s := NewStore(4)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for n := range uint32(2000) {
			s.Put(n, level(byte(n)))
		}
	}()
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range uint32(2000) {
				if r, ok := s.Get(n); ok {
					if f := r.Frame(); f.Y[0] != byte(n) || f.Y[63] != byte(n) {
						t.Errorf("frame %d holds %d", n, f.Y[0])
					}
					r.Release()
				}
			}
		}()
	}
	wg.Wait()
	require.Equal(t, 4, s.Len())
}
