// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package interop

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/nativertc/nativertc/tests/internal/browser"
)

// callLimit bounds a test: many times what it takes, for a machine that is busy.
const callLimit = 2 * time.Minute

// What the calls send and how well it has to arrive.
const (
	width, height, fps = browser.CameraWidth, browser.CameraHeight, browser.CameraFPS

	// A picture taken for its neighbour has less than 25 dB.
	wantPSNR = 28.0
	// The share of the tone's energy in what is heard.
	wantTone = 0.8

	nativeTone = 700
	pionTone   = 900
)

func TestMain(m *testing.M) { os.Exit(browser.Run(m)) }

func limit(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), callLimit)
	t.Cleanup(cancel)
	return ctx
}

func ptr[T any](v T) *T { return &v }
