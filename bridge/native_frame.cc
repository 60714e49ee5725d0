// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/native_frame.h"

#include <algorithm>
#include <atomic>

#include "bridge/event_queue_internal.h"
#include "bridge/video_frame_internal.h"
#include "hw/cuda_memory.h"
#include "hw/native_buffer.h"
#include "hw/picture_copy.h"

namespace nrtc {
namespace {

class SharedDmabufReader : public webrtc::RefCountInterface {
 public:
  const std::shared_ptr<hw::DmabufReader>& get() const { return reader_; }

 private:
  const std::shared_ptr<hw::DmabufReader> reader_ = std::make_shared<hw::DmabufReader>();
};

// Of the process; it is never released.
std::atomic<EventQueue*> g_native_frame_releases{nullptr};

class SharedCudaMemory : public webrtc::RefCountInterface {
 public:
  hw::CudaMemory& get() { return *memory_; }

 protected:
  explicit SharedCudaMemory(std::unique_ptr<hw::CudaMemory> memory) : memory_(std::move(memory)) {}

 private:
  const std::unique_ptr<hw::CudaMemory> memory_;
};

void TellWhy(const hw::Status& status, char* error, size_t error_size) {
  const size_t size = std::min(status.message().size(), error_size - 1);
  std::memcpy(error, status.message().data(), size);
  error[size] = 0;
}

nrtc_video_frame_buffer* NewNativeFrame(const hw::Status& status, const hw::NativePicture& picture,
                                        std::shared_ptr<hw::DmabufReader> reader, uint64_t id, char* error,
                                        size_t error_size) {
  if (!status.ok()) {
    TellWhy(status, error, error_size);
    return nullptr;
  }
  auto frame = std::make_shared<hw::NativeFrame>(picture, std::move(reader), [id] {
    if (EventQueue* queue = g_native_frame_releases.load()) queue->Push(NRTC_EVENT_NATIVE_FRAME_RELEASED, id);
  });
  return ToHandle<nrtc_video_frame_buffer>(
      webrtc::scoped_refptr<webrtc::VideoFrameBuffer>(hw::NativeBuffer::Create(std::move(frame))));
}

}  // namespace
}  // namespace nrtc

nrtc_dmabuf_reader* nrtc_dmabuf_reader_new(void) {
  return nrtc::ToHandle<nrtc_dmabuf_reader>(
      webrtc::scoped_refptr<nrtc::SharedDmabufReader>(webrtc::make_ref_counted<nrtc::SharedDmabufReader>()));
}

nrtc_video_frame_buffer* nrtc_dmabuf_frame_new(nrtc_dmabuf_reader* reader, const nrtc_dmabuf* picture,
                                               const char* node, size_t node_size, uint64_t id, char* error,
                                               size_t error_size) {
  nrtc::hw::Dmabuf d;
  d.fourcc = picture->fourcc;
  d.modifier = picture->modifier;
  d.width = picture->width;
  d.height = picture->height;
  for (int i = 0; i < 2; ++i) d.planes[i] = {picture->fd[i], picture->offset[i], picture->pitch[i]};
  d.node = std::string(node, node_size);
  nrtc::hw::Status status = nrtc::hw::CheckDmabuf(d);
  nrtc::hw::NativePicture native;
  native.memory = std::move(d);
  return nrtc::NewNativeFrame(status, native, nrtc::FromHandle<nrtc::SharedDmabufReader>(reader)->get(), id,
                              error, error_size);
}

nrtc_video_frame_buffer* nrtc_cuda_frame_new(const nrtc_cuda_picture* picture, uint64_t id, char* error,
                                             size_t error_size) {
  nrtc::hw::CudaPicture c;
  c.format = picture->format == NRTC_PIXEL_NV12 ? nrtc::hw::PixelFormat::kNV12 : nrtc::hw::PixelFormat::kI420;
  c.width = picture->width;
  c.height = picture->height;
  c.device = picture->device;
  c.context = reinterpret_cast<void*>(static_cast<uintptr_t>(picture->context));
  std::copy(std::begin(picture->data), std::end(picture->data), c.data);
  std::copy(std::begin(picture->pitch), std::end(picture->pitch), c.pitch);
  nrtc::hw::Status status = nrtc::hw::CheckCuda(c);
  nrtc::hw::NativePicture native;
  native.memory = c;
  return nrtc::NewNativeFrame(status, native, nullptr, id, error, error_size);
}

void nrtc_native_frame_start_releases(nrtc_event_queue* queue) {
  auto* native = nrtc::FromHandle<nrtc::EventQueue>(queue);
  native->AddRef();
  nrtc::g_native_frame_releases = native;
}

nrtc_cuda_memory* nrtc_cuda_memory_new(int32_t device, size_t row, size_t rows, char* error, size_t error_size) {
  nrtc::hw::Status status;
  auto memory = nrtc::hw::CudaMemory::Allocate(device, row, rows, status);
  if (!memory) {
    nrtc::TellWhy(status, error, error_size);
    return nullptr;
  }
  return nrtc::ToHandle<nrtc_cuda_memory>(webrtc::scoped_refptr<nrtc::SharedCudaMemory>(
      webrtc::make_ref_counted<nrtc::SharedCudaMemory>(std::move(memory))));
}

void nrtc_cuda_memory_get(nrtc_cuda_memory* memory, uint64_t* address, uint64_t* pitch) {
  const nrtc::hw::CudaMemory& m = nrtc::FromHandle<nrtc::SharedCudaMemory>(memory)->get();
  *address = m.address();
  *pitch = m.pitch();
}

int nrtc_cuda_memory_write(nrtc_cuda_memory* memory, size_t first, size_t rows, const uint8_t* data, size_t row,
                           size_t stride, char* error, size_t error_size) {
  nrtc::hw::Status status =
      nrtc::FromHandle<nrtc::SharedCudaMemory>(memory)->get().Write(first, rows, data, row, stride);
  if (!status.ok()) nrtc::TellWhy(status, error, error_size);
  return status.ok() ? 1 : 0;
}

uint64_t nrtc_pictures_copied(void) {
  return nrtc::hw::PicturesCopied();
}
