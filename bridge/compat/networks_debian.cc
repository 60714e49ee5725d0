// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/networks.h"

namespace nrtc::compat {

void SharedNetworks::Listen() {
  SignalNetworksChanged.connect(this, &SharedNetworks::OnChanged);
  SignalError.connect(this, &SharedNetworks::OnError);
}

void ConnectionNetworks::NotifyChanged() {
  SignalNetworksChanged();
}

void ConnectionNetworks::NotifyFailed() {
  SignalError();
}

std::unique_ptr<webrtc::Network> ConnectionNetworks::Copy(const webrtc::Network& network) {
  auto copy = std::make_unique<webrtc::Network>(network);
  // Those who listen to the original are copied, too.
  copy->SignalTypeChanged.disconnect_all();
  copy->SignalNetworkPreferenceChanged.disconnect_all();
  return copy;
}

}  // namespace nrtc::compat
