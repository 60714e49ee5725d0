// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::VideoFrameBuffer over pictures in the memory of devices.

#ifndef NRTC_HW_NATIVE_BUFFER_H_
#define NRTC_HW_NATIVE_BUFFER_H_

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "bridge/compat/compat.h"
#include "hw/ask_driver.h"
#include "hw/dmabuf.h"
#include "hw/native_picture.h"

namespace nrtc::hw {

// A picture of the application's, and what there is of it in this process's memory. Tells
// when nobody needs it any more.
class NativeFrame : public std::enable_shared_from_this<NativeFrame> {
 public:
  // reader reads those of one source.
  NativeFrame(const NativePicture& picture, std::shared_ptr<DmabufReader> reader, std::function<void()> released)
      : picture_(picture), reader_(std::move(reader)), released_(std::move(released)) {}
  ~NativeFrame() { released_(); }
  NativeFrame(const NativeFrame&) = delete;

  const NativePicture& picture() const { return picture_; }
  // Copied when it is asked for first; nullptr if it cannot be read, or not in time: a device that
  // hangs keeps the frame, and no more is read from there until it returns.
  webrtc::scoped_refptr<webrtc::I420Buffer> ToI420();

 private:
  Status Read(const I420Planes& to) const;
  DriverQuestions& questions() const;

  const NativePicture picture_;
  const std::shared_ptr<DmabufReader> reader_;
  const std::function<void()> released_;
  std::mutex mutex_;
  bool tried_ = false;
  webrtc::scoped_refptr<webrtc::I420Buffer> i420_;
};

// A part of such a picture, in a size. It is cropped and scaled by who uses it: by a device
// or, where ToI420 is called, by libyuv. All buffers of this process that are native are
// of this class.
class NativeBuffer : public webrtc::VideoFrameBuffer {
 public:
  static webrtc::scoped_refptr<NativeBuffer> Create(std::shared_ptr<NativeFrame> frame);

  Type type() const override { return Type::kNative; }
  int width() const override { return width_; }
  int height() const override { return height_; }
  // A black picture where it cannot be read: encoders in software fail for good without one.
  webrtc::scoped_refptr<webrtc::I420BufferInterface> ToI420() override;
  webrtc::scoped_refptr<webrtc::VideoFrameBuffer> CropAndScale(int offset_x, int offset_y, int crop_width,
                                                               int crop_height, int scaled_width,
                                                               int scaled_height) override;

  // In the size of an encoder. libwebrtc leaves that to those who take native buffers: both the
  // pixels that their alignment costs and the scaling of simulcast.
  webrtc::scoped_refptr<NativeBuffer> Fit(int width, int height);
  const NativePicture& picture() const { return frame_->picture(); }
  // For a session that takes it; see IsTaken.
  Input ToInput() const;
  // Whether one of the formats is that of the picture, in this part and size.
  bool IsTaken(const std::vector<NativeFormat>& formats) const;

 protected:
  NativeBuffer(std::shared_ptr<NativeFrame> frame, const Rect& part, int width, int height)
      : frame_(std::move(frame)), part_(part), width_(width), height_(height) {}

 private:
  webrtc::scoped_refptr<NativeBuffer> Part(int offset_x, int offset_y, int crop_width, int crop_height,
                                           int scaled_width, int scaled_height) const;

  const std::shared_ptr<NativeFrame> frame_;
  const Rect part_;
  const int width_;
  const int height_;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_NATIVE_BUFFER_H_
