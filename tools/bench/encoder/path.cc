// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

// Measures what a picture of 1080p costs on its way into an encoder on a GPU and
// out of it, beside the encoder: over one that takes no time. Prints JSON.

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <vector>

#include "hw/native_picture.h"
#include "hw/picture_copy.h"
#include "hw/watched_session.h"

namespace {

using namespace nrtc::hw;

constexpr int kWidth = 1920;
constexpr int kHeight = 1080;
constexpr int kPitch = 2048;
constexpr int kRows = 1088;
constexpr int kPictures = 600;
constexpr size_t kStream = 20'000;  // 5 Mbit/s at 30 pictures a second

// Does what the backends do, with nobody behind the memory.
class NoEncoder : public Session {
 public:
  NoEncoder() : memory_(static_cast<size_t>(kPitch) * kRows * 3 / 2), stream_(kStream, 1) {}
  const SessionInfo& info() const override { return info_; }
  Status Encode(const Input& input, bool key, const Rates&, Output& output) override {
    // What is in the memory of a device is the driver's already.
    if (input.native == nullptr) {
      CopyToNV12(input, memory_.data(), kPitch, memory_.data() + static_cast<ptrdiff_t>(kPitch) * kRows, kPitch, kWidth,
                 kRows);
    }
    output.data.assign(stream_.begin(), stream_.end());
    InspectH264(output.data);
    output.key = key;
    return Status();
  }

 private:
  SessionInfo info_;
  std::vector<uint8_t> memory_, stream_;
};

double CpuMicroseconds() {
  rusage u{};
  getrusage(RUSAGE_SELF, &u);
  auto of = [](const timeval& t) { return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec); };
  return of(u.ru_utime) + of(u.ru_stime);
}

Input HostPicture(PixelFormat format) {
  auto memory = std::make_shared<std::vector<uint8_t>>(static_cast<size_t>(kWidth) * kHeight * 3 / 2, 100);
  const std::vector<uint8_t>& picture = *memory;
  Input in;
  in.owner = memory;
  in.format = format;
  in.width = kWidth;
  in.height = kHeight;
  in.data[0] = picture.data();
  in.data[1] = picture.data() + kWidth * kHeight;
  in.data[2] = in.data[1] + kWidth * kHeight / 4;
  in.stride[0] = kWidth;
  in.stride[1] = format == PixelFormat::kNV12 ? kWidth : kWidth / 2;
  in.stride[2] = kWidth / 2;
  return in;
}

template <typename Memory>
Input DevicePicture() {
  auto native = std::make_shared<NativePicture>();
  Memory memory;
  memory.width = kWidth;
  memory.height = kHeight;
  native->memory = memory;
  Input in;
  in.width = in.part.width = kWidth;
  in.height = in.part.height = kHeight;
  in.native = native.get();
  in.owner = native;
  return in;
}

int Measure(const char* name, const Input& in) {
  Status status;
  auto session = WatchedSession::Open(
      "none", [](const StreamConfig&, Status&) { return std::make_unique<NoEncoder>(); }, {}, {}, status);
  if (!session) return 1;
  std::vector<double> latency;
  const uint64_t copied = PicturesCopied();
  const double before = CpuMicroseconds();
  for (int i = 0; i < kPictures; ++i) {
    Output out;
    auto start = std::chrono::steady_clock::now();
    if (!session->Encode(in, i == 0, {}, out).ok()) return 1;
    std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    latency.push_back(took.count());
  }
  const double cpu = (CpuMicroseconds() - before) / kPictures;
  std::sort(latency.begin(), latency.end());
  std::printf("{\"format\": \"%s\", \"copies\": %g, \"cpu_us\": %.0f, \"p50_us\": %.0f, \"p99_us\": %.0f}\n", name,
              static_cast<double>(PicturesCopied() - copied) / kPictures, cpu, latency[kPictures / 2],
              latency[kPictures * 99 / 100]);
  return 0;
}

}  // namespace

int main() {
  return Measure("I420", HostPicture(PixelFormat::kI420)) + Measure("NV12", HostPicture(PixelFormat::kNV12)) +
         Measure("dmabuf", DevicePicture<Dmabuf>()) + Measure("CUDA", DevicePicture<CudaPicture>());
}
