// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::IceTransportInternal, whose notifications differ between revisions.

#ifndef NRTC_BRIDGE_COMPAT_ICE_H_
#define NRTC_BRIDGE_COMPAT_ICE_H_

#include <memory>
#include <string>

#include "bridge/compat/compat.h"
#include "p2p/base/ice_transport_internal.h"
#include "p2p/base/transport_description.h"
#include "pc/session_description.h"

#if !defined(NRTC_LIBWEBRTC_M150)
namespace webrtc {
using cricket::CandidatePair;
using cricket::ICEMODE_LITE;
using cricket::ICEROLE_CONTROLLED;
using cricket::ICEROLE_CONTROLLING;
using cricket::IceGatheringState;
using cricket::kIceGatheringComplete;
using cricket::kIceGatheringGathering;
using cricket::TransportInfo;
}  // namespace webrtc
#endif

namespace nrtc::compat {

// What an ICE transport tells, on the network thread.
class IceObserver {
 public:
  virtual ~IceObserver() = default;
  virtual void OnIceTransportState(webrtc::IceTransportInternal& ice) = 0;
  virtual void OnIceGatheringState(webrtc::IceTransportInternal& ice) = 0;
  virtual void OnIceRoute(webrtc::IceTransportInternal& ice) = 0;
};

// What ties an observer to a transport. Either may end first.
class IceSubscription {
 public:
  virtual ~IceSubscription() = default;
};

// Both on the network thread, where the subscription must also be destroyed. No
// notification comes after that.
std::unique_ptr<IceSubscription> SubscribeIce(webrtc::IceTransportInternal& ice, IceObserver& observer);

// The candidate-attribute of a candidate without its media section.
std::string CandidateText(const webrtc::Candidate& candidate);

}  // namespace nrtc::compat

#endif  // NRTC_BRIDGE_COMPAT_ICE_H_
