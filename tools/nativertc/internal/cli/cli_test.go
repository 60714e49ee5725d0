// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// testApp returns a program whose command "call" writes what it was called with.
func testApp() *App {
	return &App{
		Name: "prog", Summary: "makes calls", Version: "1.2.3",
		Commands: []*Command{
			{
				Name: "call", Summary: "make a call", Arguments: "[FILE]",
				Description: "Makes a call\nto somebody.\n\n" + strings.Repeat("many words ", 30),
				Examples:    []Example{{"call --fps 60 film.mp4", "a fast call"}, {Line: "call"}},
				Flags: func(fs *flag.FlagSet) Run {
					fps := fs.Int("fps", 30, "frame rate in frames per `second`")
					loop := fs.Bool("loop", false, "start again at the end")
					fail := fs.String("fail", "", "how to fail")
					return func(ctx context.Context, env Env, args []string) error {
						switch *fail {
						case "usage":
							return Usagef("fps and loop exclude each other")
						case "error":
							return errors.New("nobody answers")
						case "silent":
							return fmt.Errorf("said so: %w", ErrSilent)
						case "cancelled":
							return fmt.Errorf("call: %w", ctx.Err())
						}
						fmt.Fprintf(env.Stdout, "%d %v %q", *fps, *loop, args)
						return nil
					}
				},
			},
			{
				Name: "probe", Summary: "say what there is",
				Flags: func(*flag.FlagSet) Run {
					return func(context.Context, Env, []string) error { return nil }
				},
			},
		},
	}
}

func run(ctx context.Context, args ...string) (code int, stdout, stderr string) {
	var out, errs strings.Builder
	code = testApp().Main(ctx, args, Env{&out, &errs})
	return code, out.String(), errs.String()
}

func TestFlagsMayStandAnywhere(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"call", `30 false []`},
		{"call --fps 60 a", `60 false ["a"]`},
		{"call a --fps=60 b -loop", `60 true ["a" "b"]`},
		{"call --loop -- --fps a", `30 true ["--fps" "a"]`},
		{"call a -- -loop", `30 false ["a" "-loop"]`},
	} {
		code, stdout, stderr := run(t.Context(), strings.Fields(c.args)...)
		require.Equal(t, ExitOK, code, c.args)
		require.Equal(t, c.want, stdout)
		require.Empty(t, stderr)
	}
}

func TestWrongUsage(t *testing.T) {
	for args, want := range map[string]string{
		"":                   "no command given",
		"cal":                "Did you mean 'call'?",
		"PROBE":              "Did you mean 'probe'?",
		"frobnicate":         `unknown command "frobnicate"`,
		"call --fps x":       `invalid value "x" for flag -fps`,
		"call --frames 3":    "flag provided but not defined: -frames",
		"call --fail usage":  "exclude each other\nSee 'prog call --help'.",
		"probe x":            `unexpected argument "x"`,
		"help nothing":       `unknown command "nothing"`,
		"help call too much": `unexpected argument "too"`,
	} {
		code, stdout, stderr := run(t.Context(), strings.Fields(args)...)
		require.Equal(t, ExitUsage, code, args)
		require.Empty(t, stdout, args)
		require.Contains(t, stderr, want, args)
	}
}

func TestFailure(t *testing.T) {
	code, _, stderr := run(t.Context(), "call", "--fail", "error")
	require.Equal(t, ExitFailure, code)
	require.Equal(t, "prog: nobody answers\n", stderr)

	code, _, stderr = run(t.Context(), "call", "--fail", "silent")
	require.Equal(t, ExitFailure, code)
	require.Empty(t, stderr)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	code, _, stderr = run(ctx, "call", "--fail", "cancelled")
	require.Equal(t, ExitFailure, code)
	require.Equal(t, "prog: interrupted\n", stderr)
}

func TestHelp(t *testing.T) {
	for _, args := range [][]string{{"--help"}, {"-h"}, {"help"}} {
		code, stdout, stderr := run(t.Context(), args...)
		require.Equal(t, ExitOK, code)
		require.Empty(t, stderr)
		require.Equal(t, `prog - makes calls

Usage:
  prog COMMAND [FLAGS] [ARGUMENTS]

Commands:
  call     make a call
  probe    say what there is
  help     show the help of a command
  version  print the version

'prog COMMAND --help' tells more about a command.
Exit status: 0 success, 1 failure, 2 wrong usage.
`, stdout)
	}
	_, stdout, _ := run(t.Context(), "version")
	require.Equal(t, "prog 1.2.3\n", stdout)
}

func TestCommandHelp(t *testing.T) {
	_, want, _ := run(t.Context(), "help", "call")
	for _, args := range [][]string{{"call", "--help"}, {"call", "--fps", "5", "-h"}, {"call", "file", "--help"}} {
		code, stdout, stderr := run(t.Context(), args...)
		require.Equal(t, ExitOK, code)
		require.Empty(t, stderr)
		require.Equal(t, want, stdout)
	}
	for _, part := range []string{
		"prog call - make a call\n\nUsage:\n  prog call [FLAGS] [FILE]\n\nMakes a call to somebody.\n\nmany words",
		"  --fps SECOND            frame rate in frames per second (default 30)\n",
		"  --loop                  start again at the end\n",
		"\nExamples:\n  # a fast call\n  prog call --fps 60 film.mp4\n\n  prog call\n",
	} {
		require.Contains(t, want, part)
	}
	for line := range strings.Lines(want) {
		require.LessOrEqual(t, len(line), lineWidth+1)
	}
	_, probe, _ := run(t.Context(), "probe", "--help")
	require.Equal(t, "prog probe - say what there is\n\nUsage:\n  prog probe\n", probe)
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"call", "cal", 1}, {"serve", "sevre", 2}, {"kitten", "sitting", 3}, {"CALL", "call", 0}} {
		require.Equal(t, c.want, distance(c.a, c.b), "%v", c)
		require.Equal(t, c.want, distance(c.b, c.a), "%v", c)
	}
}

func TestValues(t *testing.T) {
	var size Size
	require.NoError(t, size.Set("1280x720"))
	require.Equal(t, Size{1280, 720}, size)
	require.Equal(t, "1280x720", size.String())
	require.Empty(t, (&Size{}).String())
	for _, bad := range []string{"", "x", "1280", "0x5", "5x-1", "1e3x5", "99999x5", "1x2x3"} {
		require.Error(t, size.Set(bad), bad)
	}

	for text, want := range map[string]Bitrate{"0": 0, "500": 500, "500k": 500_000, "2.5M": 2_500_000, "1g": 1e9, "64K": 64_000} {
		var b, again Bitrate
		require.NoError(t, b.Set(text))
		require.Equal(t, want, b)
		require.NoError(t, again.Set(b.String()))
		require.Equal(t, want, again, "String gives what Set takes")
	}
	require.Equal(t, "2.5M", ptr(Bitrate(2_500_000)).String())
	for _, bad := range []string{"", "k", "-5", "NaN", "inf", "5000G", "5 k", "5kk"} {
		require.Error(t, new(Bitrate).Set(bad), bad)
	}

	for text, want := range map[string]Percent{"0": 0, "5": 0.05, "5%": 0.05, "0.5%": 0.005, "100": 1} {
		var p, again Percent
		require.NoError(t, p.Set(text))
		require.InDelta(t, float64(want), float64(p), 1e-12)
		require.NoError(t, again.Set(p.String()))
		require.InDelta(t, float64(want), float64(again), 1e-12)
	}
	require.Equal(t, "7%", ptr(Percent(0.07)).String())
	for _, bad := range []string{"", "%", "-1", "101%", "NaN", "5%%"} {
		require.Error(t, new(Percent).Set(bad), bad)
	}

	choice := Choice{Value: "VP8", Of: []string{"VP8", "H264"}}
	require.NoError(t, choice.Set("h264"))
	require.Equal(t, "H264", choice.String())
	require.ErrorContains(t, choice.Set("AV1"), "VP8, H264")
	require.Equal(t, "H264", choice.Value)

	// The flag package asks zero values for their text.
	var fs flag.FlagSet
	fs.Var(&Size{}, "size", "")
	fs.Var(new(Bitrate), "bitrate", "")
	fs.Var(new(Percent), "loss", "")
	fs.Var(&Choice{}, "codec", "")
	fs.SetOutput(os.Stderr)
	fs.VisitAll(func(f *flag.Flag) { _ = f.Value.String() })
}

func ptr[T any](v T) *T { return &v }

// TestMain lets the test binary play the program for TestSignals.
func TestMain(m *testing.M) {
	switch os.Getenv("CLI_TEST_CHILD") {
	case "obey", "ignore":
		child(os.Getenv("CLI_TEST_CHILD") == "obey")
	}
	os.Exit(m.Run())
}

// child waits for a signal and then ends by itself or goes on.
func child(obey bool) {
	ctx, stop := Signals(context.Background())
	defer stop()
	fmt.Println("ready")
	<-ctx.Done()
	fmt.Println("ending")
	if obey {
		os.Exit(7)
	}
	time.Sleep(time.Minute)
	os.Exit(8)
}
