// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/wire.h"

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace nrtc {
namespace {

Reader ReaderOf(Writer& w) {
  return Reader(w.buffer().data(), w.buffer().size());
}

TEST(Wire, NumbersComeBackAsTheyWere) {
  Writer w;
  w.U8(255);
  w.Bool(true);
  w.U16(65535);
  w.U32(4000000000u);
  w.U64(std::numeric_limits<uint64_t>::max());
  w.I32(std::numeric_limits<int32_t>::min());
  w.I64(std::numeric_limits<int64_t>::min());
  w.F64(-0.1);
  EXPECT_EQ(w.buffer().size(), 1u + 1 + 2 + 4 + 8 + 4 + 8 + 8);
  Reader r = ReaderOf(w);
  EXPECT_EQ(r.U8(), 255);
  EXPECT_TRUE(r.Bool());
  EXPECT_EQ(r.U16(), 65535);
  EXPECT_EQ(r.U32(), 4000000000u);
  EXPECT_EQ(r.U64(), std::numeric_limits<uint64_t>::max());
  EXPECT_EQ(r.I32(), std::numeric_limits<int32_t>::min());
  EXPECT_EQ(r.I64(), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(r.F64(), -0.1);
  EXPECT_TRUE(r.ok());
}

TEST(Wire, StringsMayHoldNul) {
  const std::string text("a\0b", 3);
  Writer w;
  w.Str(text);
  w.Str("");
  w.Str("c");
  Reader r = ReaderOf(w);
  EXPECT_EQ(r.Str(), text);
  EXPECT_EQ(r.Str(), "");
  EXPECT_EQ(r.Str(), "c");
  EXPECT_TRUE(r.ok());
}

TEST(Wire, OptionalsAndLists) {
  Writer w;
  w.Opt(std::optional<uint32_t>(7), [&](uint32_t v) { w.U32(v); });
  w.Opt(std::optional<uint32_t>(), [&](uint32_t v) { w.U32(v); });
  w.List(std::vector<std::string>{"x", "yz"}, [&](const std::string& s) { w.Str(s); });
  Reader r = ReaderOf(w);
  EXPECT_EQ(r.Opt([&] { return r.U32(); }), 7u);
  EXPECT_EQ(r.Opt([&] { return r.U32(); }), std::nullopt);
  EXPECT_EQ(r.List([&] { return r.Str(); }), (std::vector<std::string>{"x", "yz"}));
  EXPECT_TRUE(r.ok());
}

// Every message, cut at every place, reads to its end without a byte from beyond it.
TEST(Wire, WhatIsMissingReadsAsZero) {
  Writer w;
  w.U32(5);
  w.Str("text");
  w.List(std::vector<uint64_t>{1, 2}, [&](uint64_t v) { w.U64(v); });
  for (size_t size = 0; size < w.buffer().size(); size++) {
    const std::vector<uint8_t> part(w.buffer().begin(), w.buffer().begin() + static_cast<ptrdiff_t>(size));
    Reader r(part.data(), part.size());
    const uint32_t number = r.U32();
    const std::string text = r.Str();
    const auto list = r.List([&] { return r.U64(); });
    EXPECT_FALSE(r.ok()) << size;
    EXPECT_EQ(number, size < 4 ? 0u : 5u) << size;
    EXPECT_EQ(text, size < 12 ? "" : "text") << size;
    EXPECT_LE(list.size(), 2u) << size;
    EXPECT_EQ(r.U64(), 0u) << "nothing is read after the first lack";
  }
}

TEST(Wire, ALengthBeyondTheInputAllocatesNothing) {
  Writer w;
  w.U32(std::numeric_limits<uint32_t>::max());
  Reader text = ReaderOf(w);
  EXPECT_EQ(text.Str(), "");
  EXPECT_FALSE(text.ok());
  Reader list = ReaderOf(w);
  EXPECT_LE(list.List([&] { return list.U8(); }).size(), 1u);
  EXPECT_FALSE(list.ok());
}

TEST(Wire, ASmallResultIsCopiedIntoTheLentBuffer) {
  Writer w;
  w.U32(42);
  uint8_t out[8] = {};
  uint8_t* more = nullptr;
  ASSERT_EQ(Deliver(w, out, sizeof out, &more), 4u);
  EXPECT_EQ(more, nullptr);
  EXPECT_EQ(Reader(out, 4).U32(), 42u);
}

TEST(Wire, ALargeResultIsACopyOfItsOwn) {
  Writer w;
  w.U64(42);
  uint8_t out[4] = {1, 2, 3, 4};
  uint8_t* more = nullptr;
  ASSERT_EQ(Deliver(w, out, sizeof out, &more), 8u);
  ASSERT_NE(more, nullptr);
  EXPECT_EQ(Reader(more, 8).U64(), 42u);
  EXPECT_EQ(out[0], 1) << "nothing was written to the buffer";
  nrtc_buffer_free(more);
}

TEST(Wire, AReplyHoldsTheValuesOrTheErrorAlone) {
  uint8_t out[256];
  uint8_t* more = nullptr;
  size_t size = Reply(out, sizeof out, &more, [](Writer& w) {
    w.U32(42);
    return webrtc::RTCError::OK();
  });
  Reader values(out, size);
  EXPECT_EQ(size, 5u);
  EXPECT_EQ(values.U8(), 0);
  EXPECT_EQ(values.U32(), 42u);

  size = Reply(out, sizeof out, &more, [](Writer& w) {
    w.U32(42);
    return webrtc::RTCError(webrtc::RTCErrorType::INVALID_STATE, "closed");
  });
  Reader error(out, size);
  EXPECT_EQ(error.U8(), 1);
  EXPECT_EQ(error.Str(), "INVALID_STATE");
  EXPECT_EQ(error.Str(), "closed");
  EXPECT_TRUE(error.ok());
}

}  // namespace
}  // namespace nrtc
