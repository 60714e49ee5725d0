// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hw

import (
	"errors"
	"fmt"

	"github.com/nativertc/nativertc/cgo"
)

// CUDAMemory is memory of a GPU of NVIDIA, for applications that make pictures without
// CUDA of their own: it stands for rows of bytes, as a webrtc.CUDABuffer needs them. All
// methods may be called from any goroutine.
type CUDAMemory struct {
	ref       *cgo.Ref
	row, rows int
	address   uintptr
	pitch     int
}

// maxCUDAMemory bounds rows and their number.
const maxCUDAMemory = 1 << 20

// AllocateCUDA allocates rows of so many bytes on a GPU, in its primary context.
// It fails where there is no driver of NVIDIA, no such GPU or no memory. It must be
// closed.
func AllocateCUDA(device, row, rows int) (*CUDAMemory, error) {
	if device < 0 || row < 1 || rows < 1 || row > maxCUDAMemory || rows > maxCUDAMemory {
		return nil, fmt.Errorf("hw: there are no %d rows of %d bytes on the GPU %d", rows, row, device)
	}
	p, address, pitch, err := cgo.NewCUDAMemory(device, row, rows)
	if err != nil {
		return nil, fmt.Errorf("hw: %w", err)
	}
	return &CUDAMemory{ref: cgo.NewRef(p, nil), row: row, rows: rows, address: uintptr(address), pitch: int(pitch)}, nil
}

// Address is the CUdeviceptr of the first row.
func (m *CUDAMemory) Address() uintptr { return m.address }

// Pitch is how many bytes the beginnings of two rows are apart.
func (m *CUDAMemory) Pitch() int { return m.pitch }

// Write copies rows of so many bytes, the beginnings of which are stride apart in data, to
// the rows from first on, and waits for that. It fails for what does not fit, and after Close.
func (m *CUDAMemory) Write(first int, data []byte, row, stride int) error {
	if first < 0 || row < 1 || row > m.row || stride < row || stride > maxCUDAMemory || len(data) < row {
		return errors.New("hw: the rows are not within the memory")
	}
	rows := (len(data)-row)/stride + 1
	if rows > m.rows-first {
		return errors.New("hw: the rows are not within the memory")
	}
	p := m.ref.Acquire()
	if p == nil {
		return errors.New("hw: the memory is closed")
	}
	defer m.ref.Release()
	if err := cgo.CUDAMemoryWrite(p, first, rows, data, row, stride); err != nil {
		return fmt.Errorf("hw: %w", err)
	}
	return nil
}

// Close frees the memory, which no webrtc.CUDABuffer may still stand for: its Release tells.
// Closing twice is fine; the error is always nil.
func (m *CUDAMemory) Close() error {
	m.ref.Close()
	return nil
}
