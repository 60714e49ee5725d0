// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package doubles

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

// Compile has the C++ compiler make a program or a library of sources, as many at a time as
// there are processors. The arguments are the compiler's: sources end in ".cc", what is for the
// linker alone begins with "-l" or "-Wl," or is a library's path, and the others are for both.
func Compile(to string, arguments ...string) error {
	dir, err := os.MkdirTemp("", "nativertc-objects-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var sources, flags, link []string
	for _, a := range arguments {
		switch {
		case strings.HasSuffix(a, ".cc"):
			sources = append(sources, a)
		case strings.HasPrefix(a, "-l"), strings.HasPrefix(a, "-Wl,"), !strings.HasPrefix(a, "-"):
			link = append(link, a)
		default:
			flags = append(flags, a)
		}
	}
	objects, failures := make([]string, len(sources)), make([]error, len(sources))
	slots := make(chan struct{}, runtime.NumCPU())
	var all sync.WaitGroup
	for i, source := range sources {
		objects[i] = filepath.Join(dir, strconv.Itoa(i)+".o")
		all.Add(1)
		go func() {
			defer all.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			failures[i] = compiler(append(flags[:len(flags):len(flags)], "-c", source, "-o", objects[i]))
		}()
	}
	all.Wait()
	for i, err := range failures {
		if err != nil {
			return fmt.Errorf("compiling %s: %w", sources[i], err)
		}
	}
	if err := compiler(append(append(append(flags[:len(flags):len(flags)], objects...), link...), "-o", to)); err != nil {
		return fmt.Errorf("linking %s: %w", filepath.Base(to), err)
	}
	return nil
}

func compiler(arguments []string) error {
	if out, err := exec.Command("g++", arguments...).CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}
