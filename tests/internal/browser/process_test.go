// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNothingIsLeft(t *testing.T) {
	p, err := start()
	require.NoError(t, err)
	mark := "HOME=" + filepath.Join(p.dir, "home")
	running, err := stragglers(mark)
	assert.NoError(t, err)
	assert.Greater(t, len(running), 1, "the browser and its helpers are found by their environment")

	require.NoError(t, p.close())
	running, err = stragglers(mark)
	assert.NoError(t, err)
	assert.Empty(t, running)
	_, err = os.Stat(p.dir)
	assert.ErrorIs(t, err, os.ErrNotExist)
}
