// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/networks.h"

namespace nrtc::compat {

void SharedNetworks::Add(ConnectionNetworks& user) {
  const bool first = users_.empty();
  users_.insert(&user);
  if (first) StartUpdating();
}

void SharedNetworks::Remove(ConnectionNetworks& user) {
  users_.erase(&user);
  if (!users_.empty()) return;
  StopUpdating();
  enumerated_ = false;
}

std::vector<const webrtc::Network*> SharedNetworks::GetNetworks() const {
  auto networks = BasicNetworkManager::GetNetworks();
  std::erase_if(networks, [&](const webrtc::Network* n) { return !filter_(*n); });
  return networks;
}

std::vector<const webrtc::Network*> SharedNetworks::GetAnyAddressNetworks() {
  auto networks = BasicNetworkManager::GetAnyAddressNetworks();
  std::erase_if(networks, [&](const webrtc::Network* n) { return !filter_(*n); });
  return networks;
}

void SharedNetworks::OnChanged() {
  enumerated_ = true;
  Tell(&ConnectionNetworks::NotifyChanged);
}

void SharedNetworks::OnError() {
  Tell(&ConnectionNetworks::NotifyFailed);
}

// A user may go away while another is told.
void SharedNetworks::Tell(void (ConnectionNetworks::*notify)()) {
  for (ConnectionNetworks* user : std::vector<ConnectionNetworks*>(users_.begin(), users_.end())) {
    if (users_.count(user) > 0) (user->*notify)();
  }
}

// What a copy may miss of its original is what changes in an enumeration.
std::vector<const webrtc::Network*> ConnectionNetworks::Own(std::vector<const webrtc::Network*> networks) const {
  if (!responder_) return networks;
  for (const webrtc::Network*& network : networks) {
    std::unique_ptr<webrtc::Network>& copy = copies_[network];
    if (!copy) {
      copy = Copy(*network);
      copy->set_mdns_responder_provider(this);
    }
    copy->SetIPs(network->GetIPs(), /*already_changed=*/true);
    copy->set_type(network->type());
    copy->set_underlying_type_for_vpn(network->underlying_type_for_vpn());
    copy->set_preference(network->preference());
    copy->set_network_preference(network->network_preference());
    copy->set_active(network->active());
    network = copy.get();
  }
  return networks;
}

// A session counts on being told once it has started. It has not begun to gather
// when that comes, so its connection's other sessions are told at most once for
// all that start together.
void ConnectionNetworks::StartUpdating() {
  if (sessions_++ == 0) {
    safety_ = webrtc::PendingTaskSafetyFlag::Create();
    shared_.Add(*this);
  }
  if (!shared_.enumerated() || notifying_) return;
  notifying_ = true;
  webrtc::Thread::Current()->PostTask(webrtc::SafeTask(safety_, [this] {
    notifying_ = false;
    NotifyChanged();
  }));
}

void ConnectionNetworks::StopUpdating() {
  if (sessions_ == 0 || --sessions_ > 0) return;
  shared_.Remove(*this);
  safety_->SetNotAlive();
  safety_ = nullptr;
  notifying_ = false;
}

}  // namespace nrtc::compat
