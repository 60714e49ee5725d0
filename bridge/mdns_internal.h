// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef NRTC_BRIDGE_MDNS_INTERNAL_H_
#define NRTC_BRIDGE_MDNS_INTERNAL_H_

#include <functional>
#include <map>
#include <string>

#include "bridge/event_queue_internal.h"
#include "bridge/mdns.h"

namespace nrtc {

// What the connections of a factory ask of multicast DNS. Used on the network
// thread, but for Answer, so that it needs no lock.
class MdnsQuestions : public webrtc::RefCountInterface {
 public:
  using Answered = std::function<void(const std::string& answer)>;

  // Returns the number of the question. answered is called at most once, later.
  uint64_t Ask(nrtc_event_kind kind, const std::string& about, Answered answered);
  // No answer is wanted, or what was answered is not used any more.
  void End(uint64_t question);
  void Answer(uint64_t question, std::string answer, std::string error);

 protected:
  MdnsQuestions(webrtc::scoped_refptr<EventQueue> queue, webrtc::Thread& network_thread)
      : queue_(std::move(queue)), network_thread_(network_thread) {}
  ~MdnsQuestions() override = default;

 private:
  const webrtc::scoped_refptr<EventQueue> queue_;
  webrtc::Thread& network_thread_;
  std::map<uint64_t, Answered> unanswered_;
  uint64_t last_ = 0;
};

// What one connection uses. hide: names stand for the addresses of this host.
compat::ConnectionMdns CreateConnectionMdns(webrtc::scoped_refptr<MdnsQuestions> questions, bool hide);

}  // namespace nrtc

#endif  // NRTC_BRIDGE_MDNS_INTERNAL_H_
