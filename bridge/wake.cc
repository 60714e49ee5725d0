// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/wake_internal.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <vector>

namespace nrtc {
namespace {

// Lives as long as the process: libwebrtc's threads may outlast any destructor.
class WakePipe {
 public:
  static WakePipe& Get() {
    static WakePipe* pipe = new WakePipe();
    return *pipe;
  }
  int read_end() const { return ends_[0]; }

  void Push(uint64_t key) {
    std::lock_guard<std::mutex> lock(mutex_);
    keys_.push_back(key);
    if (announced_) return;
    announced_ = true;
    // It cannot be full: there is one byte at most.
    [[maybe_unused]] ssize_t written = write(ends_[1], "", 1);
  }

  size_t Take(uint64_t* keys, size_t cap) {
    std::lock_guard<std::mutex> lock(mutex_);
    size_t n = std::min(cap, keys_.size());
    std::copy_n(keys_.begin(), n, keys);
    keys_.erase(keys_.begin(), keys_.begin() + static_cast<ptrdiff_t>(n));
    if (n < cap) announced_ = false;
    return n;
  }

 private:
  WakePipe() {
    if (pipe(ends_) != 0) return;
    for (int end : ends_) {
      fcntl(end, F_SETFD, FD_CLOEXEC);
      fcntl(end, F_SETFL, O_NONBLOCK);
    }
  }

  int ends_[2] = {-1, -1};
  std::mutex mutex_;
  std::vector<uint64_t> keys_;
  bool announced_ = false;
};

}  // namespace

void WakeOwner(uint64_t key) {
  WakePipe::Get().Push(key);
}

}  // namespace nrtc

int nrtc_wake_fd(void) {
  return nrtc::WakePipe::Get().read_end();
}

size_t nrtc_wake_take(uint64_t* keys, size_t cap) {
  return nrtc::WakePipe::Get().Take(keys, cap);
}
