// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Pictures, and ffmpeg as the judge of what was made of them.

#ifndef NRTC_TESTS_HARDWARE_JUDGE_H_
#define NRTC_TESTS_HARDWARE_JUDGE_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "hw/watched_session.h"

namespace nrtc::hw {

using Bytes = std::vector<uint8_t>;

// For what must not fail because the machine is busy.
inline constexpr Deadlines kPatient{std::chrono::minutes(2), std::chrono::minutes(2)};

inline std::string ReadFile(const std::string& path) {
  std::ifstream f(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(f), {}};
}

// A picture with padded rows: a noisy ground that stays and a block that moves; or smooth
// ones, for codecs that lose something.
class Frame {
 public:
  Frame(int width, int height, int number, PixelFormat format = PixelFormat::kI420, bool smooth = false)
      : width_(width), height_(height), format_(format) {
    std::minstd_rand ground(7);
    std::minstd_rand moving(static_cast<unsigned>(number) + 100);
    y_.assign(static_cast<size_t>(stride() * height), 0xab);
    u_.assign(static_cast<size_t>(stride() * chroma_height()), 0xcd);
    v_ = u_;
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        bool block = (x / 16 + y / 16 * 3) % 7 == number % 7;
        auto a = static_cast<uint8_t>(ground() >> 8);
        auto b = static_cast<uint8_t>(moving() >> 8);
        if (smooth) {
          a = static_cast<uint8_t>(40 + x * 100 / width);
          b = static_cast<uint8_t>(30 + number * 53 % 120 + y % 16);
        }
        y_[static_cast<size_t>(y * stride() + x)] = block ? b : a;
        if (y % 2 == 0 && x % 2 == 0) {
          auto at = static_cast<size_t>(y / 2 * stride() + x / 2);
          u_[at] = static_cast<uint8_t>(smooth ? 255 - (block ? b : a) : block ? b * 3 : a * 3);
          v_[at] = static_cast<uint8_t>(smooth ? 60 + (block ? b : a) / 2 : block ? b * 5 : a * 5);
        }
      }
    }
    if (format == PixelFormat::kNV12) {
      uv_.assign(static_cast<size_t>(stride() * 2 * chroma_height()), 0xef);
      for (int y = 0; y < chroma_height(); ++y) {
        for (int x = 0; x < chroma_width(); ++x) {
          auto to = static_cast<size_t>(y * stride() * 2 + x * 2);
          uv_[to] = u_[static_cast<size_t>(y * stride() + x)];
          uv_[to + 1] = v_[static_cast<size_t>(y * stride() + x)];
        }
      }
    }
  }
  Input input() const {
    Input in;
    in.width = width_;
    in.height = height_;
    in.format = format_;
    in.stride[0] = in.stride[1] = in.stride[2] = stride();
    in.data[0] = y_.data();
    in.data[1] = u_.data();
    in.data[2] = v_.data();
    if (format_ == PixelFormat::kNV12) {
      in.data[1] = uv_.data();
      in.stride[1] = stride() * 2;
    }
    return in;
  }
  // As a decoder shows it: I420 without padding, an odd size made even for the codecs that
  // know no other.
  Bytes shown(bool even = true) const {
    Bytes out;
    int width = even ? (width_ + 1) / 2 * 2 : width_;
    int height = even ? (height_ + 1) / 2 * 2 : height_;
    auto plane = [&](const Bytes& p, int w, int h, int true_w, int true_h) {
      for (int y = 0; y < h; ++y) {
        for (int x = 0; x < w; ++x) {
          out.push_back(p[static_cast<size_t>(std::min(y, true_h - 1) * stride() + std::min(x, true_w - 1))]);
        }
      }
    };
    plane(y_, width, height, width_, height_);
    plane(u_, (width + 1) / 2, (height + 1) / 2, chroma_width(), chroma_height());
    plane(v_, (width + 1) / 2, (height + 1) / 2, chroma_width(), chroma_height());
    return out;
  }

 private:
  int stride() const { return width_ + 13; }
  int chroma_width() const { return (width_ + 1) / 2; }
  int chroma_height() const { return (height_ + 1) / 2; }
  int width_, height_;
  PixelFormat format_;
  Bytes y_, u_, v_, uv_;
};

// A test with a folder of its own.
class JudgedTest : public ::testing::Test {
 protected:
  void SetUp() override {
    // The name of one with a parameter has slashes.
    std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::replace(name.begin(), name.end(), '/', '-');
    dir_ = std::filesystem::temp_directory_path() / ("nativertc-hardware-" + std::to_string(getpid()) + "-" + name);
    std::filesystem::create_directories(dir_);
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }

  static StreamConfig Config(int width, int height) {
    StreamConfig c;
    c.width = width;
    c.height = height;
    c.rates = {20'000'000, 30};
    return c;
  }
  // What ffmpeg decodes; it must find nothing wrong.
  Bytes Decode(const Bytes& stream, const char* name = "stream.h264") {
    std::ofstream(dir_ / name, std::ios::binary).write(reinterpret_cast<const char*>(stream.data()), static_cast<long>(stream.size()));
    std::string command = "ffmpeg -nostdin -v warning -y -err_detect explode -i '" + (dir_ / name).string() +
                          "' -fps_mode passthrough -f rawvideo -pix_fmt yuv420p '" + (dir_ / "out.yuv").string() +
                          "' 2>'" + (dir_ / "err").string() + "'";
    EXPECT_EQ(std::system(command.c_str()), 0);
    EXPECT_EQ(ReadFile(dir_ / "err"), "");
    std::string out = ReadFile(dir_ / "out.yuv");
    return Bytes(out.begin(), out.end());
  }
  // Encodes pictures; key pictures at the numbers given.
  struct Encoded {
    std::vector<Output> outputs;
    std::vector<Bytes> shown;
  };
  static Encoded Run(Session& s, int width, int height, int count, const std::vector<int>& keys = {},
                     PixelFormat format = PixelFormat::kI420, int first = 0, bool even = true, bool smooth = false) {
    Encoded e;
    for (int i = first; i < first + count; ++i) {
      Frame f(width, height, i, format, smooth);
      Output out;
      bool key = std::find(keys.begin(), keys.end(), i) != keys.end();
      Status status = s.Encode(f.input(), key, {20'000'000, 30}, out);
      EXPECT_TRUE(status.ok()) << status.message();
      e.outputs.push_back(out);
      e.shown.push_back(f.shown(even));
    }
    return e;
  }
  // Decodes the pictures of the layers up to one and compares.
  void Judge(const Encoded& e, int up_to_layer = 2) {
    Bytes stream, want;
    for (size_t i = 0; i < e.outputs.size(); ++i) {
      if (e.outputs[i].temporal_index > up_to_layer) continue;
      stream.insert(stream.end(), e.outputs[i].data.begin(), e.outputs[i].data.end());
      want.insert(want.end(), e.shown[i].begin(), e.shown[i].end());
    }
    Bytes have = Decode(stream);
    ASSERT_EQ(have.size(), want.size());
    EXPECT_TRUE(have == want);
  }

  std::filesystem::path dir_;
};

// A test over a double that is told by the environment what to be, what to do wrong,
// and where to keep its log.
class DoubledTest : public JudgedTest {
 protected:
  // name is that in the double's variables.
  DoubledTest(const char* name, const char* persona)
      : variables_(std::string("NATIVERTC_") + name + "_DOUBLE_"), first_persona_(persona) {}

  void SetUp() override {
    JudgedTest::SetUp();
    Set("LOG", dir_ / "log");
    Set("FAULT", dir_ / "fault");
    Persona(first_persona_);
  }

  void Persona(const char* name) { Set("PERSONA", name); }
  void Fault(const std::string& words) { std::ofstream(dir_ / "fault") << words; }
  std::string Log() const { return ReadFile(dir_ / "log"); }

 private:
  void Set(const char* variable, const std::string& value) { setenv((variables_ + variable).c_str(), value.c_str(), 1); }

  const std::string variables_;
  const char* const first_persona_;
};

}  // namespace nrtc::hw

#endif  // NRTC_TESTS_HARDWARE_JUDGE_H_
