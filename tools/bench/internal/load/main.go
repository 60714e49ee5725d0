// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package load

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"
)

// Main runs the workload that the program's arguments name, prints its result and
// ends the program.
func Main(s Stack) {
	result, err := run(s, os.Args[1:])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(result)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", s.Name, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func run(s Stack, args []string) (Result, error) {
	if len(args) == 0 {
		return nil, fmt.Errorf("which workload?")
	}
	name, a := args[0], arguments{rest: args[1:]}
	var work func() (Result, error)
	switch name {
	case "throughput":
		size, count, high, low := a.number(), a.number(), a.number(), a.number()
		work = func() (Result, error) { return Throughput(s, size, count, uint64(high), uint64(low)) }
	case "latency":
		size, count := a.number(), a.number()
		work = func() (Result, error) { return Latency(s, size, count) }
	case "connections":
		count := a.number()
		work = func() (Result, error) { return Connections(s, count) }
	case "memory":
		count := a.number()
		work = func() (Result, error) { return Memory(s, count) }
	case "video":
		if s.Video == nil {
			return nil, fmt.Errorf("no video here")
		}
		v := VideoArguments{File: a.text(), Width: a.number(), Height: a.number(), FPS: a.number()}
		v.Time = time.Duration(a.number()) * time.Second
		v.Bitrate = a.number()
		work = func() (Result, error) { return s.Video(v) }
	default:
		return nil, fmt.Errorf("no workload %q", name)
	}
	if err := a.end(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return work()
}

// arguments reads what follows a workload's name. The first failure stays.
type arguments struct {
	rest []string
	err  error
}

func (a *arguments) text() string {
	if len(a.rest) == 0 {
		a.fail(fmt.Errorf("too few arguments"))
		return ""
	}
	s := a.rest[0]
	a.rest = a.rest[1:]
	return s
}

// number reads a positive number.
func (a *arguments) number() int {
	s := a.text()
	n, err := strconv.Atoi(s)
	if err != nil || n <= 0 {
		a.fail(fmt.Errorf("%q is no positive number", s))
	}
	return n
}

func (a *arguments) fail(err error) {
	if a.err == nil {
		a.err = err
	}
}

func (a *arguments) end() error {
	if a.err == nil && len(a.rest) > 0 {
		a.err = fmt.Errorf("too many arguments")
	}
	return a.err
}
