// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/media_stream_track.h"

#include <atomic>

#include "bridge/compat/media.h"
#include "bridge/event_queue_internal.h"
#include "bridge/factory_internal.h"

namespace nrtc {
namespace {

using Track = webrtc::MediaStreamTrackInterface;

// The track if it is video, else nullptr.
webrtc::VideoTrackInterface* AsVideo(Track* track) {
  return track->kind() == Track::kVideoKind ? static_cast<webrtc::VideoTrackInterface*>(track) : nullptr;
}

const char* HintName(webrtc::VideoTrackInterface::ContentHint hint) {
  switch (hint) {
    case webrtc::VideoTrackInterface::ContentHint::kFluid:
      return "motion";
    case webrtc::VideoTrackInterface::ContentHint::kDetailed:
      return "detail";
    case webrtc::VideoTrackInterface::ContentHint::kText:
      return "text";
    case webrtc::VideoTrackInterface::ContentHint::kNone:
      break;
  }
  return "";
}

webrtc::VideoTrackInterface::ContentHint HintFromName(std::string_view name) {
  if (name == "motion") return webrtc::VideoTrackInterface::ContentHint::kFluid;
  if (name == "detail") return webrtc::VideoTrackInterface::ContentHint::kDetailed;
  if (name == "text") return webrtc::VideoTrackInterface::ContentHint::kText;
  return webrtc::VideoTrackInterface::ContentHint::kNone;
}

class TrackObserver : public webrtc::RefCountInterface, public webrtc::ObserverInterface {
 public:
  void Attach() { track_->RegisterObserver(this); }
  void Detach() {
    if (!detached_.exchange(true)) track_->UnregisterObserver(this);
  }

 protected:
  TrackObserver(webrtc::scoped_refptr<Track> track, webrtc::scoped_refptr<EventQueue> queue)
      : track_(std::move(track)), queue_(std::move(queue)) {}
  ~TrackObserver() override { Detach(); }

 private:
  // On the signaling thread, for changes of any attribute.
  void OnChanged() override {
    bool ended = track_->state() == Track::kEnded;
    if (ended == ended_) return;
    ended_ = ended;
    auto subject = reinterpret_cast<uintptr_t>(static_cast<webrtc::RefCountInterface*>(track_.get()));
    queue_->Push(NRTC_EVENT_TRACK_STATE, subject, [&](Writer& w) { w.Bool(ended); });
  }

  const webrtc::scoped_refptr<Track> track_;
  const webrtc::scoped_refptr<EventQueue> queue_;
  std::atomic<bool> detached_{false};
  bool ended_ = false;
};

}  // namespace
}  // namespace nrtc

size_t nrtc_media_stream_track_info(nrtc_media_stream_track* track, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    auto* native = nrtc::FromHandle<nrtc::Track>(track);
    w.Str(native->kind());
    w.Str(native->id());
    w.Bool(native->enabled());
    w.Bool(native->state() == nrtc::Track::kEnded);
    auto* video = nrtc::AsVideo(native);
    w.Str(video ? nrtc::HintName(video->content_hint()) : "");
    return webrtc::RTCError::OK();
  });
}

void nrtc_media_stream_track_set_enabled(nrtc_media_stream_track* track, int enabled) {
  nrtc::FromHandle<nrtc::Track>(track)->set_enabled(enabled != 0);
}

void nrtc_media_stream_track_set_content_hint(nrtc_media_stream_track* track, const char* hint, size_t size) {
  if (auto* video = nrtc::AsVideo(nrtc::FromHandle<nrtc::Track>(track)))
    video->set_content_hint(nrtc::HintFromName(std::string_view(hint, size)));
}

nrtc_media_stream_track* nrtc_media_stream_track_clone(nrtc_media_stream_track* track, nrtc_factory* factory,
                                                       const char* id, size_t size) {
  auto* native = nrtc::FromHandle<nrtc::Track>(track);
  auto& maker = nrtc::FromHandle<nrtc::Factory>(factory)->native();
  webrtc::scoped_refptr<nrtc::Track> clone;
  if (auto* video = nrtc::AsVideo(native)) {
    webrtc::scoped_refptr<webrtc::VideoTrackSourceInterface> source(video->GetSource());
    auto made = nrtc::compat::CreateVideoTrack(maker, source, std::string(id, size));
    made->set_content_hint(video->content_hint());
    clone = made;
  } else {
    clone = maker.CreateAudioTrack(std::string(id, size), static_cast<webrtc::AudioTrackInterface*>(native)->GetSource());
  }
  clone->set_enabled(native->enabled());
  return nrtc::ToHandle<nrtc_media_stream_track>(clone);
}

nrtc_track_observer* nrtc_track_observer_new(nrtc_media_stream_track* track, nrtc_event_queue* queue) {
  webrtc::scoped_refptr<nrtc::TrackObserver> observer = webrtc::make_ref_counted<nrtc::TrackObserver>(
      webrtc::scoped_refptr<nrtc::Track>(nrtc::FromHandle<nrtc::Track>(track)),
      webrtc::scoped_refptr<nrtc::EventQueue>(nrtc::FromHandle<nrtc::EventQueue>(queue)));
  observer->Attach();
  return nrtc::ToHandle<nrtc_track_observer>(observer);
}

void nrtc_track_observer_detach(nrtc_track_observer* observer) {
  nrtc::FromHandle<nrtc::TrackObserver>(observer)->Detach();
}
