// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/video_sink.h"

#include <atomic>
#include <deque>
#include <mutex>

#include "bridge/event_queue_internal.h"
#include "bridge/video_frame_internal.h"

namespace nrtc {
namespace {

class VideoSink : public webrtc::RefCountInterface, public webrtc::VideoSinkInterface<webrtc::VideoFrame> {
 public:
  void Attach() { track_->AddOrUpdateSink(this, webrtc::VideoSinkWants()); }

  void Detach() {
    if (detached_.exchange(true)) return;
    track_->RemoveSink(this);
    std::deque<webrtc::VideoFrame> dropped;
    std::lock_guard<std::mutex> lock(mutex_);
    dropped.swap(frames_);
  }

  bool Take(nrtc_video_frame& out) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (frames_.empty()) return false;
    webrtc::VideoFrame frame = std::move(frames_.front());
    frames_.pop_front();
    out.waiting = static_cast<uint32_t>(frames_.size());
    lock.unlock();
    Describe(frame.video_frame_buffer(), out);
    out.rotation = frame.rotation();
    out.rtp_timestamp = compat::RtpTimestamp(frame);
    out.timestamp_us = frame.timestamp_us();
    out.ntp_time_ms = frame.ntp_time_ms();
    out.receive_us = 0;
    for (const auto& packet : frame.packet_infos()) {
      if (packet.receive_time().IsFinite()) out.receive_us = std::max(out.receive_us, packet.receive_time().us());
    }
    return true;
  }

  uint64_t dropped() {
    std::lock_guard<std::mutex> lock(mutex_);
    return dropped_;
  }

 protected:
  VideoSink(webrtc::scoped_refptr<webrtc::VideoTrackInterface> track, size_t capacity, uint64_t wake_key)
      : track_(std::move(track)), capacity_(capacity), wake_key_(wake_key) {}
  ~VideoSink() override { Detach(); }

 private:
  void OnFrame(const webrtc::VideoFrame& frame) override {
    auto buffer = Mapped(frame.video_frame_buffer());
    if (!buffer) return;
    webrtc::VideoFrame kept = frame;
    kept.set_video_frame_buffer(buffer);
    bool wake;
    // Released after the lock.
    compat::Optional<webrtc::VideoFrame> oldest;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      wake = frames_.empty();
      if (frames_.size() >= capacity_) {
        oldest = std::move(frames_.front());
        frames_.pop_front();
        ++dropped_;
      }
      frames_.push_back(std::move(kept));
    }
    if (wake) WakeOwner(wake_key_);
  }

  const webrtc::scoped_refptr<webrtc::VideoTrackInterface> track_;
  const size_t capacity_;
  const uint64_t wake_key_;
  std::atomic<bool> detached_{false};
  std::mutex mutex_;
  std::deque<webrtc::VideoFrame> frames_;
  uint64_t dropped_ = 0;
};

}  // namespace
}  // namespace nrtc

nrtc_video_sink* nrtc_video_sink_new(nrtc_media_stream_track* track, size_t capacity, uint64_t wake_key) {
  auto* native = nrtc::FromHandle<webrtc::MediaStreamTrackInterface>(track);
  if (native->kind() != webrtc::MediaStreamTrackInterface::kVideoKind) return nullptr;
  webrtc::scoped_refptr<nrtc::VideoSink> sink = webrtc::make_ref_counted<nrtc::VideoSink>(
      webrtc::scoped_refptr<webrtc::VideoTrackInterface>(static_cast<webrtc::VideoTrackInterface*>(native)), capacity,
      wake_key);
  sink->Attach();
  return nrtc::ToHandle<nrtc_video_sink>(sink);
}

int nrtc_video_sink_take(nrtc_video_sink* sink, nrtc_video_frame* frame) {
  return nrtc::FromHandle<nrtc::VideoSink>(sink)->Take(*frame) ? 1 : 0;
}

uint64_t nrtc_video_sink_dropped(nrtc_video_sink* sink) {
  return nrtc::FromHandle<nrtc::VideoSink>(sink)->dropped();
}

void nrtc_video_sink_detach(nrtc_video_sink* sink) {
  nrtc::FromHandle<nrtc::VideoSink>(sink)->Detach();
}
