// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package interop

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

var ufragLine = regexp.MustCompile(`(?m)^a=ice-ufrag:(\S+)`)

// iceUfrag returns the ICE user name fragment of a description.
func iceUfrag(t *testing.T, sdp string) string {
	t.Helper()
	match := ufragLine.FindStringSubmatch(sdp)
	require.NotNil(t, match, sdp)
	return match[1]
}
