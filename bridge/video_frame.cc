// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/video_frame_internal.h"

#include "bridge/wire.h"

namespace nrtc {

using FrameBuffer = webrtc::VideoFrameBuffer;

webrtc::scoped_refptr<FrameBuffer> Mapped(webrtc::scoped_refptr<FrameBuffer> buffer) {
  switch (buffer->type()) {
    case FrameBuffer::Type::kI420:
    case FrameBuffer::Type::kI420A:
    case FrameBuffer::Type::kNV12:
    case FrameBuffer::Type::kI010:
      return buffer;
    default:
      return buffer->ToI420();
  }
}

void Describe(webrtc::scoped_refptr<FrameBuffer> buffer, nrtc_video_frame& frame) {
  frame.width = buffer->width();
  frame.height = buffer->height();
  if (buffer->type() == FrameBuffer::Type::kNV12) {
    const auto* b = buffer->GetNV12();
    frame.format = NRTC_PIXEL_NV12;
    frame.data[0] = b->DataY();
    frame.data[1] = b->DataUV();
    frame.data[2] = nullptr;
    frame.stride[0] = b->StrideY();
    frame.stride[1] = b->StrideUV();
    frame.stride[2] = 0;
  } else if (buffer->type() == FrameBuffer::Type::kI010) {
    const auto* b = buffer->GetI010();
    frame.format = NRTC_PIXEL_I010;
    frame.data[0] = reinterpret_cast<const uint8_t*>(b->DataY());
    frame.data[1] = reinterpret_cast<const uint8_t*>(b->DataU());
    frame.data[2] = reinterpret_cast<const uint8_t*>(b->DataV());
    frame.stride[0] = b->StrideY() * 2;
    frame.stride[1] = b->StrideU() * 2;
    frame.stride[2] = b->StrideV() * 2;
  } else {
    const auto* b = buffer->GetI420();
    frame.format = NRTC_PIXEL_I420;
    frame.data[0] = b->DataY();
    frame.data[1] = b->DataU();
    frame.data[2] = b->DataV();
    frame.stride[0] = b->StrideY();
    frame.stride[1] = b->StrideU();
    frame.stride[2] = b->StrideV();
  }
  frame.buffer = ToHandle<nrtc_video_frame_buffer>(std::move(buffer));
}

}  // namespace nrtc

int64_t nrtc_time_us(void) {
  return webrtc::TimeMicros();
}
