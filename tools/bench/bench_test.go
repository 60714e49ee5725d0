// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeProgram makes the test binary a program under test: it notes its call in a
// file and prints a result.
const fakeProgram = "NATIVERTC_BENCH_FAKE"

func TestMain(m *testing.M) {
	if record := os.Getenv(fakeProgram); record != "" {
		os.Exit(fake(record, os.Args[0], os.Args[1:]))
	}
	os.Exit(m.Run())
}

func fake(record, name string, args []string) int {
	f, err := os.OpenFile(record, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return 3
	}
	defer f.Close()
	fmt.Fprintln(f, filepath.Base(name), strings.Join(args, " "))
	switch args[0] {
	case "broken":
		fmt.Fprintln(os.Stderr, "it is broken")
		return 1
	case "garbage":
		fmt.Println("no result")
		return 0
	}
	speed := map[string]float64{"ours": 300, "native": 200, "pion": 50}[filepath.Base(name)]
	if json.NewEncoder(os.Stdout).Encode(map[string]float64{"messages_per_s": speed}) != nil {
		return 3
	}
	return 0
}

// fakes returns three programs and a function that reads their calls.
func fakes(t *testing.T) ([]program, func() []string) {
	self, err := os.Executable()
	require.NoError(t, err)
	dir := t.TempDir()
	record := filepath.Join(dir, "calls")
	t.Setenv(fakeProgram, record)
	var programs []program
	for i, name := range []string{"ours", "native", "pion"} {
		path := filepath.Join(dir, name)
		require.NoError(t, os.Symlink(self, path))
		programs = append(programs, program{implementation(i), path})
	}
	return programs, func() []string {
		text, err := os.ReadFile(record)
		require.NoError(t, err)
		return strings.Split(strings.TrimSpace(string(text)), "\n")
	}
}

func TestRunner_ProgramsTakeTurns(t *testing.T) {
	programs, calls := fakes(t)
	var progress bytes.Buffer
	r := runner{programs: programs, rounds: 3, progress: &progress}
	samples, _, err := r.measure(context.Background(), workload{
		name: "w", arguments: []string{"work", "7"}, metrics: []metric{{key: "messages_per_s", scale: 1}},
	})
	require.NoError(t, err)
	assert.Equal(t, []string{
		"ours work 7", "native work 7", "pion work 7",
		"native work 7", "pion work 7", "ours work 7",
		"pion work 7", "ours work 7", "native work 7",
	}, calls())
	require.Len(t, samples, 3)
	for _, s := range samples {
		assert.Equal(t, 300.0, s[ours]["messages_per_s"])
		assert.Equal(t, 200.0, s[native]["messages_per_s"])
		assert.Equal(t, 50.0, s[pion]["messages_per_s"])
	}
	assert.Equal(t, 9, strings.Count(progress.String(), "\n"))
}

func TestRunner_SlowestProgramSetsTheCount(t *testing.T) {
	programs, calls := fakes(t)
	r := runner{programs: programs, rounds: 1, progress: &bytes.Buffer{}}
	_, detail, err := r.measure(context.Background(), workload{
		name: "w", detail: "d", arguments: []string{"work", countPlace}, calibrate: 10, metrics: []metric{{key: "messages_per_s", scale: 1}},
	})
	require.NoError(t, err)
	count := 50 * calibratedSeconds
	assert.Equal(t, []string{"ours work 10", "native work 10", "pion work 10"}, calls()[:3])
	assert.Equal(t, "ours work "+strconv.Itoa(count), calls()[3])
	assert.Equal(t, "d, "+strconv.Itoa(count)+" messages", detail)
}

func TestRunner_LeavesPionOutWhereItHasNoEncoder(t *testing.T) {
	programs, calls := fakes(t)
	r := runner{programs: programs, rounds: 1, progress: &bytes.Buffer{}}
	_, _, err := r.measure(context.Background(), workload{
		name: "w", arguments: []string{"work"}, withoutPion: true, metrics: []metric{{key: "messages_per_s", scale: 1}},
	})
	require.NoError(t, err)
	assert.Equal(t, []string{"ours work", "native work"}, calls())
}

func TestRunner_TellsWhatIsWrong(t *testing.T) {
	programs, _ := fakes(t)
	r := runner{programs: programs, rounds: 1, progress: &bytes.Buffer{}}
	for argument, want := range map[string]string{
		"broken":  "it is broken",
		"garbage": "result",
		"work":    "no mb_per_s",
	} {
		_, _, err := r.measure(context.Background(), workload{
			name: "w", arguments: []string{argument}, metrics: []metric{{key: "mb_per_s", scale: 1}},
		})
		assert.ErrorContains(t, err, want)
		assert.ErrorContains(t, err, "ours")
	}
}

func TestRun_RefusesWrongOptions(t *testing.T) {
	_, err := Run(context.Background(), Options{Workloads: []string{"latency", "nothing"}})
	assert.ErrorContains(t, err, `"nothing"`)
	_, err = Run(context.Background(), Options{Rounds: -1})
	assert.ErrorContains(t, err, "-1")
	_, err = Run(context.Background(), Options{Root: t.TempDir()})
	assert.ErrorContains(t, err, modulePath)
}

func TestChoose_KeepsTheOrder(t *testing.T) {
	all, err := choose(nil)
	require.NoError(t, err)
	assert.Len(t, all, len(Workloads()))
	some, err := choose([]string{"video", "latency"})
	require.NoError(t, err)
	require.Len(t, some, 2)
	assert.Equal(t, "latency", some[0].name)
	assert.Equal(t, "video", some[1].name)
}

func TestMedian(t *testing.T) {
	assert.Equal(t, 3.0, median([]float64{9, 1, 3}))
	assert.Equal(t, 2.5, median([]float64{9, 1, 3, 2}))
	assert.True(t, math.IsNaN(median(nil)))
	assert.True(t, math.IsNaN(median([]float64{1, math.NaN(), 2})))
}

func TestRatio_ComparesWithinRounds(t *testing.T) {
	// The machine became ten times slower in the second round.
	assert.Equal(t, Ratio{0.5, 0.4, 0.6}, ratio([]float64{50, 4, 60}, []float64{100, 10, 100}))
	assert.True(t, math.IsNaN(ratio([]float64{1}, []float64{0}).Median), "nothing to compare with")
	assert.True(t, math.IsNaN(ratio([]float64{0}, []float64{0}).Median))
}

// report returns one of two rounds, in which ours has this share of C++'s
// throughput and this multiple of its CPU time.
func report(share, cpu float64) *Report {
	r := &Report{Revision: "debian", Rounds: 2, Time: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), Machine: Machine{CPU: "a CPU", Cores: 2, Kernel: "Linux 6", Go: "go1", Load: "0.10"}}
	w := workload{name: "work", title: "Some work", detail: "in detail", metrics: []metric{
		{key: "speed", title: "speed", unit: "MB/s", scale: 1, target: 0.95, high: true},
		{key: "cpu", title: "CPU", unit: "ms", scale: 1000, target: 1.03},
		{key: "own", title: "own", unit: "", scale: 1, oursOnly: true},
	}}
	var samples []sample
	for _, speed := range []float64{100, 10} {
		samples = append(samples, sample{
			ours:   {"speed": speed * share, "cpu": 0.02 * cpu, "own": 2.5},
			native: {"speed": speed, "cpu": 0.02},
		})
	}
	r.add(w, w.detail, samples)
	return r
}

func TestReport_Missed(t *testing.T) {
	assert.Empty(t, report(0.95, 1.03).Missed())
	missed := report(0.94, 1).Missed()
	require.Len(t, missed, 1)
	assert.Contains(t, missed[0], "work, speed")
	assert.Contains(t, missed[0], "0.94")
	assert.Contains(t, missed[0], "≥ 0.95")
	missed = report(2, 1.04).Missed()
	require.Len(t, missed, 1)
	assert.Contains(t, missed[0], "≤ 1.03")
}

func TestReport_MissingFigureMissesItsTarget(t *testing.T) {
	assert.False(t, Row{Target: 0.9, HigherIsBetter: true, ToCPP: Ratio{Median: math.NaN()}}.Met())
	assert.False(t, Row{Target: 1.03, ToCPP: Ratio{Median: math.NaN()}}.Met())
}

func TestReport_WriteTable(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, report(0.5, 1).WriteTable(&out))
	for _, want := range []string{"debian", "a CPU, 2 cores, Linux 6, go1, load average 0.10 at the start", "Some work (in detail)", "0.50 (0.50–0.50)", "MISSED", "≤ 1.03 met", "27.5", "55.0", "20.0", "2.50"} {
		assert.Contains(t, out.String(), want)
	}
	for line := range strings.Lines(out.String()) {
		assert.Equal(t, strings.TrimRight(line, " \n")+"\n", line)
	}
}

func TestReport_WriteMarkdown(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, report(0.5, 1).WriteMarkdown(&out))
	assert.Contains(t, out.String(), "## libwebrtc debian\n")
	assert.Contains(t, out.String(), "Taken on 2026-01-02")
	assert.Contains(t, out.String(), "| speed, MB/s | 27.5 | 55.0 | - | 0.50 (0.50–0.50) | - | ≥ 0.95 MISSED |\n")
}

func TestReport_MergeMarkdown(t *testing.T) {
	r := report(0.5, 1)
	var section bytes.Buffer
	require.NoError(t, r.WriteMarkdown(&section))
	head := "# Benchmarks\n\nText.\n"
	other := "## libwebrtc m150 (1)\n\nold\n\n### Part\n\nkept\n"

	assert.Equal(t, section.String(), r.MergeMarkdown(""))
	once := r.MergeMarkdown(head)
	assert.Equal(t, head+"\n"+section.String(), once)
	assert.Equal(t, once, r.MergeMarkdown(once), "merged again, nothing changes")
	between := head + "\n## libwebrtc debian (old)\n\nold\n\n### Part\n\nold\n\n" + other
	assert.Equal(t, head+"\n"+section.String()+"\n"+other, r.MergeMarkdown(between))
	assert.Equal(t, other+"\n"+section.String(), r.MergeMarkdown(other))
}

var errFull = errors.New("full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestReport_TellsOfAFailedWrite(t *testing.T) {
	assert.ErrorIs(t, report(1, 1).WriteTable(full{}), errFull)
	assert.ErrorIs(t, report(1, 1).WriteMarkdown(full{}), errFull)
}

func TestFormat(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 1234567: "1234567", 123.4: "123", 99.94: "99.9", 12.34: "12.3", 1.234: "1.23", 0.01234: "0.0123", math.Inf(1): "+Inf",
	} {
		assert.Equal(t, want, format(v), "%v", v)
	}
	assert.Equal(t, "-", format(math.NaN()))
}

func TestWriteClip_HasFramesThatDiffer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clip")
	require.NoError(t, writeClip(path))
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	const frame = clipWidth * clipHeight * 3 / 2
	require.Len(t, data, clipFrames*frame)
	assert.NotEqual(t, data[:frame], data[frame:2*frame])
	assert.ErrorContains(t, writeClip(filepath.Join(path, "below a file")), "bench")
}

func TestBuilder_RevisionFollowsTheTags(t *testing.T) {
	for tags, want := range map[string]bool{"": false, "m150": true, "a,m150": true, "a m150": true, "m1500": false} {
		assert.Equal(t, want, (&builder{tags: tags}).m150(), tags)
	}
}

// TestBuilder_FlagsAreThoseOfTheBridge fails where the bridge's flags cannot be
// found any more.
func TestBuilder_FlagsAreThoseOfTheBridge(t *testing.T) {
	none := ""
	b, err := newBuilder(context.Background(), Options{Tags: &none, Progress: &bytes.Buffer{}})
	require.NoError(t, err)
	flags, err := b.flags(context.Background())
	require.NoError(t, err)
	assert.NotEmpty(t, flags.compiler)
	assert.Contains(t, flags.compile, "-std=c++20")
	assert.Contains(t, flags.link, "-ltg_owt")
	key, err := nativeKey(context.Background(), filepath.Join(b.root, "tools", "bench", "native"), flags)
	require.NoError(t, err)
	flags.compile = append(flags.compile, "-DOTHER")
	other, err := nativeKey(context.Background(), filepath.Join(b.root, "tools", "bench", "native"), flags)
	require.NoError(t, err)
	assert.NotEqual(t, key, other)
}
