// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/audio_sink.h"

#include <atomic>
#include <deque>
#include <mutex>

#include "bridge/compat/media.h"
#include "bridge/event_queue_internal.h"

namespace nrtc {
namespace {

class AudioSink : public webrtc::RefCountInterface,
                  public webrtc::AudioTrackSinkInterface,
                  public webrtc::ObserverInterface {
 public:
  void Attach() {
    track_->RegisterObserver(this);
    enabled_.store(track_->enabled());
    track_->AddSink(this);
  }

  void Detach() {
    if (detached_.exchange(true)) return;
    track_->RemoveSink(this);
    track_->UnregisterObserver(this);
    std::lock_guard<std::mutex> lock(mutex_);
    blocks_.clear();
  }

  bool Take(int16_t* samples, nrtc_audio_block& out) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (blocks_.empty()) return false;
    Block& block = blocks_.front();
    out.rate = block.rate;
    out.channels = block.channels;
    out.frames = static_cast<int32_t>(block.samples.size() / block.channels);
    out.timestamp_us = block.timestamp_us;
    std::memcpy(samples, block.samples.data(), block.samples.size() * sizeof(int16_t));
    spare_ = std::move(block.samples);
    blocks_.pop_front();
    out.waiting = static_cast<uint32_t>(blocks_.size());
    return true;
  }

  uint64_t dropped() {
    std::lock_guard<std::mutex> lock(mutex_);
    return dropped_;
  }

 protected:
  AudioSink(webrtc::scoped_refptr<webrtc::AudioTrackInterface> track, size_t capacity, uint64_t wake_key)
      : track_(std::move(track)), capacity_(capacity), wake_key_(wake_key) {}
  ~AudioSink() override { Detach(); }

 private:
  struct Block {
    std::vector<int16_t> samples;
    int32_t rate;
    int32_t channels;
    int64_t timestamp_us;
  };

  // On the signaling thread. Unlike video tracks, audio tracks do not silence
  // what their sinks get.
  void OnChanged() override { enabled_.store(track_->enabled()); }

  void OnData(const void* data, int bits, int rate, size_t channels, size_t frames,
              compat::Optional<int64_t> timestamp_ms) override {
    size_t count = channels * frames;
    if (bits != 16 || count == 0 || count > NRTC_AUDIO_BLOCK_MAX_SAMPLES) return;
    const auto* samples = static_cast<const int16_t*>(data);
    bool wake;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      wake = blocks_.empty();
      if (blocks_.size() >= capacity_) {
        spare_ = std::move(blocks_.front().samples);
        blocks_.pop_front();
        ++dropped_;
      }
      Block block{std::move(spare_), rate, static_cast<int32_t>(channels), -1};
      if (timestamp_ms.has_value()) block.timestamp_us = *timestamp_ms * 1000;
      if (enabled_.load()) {
        block.samples.assign(samples, samples + count);
      } else {
        block.samples.assign(count, 0);
      }
      blocks_.push_back(std::move(block));
    }
    if (wake) WakeOwner(wake_key_);
  }
  void OnData(const void* data, int bits, int rate, size_t channels, size_t frames) override {
    OnData(data, bits, rate, channels, frames, {});
  }

  const webrtc::scoped_refptr<webrtc::AudioTrackInterface> track_;
  const size_t capacity_;
  const uint64_t wake_key_;
  std::atomic<bool> detached_{false};
  std::atomic<bool> enabled_{true};
  std::mutex mutex_;
  std::deque<Block> blocks_;
  std::vector<int16_t> spare_;  // memory for the next block
  uint64_t dropped_ = 0;
};

}  // namespace
}  // namespace nrtc

nrtc_audio_sink* nrtc_audio_sink_new(nrtc_media_stream_track* track, size_t capacity, uint64_t wake_key) {
  auto* native = nrtc::FromHandle<webrtc::MediaStreamTrackInterface>(track);
  if (native->kind() != webrtc::MediaStreamTrackInterface::kAudioKind) return nullptr;
  webrtc::scoped_refptr<nrtc::AudioSink> sink = webrtc::make_ref_counted<nrtc::AudioSink>(
      webrtc::scoped_refptr<webrtc::AudioTrackInterface>(static_cast<webrtc::AudioTrackInterface*>(native)), capacity,
      wake_key);
  sink->Attach();
  return nrtc::ToHandle<nrtc_audio_sink>(sink);
}

int nrtc_audio_sink_take(nrtc_audio_sink* sink, int16_t* samples, nrtc_audio_block* block) {
  return nrtc::FromHandle<nrtc::AudioSink>(sink)->Take(samples, *block) ? 1 : 0;
}

uint64_t nrtc_audio_sink_dropped(nrtc_audio_sink* sink) {
  return nrtc::FromHandle<nrtc::AudioSink>(sink)->dropped();
}

void nrtc_audio_sink_detach(nrtc_audio_sink* sink) {
  nrtc::FromHandle<nrtc::AudioSink>(sink)->Detach();
}
