// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/event_queue_internal.h"

#include <poll.h>
#include <unistd.h>

#include <map>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace nrtc {
namespace {

struct Record {
  uint32_t kind;
  uint64_t subject;
  std::string payload;
};

class EventQueueTest : public testing::Test {
 protected:
  void SetUp() override { WokenKeys(); }  // what an earlier test left

  webrtc::scoped_refptr<EventQueue> NewQueue(uint64_t key, size_t max_bytes) {
    nrtc_event_queue* handle = nrtc_event_queue_new(key, max_bytes);
    webrtc::scoped_refptr<EventQueue> queue(FromHandle<EventQueue>(handle));
    nrtc_unref(handle);
    return queue;
  }

  static std::vector<Record> Take(EventQueue& queue) {
    const uint8_t* data = nullptr;
    size_t len = 0;
    const size_t count = queue.Take(&data, &len);
    std::vector<Record> records;
    for (size_t at = 0; at < len;) {
      Reader head(data + at, len - at);
      const size_t size = head.U32();
      const uint32_t kind = head.U32();
      const uint64_t subject = head.U64();
      EXPECT_TRUE(head.ok());
      constexpr size_t kHead = sizeof(uint32_t) + sizeof(uint64_t);
      const auto* payload = reinterpret_cast<const char*>(data + at + sizeof(uint32_t) + kHead);
      records.push_back({kind, subject, std::string(payload, size - kHead)});
      at += sizeof(uint32_t) + size;
    }
    EXPECT_EQ(records.size(), count);
    return records;
  }

  static bool PipeIsReadable() {
    pollfd p{nrtc_wake_fd(), POLLIN, 0};
    return poll(&p, 1, 0) == 1;
  }

  // Empties the pipe and the list, as the process's owner of queues does.
  static std::vector<uint64_t> WokenKeys() {
    char byte;
    while (read(nrtc_wake_fd(), &byte, 1) == 1) {
    }
    std::vector<uint64_t> keys(16);
    keys.resize(nrtc_wake_take(keys.data(), keys.size()));
    return keys;
  }
};

TEST_F(EventQueueTest, RecordsComeInOrder) {
  auto queue = NewQueue(1, 0);
  queue->Push(NRTC_EVENT_SIGNALING_STATE, 11, [](Writer& w) { w.Bytes("abc", 3); });
  queue->Push(NRTC_EVENT_NEGOTIATION_NEEDED, 12);
  const auto records = Take(*queue);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].kind, static_cast<uint32_t>(NRTC_EVENT_SIGNALING_STATE));
  EXPECT_EQ(records[0].subject, 11u);
  EXPECT_EQ(records[0].payload, "abc");
  EXPECT_EQ(records[1].subject, 12u);
  EXPECT_EQ(records[1].payload, "");
  EXPECT_TRUE(Take(*queue).empty());
}

TEST_F(EventQueueTest, TheOwnerIsWokenOncePerBatch) {
  auto queue = NewQueue(7, 0);
  EXPECT_FALSE(PipeIsReadable());
  queue->Push(NRTC_EVENT_LOG, 0);
  EXPECT_TRUE(PipeIsReadable());
  queue->Push(NRTC_EVENT_LOG, 0);
  EXPECT_EQ(WokenKeys(), std::vector<uint64_t>{7});
  queue->Push(NRTC_EVENT_LOG, 0);
  EXPECT_FALSE(PipeIsReadable()) << "it has not been emptied since";
  EXPECT_EQ(Take(*queue).size(), 3u);
  queue->Push(NRTC_EVENT_LOG, 0);
  EXPECT_EQ(WokenKeys(), std::vector<uint64_t>{7});
}

TEST_F(EventQueueTest, QueuesShareThePipe) {
  auto a = NewQueue(1, 0), b = NewQueue(2, 0);
  a->Push(NRTC_EVENT_LOG, 0);
  b->Push(NRTC_EVENT_LOG, 0);
  EXPECT_EQ(WokenKeys(), (std::vector<uint64_t>{1, 2}));
}

TEST_F(EventQueueTest, TheBoundCountsWhatTheApplicationHasNotSeen) {
  auto queue = NewQueue(1, 10);
  const auto write = [](Writer& w) { w.U8(0); };
  EXPECT_TRUE(queue->PushBounded(NRTC_EVENT_DATA_CHANNEL_MESSAGE, 0, 6, write));
  EXPECT_FALSE(queue->PushBounded(NRTC_EVENT_DATA_CHANNEL_MESSAGE, 0, 5, write));
  EXPECT_TRUE(queue->PushBounded(NRTC_EVENT_DATA_CHANNEL_MESSAGE, 0, 4, write));
  EXPECT_EQ(Take(*queue).size(), 2u);
  EXPECT_FALSE(queue->PushBounded(NRTC_EVENT_DATA_CHANNEL_MESSAGE, 0, 1, write)) << "taken is not seen";
  queue->outstanding().fetch_sub(6);
  EXPECT_TRUE(queue->PushBounded(NRTC_EVENT_DATA_CHANNEL_MESSAGE, 0, 6, write));
  queue->Push(NRTC_EVENT_LOG, 0);
  EXPECT_EQ(Take(*queue).size(), 2u) << "what has no size is not bounded";
}

TEST_F(EventQueueTest, NothingComesAfterClose) {
  auto queue = NewQueue(1, 0);
  queue->Push(NRTC_EVENT_LOG, 0);
  nrtc_event_queue_close(ToHandle<nrtc_event_queue>(queue));
  queue->Release();  // what ToHandle handed out
  queue->Push(NRTC_EVENT_LOG, 0);
  EXPECT_TRUE(Take(*queue).empty());
}

class Counted : public webrtc::RefCountInterface {
 public:
  explicit Counted(int* alive) : alive_(alive) { ++*alive_; }

 protected:
  ~Counted() override { --*alive_; }

 private:
  int* alive_;
};

TEST_F(EventQueueTest, AReferencePassesToTheTaker) {
  int alive = 0;
  auto queue = NewQueue(1, 0);
  {
    webrtc::scoped_refptr<Counted> object(webrtc::make_ref_counted<Counted>(&alive));
    queue->Push(NRTC_EVENT_TRACK, 0, [&](Writer& w) { queue->WriteRef(w, object); });
  }
  const auto records = Take(*queue);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(alive, 1);
  const auto& payload = records[0].payload;
  Reader r(reinterpret_cast<const uint8_t*>(payload.data()), payload.size());
  r.Borrow<Counted>()->Release();
  EXPECT_EQ(alive, 0);
}

TEST_F(EventQueueTest, AReferenceThatNobodyTakesIsReleased) {
  for (const bool close : {true, false}) {
    int alive = 0;
    auto queue = NewQueue(1, 0);
    webrtc::scoped_refptr<Counted> object(webrtc::make_ref_counted<Counted>(&alive));
    queue->Push(NRTC_EVENT_TRACK, 0, [&](Writer& w) { queue->WriteRef(w, object); });
    object = nullptr;
    EXPECT_EQ(alive, 1);
    if (close) {
      queue->Close();
    } else {
      queue = nullptr;
    }
    EXPECT_EQ(alive, 0) << "closed: " << close;
  }
}

// Threads append while the owner takes: no record is lost, torn, or out of its
// thread's order.
TEST_F(EventQueueTest, ThreadsMayAppendWhileTheOwnerTakes) {
  constexpr uint64_t kThreads = 4, kEach = 5000;
  auto queue = NewQueue(1, 0);
  std::vector<std::thread> threads;
  for (uint64_t t = 0; t < kThreads; t++) {
    threads.emplace_back([&queue, t] {
      for (uint64_t i = 0; i < kEach; i++) {
        queue->Push(NRTC_EVENT_LOG, t, [i](Writer& w) { w.U64(i); });
      }
    });
  }
  std::map<uint64_t, uint64_t> next;
  for (uint64_t total = 0; total < kThreads * kEach;) {
    pollfd p{nrtc_wake_fd(), POLLIN, 0};
    poll(&p, 1, 1000);
    WokenKeys();
    for (const Record& record : Take(*queue)) {
      Reader r(reinterpret_cast<const uint8_t*>(record.payload.data()), record.payload.size());
      ASSERT_EQ(r.U64(), next[record.subject]++);
      total++;
    }
  }
  for (auto& thread : threads) thread.join();
  EXPECT_TRUE(Take(*queue).empty());
}

}  // namespace
}  // namespace nrtc
