// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package dom

import (
	"errors"

	"github.com/nativertc/nativertc/tests/conformance/internal/webidl"
)

// exceptionOf tells which exception an error is.
func (p *Page) exceptionOf(err error) *Exception {
	var own *Exception
	var conversion *webidl.TypeError
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &conversion):
		return &Exception{Name: "TypeError", Message: conversion.Message}
	case errors.Is(err, webidl.ErrNoMember):
		return &Exception{Name: "Error", Message: err.Error()}
	}
	return p.face.Exception(err)
}
