// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package quality

import "github.com/nativertc/nativertc/tools/nativertc/internal/clip"

// ssimWindow and ssimStep are the side of the windows that SSIM compares, and
// their distance, in pixels.
const (
	ssimWindow = 8
	ssimStep   = 4
)

// SSIM returns the mean structural similarity of the luma of two frames of the
// same size: 1 where they are equal, towards 0 where they have nothing in common.
// Frames smaller than 8x8 are refused.
func SSIM(reference, received *clip.Frame) (float64, error) {
	if err := sameSize(reference, received); err != nil {
		return 0, err
	}
	if reference.Width < ssimWindow || reference.Height < ssimWindow {
		return 0, clip.ErrFrame
	}
	a, b := planes(reference)[0], planes(received)[0]
	sum, windows := 0.0, 0
	for y := 0; y+ssimWindow <= a.height; y += ssimStep {
		for x := 0; x+ssimWindow <= a.width; x += ssimStep {
			sum += similarity(a, b, x, y)
			windows++
		}
	}
	return sum / float64(windows), nil
}

// similarity compares one window: its means, variances and covariance.
func similarity(a, b plane, x, y int) float64 {
	var sa, sb, saa, sbb, sab int
	for i := range ssimWindow {
		ra, rb := a.row(y + i)[x:x+ssimWindow], b.row(y + i)[x:x+ssimWindow]
		for j, v := range ra {
			p, q := int(v), int(rb[j])
			sa, sb = sa+p, sb+q
			saa, sbb, sab = saa+p*p, sbb+q*q, sab+p*q
		}
	}
	const n = ssimWindow * ssimWindow
	// The constants of the definition, (0.01*255)^2 and (0.03*255)^2, keep the
	// quotient stable in flat windows.
	const c1, c2 = 0.01 * 255 * 0.01 * 255, 0.03 * 255 * 0.03 * 255
	ma, mb := float64(sa)/n, float64(sb)/n
	va, vb, cov := float64(saa)/n-ma*ma, float64(sbb)/n-mb*mb, float64(sab)/n-ma*mb
	return (2*ma*mb + c1) * (2*cov + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
}
