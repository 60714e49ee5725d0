// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WriteY4M writes pictures 0 to count-1 of [Draw] as a YUV4MPEG2 file.
func WriteY4M(w io.Writer, width, height, fps, count int) error {
	if _, err := fmt.Fprintf(w, "YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\n", width, height, fps); err != nil {
		return err
	}
	for n := range count {
		f := Draw(n, width, height)
		for _, part := range [][]byte{[]byte("FRAME\n"), f.Y, f.U, f.V} {
			if _, err := w.Write(part); err != nil {
				return err
			}
		}
	}
	return nil
}

// ParseY4M returns the pictures of a YUV4MPEG2 file with 4:2:0 chroma. They share
// data's memory.
func ParseY4M(data []byte) ([]*Frame, error) {
	header, data, ok := bytes.Cut(data, []byte("\n"))
	if !ok || !bytes.HasPrefix(header, []byte("YUV4MPEG2 ")) {
		return nil, errors.New("not a YUV4MPEG2 file")
	}
	var width, height int
	for _, field := range strings.Fields(string(header))[1:] {
		var err error
		switch field[0] {
		case 'W':
			width, err = strconv.Atoi(field[1:])
		case 'H':
			height, err = strconv.Atoi(field[1:])
		case 'C':
			if !strings.HasPrefix(field, "C420") {
				err = errors.New("not 4:2:0")
			}
		}
		if err != nil {
			return nil, fmt.Errorf("YUV4MPEG2 field %q: %w", field, err)
		}
	}
	if width <= 0 || height <= 0 || width%2 != 0 || height%2 != 0 {
		return nil, fmt.Errorf("YUV4MPEG2 size %dx%d: not even and positive", width, height)
	}
	var frames []*Frame
	for len(data) > 0 {
		var line []byte
		line, data, ok = bytes.Cut(data, []byte("\n"))
		if !ok || !bytes.HasPrefix(line, []byte("FRAME")) || len(data) < FrameSize(width, height) {
			return nil, errors.New("YUV4MPEG2 frame cut short")
		}
		frames = append(frames, FrameOf(width, height, data))
		data = data[FrameSize(width, height):]
	}
	return frames, nil
}
