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

}  // namespace nrtc::compat
