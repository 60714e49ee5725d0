// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/resolvers.h"

#include "api/async_resolver_factory.h"
#include "rtc_base/async_resolver_interface.h"

namespace nrtc::compat {
namespace {

// A resolver in the terms of before. This revision knows both, and takes a factory
// of only these: it makes one itself where it is given none, and refuses to have
// both.
class OldResolver : public rtc::AsyncResolverInterface {
 public:
  explicit OldResolver(std::unique_ptr<webrtc::AsyncDnsResolverInterface> resolver) : resolver_(std::move(resolver)) {}
  void Start(const rtc::SocketAddress& address) override {
    resolver_->Start(address, [this] { SignalDone(this); });
  }
  void Start(const rtc::SocketAddress& address, int family) override {
    resolver_->Start(address, family, [this] { SignalDone(this); });
  }
  bool GetResolvedAddress(int family, rtc::SocketAddress* address) const override {
    return resolver_->result().GetResolvedAddress(family, address);
  }
  int GetError() const override { return resolver_->result().GetError(); }
  void Destroy(bool) override { delete this; }

 private:
  ~OldResolver() override = default;
  const std::unique_ptr<webrtc::AsyncDnsResolverInterface> resolver_;
};

class ResolverFactory : public webrtc::AsyncResolverFactory {
 public:
  ResolverFactory(webrtc::PacketSocketFactory& sockets, MakeResolver make) : sockets_(sockets), make_(std::move(make)) {}
  rtc::AsyncResolverInterface* Create() override { return new OldResolver(make_(sockets_.CreateAsyncDnsResolver())); }

 private:
  webrtc::PacketSocketFactory& sockets_;
  const MakeResolver make_;
};

}  // namespace

void SetResolvers(webrtc::PeerConnectionDependencies& connection, webrtc::PacketSocketFactory& sockets,
                  MakeResolver make) {
  if (make) connection.async_resolver_factory = std::make_unique<ResolverFactory>(sockets, std::move(make));
}

}  // namespace nrtc::compat
