// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/sctp_transport.h"

#include "bridge/peer_connection_internal.h"

namespace nrtc {
namespace {

const char* SctpStateName(webrtc::SctpTransportState state) {
  switch (state) {
    case webrtc::SctpTransportState::kNew:  // the W3C has no such state
    case webrtc::SctpTransportState::kConnecting:
      return "connecting";
    case webrtc::SctpTransportState::kConnected:
      return "connected";
    default:
      return "closed";
  }
}

void WriteSctpInformation(Writer& w, const webrtc::SctpTransportInformation& info) {
  w.Str(SctpStateName(info.state()));
  w.Opt(info.MaxMessageSize(), [&](double v) { w.F64(v); });
  w.Opt(info.MaxChannels(), [&](int v) { w.I32(v); });
}

class SctpTransport : public webrtc::RefCountInterface, public webrtc::SctpTransportObserverInterface {
 public:
  void Attach(Writer& w) {
    network_thread_.BlockingCall([&] {
      if (!attached_) native_->RegisterObserver(this);
      attached_ = true;
      WriteSctpInformation(w, native_->Information());
    });
  }

  void Detach() {
    network_thread_.BlockingCall([&] {
      if (attached_) native_->UnregisterObserver();
      attached_ = false;
    });
  }

  webrtc::SctpTransportInformation Information() {
    return network_thread_.BlockingCall([&] { return native_->Information(); });
  }

 protected:
  SctpTransport(Factory& factory, PeerConnection& pc, webrtc::scoped_refptr<webrtc::SctpTransportInterface> native)
      : network_thread_(factory.network_thread()), queue_(pc.queue()), native_(std::move(native)) {}
  ~SctpTransport() override { Detach(); }

 private:
  void OnStateChange(webrtc::SctpTransportInformation info) override {
    uint64_t subject = reinterpret_cast<uintptr_t>(static_cast<const webrtc::RefCountInterface*>(this));
    queue_->Push(NRTC_EVENT_SCTP_TRANSPORT_STATE, subject, [&](Writer& w) { WriteSctpInformation(w, info); });
  }

  webrtc::Thread& network_thread_;
  const webrtc::scoped_refptr<EventQueue> queue_;
  const webrtc::scoped_refptr<webrtc::SctpTransportInterface> native_;
  bool attached_ = false;  // for the network thread
};

}  // namespace
}  // namespace nrtc

size_t nrtc_peer_connection_sctp_transport(nrtc_peer_connection* pc, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    w.Ref(nrtc::FromHandle<nrtc::PeerConnection>(pc)->native().GetSctpTransport());
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_sctp_transport_new(nrtc_factory* factory, nrtc_peer_connection* pc, void* native, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    webrtc::scoped_refptr<webrtc::SctpTransportInterface> sctp(
        nrtc::FromHandle<webrtc::SctpTransportInterface>(native));
    w.Ref(webrtc::scoped_refptr<nrtc::SctpTransport>(webrtc::make_ref_counted<nrtc::SctpTransport>(
        *nrtc::FromHandle<nrtc::Factory>(factory), *nrtc::FromHandle<nrtc::PeerConnection>(pc), std::move(sctp))));
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_sctp_transport_attach(nrtc_sctp_transport* transport, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::FromHandle<nrtc::SctpTransport>(transport)->Attach(w);
    return webrtc::RTCError::OK();
  });
}

void nrtc_sctp_transport_detach(nrtc_sctp_transport* transport) {
  nrtc::FromHandle<nrtc::SctpTransport>(transport)->Detach();
}

size_t nrtc_sctp_transport_information(nrtc_sctp_transport* transport, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    auto info = nrtc::FromHandle<nrtc::SctpTransport>(transport)->Information();
    nrtc::WriteSctpInformation(w, info);
    w.Ref(info.dtls_transport());
    return webrtc::RTCError::OK();
  });
}
