// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/audio_device_internal.h"

#include <array>
#include <chrono>

#include "api/task_queue/task_queue_base.h"
#include "api/units/time_delta.h"
#include "bridge/compat/playout.h"

namespace nrtc {
namespace {

constexpr uint32_t kPlayoutRate = 48000;
constexpr size_t kPlayoutChannels = 2;
constexpr size_t kPlayoutFrames = kPlayoutRate / 100;

// Pulls a block for every 10 ms that pass, as long as it lives.
class Playout {
 public:
  Playout(webrtc::TaskQueueFactory& tasks, webrtc::AudioTransport& transport, std::atomic<uint64_t>& frames_played)
      : transport_(transport),
        frames_played_(frames_played),
        due_(Clock::now()),
        queue_(tasks.CreateTaskQueue("nrtc-playout", webrtc::TaskQueueFactory::Priority::HIGH)) {
    queue_->PostTask([this] { Pull(); });
  }
  // Blocks until no block is being pulled. The queue, being the last member, goes
  // before anything that its tasks use.
  ~Playout() = default;

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kBlock{10};
  // A process that stood still for longer than this (a suspended machine) does
  // not make up for it: nobody would have heard that audio.
  static constexpr std::chrono::milliseconds kMaxBacklog{500};

  void Pull() {
    size_t samples = 0;
    int64_t elapsed_ms = 0;
    int64_t ntp_ms = 0;
    transport_.NeedMorePlayData(kPlayoutFrames, sizeof(int16_t) * kPlayoutChannels, kPlayoutChannels, kPlayoutRate,
                                block_.data(), samples, &elapsed_ms, &ntp_ms);
    frames_played_.fetch_add(kPlayoutFrames, std::memory_order_relaxed);
    // Counting from when the block was due, not from now: lateness of one block
    // does not delay those after it.
    due_ += kBlock;
    auto now = Clock::now();
    if (now - due_ > kMaxBacklog) due_ = now;
    if (due_ <= now) {
      queue_->PostTask([this] { Pull(); });
    } else {
      auto wait = std::chrono::duration_cast<std::chrono::microseconds>(due_ - now);
      queue_->PostDelayedHighPrecisionTask([this] { Pull(); }, webrtc::TimeDelta::Micros(wait.count()));
    }
  }

  webrtc::AudioTransport& transport_;
  std::atomic<uint64_t>& frames_played_;
  std::array<int16_t, kPlayoutFrames * kPlayoutChannels> block_{};
  Clock::time_point due_;
  const std::unique_ptr<webrtc::TaskQueueBase, webrtc::TaskQueueDeleter> queue_;
};

// libwebrtc calls it on the worker thread only.
class AudioDevice : public compat::AudioDeviceBase {
 public:
  explicit AudioDevice(webrtc::TaskQueueFactory& tasks) : AudioDeviceBase(kPlayoutRate), tasks_(tasks) {}

  int32_t RegisterAudioCallback(webrtc::AudioTransport* transport) override {
    StopPlayout();
    transport_ = transport;
    return 0;
  }
  int32_t Terminate() override { return StopPlayout(); }

  int32_t ActiveAudioLayer(AudioLayer* layer) const override {
    *layer = kDummyAudio;
    return 0;
  }
  int32_t PlayoutIsAvailable(bool* available) override { return Tell(available, true); }
  int32_t RecordingIsAvailable(bool* available) override { return Tell(available, false); }
  int32_t StereoPlayoutIsAvailable(bool* available) const override { return Tell(available, true); }
  int32_t StereoPlayout(bool* enabled) const override { return Tell(enabled, true); }
  int32_t StereoRecordingIsAvailable(bool* available) const override { return Tell(available, false); }
  int32_t StereoRecording(bool* enabled) const override { return Tell(enabled, false); }
  int32_t SpeakerVolumeIsAvailable(bool* available) override { return Tell(available, false); }
  int32_t MicrophoneVolumeIsAvailable(bool* available) override { return Tell(available, false); }
  int32_t SpeakerMuteIsAvailable(bool* available) override { return Tell(available, false); }
  int32_t MicrophoneMuteIsAvailable(bool* available) override { return Tell(available, false); }

  int32_t InitPlayout() override {
    playout_initialized_ = true;
    return 0;
  }
  bool PlayoutIsInitialized() const override { return playout_initialized_; }
  int32_t StartPlayout() override {
    if (!playout_) {
      if (transport_ == nullptr) return -1;
      playout_ = std::make_unique<Playout>(tasks_, *transport_, frames_played_);
    }
    return 0;
  }
  int32_t StopPlayout() override {
    playout_ = nullptr;
    playout_initialized_ = false;
    return 0;
  }
  bool Playing() const override { return playout_ != nullptr; }

  // Recording starts and stops as asked for, and never delivers anything.
  int32_t InitRecording() override {
    recording_initialized_ = true;
    return 0;
  }
  bool RecordingIsInitialized() const override { return recording_initialized_; }
  int32_t StartRecording() override {
    recording_ = true;
    return 0;
  }
  int32_t StopRecording() override {
    recording_ = false;
    recording_initialized_ = false;
    return 0;
  }
  bool Recording() const override { return recording_; }

 private:
  static int32_t Tell(bool* answer, bool value) {
    *answer = value;
    return 0;
  }

  webrtc::TaskQueueFactory& tasks_;
  webrtc::AudioTransport* transport_ = nullptr;
  std::unique_ptr<Playout> playout_;
  bool playout_initialized_ = false;
  bool recording_initialized_ = false;
  bool recording_ = false;
};

}  // namespace

webrtc::scoped_refptr<webrtc::AudioDeviceModule> CreateAudioDevice(webrtc::TaskQueueFactory& tasks) {
  return webrtc::make_ref_counted<AudioDevice>(tasks);
}

}  // namespace nrtc
