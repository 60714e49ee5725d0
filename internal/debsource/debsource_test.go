// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package debsource

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The SHA-256 of "hello\n".
const hello = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"

func TestVerify(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	assert.ErrorIs(t, Verify(path, hello), os.ErrNotExist)
	require.NoError(t, os.WriteFile(path, []byte("hello\n"), 0o644))
	assert.NoError(t, Verify(path, hello))
	require.NoError(t, os.WriteFile(path, []byte("hell"), 0o644))
	assert.ErrorIs(t, Verify(path, hello), ErrChecksum)
}

// TestFetchKeepsWhatIsThere: there is no such package, so that asking for it would
// fail.
func TestFetchKeepsWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "file"), []byte("hello\n"), 0o644))
	assert.NoError(t, Fetch(context.Background(), dir, nil, Package{Name: "no-such-package", Version: "1", Files: []File{{"file", hello}}}))
}

func TestParseURIs(t *testing.T) {
	found := parseURIs("Reading package lists...\nNeed to get 5 B of source archives.\n" +
		"'http://host/pool/a_1%7erc.tar.xz' a_1~rc.tar.xz 5 SHA256:" + hello + "\n")
	assert.Equal(t, map[string]location{"a_1~rc.tar.xz": {"http://host/pool/a_1%7erc.tar.xz", "SHA256:" + hello, 5}}, found)
}

func TestWatch(t *testing.T) {
	path := filepath.Join(t.TempDir(), "part")
	type call struct {
		name       string
		have, size int64
	}
	calls := make(chan call)
	report := func(name string, have, size int64) { calls <- call{name, have, size} }
	require.NoError(t, os.WriteFile(path, []byte("hel"), 0o644))
	stop := watch(path, "file", 6, report, time.Millisecond)
	assert.Equal(t, call{"file", 3, 6}, <-calls)
	go func() {
		for range calls {
		}
	}()
	stop()
	close(calls) // A report after stop would panic.
}

func TestFetchEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := Fetch(ctx, t.TempDir(), nil, Package{Name: "no-such-package", Version: "1", Files: []File{{"file", hello}}})
	assert.ErrorIs(t, err, context.Canceled)
}
