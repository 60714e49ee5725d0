// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package load

import (
	"runtime/debug"
	"time"
)

// once connects and closes a pair.
func once(s Stack) error {
	pair, err := s.Connect()
	if err != nil {
		return err
	}
	return pair.Close()
}

// Connections opens count pairs, one after another, and closes each before the
// next.
func Connections(s Stack, count int) (Result, error) {
	// What a process makes but once is made first.
	if err := once(s); err != nil {
		return nil, err
	}
	cpu, start := CPU(), time.Now()
	for range count {
		if err := once(s); err != nil {
			return nil, err
		}
	}
	wall := time.Since(start).Seconds()
	cpu = CPU() - cpu
	return Result{
		"connections_per_s":     float64(count) / wall,
		"cpu_ms_per_connection": cpu.Seconds() * 1e3 / float64(count),
	}, nil
}

// Memory opens count pairs and keeps them.
func Memory(s Stack, count int) (Result, error) {
	if err := once(s); err != nil {
		return nil, err
	}
	before, err := settled()
	if err != nil {
		return nil, err
	}
	for range count {
		pair, err := s.Connect()
		if err != nil {
			return nil, err
		}
		defer pair.Close()
	}
	after, err := settled()
	if err != nil {
		return nil, err
	}
	return Result{
		"rss_kib_per_connection": (after.rss - before.rss) / float64(count),
		"threads_per_connection": (after.threads - before.threads) / float64(count),
		"base_rss_kib":           before.rss,
		"base_threads":           before.threads,
	}, nil
}

type footprint struct{ rss, threads float64 }

// settled returns what the process takes when garbage is gone and all is at rest.
func settled() (f footprint, err error) {
	time.Sleep(time.Second)
	debug.FreeOSMemory()
	if f.rss, err = statusField("VmRSS"); err != nil {
		return f, err
	}
	f.threads, err = statusField("Threads")
	return f, err
}
