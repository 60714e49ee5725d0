// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// writePNG writes a frame to the folder, as frame-0001.png for number 1.
func writePNG(folder string, number int, frame *webrtc.VideoFrame) (err error) {
	picture, err := frame.ToImage()
	if err != nil {
		return err
	}
	fullRange(picture)
	file, err := os.Create(filepath.Join(folder, fmt.Sprintf("frame-%04d.png", number)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := bufio.NewWriter(file)
	if err := png.Encode(w, picture); err != nil {
		return err
	}
	return w.Flush()
}

// fullRange stretches the samples of video, where black is 16, white is 235 and
// colour is within 112 of 128, to those of package image, which use all of a byte.
func fullRange(picture *image.YCbCr) {
	stretch(picture.Y, 16, 219, 0)
	stretch(picture.Cb, 128, 224, 128)
	stretch(picture.Cr, 128, 224, 128)
}

func stretch(samples []byte, zero, span, newZero int) {
	for i, s := range samples {
		samples[i] = byte(min(max((int(s)-zero)*255/span+newZero, 0), 255))
	}
}
