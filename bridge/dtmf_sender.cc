// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/dtmf_sender_internal.h"
#include "bridge/peer_connection_internal.h"

namespace nrtc {

DtmfSender::DtmfSender(webrtc::scoped_refptr<webrtc::DtmfSenderInterface> native,
                       webrtc::scoped_refptr<EventQueue> queue)
    : native_(std::move(native)), queue_(std::move(queue)) {
  native_->RegisterObserver(this);
}

DtmfSender::~DtmfSender() {
  // Returns when no tone is being told any more.
  native_->UnregisterObserver();
}

void DtmfSender::OnToneChange(const std::string& tone, const std::string& tones_left) {
  uint64_t subject = reinterpret_cast<uintptr_t>(static_cast<webrtc::RefCountInterface*>(this));
  queue_->Push(NRTC_EVENT_DTMF_TONE, subject, [&](Writer& w) {
    w.Str(tone);
    w.Str(tones_left);
  });
}

}  // namespace nrtc

size_t nrtc_dtmf_sender_new(nrtc_rtp_sender* sender, nrtc_peer_connection* pc, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    webrtc::scoped_refptr<nrtc::DtmfSender> dtmf;
    auto native = nrtc::FromHandle<webrtc::RtpSenderInterface>(sender)->GetDtmfSender();
    if (native)
      dtmf = webrtc::make_ref_counted<nrtc::DtmfSender>(std::move(native),
                                                        nrtc::FromHandle<nrtc::PeerConnection>(pc)->queue());
    w.Ref(std::move(dtmf));
    return webrtc::RTCError::OK();
  });
}

int nrtc_dtmf_sender_can_insert(nrtc_dtmf_sender* dtmf) {
  return nrtc::FromHandle<nrtc::DtmfSender>(dtmf)->native().CanInsertDtmf() ? 1 : 0;
}

size_t nrtc_dtmf_sender_insert(nrtc_dtmf_sender* dtmf, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer&) {
    nrtc::Reader r(in, in_len);
    std::string tones = r.Str();
    int duration = r.I32();
    int gap = r.I32();
    if (tones.find_first_not_of("0123456789ABCDabcd#*,") != std::string::npos)
      return webrtc::RTCError(webrtc::RTCErrorType::SYNTAX_ERROR, "not a tone");
    if (!nrtc::FromHandle<nrtc::DtmfSender>(dtmf)->native().InsertDtmf(tones, duration, gap))
      return webrtc::RTCError(webrtc::RTCErrorType::INVALID_STATE, "tones cannot be sent now");
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_dtmf_sender_tones(nrtc_dtmf_sender* dtmf, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    w.Str(nrtc::FromHandle<nrtc::DtmfSender>(dtmf)->native().tones());
    return webrtc::RTCError::OK();
  });
}
