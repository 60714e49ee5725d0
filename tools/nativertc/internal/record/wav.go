// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package record

import (
	"bufio"
	"encoding/binary"
	"errors"
	"math"
	"os"
)

// errWAVFull says that a WAV file's 32-bit sizes are used up, after six hours of
// 48 kHz stereo.
var errWAVFull = errors.New("the WAV file is full")

// wavHeader is the size of the header that wavFile writes.
const wavHeader = 44

// wavFile writes 16-bit PCM.
type wavFile struct {
	file           *os.File
	buf            *bufio.Writer
	rate, channels int
	bytes          int64
	scratch        []byte
}

func createWAV(path string, rate, channels int) (*wavFile, error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	w := &wavFile{file: file, buf: bufio.NewWriterSize(file, 1<<16), rate: rate, channels: channels}
	if _, err := w.buf.Write(w.header()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return w, nil
}

// header returns the header for what has been written so far.
func (w *wavFile) header() []byte {
	h := make([]byte, 0, wavHeader)
	le := binary.LittleEndian
	h = append(h, "RIFF"...)
	h = le.AppendUint32(h, uint32(w.bytes+wavHeader-8))
	h = append(h, "WAVEfmt "...)
	h = le.AppendUint32(h, 16)
	h = le.AppendUint16(h, 1) // PCM
	h = le.AppendUint16(h, uint16(w.channels))
	h = le.AppendUint32(h, uint32(w.rate))
	h = le.AppendUint32(h, uint32(w.rate*w.channels*2))
	h = le.AppendUint16(h, uint16(w.channels*2))
	h = le.AppendUint16(h, 16)
	h = append(h, "data"...)
	return le.AppendUint32(h, uint32(w.bytes))
}

func (w *wavFile) write(pcm []int16) error {
	if w.bytes+int64(2*len(pcm)) > math.MaxUint32-wavHeader {
		return errWAVFull
	}
	w.scratch = w.scratch[:0]
	for _, v := range pcm {
		w.scratch = binary.LittleEndian.AppendUint16(w.scratch, uint16(v))
	}
	n, err := w.buf.Write(w.scratch)
	w.bytes += int64(n)
	return err
}

// frames returns how many samples of each channel have been written.
func (w *wavFile) frames() int64 { return w.bytes / int64(2*w.channels) }

// close completes the header.
func (w *wavFile) close() error {
	err := w.buf.Flush()
	_, err2 := w.file.WriteAt(w.header(), 0)
	return errors.Join(err, err2, w.file.Close())
}
