// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef NRTC_BRIDGE_CERTIFICATE_INTERNAL_H_
#define NRTC_BRIDGE_CERTIFICATE_INTERNAL_H_

#include "bridge/wire.h"

namespace nrtc {

// Gives libwebrtc's certificate, whose reference count is not virtual, the
// interface that all handles share.
class Certificate : public webrtc::RefCountInterface {
 public:
  const webrtc::scoped_refptr<webrtc::RTCCertificate>& native() const { return native_; }

 protected:
  explicit Certificate(webrtc::scoped_refptr<webrtc::RTCCertificate> native) : native_(std::move(native)) {}
  ~Certificate() override = default;

 private:
  const webrtc::scoped_refptr<webrtc::RTCCertificate> native_;
};

}  // namespace nrtc

#endif  // NRTC_BRIDGE_CERTIFICATE_INTERNAL_H_
