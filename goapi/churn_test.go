// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// resources are what a process holds.
type resources struct {
	threads, files, goroutines int
	rss                        int // MiB
}

func readResources(t testing.TB) resources {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	require.NoError(t, err)
	field := func(name string) int {
		_, after, found := strings.Cut(string(status), "\n"+name+":")
		require.True(t, found, name)
		n, err := strconv.Atoi(strings.Fields(after)[0])
		require.NoError(t, err)
		return n
	}
	files, err := os.ReadDir("/proc/self/fd")
	require.NoError(t, err)
	return resources{
		threads:    field("Threads"),
		files:      len(files),
		goroutines: runtime.NumGoroutine(),
		rss:        field("VmRSS") >> 10,
	}
}

// settled reads the resources once what ends in the background has ended.
func settled(t testing.TB) resources {
	t.Helper()
	var last resources
	for range 50 {
		runtime.GC()
		time.Sleep(20 * time.Millisecond)
		now := readResources(t)
		if now == last {
			return now
		}
		last = now
	}
	return last
}

// churn opens and closes connections, each connected and used.
func churn(t *testing.T, count int) {
	t.Helper()
	for range count / 2 {
		api := loopbackAPI()
		a, err := api.NewPeerConnection(Configuration{})
		require.NoError(t, err)
		b, err := api.NewPeerConnection(Configuration{})
		require.NoError(t, err)
		exchangeCandidates(a, b)
		exchangeCandidates(b, a)
		ours, theirs := channelPair(t, a, b, nil)
		got := make(chan struct{}, 1)
		theirs.OnMessage(func(DataChannelMessage) { got <- struct{}{} })
		require.NoError(t, ours.SendText("x"))
		receive(t, got, "message")
		require.NoError(t, a.GracefulClose())
		require.NoError(t, b.GracefulClose())
	}
}

func TestThousandConnectionsLeaveNothingBehind(t *testing.T) {
	const total, warmUp = 1000, 200
	start := settled(t)
	churn(t, warmUp)
	warm := settled(t)
	churn(t, total-warmUp)
	end := settled(t)
	t.Logf("figure: before %+v, after %d connections %+v, after %d %+v", start, warmUp, warm, total, end)
	// Go's own threads come as they are wanted and never go: a few, whatever the
	// number of connections.
	require.LessOrEqual(t, end.threads, warm.threads+10, "threads")
	require.LessOrEqual(t, end.files, warm.files, "files")
	require.LessOrEqual(t, end.goroutines, warm.goroutines+2, "goroutines")
	require.LessOrEqual(t, end.rss, warm.rss+warm.rss/4+16, "memory, MiB")
	require.Zero(t, factories(t), "libwebrtc's threads end with the last connection")
}

// factories counts the factories that run, by the names of threads that each has. A
// thread that Go's runtime starts on one of them inherits its name: so the rarest
// name counts.
func factories(t testing.TB) int {
	t.Helper()
	tasks, err := os.ReadDir("/proc/self/task")
	require.NoError(t, err)
	names := map[string]int{}
	for _, task := range tasks {
		if name, err := os.ReadFile("/proc/self/task/" + task.Name() + "/comm"); err == nil {
			names[strings.TrimSpace(string(name))]++
		}
	}
	return min(names["nrtc-network"], names["nrtc-signaling"])
}

func TestThreadsDoNotGrowWithConnections(t *testing.T) {
	api := loopbackAPI()
	var open []*PeerConnection
	defer func() {
		for _, pc := range open {
			_ = pc.GracefulClose()
		}
	}()
	grow := func(n int) resources {
		for range n {
			pc, err := api.NewPeerConnection(Configuration{})
			require.NoError(t, err)
			_, err = pc.CreateDataChannel("d", nil)
			require.NoError(t, err)
			require.NoError(t, pc.SetLocalDescription(SessionDescription{}))
			open = append(open, pc)
		}
		return settled(t)
	}
	few := grow(10)
	many := grow(90)
	t.Logf("figure: 10 connections %+v, 100 connections %+v", few, many)
	require.Equal(t, 1, factories(t))
	require.LessOrEqual(t, many.threads, few.threads+4, "threads")
}
