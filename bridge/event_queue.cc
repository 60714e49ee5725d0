// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/event_queue_internal.h"

namespace nrtc {
namespace {

// A batch this large is not kept for reuse.
constexpr size_t kKeepCapacity = 1 << 20;

void Recycle(Writer& w) {
  if (w.buffer().capacity() > kKeepCapacity) {
    w = Writer();
  } else {
    w.buffer().clear();
  }
}

}  // namespace

void EventQueue::Stamp() {
  std::lock_guard<std::mutex> lock(mutex_);
  stamped_ = true;
}

size_t EventQueue::Take(const uint8_t** data, size_t* len) {
  std::vector<webrtc::scoped_refptr<webrtc::RefCountInterface>> passed;
  size_t count;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    Recycle(taken_);
    std::swap(taken_, pending_);
    passed.swap(refs_);
    count = std::exchange(count_, 0);
    announced_ = false;
  }
  // The references are the taker's now.
  for (auto& ref : passed) (void)ref.release();
  *data = taken_.buffer().data();
  *len = taken_.buffer().size();
  return count;
}

void EventQueue::Close() {
  std::vector<webrtc::scoped_refptr<webrtc::RefCountInterface>> dropped;
  std::lock_guard<std::mutex> lock(mutex_);
  closed_ = true;
  pending_ = Writer();
  count_ = 0;
  // Destroyed after the lock: the last release may call into libwebrtc.
  dropped.swap(refs_);
}

}  // namespace nrtc

using nrtc::EventQueue;
using nrtc::FromHandle;

nrtc_event_queue* nrtc_event_queue_new(uint64_t key, size_t max_bytes) {
  return nrtc::ToHandle<nrtc_event_queue>(
      webrtc::scoped_refptr<EventQueue>(webrtc::make_ref_counted<EventQueue>(key, max_bytes)));
}

void nrtc_event_queue_stamp(nrtc_event_queue* queue) {
  nrtc::FromHandle<nrtc::EventQueue>(queue)->Stamp();
}

size_t nrtc_event_queue_take(nrtc_event_queue* queue, const uint8_t** data, size_t* len) {
  return FromHandle<EventQueue>(queue)->Take(data, len);
}

uint64_t* nrtc_event_queue_outstanding(nrtc_event_queue* queue) {
  static_assert(sizeof(std::atomic<uint64_t>) == sizeof(uint64_t) && std::atomic<uint64_t>::is_always_lock_free);
  return reinterpret_cast<uint64_t*>(&FromHandle<EventQueue>(queue)->outstanding());
}

uint32_t* nrtc_event_queue_patience(nrtc_event_queue* queue) {
  static_assert(sizeof(std::atomic<uint32_t>) == sizeof(uint32_t) && std::atomic<uint32_t>::is_always_lock_free);
  return reinterpret_cast<uint32_t*>(&FromHandle<EventQueue>(queue)->patience());
}

void nrtc_event_queue_close(nrtc_event_queue* queue) {
  FromHandle<EventQueue>(queue)->Close();
}
