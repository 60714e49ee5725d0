// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The C++ face of event_queue.h, for the bridge's own observers.

#ifndef NRTC_BRIDGE_EVENT_QUEUE_INTERNAL_H_
#define NRTC_BRIDGE_EVENT_QUEUE_INTERNAL_H_

#include <atomic>
#include <mutex>
#include <vector>

#include "bridge/event_queue.h"
#include "bridge/wake_internal.h"
#include "bridge/wire.h"

namespace nrtc {

class EventQueue : public webrtc::RefCountInterface {
 public:
  // Appends a record: write(Writer&) writes its payload. It runs under the
  // queue's lock, a leaf: it must not call into libwebrtc.
  template <typename F>
  void Push(nrtc_event_kind kind, uint64_t subject, F write) {
    Append(kind, subject, 0, write);
  }
  void Push(nrtc_event_kind kind, uint64_t subject) {
    Append(kind, subject, 0, [](Writer&) {});
  }
  // The same for a record whose rate or size a remote peer controls. Returns
  // false, appending nothing, when bytes more would exceed the bound.
  template <typename F>
  bool PushBounded(nrtc_event_kind kind, uint64_t subject, size_t bytes, F write) {
    return Append(kind, subject, bytes, write);
  }
  // Notes an object whose reference a record being written carries, so that it
  // is released if nobody takes the record.
  template <typename T>
  void WriteRef(Writer& w, webrtc::scoped_refptr<T> object) {
    refs_.push_back(object);
    w.U64(reinterpret_cast<uintptr_t>(static_cast<webrtc::RefCountInterface*>(object.get())));
  }

  void Stamp();
  size_t Take(const uint8_t** data, size_t* len);
  std::atomic<uint64_t>& outstanding() { return outstanding_; }
  std::atomic<uint32_t>& patience() { return patience_; }
  void Close();

 protected:
  EventQueue(uint64_t key, size_t max_bytes) : key_(key), max_bytes_(max_bytes) {}
  ~EventQueue() override = default;

 private:
  // No patience beyond what waits then.
  static constexpr size_t kPatientBytes = 512 << 10;

  template <typename F>
  bool Append(nrtc_event_kind kind, uint64_t subject, size_t bytes, F write) {
    bool wake = false;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (closed_) return true;
      if (bytes > 0) {
        if (max_bytes_ > 0 && outstanding_.load(std::memory_order_relaxed) + bytes > max_bytes_) return false;
        outstanding_.fetch_add(bytes, std::memory_order_relaxed);
      }
      auto& buffer = pending_.buffer();
      size_t start = buffer.size();
      pending_.U32(0);
      pending_.U32(kind);
      pending_.U64(subject);
      if (stamped_) pending_.U64(stamps_.fetch_add(1) + 1);
      write(pending_);
      uint32_t size = static_cast<uint32_t>(buffer.size() - start - sizeof(uint32_t));
      std::memcpy(buffer.data() + start, &size, sizeof size);
      ++count_;
      bool can_wait = bytes > 0 && buffer.size() < kPatientBytes && patience_.load(std::memory_order_relaxed) != 0;
      wake = !announced_ && !can_wait;
      announced_ |= wake;
    }
    if (wake) WakeOwner(key_);
    return true;
  }

  // Of the whole process.
  static inline std::atomic<uint64_t> stamps_{0};

  const uint64_t key_;
  const size_t max_bytes_;
  std::atomic<uint64_t> outstanding_{0};
  std::atomic<uint32_t> patience_{0};
  std::mutex mutex_;
  Writer pending_;
  Writer taken_;
  std::vector<webrtc::scoped_refptr<webrtc::RefCountInterface>> refs_;
  size_t count_ = 0;
  bool announced_ = false;  // the owner was woken since it took last
  bool closed_ = false;
  bool stamped_ = false;
};

}  // namespace nrtc

#endif  // NRTC_BRIDGE_EVENT_QUEUE_INTERNAL_H_
