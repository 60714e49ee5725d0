// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Frames in the memory of a device: hw/native_buffer.h.

#ifndef NRTC_BRIDGE_NATIVE_FRAME_H_
#define NRTC_BRIDGE_NATIVE_FRAME_H_

#include "bridge/base.h"
#include "bridge/event_queue.h"
#include "bridge/video_frame.h"

#ifdef __cplusplus
extern "C" {
#endif

// A picture in memory that descriptors stand for: luma, then Cb and Cr by turns.
typedef struct nrtc_dmabuf {
  uint32_t fourcc;
  int32_t width;
  int32_t height;
  uint64_t modifier;
  int32_t fd[2];
  uint32_t offset[2];
  uint32_t pitch[2];
} nrtc_dmabuf;

// A picture in the memory of a GPU of NVIDIA.
typedef struct nrtc_cuda_picture {
  int32_t format;  // NRTC_PIXEL_I420 or NRTC_PIXEL_NV12
  int32_t width;
  int32_t height;
  int32_t device;
  uint64_t context;  // 0: that which the memory was allocated in
  uint64_t data[3];
  uint32_t pitch[3];
} nrtc_cuda_picture;

// Reads what is not laid out by rows. Reference-counted; one for all frames of a source.
typedef struct nrtc_dmabuf_reader nrtc_dmabuf_reader;

nrtc_dmabuf_reader* nrtc_dmabuf_reader_new(void);

// A buffer that stands for the picture, whose memory is not touched and must stay until
// its release is told. node is a device that can read it, or empty. NULL, with the reason in
// error, which has error_size bytes, if the picture is not valid; then no release is told.
nrtc_video_frame_buffer* nrtc_dmabuf_frame_new(nrtc_dmabuf_reader* reader, const nrtc_dmabuf* picture,
                                               const char* node, size_t node_size, uint64_t id, char* error,
                                               size_t error_size);

// The same for the other.
nrtc_video_frame_buffer* nrtc_cuda_frame_new(const nrtc_cuda_picture* picture, uint64_t id, char* error,
                                             size_t error_size);

// Appends to queue, from now on, a record NRTC_EVENT_NATIVE_FRAME_RELEASED, whose subject is the
// id, for each such buffer that nobody needs any more. Called once, before any is made.
void nrtc_native_frame_start_releases(nrtc_event_queue* queue);

// Rows of bytes in the memory of a GPU of NVIDIA. Reference-counted.
typedef struct nrtc_cuda_memory nrtc_cuda_memory;

// NULL, and says why in error, if there is none to be had.
nrtc_cuda_memory* nrtc_cuda_memory_new(int32_t device, size_t row, size_t rows, char* error, size_t error_size);

// Tells where it is and how many bytes the beginnings of two rows are apart.
void nrtc_cuda_memory_get(nrtc_cuda_memory* memory, uint64_t* address, uint64_t* pitch);

// Copies rows of row bytes, the beginnings of which are stride apart, to those from first on.
// 0, and says why in error, if it cannot.
int nrtc_cuda_memory_write(nrtc_cuda_memory* memory, size_t first, size_t rows, const uint8_t* data, size_t row,
                           size_t stride, char* error, size_t error_size);

// How many pictures of any kind were copied for encoders on GPUs, or from the memory of
// devices.
uint64_t nrtc_pictures_copied(void);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_NATIVE_FRAME_H_
