// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package bench

import (
	"context"
	"fmt"
	"io"
	"math"
	"strings"
)

// sample is what each program measured in one round.
type sample map[implementation]map[string]float64

// runner runs workloads.
type runner struct {
	programs []program
	rounds   int
	progress io.Writer
	clip     string // where to write the clip
}

// measure lets the programs take turns, each round beginning with another.
func (r *runner) measure(ctx context.Context, w workload) (samples []sample, detail string, err error) {
	var programs []program
	for _, p := range r.programs {
		if p.implementation != pion || !w.withoutPion {
			programs = append(programs, p)
		}
	}
	args, detail, err := r.arguments(ctx, w, programs)
	if err != nil {
		return nil, "", err
	}
	for round := range r.rounds {
		s := sample{}
		for i := range programs {
			p := programs[(i+round)%len(programs)]
			values, err := p.run(ctx, args)
			if err != nil {
				return nil, "", err
			}
			for _, m := range w.metrics {
				if _, ok := values[m.key]; !ok && (p.implementation == ours || !m.oursOnly) {
					return nil, "", fmt.Errorf("bench: %v, %s: no %s in the result", p.implementation, w.name, m.key)
				}
			}
			s[p.implementation] = values
			first := w.metrics[0]
			fmt.Fprintf(r.progress, "%s, round %d of %d, %v: %s %s\n", w.name, round+1, r.rounds, p.implementation,
				format(values[first.key]*first.scale), first.unit)
		}
		samples = append(samples, s)
	}
	return samples, detail, nil
}

// arguments returns a workload's arguments, with the number of messages and the
// clip filled in, and what there is to tell of them.
func (r *runner) arguments(ctx context.Context, w workload, programs []program) (args []string, detail string, err error) {
	args, detail = w.arguments, w.detail
	if w.needsClip {
		if err := writeClip(r.clip); err != nil {
			return nil, "", err
		}
		args = replaced(args, clipPlace, r.clip)
	}
	if w.calibrate == 0 {
		return args, detail, nil
	}
	slowest := math.Inf(1)
	for _, p := range programs {
		values, err := p.run(ctx, replaced(args, countPlace, fmt.Sprint(w.calibrate)))
		if err != nil {
			return nil, "", err
		}
		slowest = min(slowest, values["messages_per_s"])
	}
	count := max(w.calibrate, int(slowest*calibratedSeconds))
	return replaced(args, countPlace, fmt.Sprint(count)), fmt.Sprintf("%s, %d messages", detail, count), nil
}

// calibratedSeconds is how long the slowest program takes for a workload whose
// size is calibrated.
const calibratedSeconds = 6

func replaced(args []string, place, with string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = strings.ReplaceAll(a, place, with)
	}
	return out
}
