// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/factory.h"

#include "bridge/audio_device_internal.h"
#include "bridge/factory_internal.h"
#include "bridge/rtp_parameters_internal.h"
#include "bridge/video_codecs_internal.h"

namespace nrtc {
namespace {

std::unique_ptr<webrtc::Thread> Start(std::unique_ptr<webrtc::Thread> thread, const char* name) {
  thread->SetName(name, nullptr);
  thread->Start();
  return thread;
}

hw::EncoderOptions ReadEncoderOptions(Reader& in) {
  hw::EncoderOptions o;
  o.hardware = in.Bool();
  o.require = in.Bool();
  o.backend = in.Str();
  o.device = in.Str();
  o.codecs = in.List([&] { return in.Str(); });
  o.deadlines.open = std::chrono::milliseconds(in.I64());
  o.deadlines.encode = std::chrono::milliseconds(in.I64());
  o.retry_first = std::chrono::milliseconds(in.I64());
  o.retry_most = std::chrono::milliseconds(in.I64());
  return o;
}

}  // namespace

void NetworkFilter::Set(Reader& in) {
  bool restricted = in.Bool();
  auto list = in.List([&] { return in.Str(); });
  std::lock_guard<std::mutex> lock(mutex_);
  restricted_ = restricted;
  allowed_ = std::set<std::string>(list.begin(), list.end());
}

bool NetworkFilter::Allows(const webrtc::Network& network) const {
  std::lock_guard<std::mutex> lock(mutex_);
  if (!restricted_) return true;
  for (const auto& ip : network.GetIPs()) {
    if (allowed_.count(network.name() + "/" + ip.ToString()) > 0) return true;
  }
  return false;
}

Factory::Factory()
    : filter_(std::make_shared<NetworkFilter>()),
      network_(Start(webrtc::Thread::CreateWithSocketServer(), "nrtc-network")),
      worker_(compat::kWorkerIsNetworkThread ? nullptr : Start(webrtc::Thread::Create(), "nrtc-worker")),
      signaling_(Start(webrtc::Thread::Create(), "nrtc-signaling")) {}

Factory::~Factory() {
  // What is still posted may hold the last reference to an object that must end
  // while the threads run.
  for (auto* thread : {&network_thread(), &worker_thread(), &signaling_thread()}) thread->BlockingCall([] {});
  native_ = {};
  signaling_->Stop();
  if (worker_) worker_->Stop();
  network_->Stop();
}

webrtc::scoped_refptr<Factory> Factory::Create(Reader& in) {
  static const bool ssl = compat::InitializeSSL();
  if (!ssl) return nullptr;
  webrtc::scoped_refptr<Factory> factory = webrtc::make_ref_counted<Factory>();
  compat::FactoryParts parts;
  parts.network_thread = factory->network_.get();
  parts.worker_thread = &factory->worker_thread();
  parts.signaling_thread = factory->signaling_.get();
  parts.field_trials = in.Str();
  if (in.Bool()) parts.options.network_ignore_mask = 0;
  factory->filter_->Set(in);
  hw::EncoderOptions encoders = ReadEncoderOptions(in);
  auto* mdns_queue = in.Borrow<EventQueue>();
  bool hide = in.Bool();
  if (!in.ok()) return nullptr;
  if (mdns_queue != nullptr) {
    factory->mdns_ = webrtc::make_ref_counted<MdnsQuestions>(webrtc::scoped_refptr<EventQueue>(mdns_queue),
                                                             *factory->network_);
  }
  parts.make_mdns = [mdns = factory->mdns_, hide] {
    return mdns ? CreateConnectionMdns(mdns, hide) : compat::ConnectionMdns();
  };
  parts.network_filter = [filter = factory->filter_](const webrtc::Network& n) { return filter->Allows(n); };
  parts.make_audio_device = CreateAudioDevice;
  parts.video_encoder_factory = CreateVideoEncoderFactory(encoders);
  parts.video_decoder_factory = CreateVideoDecoderFactory();
  factory->native_ = compat::CreatePeerConnectionFactory(std::move(parts));
  if (!factory->native_.factory) return nullptr;
  return factory;
}

webrtc::RTCErrorOr<webrtc::scoped_refptr<webrtc::PeerConnectionInterface>> Factory::CreatePeerConnection(
    const webrtc::PeerConnectionInterface::RTCConfiguration& config, webrtc::PeerConnectionObserver* observer) {
  return signaling_->BlockingCall([&] {
    webrtc::PeerConnectionDependencies deps(observer);
    native_.add_network_parts(config, deps);
    return native_.factory->CreatePeerConnectionOrError(config, std::move(deps));
  });
}

}  // namespace nrtc

using nrtc::Factory;
using nrtc::FromHandle;
using nrtc::Reader;
using nrtc::Writer;

size_t nrtc_factory_new(NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](Writer& w) {
    Reader r(in, in_len);
    auto factory = Factory::Create(r);
    if (!factory) return webrtc::RTCError(webrtc::RTCErrorType::INTERNAL_ERROR, "libwebrtc made no factory");
    w.Ref(factory);
    return webrtc::RTCError::OK();
  });
}

void nrtc_factory_set_networks(nrtc_factory* factory, NRTC_IN) {
  Reader r(in, in_len);
  FromHandle<Factory>(factory)->network_filter().Set(r);
}

size_t nrtc_factory_get_capabilities(nrtc_factory* factory, NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](Writer& w) {
    Reader r(in, in_len);
    auto kind = r.Str() == "audio" ? nrtc::compat::kAudio : nrtc::compat::kVideo;
    auto& native = FromHandle<Factory>(factory)->native();
    nrtc::WriteCapabilities(w, r.Bool() ? native.GetRtpReceiverCapabilities(kind) : native.GetRtpSenderCapabilities(kind));
    return webrtc::RTCError::OK();
  });
}

int nrtc_valid_field_trials(const char* text, size_t size) {
  return nrtc::compat::ValidFieldTrials(std::string(text, size)) ? 1 : 0;
}
