// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/nvenc_input.h"

#if defined(NRTC_HW_NVENC)

#include <algorithm>

#include "hw/picture_copy.h"

namespace nrtc::hw {
namespace {

// NVENC is told where the first plane is, and how many rows it has before the next. 0 if
// the planes do not follow each other so.
uint32_t RowsBeforeChroma(const CudaPicture& p) {
  const uint64_t pitch = p.pitch[0];
  if (pitch == 0 || p.data[1] < p.data[0] || (p.data[1] - p.data[0]) % pitch != 0) return 0;
  const uint64_t rows = (p.data[1] - p.data[0]) / pitch;
  if (rows < static_cast<uint64_t>(p.height) || rows % 2 != 0 || rows > 1 << 20) return 0;
  if (p.format == PixelFormat::kNV12) return p.pitch[1] == pitch ? static_cast<uint32_t>(rows) : 0;
  const bool follows = pitch % 2 == 0 && p.pitch[1] == pitch / 2 && p.pitch[2] == pitch / 2 &&
                       p.data[2] == p.data[1] + pitch / 2 * (rows / 2);
  return follows ? static_cast<uint32_t>(rows) : 0;
}

NV_ENC_BUFFER_FORMAT NvencFormat(PixelFormat format) {
  return format == PixelFormat::kNV12 ? NV_ENC_BUFFER_FORMAT_NV12 : NV_ENC_BUFFER_FORMAT_IYUV;
}

}  // namespace

NvencInput::~NvencInput() {
  Done();
  if (buffer_ != nullptr) api_.nvEncDestroyInputBuffer(s_.encoder(), buffer_);
}

Status NvencInput::Open() {
  NV_ENC_CREATE_INPUT_BUFFER in{};
  in.version = NV_ENC_CREATE_INPUT_BUFFER_VER;
  in.width = static_cast<uint32_t>(width_);
  in.height = static_cast<uint32_t>(height_);
  in.bufferFmt = NV_ENC_BUFFER_FORMAT_NV12;
  Status status = s_.Check(api_.nvEncCreateInputBuffer(s_.encoder(), &in), "make a buffer for pictures");
  if (status.ok()) buffer_ = in.inputBuffer;
  return status;
}

std::vector<NativeFormat> NvencInput::formats(const GUID& codec) const {
  uint32_t count = 0;
  if (api_.nvEncGetInputFormatCount(s_.encoder(), codec, &count) != NV_ENC_SUCCESS) return {};
  std::vector<NV_ENC_BUFFER_FORMAT> offered(count);
  if (api_.nvEncGetInputFormats(s_.encoder(), codec, offered.data(), count, &count) !=
      NV_ENC_SUCCESS) {
    return {};
  }
  offered.resize(std::min<size_t>(count, offered.size()));
  std::vector<NativeFormat> formats;
  for (PixelFormat f : {PixelFormat::kNV12, PixelFormat::kI420}) {
    if (std::find(offered.begin(), offered.end(), NvencFormat(f)) != offered.end()) {
      formats.push_back({"cuda", f == PixelFormat::kNV12 ? "NV12" : "I420", false});
    }
  }
  return formats;
}

Status NvencInput::Prepare(const Input& input, NV_ENC_PIC_PARAMS& picture) {
  if (input.native == nullptr) {
    picture.inputBuffer = buffer_;
    picture.bufferFmt = NV_ENC_BUFFER_FORMAT_NV12;
    picture.inputPitch = static_cast<uint32_t>(width_);
    return Upload(input);
  }
  Status status = Register(input, picture);
  if (status.ok()) return status;
  Done();
  return Status::OfPicture(status.message());
}

Status NvencInput::Register(const Input& input, NV_ENC_PIC_PARAMS& picture) {
  const auto* cuda = std::get_if<CudaPicture>(&input.native->memory);
  if (cuda == nullptr) return Status("the driver takes no memory of this kind");
  if (cuda->device != s_.device() || cuda->context != s_.context()) {
    return Status("the memory is of another GPU, or of another context");
  }
  const Rect& part = input.part;
  if (part.x != 0 || part.y != 0 || part.width != width_ || part.height != height_) {
    return Status("the driver does not scale");
  }
  const uint32_t rows = RowsBeforeChroma(*cuda);
  if (rows == 0) return Status("the planes do not follow each other in memory");
  NV_ENC_REGISTER_RESOURCE r{};
  r.version = NV_ENC_REGISTER_RESOURCE_VER;
  r.resourceType = NV_ENC_INPUT_RESOURCE_TYPE_CUDADEVICEPTR;
  r.resourceToRegister = reinterpret_cast<void*>(static_cast<uintptr_t>(cuda->data[0]));
  r.width = static_cast<uint32_t>(width_);
  r.height = rows;
  r.pitch = cuda->pitch[0];
  r.bufferFormat = NvencFormat(cuda->format);
  r.bufferUsage = NV_ENC_INPUT_IMAGE;
  Status status = s_.Check(api_.nvEncRegisterResource(s_.encoder(), &r), "take memory of the GPU");
  if (!status.ok()) return status;
  registered_ = r.registeredResource;
  NV_ENC_MAP_INPUT_RESOURCE m{};
  m.version = NV_ENC_MAP_INPUT_RESOURCE_VER;
  m.registeredResource = registered_;
  status = s_.Check(api_.nvEncMapInputResource(s_.encoder(), &m), "map memory of the GPU");
  if (!status.ok()) return status;
  mapped_ = m.mappedResource;
  picture.inputBuffer = mapped_;
  picture.bufferFmt = m.mappedBufferFmt;
  picture.inputPitch = cuda->pitch[0];
  return status;
}

void NvencInput::Done() {
  // The memory is the application's again, which may free it: nothing of it is kept.
  if (mapped_ != nullptr) api_.nvEncUnmapInputResource(s_.encoder(), mapped_);
  mapped_ = nullptr;
  if (registered_ != nullptr) api_.nvEncUnregisterResource(s_.encoder(), registered_);
  registered_ = nullptr;
}

Status NvencInput::Upload(const Input& input) {
  NV_ENC_LOCK_INPUT_BUFFER lock{};
  lock.version = NV_ENC_LOCK_INPUT_BUFFER_VER;
  lock.inputBuffer = buffer_;
  Status status = s_.Check(api_.nvEncLockInputBuffer(s_.encoder(), &lock), "lock a buffer for pictures");
  if (!status.ok()) return status;
  auto* y = static_cast<uint8_t*>(lock.bufferDataPtr);
  const int pitch = static_cast<int>(lock.pitch);
  CopyToNV12(input, y, pitch, y + static_cast<ptrdiff_t>(pitch) * height_, pitch, width_, height_);
  return s_.Check(api_.nvEncUnlockInputBuffer(s_.encoder(), buffer_), "unlock a buffer for pictures");
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_NVENC
