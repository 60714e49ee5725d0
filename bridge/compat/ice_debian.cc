// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/ice.h"
#include "rtc_base/third_party/sigslot/sigslot.h"

namespace nrtc::compat {
namespace {

// Signals and slots forget each other, whichever is destroyed first.
class SlotSubscription : public IceSubscription, public sigslot::has_slots<> {
 public:
  SlotSubscription(cricket::IceTransportInternal& ice, IceObserver& observer) : ice_(ice), observer_(observer) {
    ice.SignalIceTransportStateChanged.connect(this, &SlotSubscription::OnState);
    ice.SignalGatheringState.connect(this, &SlotSubscription::OnGathering);
    ice.SignalNetworkRouteChanged.connect(this, &SlotSubscription::OnRoute);
  }

 private:
  void OnState(cricket::IceTransportInternal*) { observer_.OnIceTransportState(ice_); }
  void OnGathering(cricket::IceTransportInternal*) { observer_.OnIceGatheringState(ice_); }
  void OnRoute(absl::optional<rtc::NetworkRoute>) { observer_.OnIceRoute(ice_); }

  cricket::IceTransportInternal& ice_;
  IceObserver& observer_;
};

}  // namespace

std::unique_ptr<IceSubscription> SubscribeIce(webrtc::IceTransportInternal& ice, IceObserver& observer) {
  return std::make_unique<SlotSubscription>(ice, observer);
}

std::string CandidateText(const webrtc::Candidate& candidate) {
  return CandidateText(*webrtc::CreateIceCandidate("", 0, candidate));
}

}  // namespace nrtc::compat
