// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/networks.h"

namespace nrtc::compat {

void SharedNetworks::Listen() {
  SubscribeNetworksChanged(this, [this] { OnChanged(); });
  SubscribeError(this, [this] { OnError(); });
}

void ConnectionNetworks::NotifyChanged() {
  NotifyNetworksChanged();
}

void ConnectionNetworks::NotifyFailed() {
  NotifyError();
}

std::unique_ptr<webrtc::Network> ConnectionNetworks::Copy(const webrtc::Network& network) {
  return network.Clone();
}

}  // namespace nrtc::compat
