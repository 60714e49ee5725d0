// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef NRTC_BRIDGE_FACTORY_INTERNAL_H_
#define NRTC_BRIDGE_FACTORY_INTERNAL_H_

#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "bridge/factory.h"
#include "bridge/mdns_internal.h"
#include "bridge/wire.h"

namespace nrtc {

// Which networks may be used. Shared with the network manager, which asks on
// the network thread.
class NetworkFilter {
 public:
  void Set(Reader& in);
  bool Allows(const webrtc::Network& network) const;

 private:
  mutable std::mutex mutex_;
  bool restricted_ = false;
  std::set<std::string> allowed_;
};

class Factory : public webrtc::RefCountInterface {
 public:
  // nullptr if libwebrtc refuses.
  static webrtc::scoped_refptr<Factory> Create(Reader& in);

  webrtc::PeerConnectionFactoryInterface& native() { return *native_.factory; }
  // observer must outlive the connection.
  webrtc::RTCErrorOr<webrtc::scoped_refptr<webrtc::PeerConnectionInterface>> CreatePeerConnection(
      const webrtc::PeerConnectionInterface::RTCConfiguration& config, webrtc::PeerConnectionObserver* observer);
  webrtc::Thread& signaling_thread() { return *signaling_; }
  webrtc::Thread& worker_thread() { return worker_ ? *worker_ : *network_; }
  webrtc::Thread& network_thread() { return *network_; }
  NetworkFilter& network_filter() { return *filter_; }
  // nullptr if names of multicast DNS are the system's.
  MdnsQuestions* mdns() { return mdns_.get(); }

 protected:
  Factory();
  ~Factory() override;

 private:
  std::shared_ptr<NetworkFilter> filter_;
  std::unique_ptr<webrtc::Thread> network_;
  std::unique_ptr<webrtc::Thread> worker_;  // nullptr where the network thread is it
  std::unique_ptr<webrtc::Thread> signaling_;
  webrtc::scoped_refptr<MdnsQuestions> mdns_;
  compat::NativeFactory native_;
};

}  // namespace nrtc

#endif  // NRTC_BRIDGE_FACTORY_INTERNAL_H_
