// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command encoder measures what a picture costs on its way into an encoder on a GPU and
// out of it, beside the encoder itself: copies, CPU and latency, over an encoder
// that takes no time. It needs no GPU, but the source tree and a C++ compiler.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// mostCopies is how often a picture may be copied before it is the driver's: not at all if it is
// in the memory of a device.
var mostCopies = map[string]float64{"I420": 1, "NV12": 1, "dmabuf": 0, "CUDA": 0}

// result is a line of the program's output.
type result struct {
	Format string
	Copies float64
	CPU    float64 `json:"cpu_us"`
	P50    float64 `json:"p50_us"`
	P99    float64 `json:"p99_us"`
}

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "encoder:", err)
		os.Exit(1)
	}
}

func run(w io.Writer) error {
	out, err := exec.Command("go", "list", "-f", "{{.Root}}", "github.com/nativertc/nativertc/hw").Output()
	if err != nil {
		return fmt.Errorf("finding the source tree: %w", err)
	}
	root := strings.TrimSpace(string(out))
	results, err := measure(root)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "\nA picture of 1080p on its way into an encoder on a GPU, beside the encoder:")
	fmt.Fprintf(w, "%-8s%8s%12s%16s%16s\n", "", "copies", "CPU", "latency p50", "latency p99")
	for _, r := range results {
		fmt.Fprintf(w, "%-8s%8g%9.0f us%13.0f us%13.0f us\n", r.Format, r.Copies, r.CPU, r.P50, r.P99)
		if most := mostCopies[r.Format]; r.Copies > most {
			err = errors.Join(err, fmt.Errorf("a picture in %s is copied %g times, of at most %g", r.Format, r.Copies, most))
		}
	}
	return err
}

// measure builds and runs the program in C++.
func measure(root string) ([]result, error) {
	dir, err := os.MkdirTemp("", "nativertc-encoder-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "path")
	arguments := []string{"-std=c++20", "-O2", "-I" + root, "-o", program, filepath.Join(root, "tools/bench/encoder/path.cc")}
	for _, body := range []string{"picture_copy", "session", "session_count", "watched_session"} {
		arguments = append(arguments, filepath.Join(root, "hw", body+".cc"))
	}
	if out, err := exec.Command("g++", append(arguments, "-lpthread")...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building: %w\n%s", err, out)
	}
	out, err := exec.Command(program).Output()
	if err != nil {
		return nil, fmt.Errorf("measuring: %w", err)
	}
	var results []result
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var r result
		if err := decoder.Decode(&r); err == io.EOF {
			return results, nil
		} else if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
}
