// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A question to a driver that may never answer.

#ifndef NRTC_HW_ASK_DRIVER_H_
#define NRTC_HW_ASK_DRIVER_H_

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace nrtc::hw {

// Runs what calls a driver on a thread of its own, which is left behind if it
// hangs: what it uses must live as long as the question does. False if it did.
template <typename T>
bool AskDriver(std::function<T()> ask, std::chrono::milliseconds deadline, T& result) {
  struct Answer {
    std::mutex mutex;
    std::condition_variable changed;
    bool done = false;
    T result;
  };
  auto answer = std::make_shared<Answer>();
  std::thread([answer, ask = std::move(ask)]() mutable {
    T found = ask();
    // Given back before the answer, so that who has that finds nothing held.
    ask = nullptr;
    std::lock_guard<std::mutex> lock(answer->mutex);
    answer->result = std::move(found);
    answer->done = true;
    answer->changed.notify_all();
  }).detach();
  std::unique_lock<std::mutex> lock(answer->mutex);
  if (!answer->changed.wait_for(lock, deadline, [&] { return answer->done; })) return false;
  result = std::move(answer->result);
  return true;
}

// Asks one driver, and nothing more as long as an answer is overdue. May be used from any thread.
class DriverQuestions {
 public:
  // False if there is no answer.
  template <typename T>
  bool Ask(std::function<T()> ask, std::chrono::milliseconds deadline, T& result) {
    // Lives as long as the question does.
    auto asked = std::make_shared<int>();
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (!overdue_.expired()) return false;
    }
    if (AskDriver<T>([asked, ask = std::move(ask)] { return ask(); }, deadline, result)) return true;
    std::lock_guard<std::mutex> lock(mutex_);
    overdue_ = asked;
    return false;
  }

 private:
  std::mutex mutex_;
  std::weak_ptr<int> overdue_;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_ASK_DRIVER_H_
