// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const patience = time.Minute

func TestBothSeeAndHear(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var mu sync.Mutex
	seen := map[string]int{}
	require.NoError(t, run(ctx, func(line string) {
		mu.Lock()
		defer mu.Unlock()
		what, _, _ := strings.Cut(line, ",") // The first pictures may be small.
		seen[what]++
	}))
	assert.Equal(t, map[string]int{
		"caller sees the other": 1, "caller hears the other": 1, "callee sees the other": 1, "callee hears the other": 1,
	}, seen)
}

func TestEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, run(ctx, func(string) {}), context.Canceled)
}
