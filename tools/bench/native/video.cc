// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include <cstdio>
#include <thread>

#include "peer.h"
#include "usage.h"
#include "workloads.h"

namespace bench {
namespace {

class Source : public webrtc::VideoTrackSource {
 public:
  Source() : VideoTrackSource(false) {}
  void Push(const webrtc::VideoFrame& frame) { broadcaster_.OnFrame(frame); }

 private:
  webrtc::VideoSourceInterface<webrtc::VideoFrame>* source() override { return &broadcaster_; }
  webrtc::VideoBroadcaster broadcaster_;
};

class Sink : public webrtc::VideoSinkInterface<webrtc::VideoFrame> {
 public:
  Sink(int width, int height) : width_(width), height_(height) {}
  void OnFrame(const webrtc::VideoFrame& frame) override {
    if (frame.width() != width_ || frame.height() != height_) Fail("a frame of a wrong size");
    frames_.fetch_add(1);
    first.Set();
  }
  int frames() const { return frames_.load(); }
  Signal first;

 private:
  const int width_;
  const int height_;
  std::atomic<int> frames_{0};
};

// Frames of I420 without padding, one after another in a file.
struct Clip {
  Clip(const std::string& path, int width, int height) {
    FILE* file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) Fail("cannot read " + path);
    size_t size = static_cast<size_t>(width) * static_cast<size_t>(height) * 3 / 2;
    std::vector<uint8_t> frame(size);
    while (std::fread(frame.data(), 1, size, file) == size) frames.push_back(frame);
    std::fclose(file);
    if (frames.empty()) Fail("no frame in " + path);
  }
  std::vector<std::vector<uint8_t>> frames;
};

// Pushes the clip's frames in a loop, forwards and backwards, until told to stop.
void Play(Source& source, const Clip& clip, int width, int height, int fps, const std::atomic<bool>& stop) {
  auto start = std::chrono::steady_clock::now();
  size_t last = clip.frames.size() - 1;
  for (size_t i = 0; !stop.load(); ++i) {
    size_t phase = last == 0 ? 0 : i % (2 * last);
    const uint8_t* y = clip.frames[phase <= last ? phase : 2 * last - phase].data();
    const uint8_t* u = y + width * height;
    const uint8_t* v = u + width * height / 4;
    auto buffer = webrtc::I420Buffer::Copy(width, height, y, width, u, width / 2, v, width / 2);
    auto due = start + std::chrono::nanoseconds(1'000'000'000LL * static_cast<int64_t>(i) / fps);
    std::this_thread::sleep_until(due);
    auto us = std::chrono::duration_cast<std::chrono::microseconds>(due.time_since_epoch()).count();
    source.Push(webrtc::VideoFrame::Builder().set_video_frame_buffer(buffer).set_timestamp_us(us).build());
  }
}

}  // namespace

void Video(const Arguments& arguments) {
  int width = std::stoi(arguments.at(1));
  int height = std::stoi(arguments.at(2));
  int fps = std::stoi(arguments.at(3));
  auto seconds = std::chrono::seconds(std::stoi(arguments.at(4)));
  int bitrate = std::stoi(arguments.at(5));
  Clip clip(arguments.at(0), width, height);

  Stack stack;
  Sink sink(width, height);
  {
    Pair pair(stack);
    webrtc::BitrateSettings settings;
    settings.min_bitrate_bps = settings.start_bitrate_bps = settings.max_bitrate_bps = bitrate;
    pair.a.pc().SetBitrate(settings);
    pair.b.on_track = [&](auto transceiver) {
      auto track = transceiver->receiver()->track();
      static_cast<webrtc::VideoTrackInterface*>(track.get())->AddOrUpdateSink(&sink, webrtc::VideoSinkWants());
    };
    auto source = webrtc::make_ref_counted<Source>();
    auto track = CreateVideoTrack(stack.factory(), source);
    webrtc::RtpTransceiverInit init;
    init.direction = webrtc::RtpTransceiverDirection::kSendOnly;
    auto transceiver = pair.a.pc().AddTransceiver(track, init);
    if (!transceiver.ok()) Fail(std::string("adding a transceiver: ") + transceiver.error().message());
    auto capabilities = stack.factory().GetRtpSenderCapabilities(kVideo);
    auto& codecs = capabilities.codecs;
    std::erase_if(codecs, [](const auto& codec) { return codec.name != "VP8"; });
    if (!transceiver.value()->SetCodecPreferences(codecs).ok()) Fail("VP8 is refused");
    pair.Negotiate();

    std::atomic<bool> stop{false};
    std::thread player([&] { Play(*source, clip, width, height, fps, stop); });
    if (!sink.first.Wait()) Fail("no video arrives");
    // The first key frames and the start of the bandwidth estimate are over then.
    std::this_thread::sleep_for(std::chrono::seconds(2));
    double cpu = CpuSeconds();
    double start = Now();
    int frames = sink.frames();
    std::this_thread::sleep_for(seconds);
    frames = sink.frames() - frames;
    double wall = Now() - start;
    cpu = CpuSeconds() - cpu;
    stop = true;
    player.join();
    for (const auto& t : pair.b.pc().GetTransceivers()) {
      auto received = t->receiver()->track();
      static_cast<webrtc::VideoTrackInterface*>(received.get())->RemoveSink(&sink);
    }
    Print({{"cpu_ms_per_frame", cpu / frames * 1e3}, {"cores", cpu / wall}, {"frames_per_s", frames / wall}});
  }
}

}  // namespace bench
