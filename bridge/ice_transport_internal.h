// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef NRTC_BRIDGE_ICE_TRANSPORT_INTERNAL_H_
#define NRTC_BRIDGE_ICE_TRANSPORT_INTERNAL_H_

#include "bridge/compat/ice.h"
#include "bridge/event_queue_internal.h"
#include "bridge/factory_internal.h"
#include "bridge/ice_transport.h"
#include "bridge/peer_connection_internal.h"

namespace nrtc {

class IceTransport : public webrtc::RefCountInterface, public compat::IceObserver {
 public:
  // Writes what nrtc_ice_transport_attach tells.
  void Attach(Writer& w);
  void Detach();
  void WriteRole(Writer& w);
  void WriteDescription(Writer& w, bool remote);

 protected:
  IceTransport(Factory& factory, PeerConnection& pc, webrtc::scoped_refptr<webrtc::IceTransportInterface> native);
  ~IceTransport() override;

 private:
  void OnIceTransportState(webrtc::IceTransportInternal& ice) override;
  void OnIceGatheringState(webrtc::IceTransportInternal& ice) override;
  void OnIceRoute(webrtc::IceTransportInternal& ice) override;
  uint64_t subject() const { return reinterpret_cast<uintptr_t>(static_cast<const webrtc::RefCountInterface*>(this)); }

  webrtc::Thread& network_thread_;
  webrtc::Thread& signaling_thread_;
  const webrtc::scoped_refptr<EventQueue> queue_;
  const webrtc::scoped_refptr<webrtc::PeerConnectionInterface> pc_;
  // Its internal() is null once the transport is gone; for the network thread.
  const webrtc::scoped_refptr<webrtc::IceTransportInterface> native_;
  // Media section that descriptions know the transport by.
  std::string mid_;
  std::unique_ptr<compat::IceSubscription> subscription_;  // for the network thread
};

}  // namespace nrtc

#endif  // NRTC_BRIDGE_ICE_TRANSPORT_INTERNAL_H_
