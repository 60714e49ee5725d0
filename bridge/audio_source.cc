// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/audio_source.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "bridge/compat/media.h"
#include "bridge/factory_internal.h"

namespace nrtc {
namespace {

class AudioSource : public webrtc::Notifier<webrtc::AudioSourceInterface> {
 public:
  nrtc_push_status Push(const int16_t* samples, int rate, size_t channels, size_t frames, int64_t timestamp_us) {
    if (ended_.load()) return NRTC_PUSH_ENDED;
    if (timestamp_us == 0) timestamp_us = webrtc::TimeMicros();
    compat::Optional<int64_t> timestamp_ms = timestamp_us / 1000;
    // A sink must not be called once RemoveSink has returned, so the lock is held
    // while it is called. Sinks hand the data to queues of theirs and wait for
    // nothing.
    std::lock_guard<std::mutex> lock(mutex_);
    for (auto* sink : sinks_) sink->OnData(samples, 16, rate, channels, frames, timestamp_ms);
    return sinks_.empty() ? NRTC_PUSH_UNUSED : NRTC_PUSH_OK;
  }

  // On the signaling thread.
  void End() {
    if (!ended_.exchange(true)) FireOnChanged();
  }

  SourceState state() const override { return ended_.load() ? kEnded : kLive; }
  bool remote() const override { return false; }
  void AddSink(webrtc::AudioTrackSinkInterface* sink) override {
    std::lock_guard<std::mutex> lock(mutex_);
    sinks_.push_back(sink);
  }
  void RemoveSink(webrtc::AudioTrackSinkInterface* sink) override {
    std::lock_guard<std::mutex> lock(mutex_);
    sinks_.erase(std::remove(sinks_.begin(), sinks_.end(), sink), sinks_.end());
  }

 protected:
  AudioSource() = default;
  ~AudioSource() override = default;

 private:
  std::atomic<bool> ended_{false};
  std::mutex mutex_;
  std::vector<webrtc::AudioTrackSinkInterface*> sinks_;
};

}  // namespace
}  // namespace nrtc

nrtc_audio_source* nrtc_audio_source_new(void) {
  return nrtc::ToHandle<nrtc_audio_source>(
      webrtc::scoped_refptr<nrtc::AudioSource>(webrtc::make_ref_counted<nrtc::AudioSource>()));
}

nrtc_push_status nrtc_audio_source_push(nrtc_audio_source* source, const int16_t* samples, int rate, size_t channels,
                                        size_t frames, int64_t timestamp_us) {
  return nrtc::FromHandle<nrtc::AudioSource>(source)->Push(samples, rate, channels, frames, timestamp_us);
}

nrtc_media_stream_track* nrtc_audio_source_create_track(nrtc_audio_source* source, nrtc_factory* factory,
                                                        const char* id, size_t size) {
  return nrtc::ToHandle<nrtc_media_stream_track>(nrtc::FromHandle<nrtc::Factory>(factory)->native().CreateAudioTrack(
      std::string(id, size), nrtc::FromHandle<nrtc::AudioSource>(source)));
}

void nrtc_audio_source_end(nrtc_audio_source* source, nrtc_factory* factory) {
  nrtc::FromHandle<nrtc::Factory>(factory)->signaling_thread().BlockingCall(
      [&] { nrtc::FromHandle<nrtc::AudioSource>(source)->End(); });
}
