// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
)

const patience = time.Minute

func TestTones(t *testing.T) {
	for name, c := range map[string]struct {
		abort string
		want  [][2]string
	}{
		"all":     {"", [][2]string{{"1", "2#"}, {"2", "#"}, {"#", ""}}},
		"aborted": {"2", [][2]string{{"1", "2#"}, {"2", "#"}}},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			var keys [][2]string
			require.NoError(t, run(ctx, "12#", 70*time.Millisecond, c.abort, func(key, left string) { keys = append(keys, [2]string{key, left}) }))
			assert.Equal(t, c.want, keys)
		})
	}
}

func TestWhatIsNoTone(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	err := run(ctx, "x", 0, "", func(string, string) { assert.Fail(t, "a tone") })
	var wrong *webrtc.InvalidCharacterError
	require.True(t, errors.As(err, &wrong), "%v", err)
}
