// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRun: pictures in the application's memory are copied once and cost something; those in a
// device's memory are not copied.
func TestRun(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run(&out))
	require.Regexp(t, `(?m)^I420 +1 +[1-9]\d* us +[1-9]\d* us`, out.String())
	require.Regexp(t, `(?m)^dmabuf +0 +\d+ us +\d+ us`, out.String())
	require.Regexp(t, `(?m)^CUDA +0 +\d+ us +\d+ us`, out.String())
	require.Regexp(t, `(?m)^NV12 +1 +[1-9]\d* us +[1-9]\d* us`, out.String())
}
