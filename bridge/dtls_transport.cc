// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/dtls_transport.h"

#include "bridge/ice_transport_internal.h"

namespace nrtc {
namespace {

const char* DtlsStateName(webrtc::DtlsTransportState state) {
  switch (state) {
    case webrtc::DtlsTransportState::kNew:
      return "new";
    case webrtc::DtlsTransportState::kConnecting:
      return "connecting";
    case webrtc::DtlsTransportState::kConnected:
      return "connected";
    case webrtc::DtlsTransportState::kFailed:
      return "failed";
    default:
      return "closed";
  }
}

class DtlsTransport : public webrtc::RefCountInterface, public webrtc::DtlsTransportObserverInterface {
 public:
  void Attach(Writer& w) {
    network_thread_.BlockingCall([&] {
      if (!attached_) native_->RegisterObserver(this);
      attached_ = true;
      WriteInformation(w, native_->Information());
    });
  }

  void Detach() {
    network_thread_.BlockingCall([&] {
      if (attached_) native_->UnregisterObserver();
      attached_ = false;
    });
  }

 protected:
  DtlsTransport(Factory& factory, PeerConnection& pc, webrtc::scoped_refptr<webrtc::DtlsTransportInterface> native)
      : network_thread_(factory.network_thread()), queue_(pc.queue()), native_(std::move(native)) {}
  ~DtlsTransport() override { Detach(); }

 private:
  void OnStateChange(webrtc::DtlsTransportInformation info) override {
    Writer values;  // the queue must not wait for libwebrtc
    WriteInformation(values, info);
    uint64_t subject = reinterpret_cast<uintptr_t>(static_cast<const webrtc::RefCountInterface*>(this));
    queue_->Push(NRTC_EVENT_DTLS_TRANSPORT_STATE, subject,
                 [&](Writer& w) { w.Bytes(values.buffer().data(), values.buffer().size()); });
  }
  // libwebrtc raises none.
  void OnError(webrtc::RTCError) override {}

  void WriteInformation(Writer& w, const webrtc::DtlsTransportInformation& info) {
    w.Str(DtlsStateName(info.state()));
    const auto* chain = info.remote_ssl_certificates();
    size_t count = chain != nullptr ? chain->GetSize() : 0;
    w.U32(static_cast<uint32_t>(count));
    for (size_t i = 0; i < count; ++i) {
      webrtc::Buffer der;
      chain->Get(i).ToDER(&der);
      w.Str(reinterpret_cast<const char*>(der.data()), der.size());
    }
    auto ice = native_->ice_transport();
    w.Bool(!ice || ice->internal() == nullptr);
  }

  webrtc::Thread& network_thread_;
  const webrtc::scoped_refptr<EventQueue> queue_;
  const webrtc::scoped_refptr<webrtc::DtlsTransportInterface> native_;
  bool attached_ = false;  // for the network thread
};

}  // namespace
}  // namespace nrtc

size_t nrtc_dtls_transport_new(nrtc_factory* factory, nrtc_peer_connection* pc, void* native, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    auto& f = *nrtc::FromHandle<nrtc::Factory>(factory);
    auto& connection = *nrtc::FromHandle<nrtc::PeerConnection>(pc);
    webrtc::scoped_refptr<webrtc::DtlsTransportInterface> dtls(
        nrtc::FromHandle<webrtc::DtlsTransportInterface>(native));
    auto ice = dtls->ice_transport();
    if (!ice) return webrtc::RTCError(webrtc::RTCErrorType::INVALID_STATE, "the transport has no ICE transport");
    w.Ref(webrtc::scoped_refptr<nrtc::DtlsTransport>(
        webrtc::make_ref_counted<nrtc::DtlsTransport>(f, connection, std::move(dtls))));
    w.Ref(webrtc::scoped_refptr<nrtc::IceTransport>(
        webrtc::make_ref_counted<nrtc::IceTransport>(f, connection, std::move(ice))));
    return webrtc::RTCError::OK();
  });
}

size_t nrtc_dtls_transport_attach(nrtc_dtls_transport* transport, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::FromHandle<nrtc::DtlsTransport>(transport)->Attach(w);
    return webrtc::RTCError::OK();
  });
}

void nrtc_dtls_transport_detach(nrtc_dtls_transport* transport) {
  nrtc::FromHandle<nrtc::DtlsTransport>(transport)->Detach();
}
