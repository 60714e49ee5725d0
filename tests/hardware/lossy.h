// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Streams of codecs whose doubles compress: ffmpeg decodes, and what it shows must be close
// to the pictures that went in.

#ifndef NRTC_TESTS_HARDWARE_LOSSY_H_
#define NRTC_TESTS_HARDWARE_LOSSY_H_

#include <cmath>
#include <cstring>
#include <sstream>

#include "tests/hardware/judge.h"

namespace nrtc::hw {

class LossyTest : public DoubledTest {
 protected:
  using DoubledTest::DoubledTest;

  // 4:2:0 has no odd sizes in the codecs that crop.
  static bool Even(Codec codec) { return codec == Codec::kH264 || codec == Codec::kHevc; }
  static const char* FileOf(Codec codec) {
    return codec == Codec::kHevc ? "stream.h265" : codec == Codec::kH264 ? "stream.h264" : "stream.ivf";
  }

  // As a file of the pictures up to a temporal layer.
  static Bytes FileOf(Codec codec, int width, int height, const Encoded& e, int up_to_layer) {
    Bytes file;
    auto put = [&file](uint64_t value, int bytes) {
      for (int i = 0; i < bytes; ++i) file.push_back(static_cast<uint8_t>(value >> 8 * i));
    };
    const bool ivf = std::strcmp(FileOf(codec), "stream.ivf") == 0;
    if (ivf) {
      const char* fourcc = codec == Codec::kVp8 ? "VP80" : codec == Codec::kVp9 ? "VP90" : "AV01";
      for (const char* text : {"DKIF"}) file.insert(file.end(), text, text + 4);
      put(0, 2);
      put(32, 2);
      file.insert(file.end(), fourcc, fourcc + 4);
      put(static_cast<uint64_t>(width), 2);
      put(static_cast<uint64_t>(height), 2);
      put(30, 4);
      put(1, 4);
      put(e.outputs.size(), 8);
    }
    uint64_t time = 0;
    for (const Output& o : e.outputs) {
      if (o.temporal_index > up_to_layer) continue;
      if (ivf) {
        put(o.data.size(), 4);
        put(time++, 8);
      }
      file.insert(file.end(), o.data.begin(), o.data.end());
    }
    return file;
  }

  static Encoded RunOf(Codec codec, Session& s, int width, int height, int count, const std::vector<int>& keys = {},
                       PixelFormat format = PixelFormat::kI420) {
    return Run(s, width, height, count, keys, format, 0, Even(codec), true);
  }

  static double Psnr(const uint8_t* a, const uint8_t* b, size_t size) {
    double sum = 0;
    for (size_t i = 0; i < size; ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum == 0 ? 100 : 10 * std::log10(255.0 * 255 * static_cast<double>(size) / sum);
  }

  // Every picture, and those that are left if higher layers are left out.
  void JudgeLossy(Codec codec, int width, int height, const Encoded& e, double at_least, int up_to_layer = 2) {
    Bytes have = Decode(FileOf(codec, width, height, e, up_to_layer), FileOf(codec));
    size_t at = 0;
    for (size_t i = 0; i < e.outputs.size(); ++i) {
      if (e.outputs[i].temporal_index > up_to_layer) continue;
      ASSERT_LE(at + e.shown[i].size(), have.size()) << "picture " << i << " is missing";
      EXPECT_GE(Psnr(&have[at], e.shown[i].data(), e.shown[i].size()), at_least) << "picture " << i;
      at += e.shown[i].size();
    }
    EXPECT_EQ(at, have.size());
  }

  // Which of the packets ffmpeg takes for key pictures.
  std::vector<int> KeysSeen(Codec codec, int width, int height, const Encoded& e) {
    const Bytes file = FileOf(codec, width, height, e, 2);
    std::ofstream(dir_ / FileOf(codec), std::ios::binary).write(reinterpret_cast<const char*>(file.data()), static_cast<long>(file.size()));
    std::string command = "ffprobe -v error -show_entries packet=flags -of csv=p=0 '" + (dir_ / FileOf(codec)).string() +
                          "' >'" + (dir_ / "flags").string() + "'";
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::istringstream lines(ReadFile(dir_ / "flags"));
    std::vector<int> keys;
    std::string line;
    for (int i = 0; std::getline(lines, line); ++i) {
      if (line.rfind('K', 0) == 0) keys.push_back(i);
    }
    return keys;
  }
};

}  // namespace nrtc::hw

#endif  // NRTC_TESTS_HARDWARE_LOSSY_H_
