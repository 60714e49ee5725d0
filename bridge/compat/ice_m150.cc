// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/ice.h"

namespace nrtc::compat {
namespace {

// A subscription to the transport's state cannot be taken back, and the list of
// a notification under way must not change. So all of them stay with the
// transport, and ask here whether somebody still listens.
class CallbackSubscription : public IceSubscription {
 public:
  CallbackSubscription(webrtc::IceTransportInternal& ice, IceObserver& observer)
      : observer_(std::make_shared<IceObserver*>(&observer)) {
    std::weak_ptr<IceObserver*> alive = observer_;
    void* tag = observer_.get();
    ice.SubscribeIceTransportStateChanged(tag, [alive](webrtc::IceTransportInternal* ice) {
      if (auto observer = alive.lock()) (*observer)->OnIceTransportState(*ice);
    });
    ice.AddGatheringStateCallback(tag, [alive](webrtc::IceTransportInternal* ice) {
      if (auto observer = alive.lock()) (*observer)->OnIceGatheringState(*ice);
    });
    ice.SubscribeNetworkRouteChanged(tag, [alive, &ice](std::optional<webrtc::NetworkRoute>) {
      if (auto observer = alive.lock()) (*observer)->OnIceRoute(ice);
    });
  }

 private:
  const std::shared_ptr<IceObserver*> observer_;
};

}  // namespace

std::unique_ptr<IceSubscription> SubscribeIce(webrtc::IceTransportInternal& ice, IceObserver& observer) {
  return std::make_unique<CallbackSubscription>(ice, observer);
}

std::string CandidateText(const webrtc::Candidate& candidate) {
  return webrtc::IceCandidate("", 0, candidate).ToString();
}

}  // namespace nrtc::compat
