// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package peer

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A fake notes what it is asked to do. Making a description brings candidates.
type fake struct {
	emit func(json.RawMessage)

	mu     sync.Mutex
	notes  []string
	refuse string
}

func (f *fake) note(text string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.notes = append(f.notes, text)
	if text == f.refuse {
		return errors.New("refused")
	}
	return nil
}

func (f *fake) noted() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.notes...)
}

func (f *fake) describe(kind string) (string, error) {
	for i := range 3 {
		f.emit(json.RawMessage(strconv.Itoa(i)))
	}
	return kind + " text", f.note("create " + kind)
}

func (f *fake) OnCandidate(emit func(json.RawMessage))              { f.emit = emit }
func (f *fake) CreateOffer(context.Context) (string, error)         { return f.describe("offer") }
func (f *fake) CreateAnswer(context.Context) (string, error)        { return f.describe("answer") }
func (f *fake) SetRemote(_ context.Context, kind, sdp string) error { return f.note(kind + ": " + sdp) }
func (f *fake) AddCandidate(_ context.Context, c json.RawMessage) error {
	return f.note("candidate " + string(c))
}

func TestCandidatesFollowDescriptions(t *testing.T) {
	for _, offererIsA := range []bool{true, false} {
		a, b := &fake{}, &fake{}
		link := Connect(t, a, b)
		offerer, answerer := a, b
		if !offererIsA {
			offerer, answerer = b, a
		}
		require.NoError(t, link.Negotiate(t.Context(), offerer))
		candidates := []string{"candidate 0", "candidate 1", "candidate 2"}
		assert.Eventually(t, func() bool {
			return len(offerer.noted()) == 5 && len(answerer.noted()) == 5
		}, 10*time.Second, time.Millisecond)
		assert.Equal(t, append([]string{"create offer", "answer: answer text"}, candidates...), offerer.noted())
		// The answer may be made before, between or after the candidates.
		got := answerer.noted()
		assert.Equal(t, "offer: offer text", got[0])
		assert.ElementsMatch(t, append([]string{"create answer"}, candidates...), got[1:])
	}
}

func TestNegotiateTellsWhoFailed(t *testing.T) {
	for refuse, byA := range map[string]bool{
		"create offer": true, "offer: offer text": false, "create answer": false, "answer: answer text": true,
	} {
		a, b := &fake{}, &fake{}
		if byA {
			a.refuse = refuse
		} else {
			b.refuse = refuse
		}
		assert.ErrorContains(t, Connect(t, a, b).Negotiate(t.Context(), a), "refused", refuse)
	}
}

func TestNothingComesAfterClose(t *testing.T) {
	a, b := &fake{}, &fake{}
	link := Connect(t, a, b)
	require.NoError(t, link.Negotiate(t.Context(), a))
	link.Close()
	link.Close()
	before := len(b.noted())
	a.emit(json.RawMessage("9"))
	time.Sleep(20 * time.Millisecond)
	assert.Len(t, b.noted(), before)
}
