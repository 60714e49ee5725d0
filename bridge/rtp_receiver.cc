// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/rtp_receiver.h"

#include "bridge/event_queue_internal.h"
#include "bridge/peer_connection_internal.h"
#include "bridge/rtp_parameters_internal.h"

namespace nrtc {
namespace {

webrtc::RtpReceiverInterface& NativeReceiver(nrtc_rtp_receiver* receiver) {
  return *FromHandle<webrtc::RtpReceiverInterface>(receiver);
}

void WriteSource(Writer& w, const webrtc::RtpSource& source) {
  w.Bool(source.source_type() == webrtc::RtpSourceType::CSRC);
  w.U32(source.source_id());
  w.I64(compat::SourceAge(source));
  w.U32(source.rtp_timestamp());
  w.Opt(source.audio_level(), [&](uint8_t v) { w.U8(v); });
  w.Opt(source.absolute_capture_time(), [&](const webrtc::AbsoluteCaptureTime& t) {
    w.U64(t.absolute_capture_timestamp);
    w.Opt(t.estimated_capture_clock_offset, [&](int64_t v) { w.I64(v); });
  });
}

class ReceiverObserver : public webrtc::RefCountInterface, public webrtc::RtpReceiverObserverInterface {
 protected:
  ReceiverObserver(webrtc::scoped_refptr<webrtc::RtpReceiverInterface> native, webrtc::scoped_refptr<EventQueue> queue)
      : native_(std::move(native)), queue_(std::move(queue)) {
    native_->SetObserver(this);
  }
  ~ReceiverObserver() override {
    // Returns when nothing is being told any more.
    native_->SetObserver(nullptr);
  }

 private:
  void OnFirstPacketReceived(compat::MediaType) override { Raise(); }
  // Overrides only in the revision that has it.
  void OnFirstPacketReceivedAfterReceptiveChange(compat::MediaType) { Raise(); }
  void Raise() {
    auto subject = reinterpret_cast<uintptr_t>(static_cast<webrtc::RefCountInterface*>(native_.get()));
    queue_->Push(NRTC_EVENT_RTP_RECEIVED, subject, [](Writer& w) { w.Bool(compat::kTellsRtpAgain); });
  }

  const webrtc::scoped_refptr<webrtc::RtpReceiverInterface> native_;
  const webrtc::scoped_refptr<EventQueue> queue_;
};

}  // namespace
}  // namespace nrtc

size_t nrtc_rtp_receiver_track(nrtc_rtp_receiver* receiver, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    w.Ref(nrtc::NativeReceiver(receiver).track());
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_rtp_receiver_get_parameters(nrtc_rtp_receiver* receiver, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    auto parameters = nrtc::NativeReceiver(receiver).GetParameters();
    nrtc::WriteRtpParameters(w, parameters);
    nrtc::WriteDecodings(w, parameters.encodings);
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_rtp_receiver_sources(nrtc_rtp_receiver* receiver, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    w.List(nrtc::NativeReceiver(receiver).GetSources(),
           [&](const webrtc::RtpSource& source) { nrtc::WriteSource(w, source); });
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_rtp_receiver_set_jitter_buffer_target(nrtc_rtp_receiver* receiver, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer&) {
    nrtc::Reader r(in, in_len);
    auto target = r.Opt([&] { return r.F64(); });
    if (target.has_value() && !(*target >= 0 && *target <= 4))
      return webrtc::RTCError(webrtc::RTCErrorType::INVALID_RANGE, "the target is not within 0 and 4 seconds");
    auto& native = nrtc::NativeReceiver(receiver);
    if (target.has_value()) {
      native.SetJitterBufferMinimumDelay(*target);
    } else {
      native.SetJitterBufferMinimumDelay({});
    }
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_rtp_receiver_dtls_transport(nrtc_rtp_receiver* receiver, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    w.Ref(nrtc::NativeReceiver(receiver).dtls_transport());
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_rtp_receiver_observe(nrtc_rtp_receiver* receiver, nrtc_peer_connection* pc, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    w.Ref(webrtc::make_ref_counted<nrtc::ReceiverObserver>(
        webrtc::scoped_refptr<webrtc::RtpReceiverInterface>(&nrtc::NativeReceiver(receiver)),
        nrtc::FromHandle<nrtc::PeerConnection>(pc)->queue()));
    return webrtc::RTCError::OK();
  });
}
