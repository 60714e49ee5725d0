// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef NRTC_BRIDGE_COMPAT_RESOLVERS_H_
#define NRTC_BRIDGE_COMPAT_RESOLVERS_H_

#include "bridge/compat/compat.h"
#include "bridge/compat/networks.h"

namespace nrtc::compat {

using MakeResolver = decltype(ConnectionMdns::make_resolver);

// Gives a connection that is about to be made resolvers by make, if that is not
// empty, out of those of sockets, which outlives the connection.
void SetResolvers(webrtc::PeerConnectionDependencies& connection, webrtc::PacketSocketFactory& sockets, MakeResolver make);

}  // namespace nrtc::compat

#endif  // NRTC_BRIDGE_COMPAT_RESOLVERS_H_
