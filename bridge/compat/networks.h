// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The networks that connections gather on: enumerated once for a factory, told
// to each connection apart.
//
// libwebrtc would have all connections of a factory share one network manager.
// That tells every port allocator session of every connection "the networks have
// changed" whenever one more session starts, and a session that is still
// gathering then opens again what it has not come to yet. So a burst of
// connections would open sockets, and TURN allocations, by the square of its
// size.

#ifndef NRTC_BRIDGE_COMPAT_NETWORKS_H_
#define NRTC_BRIDGE_COMPAT_NETWORKS_H_

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "api/task_queue/pending_task_safety_flag.h"
#include "bridge/compat/compat.h"
#include "p2p/base/basic_packet_socket_factory.h"
#include "p2p/client/basic_port_allocator.h"

#if !defined(NRTC_LIBWEBRTC_M150)
namespace webrtc {
using cricket::BasicPortAllocator;
using cricket::PortAllocator;
using rtc::BasicPacketSocketFactory;
using rtc::IPAddress;
using rtc::NetworkManager;
using rtc::NetworkMask;
using rtc::PacketSocketFactory;
}  // namespace webrtc
#endif

namespace nrtc::compat {

class ConnectionNetworks;

// Enumerates the networks for all connections of a factory, and leaves out those
// that a filter does not allow. Made and destroyed on any thread, used on the
// network thread. Outlives its users.
class SharedNetworks : public webrtc::BasicNetworkManager {
 public:
  using Filter = std::function<bool(const webrtc::Network&)>;

  // args are those of the revision's BasicNetworkManager.
  template <typename... Args>
  explicit SharedNetworks(Filter filter, Args&&... args)
      : BasicNetworkManager(std::forward<Args>(args)...), filter_(std::move(filter)) {
    Listen();
  }

  // The networks are watched for as long as somebody uses them. A user is told
  // of changes until it is removed.
  void Add(ConnectionNetworks& user);
  void Remove(ConnectionNetworks& user);
  // Whether the networks are known already. If not, their users will be told.
  bool enumerated() const { return enumerated_; }

  std::vector<const webrtc::Network*> GetNetworks() const override;
  // What is gathered on where there is no network else.
  std::vector<const webrtc::Network*> GetAnyAddressNetworks() override;

 private:
  // Has the revision's notifications call the two below.
  void Listen();
  void OnChanged();
  void OnError();
  void Tell(void (ConnectionNetworks::*notify)());

  const Filter filter_;
  std::set<ConnectionNetworks*> users_;
  bool enumerated_ = false;
};

// The network manager of one connection. Made on any thread, used and destroyed
// on the network thread; destroyed after its port allocator sessions.
class ConnectionNetworks : public webrtc::NetworkManager {
 public:
  // With a responder, if not nullptr, the addresses of hosts are hidden by its names.
  ConnectionNetworks(SharedNetworks& shared, std::unique_ptr<webrtc::MdnsResponderInterface> responder)
      : shared_(shared), responder_(std::move(responder)) {}

  // Tell this connection's sessions, in the revision's way.
  void NotifyChanged();
  void NotifyFailed();

  void StartUpdating() override;
  void StopUpdating() override;
  std::vector<const webrtc::Network*> GetNetworks() const override { return Own(shared_.GetNetworks()); }
  std::vector<const webrtc::Network*> GetAnyAddressNetworks() override { return Own(shared_.GetAnyAddressNetworks()); }
  EnumerationPermission enumeration_permission() const override { return shared_.enumeration_permission(); }
  bool GetDefaultLocalAddress(int family, webrtc::IPAddress* address) const override {
    return shared_.GetDefaultLocalAddress(family, address);
  }
  webrtc::MdnsResponderInterface* GetMdnsResponder() const override { return responder_.get(); }
  void DumpNetworks() override { shared_.DumpNetworks(); }
  void set_vpn_list(const std::vector<webrtc::NetworkMask>& vpn) override { shared_.set_vpn_list(vpn); }

 private:
  // A port asks its network for the responder, so that with one the connection
  // has copies of the networks. They live as long as this.
  std::vector<const webrtc::Network*> Own(std::vector<const webrtc::Network*> networks) const;
  static std::unique_ptr<webrtc::Network> Copy(const webrtc::Network& network);

  SharedNetworks& shared_;
  const std::unique_ptr<webrtc::MdnsResponderInterface> responder_;
  mutable std::map<const webrtc::Network*, std::unique_ptr<webrtc::Network>> copies_;
  int sessions_ = 0;
  // Of a notification that is on its way; it ends with the last session.
  bool notifying_ = false;
  webrtc::scoped_refptr<webrtc::PendingTaskSafetyFlag> safety_;
};

// A base, so that it outlives webrtc::BasicPortAllocator, whose destructor ends
// the sessions of its pool.
struct OwnNetworks {
  OwnNetworks(SharedNetworks& shared, std::unique_ptr<webrtc::MdnsResponderInterface> responder)
      : networks(shared, std::move(responder)) {}
  ConnectionNetworks networks;
};

// A port allocator with networks of its own. Made on any thread; used on the
// network thread, where a connection destroys it.
class ConnectionPortAllocator : private OwnNetworks, public webrtc::BasicPortAllocator {
 public:
  // environment is what the revision has for field trials: webrtc::Environment
  // or webrtc::FieldTrialsView.
  template <typename Environment>
  ConnectionPortAllocator(const Environment& environment, SharedNetworks& shared, webrtc::PacketSocketFactory& sockets,
                          const webrtc::PeerConnectionInterface::RTCConfiguration& config,
                          std::unique_ptr<webrtc::MdnsResponderInterface> responder)
#if defined(NRTC_LIBWEBRTC_M150)
      : OwnNetworks(shared, std::move(responder)),
        BasicPortAllocator(environment, &networks, &sockets, config.turn_customizer) {
#else
      : OwnNetworks(shared, std::move(responder)),
        BasicPortAllocator(&networks, &sockets, config.turn_customizer, /*relay_port_factory=*/nullptr, &environment) {
#endif
    // What libwebrtc's factory sets on its own allocators only; the networks to
    // ignore and the VPNs it sets on any.
    SetPortRange(config.port_allocator_config.min_port, config.port_allocator_config.max_port);
    set_flags(config.port_allocator_config.flags & ~kListenForTcp);
    // Else TCP candidates are active ones, as a browser's are.
    set_allow_tcp_listen((config.port_allocator_config.flags & kListenForTcp) != 0);
  }
};

}  // namespace nrtc::compat

#endif  // NRTC_BRIDGE_COMPAT_NETWORKS_H_
