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

const patience = time.Minute

func TestMediaComesBeforeTheAnswer(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	lines := make(chan string, 10)
	require.NoError(t, run(ctx, func(line string) { lines <- line }))
	close(lines)
	var all []string
	for line := range lines {
		all = append(all, line)
	}
	assert.Equal(t, []string{
		"the caller's state is have-local-offer",
		"the caller's state is have-remote-pranswer",
		"the caller hears the callee",
		"the caller's state is stable",
	}, all)
}

func TestEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, run(ctx, func(string) {}), context.Canceled)
}
