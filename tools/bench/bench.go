// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package bench

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// DefaultRounds is how often each program runs each workload, if not told
// otherwise.
const DefaultRounds = 3

// Options are what a run depends on. The zero value is a run of everything.
type Options struct {
	// Root is a folder inside the module's sources; the current one if empty.
	Root string
	// Tags are the build tags, separated by commas, that choose the libwebrtc
	// revision. nil stands for those that the running program was built with.
	Tags *string
	// Rounds is how often each program runs each workload; DefaultRounds if 0.
	Rounds int
	// Workloads limits the run to these; all if empty. See Workloads.
	Workloads []string
	// WithoutPion leaves pion out, whose module needs the network once.
	WithoutPion bool
	// Progress gets a line for each step, unless nil.
	Progress io.Writer
}

// Run builds the programs, runs the workloads and returns the results. It takes
// some minutes and uses no network beyond the loopback interface, except for what
// the go command has to fetch. Missed targets are no error: see Report.Missed.
func Run(ctx context.Context, o Options) (*Report, error) {
	if o.Rounds < 0 {
		return nil, fmt.Errorf("bench: %d rounds", o.Rounds)
	}
	if o.Rounds == 0 {
		o.Rounds = DefaultRounds
	}
	if o.Progress == nil {
		o.Progress = io.Discard
	}
	chosen, err := choose(o.Workloads)
	if err != nil {
		return nil, err
	}
	machine := readMachine() // before the builds, which load it
	b, err := newBuilder(ctx, o)
	if err != nil {
		return nil, err
	}
	programs, err := b.build(ctx)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "nativertc-bench-")
	if err != nil {
		return nil, fmt.Errorf("bench: %w", err)
	}
	defer os.RemoveAll(dir)

	report := &Report{
		Time:     time.Now(),
		Machine:  machine,
		Revision: b.revision(ctx),
		Rounds:   o.Rounds,
		WithPion: !o.WithoutPion,
	}
	r := runner{programs: programs, rounds: o.Rounds, progress: o.Progress, clip: filepath.Join(dir, "clip.i420")}
	for _, w := range chosen {
		results, detail, err := r.measure(ctx, w)
		if err != nil {
			return nil, err
		}
		report.add(w, detail, results)
	}
	return report, nil
}

// Workloads returns the names of the workloads.
func Workloads() []string {
	var names []string
	for _, w := range workloads {
		names = append(names, w.name)
	}
	return names
}

// choose returns the workloads of these names, in the order of all.
func choose(names []string) ([]workload, error) {
	for _, n := range names {
		if !slices.Contains(Workloads(), n) {
			return nil, fmt.Errorf("bench: no workload %q; there are %s", n, strings.Join(Workloads(), ", "))
		}
	}
	var chosen []workload
	for _, w := range workloads {
		if len(names) == 0 || slices.Contains(names, w.name) {
			chosen = append(chosen, w)
		}
	}
	return chosen, nil
}
