// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/native_buffer.h"

#include <algorithm>
#include <chrono>

#include "hw/cuda_memory.h"
#include "rtc_base/logging.h"

namespace nrtc::hw {
namespace {

constexpr int kCutOff = 4;

// In which a device must have copied a picture.
constexpr std::chrono::milliseconds kReadDeadline{1000};

struct Copy {
  Status status;
  webrtc::scoped_refptr<webrtc::I420Buffer> i420;
};

// Chroma has half the resolution: parts begin and end between its samples.
int EvenPartOf(int value) {
  return value / 2 * 2;
}

}  // namespace

webrtc::scoped_refptr<webrtc::I420Buffer> NativeFrame::ToI420() {
  std::lock_guard<std::mutex> lock(mutex_);
  if (tried_) return i420_;
  tried_ = true;
  Copy copy;
  const bool answered = questions().Ask<Copy>(
      [self = shared_from_this()] {
        auto i420 = webrtc::I420Buffer::Create(self->picture_.width(), self->picture_.height());
        Status status = self->Read({{i420->MutableDataY(), i420->MutableDataU(), i420->MutableDataV()},
                                    {i420->StrideY(), i420->StrideU(), i420->StrideV()}});
        return Copy{status, status.ok() ? std::move(i420) : nullptr};
      },
      kReadDeadline, copy);
  if (!answered) copy.status = Status("it did not answer in time");
  i420_ = std::move(copy.i420);
  if (!i420_) {
    RTC_LOG(LS_ERROR) << "A picture in the memory of a device cannot be read: " << copy.status.message();
  }
  return i420_;
}

Status NativeFrame::Read(const I420Planes& to) const {
  const auto* dmabuf = std::get_if<Dmabuf>(&picture_.memory);
  return dmabuf != nullptr ? reader_->Read(*dmabuf, to) : ReadCuda(std::get<CudaPicture>(picture_.memory), to);
}

DriverQuestions& NativeFrame::questions() const {
  // Of CUDA there is one driver. Never destroyed: who asks may outlive main.
  static auto* cuda = new DriverQuestions;
  return reader_ ? reader_->questions() : *cuda;
}

webrtc::scoped_refptr<NativeBuffer> NativeBuffer::Create(std::shared_ptr<NativeFrame> frame) {
  const int width = frame->picture().width();
  const int height = frame->picture().height();
  return webrtc::make_ref_counted<NativeBuffer>(std::move(frame), Rect{0, 0, width, height}, width, height);
}

webrtc::scoped_refptr<webrtc::I420BufferInterface> NativeBuffer::ToI420() {
  auto whole = frame_->ToI420();
  if (whole && part_.width == whole->width() && part_.height == whole->height() && width_ == part_.width &&
      height_ == part_.height) {
    return whole;
  }
  auto scaled = webrtc::I420Buffer::Create(width_, height_);
  if (whole) {
    scaled->CropAndScaleFrom(*whole, part_.x, part_.y, part_.width, part_.height);
  } else {
    webrtc::I420Buffer::SetBlack(scaled.get());
  }
  return scaled;
}

webrtc::scoped_refptr<webrtc::VideoFrameBuffer> NativeBuffer::CropAndScale(int offset_x, int offset_y, int crop_width,
                                                                           int crop_height, int scaled_width,
                                                                           int scaled_height) {
  return Part(offset_x, offset_y, crop_width, crop_height, scaled_width, scaled_height);
}

webrtc::scoped_refptr<NativeBuffer> NativeBuffer::Part(int offset_x, int offset_y, int crop_width, int crop_height,
                                                       int scaled_width, int scaled_height) const {
  // From this size to that of the picture; what is asked for is within this buffer.
  Rect part;
  part.x = EvenPartOf(part_.x + static_cast<int>(int64_t{offset_x} * part_.width / width_));
  part.y = EvenPartOf(part_.y + static_cast<int>(int64_t{offset_y} * part_.height / height_));
  part.width = static_cast<int>(int64_t{crop_width} * part_.width / width_);
  part.height = static_cast<int>(int64_t{crop_height} * part_.height / height_);
  part.width = std::clamp(part.width, 1, frame_->picture().width() - part.x);
  part.height = std::clamp(part.height, 1, frame_->picture().height() - part.y);
  return webrtc::make_ref_counted<NativeBuffer>(frame_, part, scaled_width, scaled_height);
}

webrtc::scoped_refptr<NativeBuffer> NativeBuffer::Fit(int width, int height) {
  const int more_x = width_ - width;
  const int more_y = height_ - height;
  // As libwebrtc does it: what is little is cut off.
  if (more_x >= 0 && more_x < kCutOff && more_y >= 0 && more_y < kCutOff) {
    return Part(more_x / 2, more_y / 2, width, height, width, height);
  }
  return Part(0, 0, width_, height_, width, height);
}

Input NativeBuffer::ToInput() const {
  Input input;
  input.width = width_;
  input.height = height_;
  input.native = &frame_->picture();
  input.part = part_;
  input.owner = frame_;
  return input;
}

bool NativeBuffer::IsTaken(const std::vector<NativeFormat>& formats) const {
  const NativePicture& picture = frame_->picture();
  const bool as_it_is = part_.x == 0 && part_.y == 0 && part_.width == width_ && part_.height == height_;
  return std::any_of(formats.begin(), formats.end(), [&](const NativeFormat& f) {
    return f.memory == picture.memory_name() && f.format == picture.format_name() && (f.scales || as_it_is);
  });
}

}  // namespace nrtc::hw
