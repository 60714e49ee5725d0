// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package load

import (
	"fmt"
	"math"
	"slices"
	"sync/atomic"
	"time"
)

// Throughput sends count messages of a size from one peer to the other. It stops
// sending at high queued bytes until they have fallen to low.
func Throughput(s Stack, size, count int, high, low uint64) (Result, error) {
	pair, err := s.Connect()
	if err != nil {
		return nil, err
	}
	defer pair.Close()
	// A share of the messages goes first, unmeasured, to open the congestion
	// window.
	warmUp := max(count/8, 1)
	t := transfer{
		to:      pair.A,
		message: filled(size),
		high:    high,
		drained: make(chan struct{}, 1),
		arrived: make(chan struct{}, 1),
	}
	pair.A.SetBufferedAmountLowThreshold(low)
	pair.A.OnBufferedAmountLow(func() { signal(t.drained) })
	var received int
	var wrong atomic.Int64
	pair.B.OnMessage(func(data []byte) {
		if len(data) != size {
			wrong.Add(1)
		}
		received++
		if received == warmUp || received == warmUp+count {
			signal(t.arrived)
		}
	})
	if err := t.run(warmUp); err != nil {
		return nil, err
	}

	var crossings uint64
	if s.Crossings != nil {
		crossings = s.Crossings()
	}
	cpu, start := CPU(), time.Now()
	if err := t.run(count); err != nil {
		return nil, err
	}
	wall := time.Since(start).Seconds()
	cpu = CPU() - cpu
	if n := wrong.Load(); n > 0 {
		return nil, fmt.Errorf("%d messages of a wrong size", n)
	}
	megabytes := float64(size) * float64(count) / 1e6
	r := Result{
		"mb_per_s":       megabytes / wall,
		"messages_per_s": float64(count) / wall,
		"cpu_s_per_mb":   cpu.Seconds() / megabytes,
	}
	if s.Crossings != nil {
		r["crossings_per_message"] = float64(s.Crossings()-crossings) / float64(count)
	}
	return r, nil
}

type transfer struct {
	to               Channel
	message          []byte
	high             uint64
	drained, arrived chan struct{}
}

// run sends count messages and waits until all have arrived.
func (t *transfer) run(count int) error {
	for range count {
		for t.to.BufferedAmount() >= t.high {
			if _, err := wait(t.drained, "the queue does not drain"); err != nil {
				return err
			}
		}
		if err := t.to.Send(t.message); err != nil {
			return err
		}
	}
	_, err := wait(t.arrived, "messages do not arrive")
	return err
}

// Latency sends a message to and fro count times, from the handlers.
func Latency(s Stack, size, count int) (Result, error) {
	pair, err := s.Connect()
	if err != nil {
		return nil, err
	}
	defer pair.Close()
	warmUp := count/8 + 1
	message := filled(size)
	trips := make([]time.Duration, 0, count)
	done := make(chan error, 1)
	end := func(err error) {
		select {
		case done <- err:
		default:
		}
	}
	var sent time.Time
	ping := func() {
		sent = time.Now()
		if err := pair.A.Send(message); err != nil {
			end(err)
		}
	}
	received := 0
	pair.A.OnMessage(func([]byte) {
		trip := time.Since(sent)
		if received++; received > warmUp {
			trips = append(trips, trip)
		}
		if len(trips) == count {
			end(nil)
			return
		}
		ping()
	})
	pair.B.OnMessage(func(data []byte) {
		if err := pair.B.Send(data); err != nil {
			end(err)
		}
	})
	ping()
	if err, late := wait(done, "pings do not come back"); err != nil || late != nil {
		return nil, firstError(err, late)
	}
	slices.Sort(trips)
	micro := func(q float64) float64 { return float64(quantile(trips, q)) / float64(time.Microsecond) }
	return Result{"p50_us": micro(0.5), "p99_us": micro(0.99)}, nil
}

// quantile returns the value that the share q of sorted does not exceed.
func quantile(sorted []time.Duration, q float64) time.Duration {
	rank := int(math.Ceil(q * float64(len(sorted))))
	return sorted[max(rank, 1)-1]
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func filled(size int) []byte {
	message := make([]byte, size)
	for i := range message {
		message[i] = 0x5a
	}
	return message
}
