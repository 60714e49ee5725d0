// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// arguments are GN's for the whole build.
func (b *builder) arguments() string {
	var text strings.Builder
	group := func(about string, lines ...string) {
		fmt.Fprintf(&text, "# %s\n%s\n\n", about, strings.Join(lines, "\n"))
	}
	group("Optimised, without debugging information.",
		"is_debug = false",
		"symbol_level = 0",
		"is_component_build = false",
		"chrome_pgo_phase = 0",
		"is_cfi = false",
		"use_thin_lto = false")
	group("Debian's compiler, with the standard library that users' programs have: libstdc++.",
		"is_clang = true",
		fmt.Sprintf("clang_base_path = %q", llvm("")),
		"clang_version = \"19\"",
		"clang_use_chrome_plugins = false",
		"clang_warning_suppression_file = \"\"",
		"treat_warnings_as_errors = false",
		"use_lld = true",
		"use_siso = false",
		"use_custom_libcxx = false",
		"use_sysroot = false")
	group("C++ as the bridge is compiled: C++20, with run-time types.",
		"use_cxx23 = false",
		"use_rtti = true")
	group("No Rust: Debian's compiler for it is too old.",
		"enable_rust = false",
		"enable_rust_cxx = false",
		"enable_chromium_prelude = false",
		"rtc_rust = false")
	group("Codecs. H265 is for hardware encoders: there is no software one.",
		"proprietary_codecs = true",
		"ffmpeg_branding = \"Chrome\"",
		"rtc_use_h264 = true",
		"rtc_use_h265 = true",
		"rtc_system_openh264 = false")
	group("The event log, which the browser has too, needs protobuf.",
		"rtc_enable_protobuf = true")
	group("Left out: what only tests, examples, windows and cameras need.",
		"rtc_include_tests = false",
		"rtc_build_examples = false",
		"rtc_build_tools = false",
		"rtc_enable_grpc = false",
		"rtc_enable_google_benchmarks = false",
		"rtc_use_perfetto = false",
		"rtc_video_psnr = false",
		"rtc_use_x11 = false",
		"rtc_use_pipewire = false",
		"rtc_include_pulse_audio = false",
		"use_glib = false",
		"libyuv_disable_jpeg = true",
		"use_system_libjpeg = true")
	target := []string{fmt.Sprintf("target_cpu = %q", b.target.gn)}
	if b.target.foreign() {
		target = append(target, fmt.Sprintf("target_sysroot = %q", b.sysroot), "use_custom_libcxx_for_host = false")
	}
	group("The target.", target...)
	if wrapper := compilerCache(); wrapper != "" {
		group("Repeated compiles are fast.", fmt.Sprintf("cc_wrapper = %q", wrapper))
	}
	return text.String()
}

// compilerCache is ccache, where it is installed.
func compilerCache() string {
	if _, err := exec.LookPath("ccache"); err != nil {
		return ""
	}
	return "ccache"
}

func (b *builder) generateInputs() []string {
	return []string{b.arguments()}
}

// generate lets GN write ninja's files.
func (b *builder) generate(ctx context.Context) error {
	if err := os.MkdirAll(b.output(), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(b.output(), "args.gn"), []byte(b.arguments()), 0o644); err != nil {
		return err
	}
	return command{
		dir: b.source(), env: b.buildEnvironment(), log: b.log("generate"),
		args: []string{"gn", "gen", b.outputName()},
	}.run(ctx)
}

func (b *builder) log(step string) string { return filepath.Join(b.targetDir(), step+".log") }

// buildEnvironment lets pkg-config find the libraries that were built, and no others;
// what ccache keeps stays apart from the user's own.
func (b *builder) buildEnvironment() []string {
	return []string{
		"PKG_CONFIG_LIBDIR=" + filepath.Join(b.libraryDir(), "lib", "pkgconfig"),
		"PKG_CONFIG_PATH=",
		"CCACHE_DIR=" + filepath.Join(b.work, "ccache"),
		"CCACHE_MAXSIZE=3G",
	}
}

// compile runs ninja, which does only what is due. It shows how far it is and how long
// the rest may take, one line for each per cent.
func (b *builder) compile(ctx context.Context) error {
	c := command{
		dir:  b.source(),
		env:  append(b.buildEnvironment(), "NINJA_STATUS=[%f/%t] "),
		args: []string{"ninja", "-C", b.outputName(), b.jobsFlag(), "webrtc"},
	}
	log, err := os.Create(b.log("compile"))
	if err != nil {
		return err
	}
	defer log.Close()
	show := &progress{log: log, say: b.say, now: time.Now}
	cmd := c.prepare(ctx)
	cmd.Stdout, cmd.Stderr = show, show
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return c.failure(err, show.end.String())
	}
	return nil
}

// A progress reads ninja's lines "[DONE/ALL] ..." and passes on those of another per
// cent than the last.
type progress struct {
	log  interface{ Write([]byte) (int, error) }
	say  func(string, ...any)
	now  func() time.Time
	part []byte // of a line
	last int    // per cent
	end  bytes.Buffer

	began time.Time // with the first line
	first int       // what was done by then
}

func (p *progress) Write(text []byte) (int, error) {
	if _, err := p.log.Write(text); err != nil {
		return 0, err
	}
	p.part = append(p.part, text...)
	for {
		line, rest, found := bytes.Cut(p.part, []byte("\n"))
		if !found {
			return len(text), nil
		}
		p.part = rest
		p.line(string(line))
	}
}

func (p *progress) line(line string) {
	var done, all int
	if n, _ := fmt.Sscanf(line, "[%d/%d]", &done, &all); n == 2 && all > 0 {
		if p.began.IsZero() {
			p.began, p.first = p.now(), done
		}
		if percent := 100 * done / all; percent != p.last {
			p.last = percent
			p.say("      %3d %% (%d of %d)%s", percent, done, all, p.remaining(done, all))
		}
		if !strings.Contains(line, "FAILED") {
			return
		}
	}
	if p.end.Len() > 1<<20 {
		p.end.Reset()
	}
	p.end.WriteString(line + "\n")
}

// remaining estimates the time that is left from what was done so far.
func (p *progress) remaining(done, all int) string {
	took, did := p.now().Sub(p.began), done-p.first
	if did <= 0 || done == all || took < time.Minute {
		return ""
	}
	left := time.Duration(float64(took) / float64(did) * float64(all-done))
	if left < time.Minute {
		return ", less than a minute left"
	}
	return fmt.Sprintf(", about %d min left", int(math.Ceil(left.Minutes())))
}
