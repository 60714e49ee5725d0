// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package sample

import "testing"

var table = map[string]int{"constant": Constant}

func helper(t T) int { return t.Method() + t.Used }

func TestUses(t *testing.T) {
	if helper(T{}) != 1 || table["constant"] != 1 {
		t.Fail()
	}
}

func TestNothing(t *testing.T) {
	Indirect := 1
	_ = Indirect
}

func TestSkips(t *testing.T) {
	t.Skip(Constant)
}

type implementation struct{}

func (implementation) Call() int { return Pair{1, 0}.Second }

func TestImplements(t *testing.T) {
	if Calls(implementation{}) != 0 {
		t.Fail()
	}
}
