// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/base.h"

#include "bridge/wire.h"

namespace nrtc {

void WriteError(Writer& w, const webrtc::RTCError& error, std::string_view sdp_line) {
  w.Str(webrtc::ToString(error.type()));
  w.Str(error.message());
  w.Str(webrtc::ToString(error.error_detail()));
  w.Opt(error.sctp_cause_code(), [&](uint16_t code) { w.U16(code); });
  w.Str(sdp_line);
}

size_t Deliver(const Writer& w, uint8_t* out, size_t out_cap, uint8_t** out_more) {
  const std::vector<uint8_t>& result = const_cast<Writer&>(w).buffer();
  if (result.size() <= out_cap) {
    std::memcpy(out, result.data(), result.size());
  } else {
    *out_more = static_cast<uint8_t*>(std::malloc(result.size()));
    std::memcpy(*out_more, result.data(), result.size());
  }
  return result.size();
}

}  // namespace nrtc

void nrtc_buffer_free(uint8_t* buffer) {
  std::free(buffer);
}

void nrtc_ref(void* object) {
  nrtc::FromHandle<webrtc::RefCountInterface>(object)->AddRef();
}

void nrtc_unref(void* object) {
  nrtc::FromHandle<webrtc::RefCountInterface>(object)->Release();
}

const char* nrtc_libwebrtc_revision(void) {
  return nrtc::kLibwebrtcRevision;
}
