// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Pictures in memory that file descriptors stand for, as this process's memory.

#ifndef NRTC_HW_DMABUF_H_
#define NRTC_HW_DMABUF_H_

#include <memory>
#include <mutex>

#include "hw/ask_driver.h"
#include "hw/native_picture.h"

namespace nrtc::hw {

// What is wrong with the description, as far as that can be told without a device.
Status CheckDmabuf(const Dmabuf& picture);

// Copies out of memory that is laid out row by row.
Status ReadLinearDmabuf(const Dmabuf& picture, const I420Planes& to);

// Copies out of what is laid out otherwise, by a VA driver.
class TiledReader {
 public:
  virtual ~TiledReader() = default;
  virtual Status Read(const Dmabuf& picture, const I420Planes& to) = 0;
};

// nullptr, and says why, if there is no driver that reads.
std::unique_ptr<TiledReader> OpenVaapiReader(const std::string& node, Status& status);

// Reads pictures of one source, by a driver that stays open if it must be asked. May be used from
// any thread.
class DmabufReader {
 public:
  Status Read(const Dmabuf& picture, const I420Planes& to);
  // For who cannot wait as long as a driver that hangs.
  DriverQuestions& questions() { return questions_; }

 private:
  Status ReadByDriver(const Dmabuf& picture, const I420Planes& to);

  DriverQuestions questions_;
  std::mutex mutex_;
  std::string node_;
  std::unique_ptr<TiledReader> reader_;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_DMABUF_H_
