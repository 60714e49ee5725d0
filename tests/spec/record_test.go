// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package spec

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRecorded(t *testing.T) {
	name := filepath.Join(t.TempDir(), "events")
	require.NoError(t, os.WriteFile(name, []byte(`{"Action":"run","Package":"p","Test":"TestA"}
a word of a sanitizer
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"fail","Package":"p","Test":"TestB"}
{"Action":"skip","Package":"p","Test":"TestC"}
{"Action":"pass","Package":"q","Test":"TestD"}
{"Action":"pass","Package":"p"}
`), 0o600))
	t.Setenv(eventsVariable, name)
	passed, err := recorded("p")
	require.NoError(t, err)
	assert.Equal(t, map[string]bool{"TestA": true}, passed)

	t.Setenv(eventsVariable, name+".none")
	_, err = recorded("p")
	assert.Error(t, err)

	t.Setenv(eventsVariable, "")
	passed, err = recorded("p")
	require.NoError(t, err)
	assert.Empty(t, passed)
}
