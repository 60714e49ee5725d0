// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package bench

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// Report is the result of a run.
type Report struct {
	Time     time.Time
	Machine  Machine
	Revision string // of libwebrtc
	Rounds   int
	WithPion bool
	Sections []Section
}

// Section is the result of one workload.
type Section struct {
	Workload, Title, Detail string
	Rows                    []Row
}

// Row is one measured number. Values are medians over the rounds, NaN where a
// program has none. Ratios are of ours to another within one round.
type Row struct {
	Title, Unit     string
	HigherIsBetter  bool
	Ours, CPP, Pion float64
	ToCPP, ToPion   Ratio
	// Target bounds ToCPP.Median, from below where higher is better, else from
	// above; 0 for none.
	Target float64
}

// Ratio is how two programs compare over the rounds; all NaN where they cannot be
// compared.
type Ratio struct{ Median, Min, Max float64 }

// Met tells whether the row's target is met; so it is where there is none.
func (r Row) Met() bool {
	switch {
	case r.Target == 0:
		return true
	case r.HigherIsBetter:
		return r.ToCPP.Median >= r.Target
	default:
		return r.ToCPP.Median <= r.Target
	}
}

// Missed returns a line for each target that is not met.
func (r *Report) Missed() []string {
	var missed []string
	for _, s := range r.Sections {
		for _, row := range s.Rows {
			if !row.Met() {
				missed = append(missed, fmt.Sprintf("%s, %s: ours/C++ is %s, the target is %s", s.Workload, row.Title, formatRatio(row.ToCPP), row.target()))
			}
		}
	}
	return missed
}

func (r Row) target() string {
	if r.Target == 0 {
		return ""
	}
	bound := "≤"
	if r.HigherIsBetter {
		bound = "≥"
	}
	return fmt.Sprintf("%s %.2f", bound, r.Target)
}

func (r *Report) add(w workload, detail string, samples []sample) {
	s := Section{Workload: w.name, Title: w.title, Detail: detail}
	for _, m := range w.metrics {
		of := func(i implementation) []float64 {
			values := make([]float64, len(samples))
			for n, sample := range samples {
				v, ok := sample[i][m.key]
				if !ok {
					v = math.NaN()
				}
				values[n] = v * m.scale
			}
			return values
		}
		a, b, c := of(ours), of(native), of(pion)
		s.Rows = append(s.Rows, Row{
			Title: m.title, Unit: m.unit, HigherIsBetter: m.high, Target: m.target,
			Ours: median(a), CPP: median(b), Pion: median(c),
			ToCPP: ratio(a, b), ToPion: ratio(a, c),
		})
	}
	r.Sections = append(r.Sections, s)
}

// median is NaN if one of the values is, or there are none.
func median(values []float64) float64 {
	if len(values) == 0 || slices.ContainsFunc(values, math.IsNaN) {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// ratio compares round by round: what slows both down cancels out.
func ratio(a, b []float64) Ratio {
	ratios := make([]float64, len(a))
	for i := range a {
		ratios[i] = a[i] / b[i]
		if math.IsInf(ratios[i], 0) {
			ratios[i] = math.NaN()
		}
	}
	m := median(ratios)
	if math.IsNaN(m) {
		return Ratio{m, m, m}
	}
	return Ratio{m, slices.Min(ratios), slices.Max(ratios)}
}

// format writes a number with three significant digits, or all of a larger one.
func format(v float64) string {
	switch {
	case math.IsNaN(v):
		return "-"
	case v == 0:
		return "0"
	case math.Abs(v) >= 100, math.IsInf(v, 0):
		return fmt.Sprintf("%.0f", v)
	default:
		digits := 2 - int(math.Floor(math.Log10(math.Abs(v))))
		return fmt.Sprintf("%.*f", max(digits, 0), v)
	}
}

func formatRatio(r Ratio) string {
	if math.IsNaN(r.Median) {
		return "-"
	}
	return fmt.Sprintf("%.2f (%.2f–%.2f)", r.Median, r.Min, r.Max)
}

func (r *Report) head() []string {
	return []string{
		"libwebrtc: " + r.Revision,
		"machine: " + r.Machine.String(),
		fmt.Sprintf("medians of %d rounds, in which the programs took turns; ratios are medians of the rounds' ratios (least–greatest)", r.Rounds),
	}
}

func (r Row) cells(verdict bool) []string {
	title := r.Title
	if r.Unit != "" {
		title += ", " + r.Unit
	}
	target := r.target()
	if verdict && target != "" {
		if r.Met() {
			target += " met"
		} else {
			target += " MISSED"
		}
	}
	return []string{title, format(r.Ours), format(r.CPP), format(r.Pion), formatRatio(r.ToCPP), formatRatio(r.ToPion), target}
}

var columns = []string{"", "ours", "C++", "pion", "ours/C++", "ours/pion", "target"}

// WriteTable writes the report as text for a terminal.
func (r *Report) WriteTable(w io.Writer) error {
	var out strings.Builder
	for _, line := range r.head() {
		fmt.Fprintln(&out, line)
	}
	t := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	for _, s := range r.Sections {
		fmt.Fprintf(&out, "\n%s (%s)\n", s.Title, s.Detail)
		fmt.Fprintln(t, strings.Join(columns, "\t"))
		for _, row := range s.Rows {
			fmt.Fprintln(t, strings.Join(row.cells(true), "\t"))
		}
		// A strings.Builder takes everything.
		_ = t.Flush()
	}
	text := out.String()
	for _, line := range strings.SplitAfter(text, "\n") {
		end := ""
		if strings.HasSuffix(line, "\n") {
			end = "\n"
		}
		if _, err := io.WriteString(w, strings.TrimRight(line, " \n")+end); err != nil {
			return err
		}
	}
	return nil
}
