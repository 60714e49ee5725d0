// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package wpt

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/nativertc/nativertc/tests/conformance/internal/suite"
)

// In a process of its own, the test binary runs one test file and prints its
// results, one JSON object a line.
const (
	envRoot  = "NATIVERTC_WPT_CHILD_ROOT"
	envIDL   = "NATIVERTC_WPT_CHILD_INTERFACES"
	envFile  = "NATIVERTC_WPT_CHILD_FILE"
	envLimit = "NATIVERTC_WPT_CHILD_LIMIT"
)

func TestMain(m *testing.M) {
	file := os.Getenv(envFile)
	if file == "" {
		os.Exit(m.Run())
	}
	limit, err := time.ParseDuration(os.Getenv(envLimit))
	var interfaces []byte
	if err == nil {
		interfaces, err = os.ReadFile(os.Getenv(envIDL))
	}
	if err == nil {
		out := json.NewEncoder(os.Stdout)
		err = suite.Run(os.Getenv(envRoot), file, interfaces, limit, func(r suite.Result) { _ = out.Encode(r) })
	}
	if err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
	os.Exit(0)
}
