// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/stats_json_internal.h"

#include <limits>

#include "gtest/gtest.h"

namespace nrtc {
namespace {

template <typename T>
std::string Json(const T& value) {
  JsonWriter json;
  json.Value(value);
  return json.Take();
}

TEST(StatsJson, StringsAreEscaped) {
  EXPECT_EQ(Json(std::string("a\"b\\c/d")), R"("a\"b\\c/d")");
  EXPECT_EQ(Json(std::string("\n\x01\x1f\x7f", 4)), "\"\\u000a\\u0001\\u001f\x7f\"");
  EXPECT_EQ(Json(std::string("a\0b", 3)), R"("a\u0000b")");
  EXPECT_EQ(Json(std::string("\xc3\xa9")), "\"\xc3\xa9\"") << "UTF-8 passes";
}

// A name can be the remote peer's as well as a value.
TEST(StatsJson, NamesAreEscaped) {
  EXPECT_EQ(Json(std::map<std::string, uint64_t>{{"a\"", 1}, {"b", 2}}), R"({"a\"":1,"b":2})");
}

TEST(StatsJson, NumbersKeepTheirValue) {
  EXPECT_EQ(Json(std::numeric_limits<uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(Json(std::numeric_limits<int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(Json(std::numeric_limits<int32_t>::min()), "-2147483648");
  EXPECT_EQ(Json(std::numeric_limits<uint32_t>::max()), "4294967295");
  EXPECT_EQ(std::stod(Json(0.1)), 0.1);
  EXPECT_EQ(std::stod(Json(-std::numeric_limits<double>::max())), -std::numeric_limits<double>::max());
}

TEST(StatsJson, WhatIsNotFiniteIsNull) {
  EXPECT_EQ(Json(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(Json(-std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(Json(std::numeric_limits<double>::quiet_NaN()), "null");
}

TEST(StatsJson, Lists) {
  EXPECT_EQ(Json(std::vector<std::string>{"a", "b"}), R"(["a","b"])");
  EXPECT_EQ(Json(std::vector<bool>{true, false}), "[true,false]");
  EXPECT_EQ(Json(std::vector<uint64_t>{}), "[]");
}

TEST(StatsJson, MembersOfAnObject) {
  JsonWriter json;
  EXPECT_TRUE(json.AtStart());
  json.Raw("[");
  EXPECT_TRUE(json.AtStart());
  json.Raw("{");
  json.Member("a", int32_t{1});
  json.Member("b", std::string("x"));
  json.Raw("}");
  EXPECT_FALSE(json.AtStart());
  json.Raw("]");
  EXPECT_EQ(json.Take(), R"([{"a":1,"b":"x"}])");
}

}  // namespace
}  // namespace nrtc
