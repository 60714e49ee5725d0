// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import "testing"

func TestCall(t *testing.T) {
	const text = "hello"
	got, err := call(text)
	if err != nil || got != text {
		t.Fatalf("received %q, %v", got, err)
	}
}
