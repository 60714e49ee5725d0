// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/resolvers.h"

namespace nrtc::compat {
namespace {

class ResolverFactory : public webrtc::AsyncDnsResolverFactoryInterface {
 public:
  ResolverFactory(webrtc::PacketSocketFactory& sockets, MakeResolver make) : sockets_(sockets), make_(std::move(make)) {}
  std::unique_ptr<webrtc::AsyncDnsResolverInterface> Create() override {
    return make_(sockets_.CreateAsyncDnsResolver());
  }
  std::unique_ptr<webrtc::AsyncDnsResolverInterface> CreateAndResolve(const webrtc::SocketAddress& address,
                                                                      ResolvedCallback done) override {
    auto resolver = Create();
    resolver->Start(address, std::move(done));
    return resolver;
  }
  std::unique_ptr<webrtc::AsyncDnsResolverInterface> CreateAndResolve(const webrtc::SocketAddress& address, int family,
                                                                      ResolvedCallback done) override {
    auto resolver = Create();
    resolver->Start(address, family, std::move(done));
    return resolver;
  }

 private:
  webrtc::PacketSocketFactory& sockets_;
  const MakeResolver make_;
};

}  // namespace

void SetResolvers(webrtc::PeerConnectionDependencies& connection, webrtc::PacketSocketFactory& sockets,
                  MakeResolver make) {
  if (make) connection.async_dns_resolver_factory = std::make_unique<ResolverFactory>(sockets, std::move(make));
}

}  // namespace nrtc::compat
