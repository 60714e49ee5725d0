// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command libwebrtc builds the browser's libwebrtc, of the revision m150, from
// Debian's source package of Chromium into a prefix that nativertc links with.
// docs/libwebrtc.md describes it; make libwebrtc runs it.
//
// It may be interrupted at any time: what was finished is not done again.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	b, err := parse(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err == nil {
		err = b.build(ctx)
	}
	switch {
	case err == nil:
		return
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "libwebrtc: interrupted; the same command goes on from here")
	default:
		fmt.Fprintln(os.Stderr, "libwebrtc: error:", err)
	}
	os.Exit(1)
}

// A builder is one run of this command.
type builder struct {
	root   string // of nativertc
	work   string // for all that is in between
	prefix string // what is made
	target target
	jobs   int
	// of another architecture than this machine's
	sysroot string
	until   string // the step after which to stop
}

func parse(args []string) (*builder, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	base := filepath.Join(cache, "nativertc")
	var arch string
	b := &builder{}
	flags := flag.NewFlagSet("libwebrtc", flag.ContinueOnError)
	flags.StringVar(&arch, "arch", runtime.GOARCH, "the architecture to build for, as Go names it: "+architectures())
	flags.StringVar(&b.root, "root", ".", "the checkout of nativertc")
	flags.StringVar(&b.work, "work", "", "the folder for sources and objects (default "+filepath.Join(base, "libwebrtc-build")+")")
	flags.StringVar(&b.prefix, "prefix", "", "the folder to make (default "+filepath.Join(base, prefixName("ARCH"))+")")
	flags.IntVar(&b.jobs, "j", runtime.NumCPU(), "compilers at a time")
	flags.StringVar(&b.until, "until", "", "stop after this step: "+stepNames())
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("unknown argument %q", flags.Arg(0))
	}
	var known bool
	if b.target, known = targets[arch]; !known {
		return nil, fmt.Errorf("it cannot be built for %s, only for %s", arch, architectures())
	}
	if b.until != "" && !isStep(b.until) {
		return nil, fmt.Errorf("there is no step %q, only %s", b.until, stepNames())
	}
	if b.work == "" {
		b.work = filepath.Join(base, "libwebrtc-build")
	}
	if b.prefix == "" {
		b.prefix = filepath.Join(base, prefixName(arch))
	}
	for _, path := range []*string{&b.root, &b.work, &b.prefix} {
		if *path, err = filepath.Abs(*path); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// prefixName is known to tools/setup/prefix.sh too.
func prefixName(arch string) string {
	return "libwebrtc-" + chromiumVersion + "-linux-" + arch
}
