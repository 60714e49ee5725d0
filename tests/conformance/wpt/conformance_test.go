// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build conformance

package wpt

import "testing"
import "os"
import "github.com/nativertc/nativertc/tests/conformance/internal/suite"

func TestX(t *testing.T) {
	b, err := suite.Interfaces("/tmp/n/wpt/apt/src")
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile("/tmp/n/wpt/idl.json", b, 0o644)
}
