// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/vaapi_session.h"

#if defined(NRTC_HW_VAAPI)

#include <algorithm>
#include <cmath>

namespace nrtc::hw {
namespace {

constexpr uint64_t kSyncNanoseconds = 700'000'000;
// VBR may exceed the target by as much, for short.
constexpr uint32_t kTargetPercentage = 90;

}  // namespace

VaapiBuffers::~VaapiBuffers() {
  for (VABufferID id : ids_) d_.va().DestroyBuffer(d_.display(), id);
}

void VaapiBuffers::Add(VABufferType type, const void* data, size_t size) {
  VABufferID id = VA_INVALID_ID;
  VAStatus result = d_.va().CreateBuffer(d_.display(), context_, type, static_cast<unsigned>(size), 1,
                                         const_cast<void*>(data), &id);
  if (result == VA_STATUS_SUCCESS) ids_.push_back(id);
  if (result_ == VA_STATUS_SUCCESS) result_ = result;
}

void VaapiBuffers::Packed(uint32_t type, const PackedHeader& header) {
  VAEncPackedHeaderParameterBuffer p{};
  p.type = type;
  p.bit_length = static_cast<uint32_t>(header.bits);
  p.has_emulation_bytes = 1;
  Add(VAEncPackedHeaderParameterBufferType, p);
  Add(VAEncPackedHeaderDataBufferType, header.bytes.data(), header.bytes.size());
}

VaapiSession::VaapiSession(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile,
                           const StreamConfig& config, int min_qp, int max_qp)
    : d_(std::move(display)),
      profile_(profile),
      config_(config),
      va_(d_->va()),
      controller_(min_qp, max_qp) {
  info_.implementation = "VAAPI";
  info_.temporal_layers = std::clamp(config.temporal_layers, 1, profile.report.temporal_layers);
  info_.rate_mode = profile.report.rate_modes.front();
}

VaapiSession::~VaapiSession() {
  input_.reset();
  VADisplay dpy = d_->display();
  if (coded_ != VA_INVALID_ID) va_.DestroyBuffer(dpy, coded_);
  if (context_ != VA_INVALID_ID) va_.DestroyContext(dpy, context_);
  if (!surfaces_.empty()) va_.DestroySurfaces(dpy, surfaces_.data(), static_cast<int>(surfaces_.size()));
  if (config_id_ != VA_INVALID_ID) va_.DestroyConfig(dpy, config_id_);
}

Status VaapiSession::OpenContext(int width, int height, int reconstructed, uint32_t packed_headers) {
  const ProfileReport& r = profile_.report;
  if ((r.max_width > 0 && config_.width > r.max_width) || (r.max_height > 0 && config_.height > r.max_height)) {
    return Status("the device encodes no more than " + std::to_string(r.max_width) + "x" +
                  std::to_string(r.max_height));
  }
  width_ = width;
  height_ = height;
  VADisplay dpy = d_->display();
  static constexpr uint32_t kModes[] = {VA_RC_VBR, VA_RC_CBR, VA_RC_CQP};
  std::vector<VAConfigAttrib> attributes = {{VAConfigAttribRTFormat, VA_RT_FORMAT_YUV420},
                                            {VAConfigAttribRateControl, kModes[static_cast<int>(info_.rate_mode)]}};
  if (packed_headers != 0) attributes.push_back({VAConfigAttribEncPackedHeaders, packed_headers});
  Status status = d_->Check(va_.CreateConfig(dpy, profile_.profile, profile_.entrypoint, attributes.data(),
                                             static_cast<int>(attributes.size()), &config_id_),
                            "make a configuration");
  if (!status.ok()) return status;
  std::vector<VASurfaceID> surfaces(static_cast<size_t>(reconstructed + 1), VA_INVALID_ID);
  status = d_->Check(va_.CreateSurfaces(dpy, VA_RT_FORMAT_YUV420, static_cast<unsigned>(width),
                                        static_cast<unsigned>(height), surfaces.data(),
                                        static_cast<unsigned>(surfaces.size()), nullptr, 0),
                     "make surfaces");
  if (!status.ok()) return status;
  surfaces_ = std::move(surfaces);
  status = d_->Check(va_.CreateContext(dpy, config_id_, width, height, VA_PROGRESSIVE, surfaces_.data(),
                                       static_cast<int>(surfaces_.size()), &context_),
                     "open a session");
  if (!status.ok()) return status;
  // More than any picture takes: one that is not compressed has one and a half bytes a pixel.
  const unsigned size = static_cast<unsigned>(width) * static_cast<unsigned>(height) * 2 + 65536;
  status = d_->Check(va_.CreateBuffer(dpy, context_, VAEncCodedBufferType, size, 1, nullptr, &coded_),
                     "make a buffer for the stream");
  if (!status.ok()) return status;
  input_ = std::make_unique<VaapiInput>(*d_, config_id_, config_.width, config_.height, surfaces_.back(), width,
                                        height);
  info_.native_formats = input_->formats();
  return status;
}

void VaapiSession::AddRates(VaapiBuffers& buffers) const {
  VAEncMiscParameterFrameRate framerate{};
  framerate.framerate = static_cast<uint32_t>(std::lround(rates_.framerate * 100)) | 100u << 16;
  if (rates_.framerate > 600) framerate.framerate = static_cast<uint32_t>(rates_.framerate);
  if (!own_rate_control()) {
    VAEncMiscParameterRateControl rc{};
    const bool vbr = info_.rate_mode == RateMode::kVbr;
    rc.target_percentage = vbr ? kTargetPercentage : 100;
    rc.bits_per_second = vbr ? static_cast<uint32_t>(uint64_t{rates_.bitrate_bps} * 100 / kTargetPercentage)
                             : rates_.bitrate_bps;
    // Text comes in bursts and is to be sharp: it is given longer to even out.
    rc.window_size = config_.screen ? 2000 : 1000;
    rc.max_qp = static_cast<uint32_t>(config_.max_qp);
    rc.rc_flags.bits.disable_frame_skip = 1;
    rc.rc_flags.bits.disable_bit_stuffing = 1;
    buffers.Misc(VAEncMiscParameterTypeRateControl, rc);
    VAEncMiscParameterHRD hrd{};
    hrd.buffer_size = static_cast<uint32_t>(uint64_t{rc.bits_per_second} * rc.window_size / 1000);
    hrd.initial_buffer_fullness = hrd.buffer_size / 4 * 3;
    buffers.Misc(VAEncMiscParameterTypeHRD, hrd);
  }
  buffers.Misc(VAEncMiscParameterTypeFrameRate, framerate);
}

Status VaapiSession::Wait() const {
  VADisplay dpy = d_->display();
  const VASurfaceID surface = picture_;
  VAStatus result = VA_STATUS_ERROR_UNIMPLEMENTED;
  if (va_.SyncSurface2 != nullptr) result = va_.SyncSurface2(dpy, surface, kSyncNanoseconds);
  // Without a limit of its own; the thread that this runs on is watched.
  if (result == VA_STATUS_ERROR_UNIMPLEMENTED) result = va_.SyncSurface(dpy, surface);
  return d_->Check(result, "finish a picture");
}

Status VaapiSession::Read(Output& output) {
  VADisplay dpy = d_->display();
  void* mapped = nullptr;
  Status status = d_->Check(va_.MapBuffer(dpy, coded_, &mapped), "map the stream");
  if (!status.ok()) return status;
  int average = 0;
  bool overflow = false;
  for (auto* s = static_cast<VACodedBufferSegment*>(mapped); s != nullptr;
       s = static_cast<VACodedBufferSegment*>(s->next)) {
    overflow = overflow ||
               (s->status & (VA_CODED_BUF_STATUS_SLICE_OVERFLOW_MASK | VA_CODED_BUF_STATUS_BAD_BITSTREAM)) != 0;
    average = static_cast<int>(s->status & VA_CODED_BUF_STATUS_PICTURE_AVE_QP_MASK);
    const auto* bytes = static_cast<const uint8_t*>(s->buf);
    output.data.insert(output.data.end(), bytes, bytes + s->size);
  }
  status = d_->Check(va_.UnmapBuffer(dpy, coded_), "unmap the stream");
  if (!status.ok()) return status;
  if (overflow) return Status("the driver reports that a picture overflowed its buffer");
  if (average > 0) output.qp = average;
  return status;
}

Status VaapiSession::Encode(const Input& input, bool key, const Rates& rates, Output& output) {
  if (input.width != config_.width || input.height != config_.height) return Status("a picture of another size");
  Status status = input_->Prepare(input, picture_);
  if (status.ok()) status = EncodePrepared(key, rates, output);
  input_->Done();
  return status;
}

Status VaapiSession::EncodePrepared(bool key, const Rates& rates, Output& output) {
  key = Next(key);
  const bool changed = !(rates == rates_);
  rates_ = rates;
  if (own_rate_control()) {
    if (changed) controller_.SetRates(rates.bitrate_bps, rates.framerate);
    if (!key && controller_.ShouldDrop()) {
      controller_.Dropped();
      return Status();
    }
    qp_ = controller_.NextQp(key);
  }
  VaapiBuffers buffers(*d_, context_);
  if (key) AddSequence(buffers);
  if (key || changed) AddRates(buffers);
  AddPicture(buffers);
  Status status = d_->Check(buffers.result(), "make parameter buffers");
  if (!status.ok()) return status;

  VADisplay dpy = d_->display();
  status = d_->Check(va_.BeginPicture(dpy, context_, picture_), "begin a picture");
  if (!status.ok()) return status;
  status = d_->Check(va_.RenderPicture(dpy, context_, buffers.ids().data(), static_cast<int>(buffers.ids().size())),
                     "describe a picture");
  Status ended = d_->Check(va_.EndPicture(dpy, context_), "encode a picture");
  if (status.ok()) status = ended;
  if (status.ok()) status = Wait();
  if (status.ok()) status = Read(output);
  if (status.ok()) status = Inspect(output);
  if (!status.ok()) return status;

  Commit();
  output.key = key;
  if (own_rate_control()) {
    output.qp = Quantiser();
    controller_.Encoded(key, qp_, output.data.size());
  }
  return status;
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI
