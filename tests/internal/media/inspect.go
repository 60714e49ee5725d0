// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import (
	"fmt"
	"slices"
)

// A Report says what arrived of a sequence of pictures made by [Draw].
type Report struct {
	// Pictures is how many there are in all, Numbered how many of them carry a
	// readable number, Distinct how many different numbers there are.
	Pictures, Numbered, Distinct int
	// Backward is how often a picture's number is not above the one before. A
	// source that loops accounts for one per turn.
	Backward int
	// FullSize is how many numbered pictures have the size of the original.
	FullSize int
	// MedianPSNR is that of the numbered pictures of full size against the
	// originals of the same number, in dB; zero where there are none.
	MedianPSNR float64
}

func (r Report) String() string {
	return fmt.Sprintf("%d pictures: %d numbered, %d distinct, %d backward, %d of full size with a median PSNR of %.1f dB",
		r.Pictures, r.Numbered, r.Distinct, r.Backward, r.FullSize, r.MedianPSNR)
}

// Inspect compares received pictures with the originals of the given size.
func Inspect(frames []*Frame, width, height int) Report {
	r := Report{Pictures: len(frames)}
	seen := map[int]bool{}
	var psnr []float64
	last := -1
	for _, f := range frames {
		n, ok := f.Number()
		if !ok {
			continue
		}
		r.Numbered++
		if n <= last {
			r.Backward++
		}
		last = n
		seen[n] = true
		if f.Width == width && f.Height == height {
			psnr = append(psnr, PSNR(Draw(n, width, height), f))
		}
	}
	r.Distinct = len(seen)
	r.FullSize = len(psnr)
	if len(psnr) > 0 {
		slices.Sort(psnr)
		r.MedianPSNR = psnr[len(psnr)/2]
	}
	return r
}
