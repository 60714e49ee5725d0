// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build !linux

package procstat

import "errors"

// Read is implemented for Linux only.
func Read() (Usage, error) {
	return Usage{}, errors.ErrUnsupported
}
