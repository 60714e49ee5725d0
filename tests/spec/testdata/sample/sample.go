// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package sample is what the tests of this check look at.
package sample

// T has what tests use, and what they do not.
type T struct{ Used, Unused int }

// Method is used through a helper.
func (T) Method() int { return Indirect() }

// Indirect is used by the package itself only.
func Indirect() int { return 1 }

// Constant is used in a table.
const Constant = 1

// Interface is implemented by a test.
type Interface interface{ Call() int }

// Calls calls it.
func Calls(i Interface) int { return i.Call() }

// Pair is made without the names of its fields.
type Pair struct{ First, Second int }
