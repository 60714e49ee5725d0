// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/configuration_wire.h"

#include "bridge/certificate_internal.h"

namespace nrtc {

using Pc = webrtc::PeerConnectionInterface;

void ReadConfiguration(Reader& in, Pc::RTCConfiguration& config) {
  struct Server {
    std::vector<std::string> urls;
    std::string username, credential;
  };
  auto servers = in.List([&] {
    Server s;
    s.urls = in.List([&] { return in.Str(); });
    s.username = in.Str();
    s.credential = in.Str();
    return s;
  });
  config.type = in.Str() == "relay" ? Pc::kRelay : Pc::kAll;
  std::string bundle = in.Str();
  config.bundle_policy = bundle == "max-bundle"   ? Pc::kBundlePolicyMaxBundle
                         : bundle == "max-compat" ? Pc::kBundlePolicyMaxCompat
                                                  : Pc::kBundlePolicyBalanced;
  config.rtcp_mux_policy = in.Str() == "negotiate" ? Pc::kRtcpMuxPolicyNegotiate : Pc::kRtcpMuxPolicyRequire;
  config.ice_candidate_pool_size = in.I32();
  auto certificates = in.List([&] { return in.Borrow<Certificate>(); });
  config.certificates.clear();
  for (auto* c : certificates) config.certificates.push_back(c->native());

  int min_port = in.I32();
  config.set_min_port(min_port);
  config.set_max_port(in.I32());
  config.tcp_candidate_policy = in.Bool() ? Pc::kTcpCandidatePolicyEnabled : Pc::kTcpCandidatePolicyDisabled;
  config.port_allocator_config.flags = in.Bool() ? compat::kListenForTcp : 0;
  config.continual_gathering_policy = in.Bool() ? Pc::GATHER_CONTINUALLY : Pc::GATHER_ONCE;
  config.set_dscp(in.Bool());
  auto i32 = [&] { return in.Opt([&] { return in.I32(); }); };
  if (auto v = i32()) config.ice_connection_receiving_timeout = *v;
  if (auto v = i32()) config.ice_unwritable_timeout = *v;
  if (auto v = i32()) config.ice_inactive_timeout = *v;
  if (auto v = i32()) {
    config.ice_check_interval_strong_connectivity = *v;
    config.ice_check_interval_weak_connectivity = *v;
    config.ice_check_min_interval = *v;
  }
  if (auto v = i32()) config.ice_backup_candidate_pair_ping_interval = *v;
  if (auto v = i32()) config.stable_writable_connection_ping_interval_ms = *v;
  bool verify = in.Bool();
  if (int packets = in.I32(); packets > 0) config.audio_jitter_buffer_max_packets = packets;
  config.audio_jitter_buffer_fast_accelerate = in.Bool();
  config.set_cpu_adaptation(in.Bool());
  compat::SetAlwaysNegotiateDataChannels(config, in.Bool());

  config.servers.clear();
  for (auto& s : servers) {
    Pc::IceServer server;
    server.urls = std::move(s.urls);
    server.username = std::move(s.username);
    server.password = std::move(s.credential);
    server.tls_cert_policy = verify ? Pc::kTlsCertPolicySecure : Pc::kTlsCertPolicyInsecureNoCheck;
    config.servers.push_back(std::move(server));
  }
}

}  // namespace nrtc
