// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package record

import (
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"

	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
)

// WritePNG writes the frame as a PNG.
func WritePNG(w io.Writer, f *clip.Frame) error {
	if err := f.Check(); err != nil {
		return err
	}
	return png.Encode(w, picture{f})
}

// SavePNG writes the frame as a PNG file, which appears whole or not at all.
func SavePNG(path string, f *clip.Frame) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".picture-")
	if err != nil {
		return err
	}
	err = WritePNG(file, f)
	err = errors.Join(err, file.Chmod(0o644), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(file.Name()))
	}
	return err
}

// picture is a frame as an image. The standard library's image.YCbCr means the
// full range of levels, as in JPEG; video has the limited one.
type picture struct{ f *clip.Frame }

var _ image.Image = picture{}

func (p picture) ColorModel() color.Model { return color.RGBAModel }

func (p picture) Bounds() image.Rectangle { return image.Rect(0, 0, p.f.Width, p.f.Height) }

// Opaque lets the encoder leave transparency out.
func (p picture) Opaque() bool { return true }

// At converts a pixel by BT.601, limited range, in 16-bit fixed point.
func (p picture) At(x, y int) color.Color {
	f := p.f
	l := (int(f.Y[y*f.StrideY+x]) - 16) * 76309
	u := int(f.U[y/2*f.StrideU+x/2]) - 128
	v := int(f.V[y/2*f.StrideV+x/2]) - 128
	return color.RGBA{
		R: clamp(l + 104597*v),
		G: clamp(l - 25675*u - 53279*v),
		B: clamp(l + 132201*u),
		A: 255,
	}
}

func clamp(v int) uint8 { return uint8(min(max((v+1<<15)>>16, 0), 255)) }
