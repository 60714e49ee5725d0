// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import (
	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
)

// View returns the buffer as a frame of a clip, which shares its memory and is
// valid as long as it. A format other than I420 is converted, into memory of its
// own.
func View(b *webrtc.VideoFrameBuffer) (*clip.Frame, error) {
	if b.Format != webrtc.PixelFormatI420 {
		converted, err := b.ToI420()
		if err != nil {
			return nil, err
		}
		b = converted
	}
	f := &clip.Frame{
		Y: b.Planes[0].Data, U: b.Planes[1].Data, V: b.Planes[2].Data,
		StrideY: b.Planes[0].Stride, StrideU: b.Planes[1].Stride, StrideV: b.Planes[2].Stride,
		Width: b.Width, Height: b.Height,
	}
	return f, f.Check()
}
