// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package compat

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	native "github.com/nativertc/nativertc/tests/compat/native"
	pion "github.com/nativertc/nativertc/tests/compat/pion"
)

const patience = time.Minute

const (
	pionImport   = `"github.com/pion/webrtc/v4"`
	nativeImport = `webrtc "github.com/nativertc/nativertc/goapi"`
)

func TestOnlyTheImportDiffers(t *testing.T) {
	written, err := os.ReadFile("pion/program.go")
	require.NoError(t, err)
	moved, err := os.ReadFile("native/program.go")
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(written), pionImport))
	assert.Equal(t, strings.Replace(string(written), pionImport, nativeImport, 1), string(moved), "go generate ./compat makes it")
}

// peer is what both programs have.
type peer interface {
	Offer() (string, error)
	Answer(offer string) (string, error)
	Accept(description string) error
	Path() (string, error)
	States() []string
	Close() error
}

// side is a peer with its channels, whose types are the same, too.
type side struct {
	peer
	connected <-chan struct{}
	messages  <-chan string
	failures  <-chan error
}

func newSide(t *testing.T, library string, offerer bool) side {
	t.Helper()
	if library == "pion" {
		p, err := pion.New(offerer)
		require.NoError(t, err)
		return side{p, p.Connected, p.Messages, p.Failures}
	}
	p, err := native.New(offerer)
	require.NoError(t, err)
	return side{p, p.Connected, p.Messages, p.Failures}
}

// TestTheProgramRunsWithBoth calls from each library to each.
func TestTheProgramRunsWithBoth(t *testing.T) {
	for _, libraries := range [][2]string{{"pion", "native"}, {"native", "pion"}, {"native", "native"}} {
		t.Run(libraries[0]+" calls "+libraries[1], func(t *testing.T) {
			caller, callee := newSide(t, libraries[0], true), newSide(t, libraries[1], false)
			// An offer that is made first takes the place of the event.
			require.Eventually(t, func() bool { return slices.Contains(caller.States(), "negotiationneeded") },
				patience, time.Millisecond)
			offer, err := caller.Offer()
			require.NoError(t, err)
			answer, err := callee.Answer(offer)
			require.NoError(t, err)
			require.NoError(t, caller.Accept(answer))
			for _, s := range []side{caller, callee} {
				await(t, s, s.connected)
				assert.Equal(t, "text chat is open", await(t, s, s.messages))
				assert.Equal(t, `bytes true 5 "" false`, await(t, s, s.messages))
				path, err := s.Path()
				require.NoError(t, err)
				assert.Equal(t, "udp udp", path)
				assert.Contains(t, s.States(), "connection connected")
				assert.Contains(t, s.States(), "signaling stable")
			}
			assert.NoError(t, caller.Close())
			assert.NoError(t, callee.Close())
		})
	}
}

func await[T any](t *testing.T, s side, event <-chan T) T {
	t.Helper()
	select {
	case v := <-event:
		return v
	case err := <-s.failures:
		require.NoError(t, err)
	case <-time.After(patience):
		require.Fail(t, "did not come", "%v", s.States())
	}
	panic("unreachable")
}
