// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package relay

import (
	"errors"
	"fmt"
	"time"
)

// Impairment is what happens to the packets of one direction. The zero value lets
// them pass untouched.
type Impairment struct {
	// Loss is the probability that a packet is lost, 0 to 1. Losses are independent
	// of each other.
	Loss float64
	// Delay is added to every packet.
	Delay time.Duration
	// Jitter is a further delay, evenly distributed between 0 and this value, drawn
	// anew for each packet. It does not change the order.
	Jitter time.Duration
	// Rate is the bandwidth in bits per second, of UDP payloads; 0 is no limit.
	// Packets queue for it and are dropped where the queue is full.
	Rate int64
	// Queue bounds what waits for Rate, in bytes; 0 is what the rate carries in
	// half a second, at least 16 KiB.
	Queue int
	// Reorder is the probability that a packet is held back by ReorderBy, so that
	// later ones overtake it, 0 to 1.
	Reorder float64
	// ReorderBy is that time; 0 is 10 ms.
	ReorderBy time.Duration
}

// Limits of an Impairment's values.
const (
	maxDelay   = time.Minute
	minRate    = 1000
	minQueue   = 16 << 10
	reorderFor = 10 * time.Millisecond
)

// ErrImpairment is in the chain of the error about values out of range.
var ErrImpairment = errors.New("invalid impairment")

// Check returns an error where a value is out of range.
func (i Impairment) Check() error {
	switch {
	case !(i.Loss >= 0 && i.Loss <= 1):
		return fmt.Errorf("%w: loss %v is not within 0 and 1", ErrImpairment, i.Loss)
	case !(i.Reorder >= 0 && i.Reorder <= 1):
		return fmt.Errorf("%w: reordering %v is not within 0 and 1", ErrImpairment, i.Reorder)
	case i.Rate != 0 && i.Rate < minRate:
		return fmt.Errorf("%w: rate %d is below %d bit/s", ErrImpairment, i.Rate, minRate)
	case i.Queue < 0:
		return fmt.Errorf("%w: queue of %d bytes", ErrImpairment, i.Queue)
	}
	for _, d := range []time.Duration{i.Delay, i.Jitter, i.ReorderBy} {
		if d < 0 || d > maxDelay {
			return fmt.Errorf("%w: delay %v is not within 0 and %v", ErrImpairment, d, maxDelay)
		}
	}
	return nil
}

// queue returns the bytes that may wait for the rate.
func (i Impairment) queue() int {
	if i.Queue > 0 {
		return i.Queue
	}
	return max(int(min(i.Rate/8/2, maxHeldBytes)), minQueue)
}
