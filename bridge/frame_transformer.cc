// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/frame_transformer.h"

#include <deque>
#include <map>
#include <mutex>

#include "bridge/compat/encoded_frame.h"
#include "bridge/compat/media.h"
#include "bridge/wake_internal.h"
#include "bridge/wire.h"

namespace nrtc {
namespace {

using NativeEncodedFrame = std::unique_ptr<webrtc::TransformableFrameInterface>;

// A frame that the owner has taken.
class EncodedFrame : public webrtc::RefCountInterface {
 public:
  void Describe(nrtc_encoded_frame_info& info) {
    info = {};
    compat::DescribeEncodedFrame(*native_, video_, sender_, info, strings_);
    info.mime_type = strings_.mime_type.data();
    info.mime_type_size = strings_.mime_type.size();
    info.rid = strings_.rid.data();
    info.rid_size = strings_.rid.size();
    info.csrcs = strings_.csrcs.data();
    info.csrc_count = strings_.csrcs.size();
    info.dependencies = strings_.dependencies.data();
    info.dependency_count = strings_.dependencies.size();
  }

  // nullptr once it was passed on. The owner calls one function at a time.
  NativeEncodedFrame& native() { return native_; }
  bool video() const { return video_; }
  bool sender() const { return sender_; }

 protected:
  EncodedFrame(NativeEncodedFrame native, bool video, bool sender)
      : native_(std::move(native)), video_(video), sender_(sender) {}
  ~EncodedFrame() override = default;

 private:
  NativeEncodedFrame native_;
  compat::EncodedFrameStrings strings_;
  const bool video_;
  const bool sender_;
};

nrtc_encoded_frame* HandOut(NativeEncodedFrame native, bool video, bool sender, nrtc_encoded_frame_info& info) {
  webrtc::scoped_refptr<EncodedFrame> frame = webrtc::make_ref_counted<EncodedFrame>(std::move(native), video, sender);
  frame->Describe(info);
  return info.frame = ToHandle<nrtc_encoded_frame>(frame);
}

class FrameTransformer : public webrtc::FrameTransformerInterface {
 public:
  using Callback = webrtc::scoped_refptr<webrtc::TransformedFrameCallback>;

  // On a thread of libwebrtc's.
  void Transform(NativeEncodedFrame frame) override {
    bool wake = false;
    Callback next;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (capacity_ == 0) {
        next = Find(frame->GetSsrc());
      } else if (frames_.size() >= capacity_) {
        ++dropped_;
      } else {
        wake = frames_.empty();
        frames_.push_back({std::move(frame), webrtc::TimeMicros()});
      }
    }
    if (next) next->OnTransformedFrame(std::move(frame));
    if (wake) WakeOwner(wake_key_);
  }

  void RegisterTransformedFrameCallback(Callback callback) override {
    std::lock_guard<std::mutex> lock(mutex_);
    callback_ = std::move(callback);
  }
  void RegisterTransformedFrameSinkCallback(Callback callback, uint32_t ssrc) override {
    std::lock_guard<std::mutex> lock(mutex_);
    callbacks_[ssrc] = std::move(callback);
  }
  void UnregisterTransformedFrameCallback() override {
    Callback gone;  // released after the lock
    std::lock_guard<std::mutex> lock(mutex_);
    gone.swap(callback_);
  }
  void UnregisterTransformedFrameSinkCallback(uint32_t ssrc) override {
    Callback gone;
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = callbacks_.find(ssrc);
    if (found == callbacks_.end()) return;
    gone.swap(found->second);
    callbacks_.erase(found);
  }

  void Activate(size_t capacity) {
    std::deque<Arrived> gone;
    std::lock_guard<std::mutex> lock(mutex_);
    capacity_ = capacity;
    dropped_ = 0;
    gone.swap(frames_);
  }

  uint64_t dropped() {
    std::lock_guard<std::mutex> lock(mutex_);
    return dropped_;
  }

  bool Take(nrtc_encoded_frame_info& info) {
    Arrived arrived;
    size_t waiting;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (frames_.empty()) return false;
      arrived = std::move(frames_.front());
      frames_.pop_front();
      waiting = frames_.size();
    }
    HandOut(std::move(arrived.frame), video_, sender_, info);
    if (!sender_ && info.receive_time_us == 0) info.receive_time_us = arrived.time_us;
    info.waiting = static_cast<uint32_t>(waiting);
    return true;
  }

  // libwebrtc's callbacks take frames from any thread and hand them to their own.
  bool Send(NativeEncodedFrame frame) {
    Callback next;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      next = Find(frame->GetSsrc());
    }
    if (!next) return false;
    next->OnTransformedFrame(std::move(frame));
    return true;
  }

 protected:
  FrameTransformer(bool video, bool sender, uint64_t wake_key) : video_(video), sender_(sender), wake_key_(wake_key) {}
  ~FrameTransformer() override = default;

 private:
  struct Arrived {
    NativeEncodedFrame frame;
    int64_t time_us;  // where libwebrtc does not tell
  };

  // The lock is held.
  Callback Find(uint32_t ssrc) const {
    auto found = callbacks_.find(ssrc);
    return found == callbacks_.end() ? callback_ : found->second;
  }

  const bool video_;
  const bool sender_;
  const uint64_t wake_key_;
  std::mutex mutex_;
  Callback callback_;
  std::map<uint32_t, Callback> callbacks_;
  std::deque<Arrived> frames_;
  size_t capacity_ = 0;
  uint64_t dropped_ = 0;
};

FrameTransformer* From(nrtc_frame_transformer* transformer) {
  return static_cast<FrameTransformer*>(FromHandle<webrtc::FrameTransformerInterface>(transformer));
}

}  // namespace
}  // namespace nrtc

nrtc_frame_transformer* nrtc_frame_transformer_new(int video, int sender, uint64_t wake_key) {
  webrtc::scoped_refptr<webrtc::FrameTransformerInterface> transformer =
      webrtc::make_ref_counted<nrtc::FrameTransformer>(video != 0, sender != 0, wake_key);
  return nrtc::ToHandle<nrtc_frame_transformer>(transformer);
}

void nrtc_rtp_sender_set_frame_transformer(nrtc_rtp_sender* sender, nrtc_frame_transformer* transformer) {
  nrtc::compat::SetFrameTransformer(
      *nrtc::FromHandle<webrtc::RtpSenderInterface>(sender),
      webrtc::scoped_refptr<webrtc::FrameTransformerInterface>(nrtc::From(transformer)));
}

void nrtc_rtp_receiver_set_frame_transformer(nrtc_rtp_receiver* receiver, nrtc_frame_transformer* transformer) {
  nrtc::compat::SetFrameTransformer(
      *nrtc::FromHandle<webrtc::RtpReceiverInterface>(receiver),
      webrtc::scoped_refptr<webrtc::FrameTransformerInterface>(nrtc::From(transformer)));
}

void nrtc_frame_transformer_activate(nrtc_frame_transformer* transformer, size_t capacity) {
  nrtc::From(transformer)->Activate(capacity);
}

uint64_t nrtc_frame_transformer_dropped(nrtc_frame_transformer* transformer) {
  return nrtc::From(transformer)->dropped();
}

int nrtc_frame_transformer_take(nrtc_frame_transformer* transformer, nrtc_encoded_frame_info* info) {
  return nrtc::From(transformer)->Take(*info) ? 1 : 0;
}

int nrtc_frame_transformer_send(nrtc_frame_transformer* transformer, nrtc_encoded_frame* frame, int replace,
                                const uint8_t* data, size_t size) {
  auto& native = nrtc::FromHandle<nrtc::EncodedFrame>(frame)->native();
  if (!native) return 0;
  if (replace) nrtc::compat::SetEncodedFrameData(*native, data, size);
  return nrtc::From(transformer)->Send(std::move(native)) ? 1 : 0;
}

int nrtc_encoded_frame_clone(nrtc_encoded_frame* frame, nrtc_encoded_frame_info* info) {
  auto* original = nrtc::FromHandle<nrtc::EncodedFrame>(frame);
  if (!original->native()) return 0;
  auto clone = nrtc::compat::CloneEncodedFrame(*original->native(), original->video());
  if (!clone) return 0;
  nrtc::HandOut(std::move(clone), original->video(), original->sender(), *info);
  return 1;
}

int nrtc_encoded_frame_set_timestamp(nrtc_encoded_frame* frame, uint32_t timestamp) {
  auto& native = nrtc::FromHandle<nrtc::EncodedFrame>(frame)->native();
  return native && nrtc::compat::SetEncodedFrameTimestamp(*native, timestamp) ? 1 : 0;
}

size_t nrtc_rtp_sender_generate_key_frame(nrtc_rtp_sender* sender, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer&) {
    nrtc::Reader r(in, in_len);
    auto rids = r.List([&] { return r.Str(); });
    return nrtc::compat::GenerateKeyFrame(*nrtc::FromHandle<webrtc::RtpSenderInterface>(sender), rids);
  });
}

void nrtc_rtp_receiver_request_key_frame(nrtc_rtp_receiver* receiver) {
  auto track = nrtc::FromHandle<webrtc::RtpReceiverInterface>(receiver)->track();
  if (!track || track->kind() != webrtc::MediaStreamTrackInterface::kVideoKind) return;
  if (auto* source = static_cast<webrtc::VideoTrackInterface*>(track.get())->GetSource()) source->GenerateKeyFrame();
}
