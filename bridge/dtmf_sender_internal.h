// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef NRTC_BRIDGE_DTMF_SENDER_INTERNAL_H_
#define NRTC_BRIDGE_DTMF_SENDER_INTERNAL_H_

#include <string>

#include "bridge/dtmf_sender.h"
#include "bridge/event_queue_internal.h"

namespace nrtc {

// Turns the tones of one libwebrtc sender into events.
class DtmfSender : public webrtc::RefCountInterface, public webrtc::DtmfSenderObserverInterface {
 public:
  webrtc::DtmfSenderInterface& native() { return *native_; }

 protected:
  DtmfSender(webrtc::scoped_refptr<webrtc::DtmfSenderInterface> native, webrtc::scoped_refptr<EventQueue> queue);
  ~DtmfSender() override;

 private:
  void OnToneChange(const std::string& tone, const std::string& tones_left) override;

  const webrtc::scoped_refptr<webrtc::DtmfSenderInterface> native_;
  const webrtc::scoped_refptr<EventQueue> queue_;
};

}  // namespace nrtc

#endif  // NRTC_BRIDGE_DTMF_SENDER_INTERNAL_H_
