// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/native_frame.h"
*/
import "C"

import (
	"errors"
	"unsafe"
)

// Each function here is the function of bridge/native_frame.h of that name; the
// header tells what its arguments and values are.

// Dmabuf is nrtc_dmabuf.
type Dmabuf struct {
	Fourcc        uint32
	Width, Height int
	Modifier      uint64
	FD            [2]int
	Offset, Pitch [2]uint32
}

// CUDAPicture is nrtc_cuda_picture.
type CUDAPicture struct {
	Format, Width, Height, Device int
	Context                       uint64
	Data                          [3]uint64
	Pitch                         [3]uint32
}

// NewDmabufReader makes a reader.
func NewDmabufReader() unsafe.Pointer {
	crossed()
	return unsafe.Pointer(C.nrtc_dmabuf_reader_new())
}

// frameError has room for the reason why a picture is not valid.
type frameError [256]C.char

func (e *frameError) text() error { return errors.New(C.GoString(&e[0])) }

// NewDmabufFrame makes a buffer, whose reference passes to the caller.
func NewDmabufFrame(reader unsafe.Pointer, d *Dmabuf, node string, id uint64) (unsafe.Pointer, error) {
	p := C.nrtc_dmabuf{
		fourcc: C.uint32_t(d.Fourcc), width: C.int32_t(d.Width), height: C.int32_t(d.Height),
		modifier: C.uint64_t(d.Modifier),
	}
	for i := range d.FD {
		p.fd[i], p.offset[i], p.pitch[i] = C.int32_t(d.FD[i]), C.uint32_t(d.Offset[i]), C.uint32_t(d.Pitch[i])
	}
	var why frameError
	name, size := chars(node)
	crossed()
	buffer := C.nrtc_dmabuf_frame_new((*C.nrtc_dmabuf_reader)(reader), &p, name, size, C.uint64_t(id), &why[0], C.size_t(len(why)))
	if buffer == nil {
		return nil, why.text()
	}
	return unsafe.Pointer(buffer), nil
}

// NewCUDAFrame makes a buffer, whose reference passes to the caller.
func NewCUDAFrame(c *CUDAPicture, id uint64) (unsafe.Pointer, error) {
	p := C.nrtc_cuda_picture{
		format: C.int32_t(c.Format), width: C.int32_t(c.Width), height: C.int32_t(c.Height),
		device: C.int32_t(c.Device), context: C.uint64_t(c.Context),
	}
	for i := range c.Data {
		p.data[i], p.pitch[i] = C.uint64_t(c.Data[i]), C.uint32_t(c.Pitch[i])
	}
	var why frameError
	crossed()
	buffer := C.nrtc_cuda_frame_new(&p, C.uint64_t(id), &why[0], C.size_t(len(why)))
	if buffer == nil {
		return nil, why.text()
	}
	return unsafe.Pointer(buffer), nil
}

// NativeFrameStartReleases appends releases to queue, for good.
func NativeFrameStartReleases(queue *EventQueue) {
	q := queue.Acquire()
	defer queue.Release()
	crossed()
	C.nrtc_native_frame_start_releases((*C.nrtc_event_queue)(q))
}

// PicturesCopied counts the pictures that were copied for encoders on GPUs or from
// the memory of devices.
func PicturesCopied() uint64 {
	crossed()
	return uint64(C.nrtc_pictures_copied())
}

// NewCUDAMemory allocates memory, whose reference passes to the caller, and tells its
// address and pitch.
func NewCUDAMemory(device, row, rows int) (memory unsafe.Pointer, address, pitch uint64, err error) {
	var why frameError
	crossed()
	m := C.nrtc_cuda_memory_new(C.int32_t(device), C.size_t(row), C.size_t(rows), &why[0], C.size_t(len(why)))
	if m == nil {
		return nil, 0, 0, why.text()
	}
	var a, p C.uint64_t
	crossed()
	C.nrtc_cuda_memory_get(m, &a, &p)
	return unsafe.Pointer(m), uint64(a), uint64(p), nil
}

// CUDAMemoryWrite copies rows to memory. data holds them.
func CUDAMemoryWrite(memory unsafe.Pointer, first, rows int, data []byte, row, stride int) error {
	var why frameError
	crossed()
	if C.nrtc_cuda_memory_write((*C.nrtc_cuda_memory)(memory), C.size_t(first), C.size_t(rows),
		(*C.uint8_t)(unsafe.SliceData(data)), C.size_t(row), C.size_t(stride), &why[0], C.size_t(len(why))) == 0 {
		return why.text()
	}
	return nil
}
