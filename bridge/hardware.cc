// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/hardware.h"

#include <chrono>

#include "bridge/event_queue_internal.h"
#include "bridge/wire.h"
#include "hw/codec_formats.h"
#include "hw/devices.h"
#include "hw/encoder_health.h"
#include "hw/sender_choice.h"
#include "hw/session_count.h"

namespace nrtc {
namespace {

void WriteDevice(Writer& w, const hw::DeviceReport& d) {
  w.Str(hw::Name(d.backend));
  w.Str(d.device);
  w.Str(d.name);
  w.Str(d.reason);
  w.List(d.profiles, [&](const hw::ProfileReport& p) {
    w.Str(hw::Name(p.profile));
    w.I32(p.max_width);
    w.I32(p.max_height);
    w.I32(p.temporal_layers);
    w.List(p.rate_modes, [&](hw::RateMode m) { w.Str(hw::Name(m)); });
    w.Str(hw::WhyNotOffered(p.profile));
  });
  w.List(d.native_formats, [&](const hw::NativeFormat& f) {
    w.Str(f.memory);
    w.Str(f.format);
    w.Bool(f.scales);
  });
}

}  // namespace
}  // namespace nrtc

size_t nrtc_hardware_probe(NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::Reader r(in, in_len);
    std::string backend = r.Str();
    std::string device = r.Str();
    auto devices = nrtc::hw::ProbeDevices(backend, device, std::chrono::milliseconds(r.I64()));
    w.List(devices, [&](const nrtc::hw::DeviceReport& d) { nrtc::WriteDevice(w, d); });
    return webrtc::RTCError::OK();
  });
}

int nrtc_hardware_open_sessions(const char* device, size_t size) {
  return nrtc::hw::OpenSessions(std::string(device, size));
}

void nrtc_hardware_set_session_limit(int limit) {
  nrtc::hw::SetSessionLimit(limit);
}

void nrtc_hardware_choose(nrtc_rtp_sender* sender, NRTC_IN) {
  nrtc::Reader r(in, in_len);
  nrtc::hw::SenderChoice choice;
  choice.hardware = r.Bool();
  choice.require = r.Bool();
  choice.backend = r.Str();
  choice.device = r.Str();
  nrtc::hw::ChooseEncoders(*nrtc::FromHandle<webrtc::RtpSenderInterface>(sender), choice);
}

void nrtc_hardware_start_events(nrtc_event_queue* handle) {
  webrtc::scoped_refptr<nrtc::EventQueue> queue(nrtc::FromHandle<nrtc::EventQueue>(handle));
  nrtc::hw::SetEncoderEventSink([queue](const nrtc::hw::EncoderEvent& e) {
    queue->Push(NRTC_EVENT_HARDWARE, e.encoder, [&](nrtc::Writer& w) {
      w.Bool(e.restored);
      w.Str(e.backend);
      w.Str(e.device);
      w.Str(e.reason);
      w.I32(e.width);
      w.I32(e.height);
    });
  });
}

void nrtc_hardware_stop_events(void) {
  nrtc::hw::SetEncoderEventSink(nullptr);
}
