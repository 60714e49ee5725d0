// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/nativertc/nativertc/tools/bench"
	"github.com/nativertc/nativertc/tools/nativertc/internal/cli"
)

// benchFlags are the flags of "bench".
type benchFlags struct {
	rounds      int
	workloads   string
	root        string
	markdown    string
	withoutPion bool
	quiet       bool
}

func benchCommand() *cli.Command {
	return &cli.Command{
		Name:    "bench",
		Summary: "measure against a plain C++ program over the same libwebrtc, and against pion",
		Description: `Builds three programs that do the same work over this library, over libwebrtc
			in plain C++, and over pion/webrtc, and lets them take turns. Figures are medians over
			the rounds; what counts are the ratios.

			It needs the source tree, a C++ compiler and some minutes. The exit status is 1 if a
			target is missed.`,
		Examples: []cli.Example{
			{Line: "bench"},
			{Line: "bench --workloads " + bench.Workloads()[0] + " --rounds 5"},
			{Line: "bench --markdown docs/benchmarks.md", Comment: "for the documentation"},
		},
		Flags: func(set *flag.FlagSet) cli.Run {
			f := &benchFlags{}
			set.IntVar(&f.rounds, "rounds", bench.DefaultRounds, "run each program `n` times")
			set.StringVar(&f.workloads, "workloads", "", "`names` of workloads with commas between, of "+strings.Join(bench.Workloads(), ", ")+"; without it all")
			set.StringVar(&f.root, "root", "", "`folder` inside the source tree; without it the current one")
			set.StringVar(&f.markdown, "markdown", "", "Markdown `file` to put the results into: they replace earlier ones of the same libwebrtc")
			set.BoolVar(&f.withoutPion, "without-pion", false, "leave out pion, which has to be downloaded once")
			set.BoolVar(&f.quiet, "quiet", false, "show no progress")
			return f.run
		},
	}
}

func (f *benchFlags) run(ctx context.Context, env cli.Env, _ []string) error {
	if f.rounds < 1 {
		return cli.Usagef("--rounds %d is not at least 1", f.rounds)
	}
	o := bench.Options{Root: f.root, Rounds: f.rounds, WithoutPion: f.withoutPion}
	for name := range strings.SplitSeq(f.workloads, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if !slices.Contains(bench.Workloads(), name) {
			return cli.Usagef("--workloads: %q is none of %s", name, strings.Join(bench.Workloads(), ", "))
		}
		o.Workloads = append(o.Workloads, name)
	}
	if !f.quiet {
		o.Progress = env.Stderr
	}
	report, err := bench.Run(ctx, o)
	if err != nil {
		return err
	}
	if err := report.WriteTable(env.Stdout); err != nil {
		return err
	}
	if f.markdown != "" {
		if err := mergeMarkdown(f.markdown, report); err != nil {
			return err
		}
	}
	missed := report.Missed()
	for _, line := range missed {
		fmt.Fprintf(env.Stderr, "nativertc: %s\n", line)
	}
	if len(missed) > 0 {
		return cli.ErrSilent
	}
	return nil
}

// mergeMarkdown puts the report into the document at path, which need not exist
// and keeps what else it holds.
func mergeMarkdown(path string, report *bench.Report) error {
	document, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.WriteFile(path, []byte(report.MergeMarkdown(string(document))), 0o644)
}
