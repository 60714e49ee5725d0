// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"fmt"
	"math"
	goruntime "runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// NativeVideoBuffer is a picture that is in the memory of a device already: a
// [DmabufBuffer] or a [CUDABuffer]. Encoders on devices that take it (hw.Device.ZeroCopy
// tells which do) read it where it is; everybody else copies it when needed. It is pushed
// as VideoFrame.Native.
//
// The application keeps the memory as it is until Release is called.
type NativeVideoBuffer interface {
	// buffer returns a reference to a buffer of libwebrtc's, which tells of its end under id.
	buffer(s *VideoSource, id uint64) (unsafe.Pointer, error)
	// release is what to call at the end, or nil.
	release() func()
}

// DRMFormat is how pixels lie in memory, as a code of four characters of Linux's
// drm_fourcc.h.
type DRMFormat uint32

const (
	// DRMFormatNV12 is as PixelFormatNV12.
	DRMFormatNV12 DRMFormat = 'N' | 'V'<<8 | '1'<<16 | '2'<<24

	// DRMFormatP010 is as NV12, of 10 bits in the upper part of two bytes. It is sent with 8.
	DRMFormatP010 DRMFormat = 'P' | '0'<<8 | '1'<<16 | '0'<<24
)

// String returns the four characters.
func (f DRMFormat) String() string {
	return string([]byte{byte(f), byte(f >> 8), byte(f >> 16), byte(f >> 24)})
}

const (
	// DRMModifierLinear is the modifier of memory that is laid out row by row.
	DRMModifierLinear uint64 = 0

	// DRMModifierInvalid tells that the modifier is not known: the driver that is asked to
	// read the memory must know better.
	DRMModifierInvalid uint64 = 1<<56 - 1
)

// DmabufPlane is where a plane of a DmabufBuffer lies.
type DmabufPlane struct {
	// FD is a file descriptor of the memory. Planes may have the same. It remains the
	// application's, which closes it after Release.
	FD int

	// Offset is where the plane begins in the memory, and Pitch how many bytes the beginnings
	// of two rows are apart.
	Offset, Pitch int
}

// DmabufBuffer is a picture in memory that Linux's DRM and V4L2 share by file
// descriptors: what cameras, compositors (PipeWire), decoders and GPUs hand out.
// Encoders of VAAPI read it where it is, and scale it where their driver can. For others
// it is mapped if it is linear, or read by the VA driver of Device if it is not. Until Release
// nobody may write to the memory, or shorten it.
//
// Whoever writes the memory must have finished, or have left a fence in it, as drivers do, when
// it is pushed.
type DmabufBuffer struct {
	// Format is DRMFormatNV12 or DRMFormatP010.
	Format DRMFormat

	// Modifier is the layout of the memory, as in drm_fourcc.h.
	Modifier uint64

	// Width and Height are in pixels, 1 to 16383.
	Width, Height int

	// Planes are luma, and Cb and Cr by turns.
	Planes [2]DmabufPlane

	// Device is the path of the render node of a device that can read the memory, such as the
	// one that made it. It is used where the memory is not linear and is to be read; empty for
	// any.
	Device string

	// Release, if it is not nil, is called exactly once: when nobody needs the memory any
	// more, or before PushFrame returns if that fails. It is called on a goroutine that serves all
	// buffers and must not block.
	Release func()
}

// CUDAPlane is where a plane of a CUDABuffer lies.
type CUDAPlane struct {
	// Address is a CUdeviceptr.
	Address uintptr

	// Pitch is how many bytes the beginnings of two rows are apart.
	Pitch int
}

// CUDABuffer is a picture in the memory of a GPU of NVIDIA. An encoder of NVENC on that GPU
// reads it where it is, if it has the size that is sent and its planes follow each other, as
// cuMemAllocPitch for all rows makes them: the second plane of NV12 behind an even number of
// rows of the first, at least Height, with the same pitch; those of I420 likewise, with half
// the pitch. For everybody else it is copied to this process's memory; NVENC does not scale.
//
// What writes the memory must have finished when it is pushed.
type CUDABuffer struct {
	// Format is PixelFormatNV12 or PixelFormatI420.
	Format PixelFormat

	// Width and Height are in pixels, 1 to 16383.
	Width, Height int

	// Device is CUDA's number of the GPU.
	Device int

	// Context is the CUcontext in which the memory was allocated; 0 to ask CUDA. It must
	// outlive the connections that send the frames.
	Context uintptr

	// Planes are those of the format. NV12 has no third.
	Planes [3]CUDAPlane

	// Release is as that of DmabufBuffer.
	Release func()
}

func (b *DmabufBuffer) release() func() {
	if b == nil {
		return nil
	}
	return b.Release
}

func (b *DmabufBuffer) buffer(s *VideoSource, id uint64) (unsafe.Pointer, error) {
	if b == nil {
		return nil, newError(typeError, "no video frame", nil)
	}
	d := cgo.Dmabuf{Fourcc: uint32(b.Format), Modifier: b.Modifier, Width: b.Width, Height: b.Height}
	if err := validateNativeSize(b.Width, b.Height); err != nil {
		return nil, err
	}
	for i, p := range b.Planes {
		if p.FD < 0 || p.FD > math.MaxInt32 {
			return nil, newError(typeError, fmt.Sprintf("plane %d has no file descriptor", i), nil)
		}
		if p.Offset < 0 || p.Offset > math.MaxUint32 || p.Pitch < 0 || p.Pitch > math.MaxUint32 {
			return nil, newError(typeError, fmt.Sprintf("plane %d: an offset of %d and a pitch of %d are not valid", i, p.Offset, p.Pitch), nil)
		}
		d.FD[i], d.Offset[i], d.Pitch[i] = p.FD, uint32(p.Offset), uint32(p.Pitch)
	}
	reader := s.dmabufReader()
	if reader == nil {
		return nil, ErrClosed
	}
	defer s.reader.Release()
	return nativeFrame(cgo.NewDmabufFrame(reader, &d, b.Device, id))
}

func (b *CUDABuffer) release() func() {
	if b == nil {
		return nil
	}
	return b.Release
}

func (b *CUDABuffer) buffer(_ *VideoSource, id uint64) (unsafe.Pointer, error) {
	if b == nil {
		return nil, newError(typeError, "no video frame", nil)
	}
	if b.Format != PixelFormatNV12 && b.Format != PixelFormatI420 {
		return nil, newError(typeError, "the format is neither NV12 nor I420", nil)
	}
	if err := validateNativeSize(b.Width, b.Height); err != nil {
		return nil, err
	}
	if b.Device < 0 || b.Device > math.MaxInt32 {
		return nil, newError(typeError, fmt.Sprintf("there is no GPU %d", b.Device), nil)
	}
	c := cgo.CUDAPicture{Format: b.Format.native(), Width: b.Width, Height: b.Height, Device: b.Device, Context: uint64(b.Context)}
	for i := range b.Format.planes() {
		p := b.Planes[i]
		if p.Pitch < 0 || p.Pitch > math.MaxUint32 {
			return nil, newError(typeError, fmt.Sprintf("plane %d: a pitch of %d is not valid", i, p.Pitch), nil)
		}
		c.Data[i], c.Pitch[i] = uint64(p.Address), uint32(p.Pitch)
	}
	return nativeFrame(cgo.NewCUDAFrame(&c, id))
}

func validateNativeSize(width, height int) error {
	size := VideoFrameBuffer{Width: width, Height: height}
	return size.validateSize()
}

func nativeFrame(buffer unsafe.Pointer, err error) (unsafe.Pointer, error) {
	if err != nil {
		return nil, newError(typeError, err.Error(), nil)
	}
	return buffer, nil
}

// dmabufReader acquires the source's reader, which the caller releases; nil after Close.
func (s *VideoSource) dmabufReader() unsafe.Pointer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	if s.reader == nil {
		s.reader = cgo.NewRef(cgo.NewDmabufReader(), nil)
		goruntime.AddCleanup(s, func(r *cgo.Ref) { r.Close() }, s.reader)
	}
	return s.reader.Acquire()
}

// nativeReleases are the functions to call when buffers are not needed any more.
var nativeReleases struct {
	start     sync.Once
	last      atomic.Uint64
	functions sync.Map // uint64 → func()
}

// whenReleased returns an ID under which the end of a buffer is told.
func whenReleased(release func()) (id uint64) {
	r := &nativeReleases
	r.start.Do(func() {
		queue := cgo.NewEventQueue(0)
		go queue.Run(nil, func(e *cgo.Event) { callRelease(e.Subject) })
		cgo.NativeFrameStartReleases(queue)
	})
	id = r.last.Add(1)
	if release != nil {
		r.functions.Store(id, release)
	}
	return id
}

func callRelease(id uint64) {
	if release, ok := nativeReleases.functions.LoadAndDelete(id); ok {
		release.(func())()
	}
}

// giveUpNative calls the Release of a frame that is not pushed.
func (f *VideoFrame) giveUpNative() {
	if f.Native == nil {
		return
	}
	if release := f.Native.release(); release != nil {
		release()
	}
}

// pushNative delivers a frame in the memory of a device, which it gives up in any case.
func (s *VideoSource) pushNative(source unsafe.Pointer, f *VideoFrame, timestamp int64) error {
	id := whenReleased(f.Native.release())
	buffer, err := f.Native.buffer(s, id)
	if err != nil {
		callRelease(id)
		return err
	}
	status := cgo.VideoSourcePushBuffer(source, buffer, int(f.Rotation), timestamp)
	cgo.Unref(buffer)
	return s.count(status)
}
