// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const patience = time.Minute

func TestMediaStartsAfterTheConnection(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var lines []string
	require.NoError(t, run(ctx, func(line string) { lines = append(lines, line) }))
	require.Len(t, lines, 6)
	assert.Equal(t, []string{"callee is connected and sends nothing", "caller is connected and sends nothing"}, lines[:2])
	for _, who := range []string{"caller", "callee"} {
		for _, what := range []string{"sees", "hears"} {
			found := 0
			for _, line := range lines[2:] {
				if strings.HasPrefix(line, who+" "+what+" the other") {
					found++
				}
			}
			assert.Equal(t, 1, found, "%s %s: %q", who, what, lines)
		}
	}
}

func TestEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, run(ctx, func(string) {}), context.Canceled)
}
