// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/dtmf_sender.h"

#include "bridge/compat/compat.h"
#include "bridge/wire.h"

size_t nrtc_dtmf_sender_of(nrtc_rtp_sender* sender, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    w.Ref(nrtc::FromHandle<webrtc::RtpSenderInterface>(sender)->GetDtmfSender());
    return webrtc::RTCError::OK();
  });
}

int nrtc_dtmf_sender_can_insert(nrtc_dtmf_sender* dtmf) {
  return nrtc::FromHandle<webrtc::DtmfSenderInterface>(dtmf)->CanInsertDtmf() ? 1 : 0;
}

size_t nrtc_dtmf_sender_insert(nrtc_dtmf_sender* dtmf, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer&) {
    nrtc::Reader r(in, in_len);
    std::string tone = r.Str();
    int duration = r.I32();
    int gap = r.I32();
    if (tone.size() != 1 || tone.find_first_not_of("0123456789ABCD#*") != std::string::npos)
      return webrtc::RTCError(webrtc::RTCErrorType::SYNTAX_ERROR, "not a tone");
    if (!nrtc::FromHandle<webrtc::DtmfSenderInterface>(dtmf)->InsertDtmf(tone, duration, gap))
      return webrtc::RTCError(webrtc::RTCErrorType::INVALID_STATE, "tones cannot be sent now");
    return webrtc::RTCError::OK();
  });
}
