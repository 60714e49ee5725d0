// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package bench

import "fmt"

// metric is one number that a workload measures.
type metric struct {
	key   string // in the programs' results
	title string
	unit  string
	// scale turns a program's number into unit.
	scale float64
	// target bounds the ratio of ours to C++, if it is not 0: from below for
	// what should be high, from above for what should be low.
	target float64
	high   bool
	// oursOnly is for what only our program has.
	oursOnly bool
}

// workload is one piece of work that each program does.
type workload struct {
	name      string
	title     string
	detail    string
	arguments []string
	metrics   []metric
	// calibrate, if not 0, is a number of messages for a first run, whose speed
	// tells how many the measured runs take.
	calibrate   int
	needsClip   bool
	withoutPion bool
}

const (
	countPlace = "{count}"
	clipPlace  = "{clip}"

	// Queued bytes at which a sender waits, and at which it goes on.
	highWater = "1048576"
	lowWater  = "262144"

	clipWidth, clipHeight, clipFPS = 1280, 720, 30
	videoBitrate                   = 2_000_000
)

func throughput(name string, size, calibrate int, target float64) workload {
	return workload{
		name:      name,
		title:     fmt.Sprintf("Data channel, messages of %d bytes", size),
		detail:    "ordered and reliable, waiting from 1 MiB queued until 256 KiB",
		arguments: []string{"throughput", fmt.Sprint(size), countPlace, highWater, lowWater},
		calibrate: calibrate,
		metrics: []metric{
			{key: "mb_per_s", title: "throughput", unit: "MB/s", scale: 1, target: target, high: true},
			{key: "messages_per_s", title: "messages", unit: "1/s", scale: 1, high: true},
			{key: "cpu_s_per_mb", title: "CPU time, both peers", unit: "s/MB", scale: 1},
			{key: "crossings_per_message", title: "crossings between Go and C", unit: "per message", scale: 1, oursOnly: true},
		},
	}
}

var workloads = []workload{
	throughput("throughput-16k", 16384, 1000, 0.95),
	throughput("throughput-64", 64, 5000, 0.9),
	{
		name: "latency", title: "Round trip of a message of 64 bytes", detail: "answered in the handler, 5000 trips",
		arguments: []string{"latency", "64", "5000"},
		metrics: []metric{
			{key: "p50_us", title: "median", unit: "µs", scale: 1},
			{key: "p99_us", title: "99th percentile", unit: "µs", scale: 1},
		},
	},
	{
		name: "connections", title: "Connections, one after another", detail: "both peers, from their making to an open data channel, then closed; 30 of them",
		arguments: []string{"connections", "30"},
		metrics: []metric{
			{key: "connections_per_s", title: "connections", unit: "1/s", scale: 1, high: true},
			{key: "cpu_ms_per_connection", title: "CPU time, both peers", unit: "ms", scale: 1},
		},
	},
	{
		name: "memory", title: "100 open connections", detail: "both peers of each in the process, with a data channel, at rest",
		arguments: []string{"memory", "100"},
		metrics: []metric{
			{key: "rss_kib_per_connection", title: "memory per connection", unit: "KiB", scale: 1},
			{key: "threads_per_connection", title: "threads per connection", unit: "", scale: 1},
			{key: "base_rss_kib", title: "memory before", unit: "MiB", scale: 1.0 / 1024},
			{key: "base_threads", title: "threads before", unit: "", scale: 1},
		},
	},
	{
		name: "video", title: "Video, 1280x720 at 30 fps, VP8", detail: "2 Mbit/s, encoded, sent, received and decoded; pion has no encoder",
		arguments: []string{"video", clipPlace, fmt.Sprint(clipWidth), fmt.Sprint(clipHeight), fmt.Sprint(clipFPS), "5", fmt.Sprint(videoBitrate)},
		metrics: []metric{
			{key: "cpu_ms_per_frame", title: "CPU time, both peers", unit: "ms/frame", scale: 1, target: 1.03},
			{key: "cores", title: "cores in use", unit: "", scale: 1},
			{key: "frames_per_s", title: "frames received", unit: "1/s", scale: 1, high: true},
		},
		needsClip: true, withoutPion: true,
	},
}
