// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef NRTC_BRIDGE_WAKE_INTERNAL_H_
#define NRTC_BRIDGE_WAKE_INTERNAL_H_

#include <cstdint>

#include "bridge/wake.h"

namespace nrtc {

// Tells the owner behind key that something waits for it. Never blocks; may be
// called from any thread, and with a leaf lock held.
void WakeOwner(uint64_t key);

}  // namespace nrtc

#endif  // NRTC_BRIDGE_WAKE_INTERNAL_H_
