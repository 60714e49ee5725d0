// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef NATIVE_WAIT_H_
#define NATIVE_WAIT_H_

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace bench {

// How long anything may take before the program gives up.
inline constexpr std::chrono::seconds kPatience{60};

// An event that stays set until one waiter takes it.
class Signal {
 public:
  void Set() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      set_ = true;
    }
    changed_.notify_one();
  }
  // Returns false when kPatience is over.
  [[nodiscard]] bool Wait() {
    std::unique_lock<std::mutex> lock(mutex_);
    if (!changed_.wait_for(lock, kPatience, [&] { return set_; })) return false;
    set_ = false;
    return true;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool set_ = false;
};

}  // namespace bench

#endif  // NATIVE_WAIT_H_
