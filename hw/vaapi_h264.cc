// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/vaapi_internal.h"

#if defined(NRTC_HW_VAAPI)

#include <algorithm>
#include <cmath>
#include <cstring>

#include "hw/h264_headers.h"
#include "hw/h264_level.h"
#include "hw/h264_references.h"
#include "hw/picture_copy.h"
#include "hw/qp_controller.h"

namespace nrtc::hw {
namespace {

constexpr uint64_t kSyncNanoseconds = 700'000'000;
// VBR may exceed the target by as much, for short.
constexpr uint32_t kTargetPercentage = 90;

H264Profile H264ProfileOf(Profile profile) {
  switch (profile) {
    case Profile::kH264Main:
      return H264Profile::kMain;
    case Profile::kH264High:
      return H264Profile::kHigh;
    default:
      return H264Profile::kConstrainedBaseline;
  }
}

class VaapiH264 : public Session {
 public:
  VaapiH264(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile, const StreamConfig& config)
      : d_(std::move(display)),
        va_(d_->va()),
        profile_(profile),
        config_(config),
        references_(std::clamp(config.temporal_layers, 1, profile.report.temporal_layers)),
        controller_(config.screen ? 10 : 14, config.max_qp) {
    info_.implementation = "VAAPI";
    info_.temporal_layers = std::clamp(config.temporal_layers, 1, profile.report.temporal_layers);
    info_.rate_mode = profile.report.rate_modes.front();
    packed_ = profile.packed_headers & (VA_ENC_PACKED_HEADER_SEQUENCE | VA_ENC_PACKED_HEADER_SLICE);
  }
  ~VaapiH264() override;

  Status Open();
  const SessionInfo& info() const override { return info_; }
  Status Encode(const Input& input, bool key, const Rates& rates, Output& output) override;

 private:
  // The parameter buffers of one picture, destroyed with it.
  class Buffers {
   public:
    explicit Buffers(VaapiH264& owner) : owner_(owner) {}
    ~Buffers() {
      for (VABufferID id : ids_) owner_.va_.DestroyBuffer(owner_.d_->display(), id);
    }
    void Add(VABufferType type, const void* data, size_t size) {
      VABufferID id = VA_INVALID_ID;
      VAStatus result = owner_.va_.CreateBuffer(owner_.d_->display(), owner_.context_, type,
                                                static_cast<unsigned>(size), 1, const_cast<void*>(data), &id);
      if (result == VA_STATUS_SUCCESS) ids_.push_back(id);
      if (result_ == VA_STATUS_SUCCESS) result_ = result;
    }
    template <typename T>
    void Misc(VAEncMiscParameterType type, const T& value) {
      std::vector<uint8_t> bytes(sizeof(VAEncMiscParameterBuffer) + sizeof value);
      auto* head = reinterpret_cast<VAEncMiscParameterBuffer*>(bytes.data());
      head->type = type;
      std::memcpy(head->data, &value, sizeof value);
      Add(VAEncMiscParameterBufferType, bytes.data(), bytes.size());
    }
    void Packed(uint32_t type, const PackedHeader& header) {
      VAEncPackedHeaderParameterBuffer p{};
      p.type = type;
      p.bit_length = static_cast<uint32_t>(header.bits);
      p.has_emulation_bytes = 1;
      Add(VAEncPackedHeaderParameterBufferType, &p, sizeof p);
      Add(VAEncPackedHeaderDataBufferType, header.bytes.data(), header.bytes.size());
    }
    VAStatus result() const { return result_; }
    std::vector<VABufferID>& ids() { return ids_; }

   private:
    VaapiH264& owner_;
    std::vector<VABufferID> ids_;
    VAStatus result_ = VA_STATUS_SUCCESS;
  };

  Status Upload(const Input& input);
  void AddSequence(Buffers& buffers) const;
  void AddRates(Buffers& buffers) const;
  void AddPicture(Buffers& buffers, const H264Picture& p) const;
  Status Wait() const;
  Status Read(bool key, Output& output);
  VAPictureH264 Describe(const H264Reference& r) const;

  const std::unique_ptr<VaapiDisplay> d_;
  const VaapiFunctions& va_;
  const VaapiProfile profile_;
  const StreamConfig config_;
  SessionInfo info_;
  uint32_t packed_ = 0;
  H264Sequence sequence_;
  H264References references_;
  QpController controller_;
  Rates rates_;
  VAConfigID config_id_ = VA_INVALID_ID;
  VAContextID context_ = VA_INVALID_ID;
  std::vector<VASurfaceID> surfaces_;  // one for each slot, and last the input
  VABufferID coded_ = VA_INVALID_ID;
  bool derive_ = true;
};

VaapiH264::~VaapiH264() {
  VADisplay dpy = d_->display();
  if (coded_ != VA_INVALID_ID) va_.DestroyBuffer(dpy, coded_);
  if (context_ != VA_INVALID_ID) va_.DestroyContext(dpy, context_);
  if (!surfaces_.empty()) va_.DestroySurfaces(dpy, surfaces_.data(), static_cast<int>(surfaces_.size()));
  if (config_id_ != VA_INVALID_ID) va_.DestroyConfig(dpy, config_id_);
}

Status VaapiH264::Open() {
  const ProfileReport& r = profile_.report;
  if ((r.max_width > 0 && config_.width > r.max_width) || (r.max_height > 0 && config_.height > r.max_height)) {
    return Status("the device encodes no more than " + std::to_string(r.max_width) + "x" +
                  std::to_string(r.max_height));
  }
  sequence_.profile = H264ProfileOf(config_.profile);
  sequence_.width = config_.width;
  sequence_.height = config_.height;
  sequence_.max_num_ref_frames = references_.max_num_ref_frames();
  sequence_.gaps_in_frame_num = references_.needs_gaps();
  sequence_.level_idc =
      ChooseH264Level(sequence_.profile, config_.width, config_.height, config_.rates.framerate,
                      std::max(config_.max_bitrate_bps, config_.rates.bitrate_bps), sequence_.max_num_ref_frames);
  if (sequence_.level_idc == 0) return Status("no H.264 level allows this size, framerate and bitrate");

  VADisplay dpy = d_->display();
  static constexpr uint32_t kModes[] = {VA_RC_VBR, VA_RC_CBR, VA_RC_CQP};
  std::vector<VAConfigAttrib> attributes = {{VAConfigAttribRTFormat, VA_RT_FORMAT_YUV420},
                                            {VAConfigAttribRateControl, kModes[static_cast<int>(info_.rate_mode)]}};
  if (packed_ != 0) attributes.push_back({VAConfigAttribEncPackedHeaders, packed_});
  Status status = d_->Check(va_.CreateConfig(dpy, profile_.profile, profile_.entrypoint, attributes.data(),
                                             static_cast<int>(attributes.size()), &config_id_),
                            "make a configuration");
  if (!status.ok()) return status;
  const int width = sequence_.width_in_mbs() * 16;
  const int height = sequence_.height_in_mbs() * 16;
  std::vector<VASurfaceID> surfaces(static_cast<size_t>(references_.slots() + 1), VA_INVALID_ID);
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
  return d_->Check(va_.CreateBuffer(dpy, context_, VAEncCodedBufferType, size, 1, nullptr, &coded_),
                   "make a buffer for the stream");
}

Status VaapiH264::Upload(const Input& input) {
  VADisplay dpy = d_->display();
  const VASurfaceID surface = surfaces_.back();
  VAImage image{};
  if (derive_) {
    derive_ = va_.DeriveImage(dpy, surface, &image) == VA_STATUS_SUCCESS;
    if (derive_ && image.format.fourcc != VA_FOURCC_NV12) {
      va_.DestroyImage(dpy, image.image_id);
      derive_ = false;
    }
  }
  Status status;
  if (!derive_) {
    VAImageFormat format{};
    format.fourcc = VA_FOURCC_NV12;
    format.byte_order = VA_LSB_FIRST;
    format.bits_per_pixel = 12;
    status = d_->Check(va_.CreateImage(dpy, &format, sequence_.width_in_mbs() * 16, sequence_.height_in_mbs() * 16,
                                       &image),
                       "make an image");
    if (!status.ok()) return status;
  }
  void* bytes = nullptr;
  status = d_->Check(va_.MapBuffer(dpy, image.buf, &bytes), "map an image");
  if (status.ok()) {
    auto* base = static_cast<uint8_t*>(bytes);
    CopyToNV12(input, base + image.offsets[0], static_cast<int>(image.pitches[0]), base + image.offsets[1],
               static_cast<int>(image.pitches[1]), sequence_.width_in_mbs() * 16, sequence_.height_in_mbs() * 16);
    status = d_->Check(va_.UnmapBuffer(dpy, image.buf), "unmap an image");
    if (status.ok() && !derive_) {
      const unsigned width = image.width;
      const unsigned height = image.height;
      status = d_->Check(va_.PutImage(dpy, surface, image.image_id, 0, 0, width, height, 0, 0, width, height),
                         "upload a picture");
    }
  }
  va_.DestroyImage(dpy, image.image_id);
  return status;
}

void VaapiH264::AddSequence(Buffers& buffers) const {
  VAEncSequenceParameterBufferH264 s{};
  s.level_idc = static_cast<uint8_t>(sequence_.level_idc);
  // Key pictures come on request only; 0 would mean "none but the first" to some
  // drivers and "all" to others.
  s.intra_period = 0x7fff;
  s.intra_idr_period = 0x7fff;
  s.ip_period = 1;
  s.bits_per_second = info_.rate_mode == RateMode::kCqp ? 0 : rates_.bitrate_bps;
  s.max_num_ref_frames = static_cast<uint32_t>(sequence_.max_num_ref_frames);
  s.picture_width_in_mbs = static_cast<uint16_t>(sequence_.width_in_mbs());
  s.picture_height_in_mbs = static_cast<uint16_t>(sequence_.height_in_mbs());
  s.seq_fields.bits.chroma_format_idc = 1;
  s.seq_fields.bits.frame_mbs_only_flag = 1;
  s.seq_fields.bits.direct_8x8_inference_flag = 1;
  s.seq_fields.bits.log2_max_frame_num_minus4 = kH264Log2MaxFrameNum - 4;
  s.seq_fields.bits.log2_max_pic_order_cnt_lsb_minus4 = kH264Log2MaxPocLsb - 4;
  s.frame_cropping_flag = sequence_.cropped();
  s.frame_crop_right_offset = static_cast<uint32_t>(sequence_.crop_right());
  s.frame_crop_bottom_offset = static_cast<uint32_t>(sequence_.crop_bottom());
  s.vui_parameters_present_flag = 1;
  s.vui_fields.bits.bitstream_restriction_flag = 1;
  s.vui_fields.bits.motion_vectors_over_pic_boundaries_flag = 1;
  s.vui_fields.bits.log2_max_mv_length_horizontal = 15;
  s.vui_fields.bits.log2_max_mv_length_vertical = 15;
  // Not in the stream; some drivers take the framerate from here.
  s.num_units_in_tick = 1000;
  s.time_scale = static_cast<uint32_t>(std::lround(rates_.framerate * 2000));
  buffers.Add(VAEncSequenceParameterBufferType, &s, sizeof s);
}

void VaapiH264::AddRates(Buffers& buffers) const {
  VAEncMiscParameterFrameRate framerate{};
  framerate.framerate = static_cast<uint32_t>(std::lround(rates_.framerate * 100)) | 100u << 16;
  if (rates_.framerate > 600) framerate.framerate = static_cast<uint32_t>(rates_.framerate);
  if (info_.rate_mode != RateMode::kCqp) {
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

VAPictureH264 VaapiH264::Describe(const H264Reference& r) const {
  VAPictureH264 p{};
  p.picture_id = surfaces_[static_cast<size_t>(r.slot)];
  p.frame_idx = static_cast<uint32_t>(r.frame_num);
  p.flags = VA_PICTURE_H264_SHORT_TERM_REFERENCE;
  p.TopFieldOrderCnt = r.poc;
  p.BottomFieldOrderCnt = r.poc;
  return p;
}

void VaapiH264::AddPicture(Buffers& buffers, const H264Picture& p) const {
  VAPictureH264 none{};
  none.picture_id = VA_INVALID_ID;
  none.flags = VA_PICTURE_H264_INVALID;

  VAEncPictureParameterBufferH264 pic{};
  pic.CurrPic = Describe({p.slot, p.slice.frame_num, p.poc, 0});
  if (p.slice.nal_ref_idc == 0) pic.CurrPic.flags = 0;
  std::fill(std::begin(pic.ReferenceFrames), std::end(pic.ReferenceFrames), none);
  for (size_t i = 0; i < p.kept.size(); ++i) pic.ReferenceFrames[i] = Describe(p.kept[i]);
  pic.coded_buf = coded_;
  pic.frame_num = static_cast<uint16_t>(p.slice.frame_num);
  pic.pic_init_qp = static_cast<uint8_t>(sequence_.init_qp);
  pic.pic_fields.bits.idr_pic_flag = p.slice.idr;
  pic.pic_fields.bits.reference_pic_flag = p.slice.nal_ref_idc != 0;
  pic.pic_fields.bits.entropy_coding_mode_flag = sequence_.cabac();
  pic.pic_fields.bits.transform_8x8_mode_flag = sequence_.transform_8x8();
  pic.pic_fields.bits.deblocking_filter_control_present_flag = 1;
  buffers.Add(VAEncPictureParameterBufferType, &pic, sizeof pic);

  if (packed_ & VA_ENC_PACKED_HEADER_SLICE) {
    buffers.Packed(VAEncPackedHeaderSlice, H264SliceHeader(sequence_, p.slice));
  }

  VAEncSliceParameterBufferH264 slice{};
  slice.num_macroblocks = static_cast<uint32_t>(sequence_.width_in_mbs() * sequence_.height_in_mbs());
  slice.macroblock_info = VA_INVALID_ID;
  slice.slice_type = p.slice.idr ? 2 : 0;
  slice.idr_pic_id = static_cast<uint16_t>(p.slice.idr_pic_id);
  slice.pic_order_cnt_lsb = static_cast<uint16_t>(p.slice.poc_lsb);
  slice.direct_spatial_mv_pred_flag = 1;
  std::fill(std::begin(slice.RefPicList0), std::end(slice.RefPicList0), none);
  std::fill(std::begin(slice.RefPicList1), std::end(slice.RefPicList1), none);
  if (const H264Reference* r = p.reference()) slice.RefPicList0[0] = Describe(*r);
  slice.slice_qp_delta = static_cast<int8_t>(p.slice.qp - sequence_.init_qp);
  buffers.Add(VAEncSliceParameterBufferType, &slice, sizeof slice);
}

Status VaapiH264::Wait() const {
  VADisplay dpy = d_->display();
  const VASurfaceID surface = surfaces_.back();
  VAStatus result = VA_STATUS_ERROR_UNIMPLEMENTED;
  if (va_.SyncSurface2 != nullptr) result = va_.SyncSurface2(dpy, surface, kSyncNanoseconds);
  // Without a limit of its own; the thread that this runs on is watched.
  if (result == VA_STATUS_ERROR_UNIMPLEMENTED) result = va_.SyncSurface(dpy, surface);
  return d_->Check(result, "finish a picture");
}

Status VaapiH264::Read(bool key, Output& output) {
  VADisplay dpy = d_->display();
  void* mapped = nullptr;
  Status status = d_->Check(va_.MapBuffer(dpy, coded_, &mapped), "map the stream");
  if (!status.ok()) return status;
  int qp = 0;
  bool overflow = false;
  for (auto* s = static_cast<VACodedBufferSegment*>(mapped); s != nullptr;
       s = static_cast<VACodedBufferSegment*>(s->next)) {
    overflow = overflow ||
               (s->status & (VA_CODED_BUF_STATUS_SLICE_OVERFLOW_MASK | VA_CODED_BUF_STATUS_BAD_BITSTREAM)) != 0;
    qp = static_cast<int>(s->status & VA_CODED_BUF_STATUS_PICTURE_AVE_QP_MASK);
    const auto* bytes = static_cast<const uint8_t*>(s->buf);
    output.data.insert(output.data.end(), bytes, bytes + s->size);
  }
  status = d_->Check(va_.UnmapBuffer(dpy, coded_), "unmap the stream");
  if (!status.ok()) return status;
  if (overflow) return Status("the driver reports that a picture overflowed its buffer");
  H264Contents found = InspectH264(output.data);
  if (!found.slice || found.idr != key) return Status("the driver's stream holds no picture as asked for");
  if (key && !found.parameter_sets) {
    auto sps = H264SequenceParameterSet(sequence_).bytes;
    auto pps = H264PictureParameterSet(sequence_).bytes;
    sps.insert(sps.end(), pps.begin(), pps.end());
    output.data.insert(output.data.begin(), sps.begin(), sps.end());
  }
  if (qp > 0 && info_.rate_mode != RateMode::kCqp) output.qp = qp;
  return status;
}

Status VaapiH264::Encode(const Input& input, bool key, const Rates& rates, Output& output) {
  if (input.width != config_.width || input.height != config_.height) return Status("a picture of another size");
  H264Picture p = references_.Next(key);
  const bool changed = !(rates == rates_);
  rates_ = rates;
  if (info_.rate_mode == RateMode::kCqp) {
    if (changed) controller_.SetRates(rates.bitrate_bps, rates.framerate);
    if (!p.slice.idr && controller_.ShouldDrop()) {
      controller_.Dropped();
      return Status();
    }
    p.slice.qp = controller_.NextQp(p.slice.idr);
  }
  Status status = Upload(input);
  if (!status.ok()) return status;

  Buffers buffers(*this);
  if (p.slice.idr) AddSequence(buffers);
  if (p.slice.idr || changed) AddRates(buffers);
  if (p.slice.idr && (packed_ & VA_ENC_PACKED_HEADER_SEQUENCE)) {
    // Both parameter sets: drivers that take a sequence header only take it as it is.
    PackedHeader both = H264SequenceParameterSet(sequence_);
    PackedHeader pps = H264PictureParameterSet(sequence_);
    both.bytes.insert(both.bytes.end(), pps.bytes.begin(), pps.bytes.end());
    both.bits += pps.bits;
    buffers.Packed(VAEncPackedHeaderSequence, both);
  }
  AddPicture(buffers, p);
  status = d_->Check(buffers.result(), "make parameter buffers");
  if (!status.ok()) return status;

  VADisplay dpy = d_->display();
  status = d_->Check(va_.BeginPicture(dpy, context_, surfaces_.back()), "begin a picture");
  if (!status.ok()) return status;
  status = d_->Check(va_.RenderPicture(dpy, context_, buffers.ids().data(), static_cast<int>(buffers.ids().size())),
                     "describe a picture");
  Status ended = d_->Check(va_.EndPicture(dpy, context_), "encode a picture");
  if (status.ok()) status = ended;
  if (status.ok()) status = Wait();
  if (status.ok()) status = Read(p.slice.idr, output);
  if (!status.ok()) return status;

  references_.Commit(p);
  output.key = p.slice.idr;
  output.temporal_index = p.temporal_index;
  output.layer_sync = p.layer_sync;
  if (info_.rate_mode == RateMode::kCqp) {
    output.qp = p.slice.qp;
    controller_.Encoded(p.slice.idr, p.slice.qp, output.data.size());
  }
  return status;
}

}  // namespace

std::unique_ptr<Session> OpenVaapiH264(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile,
                                       const StreamConfig& config, Status& status) {
  auto session = std::make_unique<VaapiH264>(std::move(display), profile, config);
  status = session->Open();
  if (!status.ok()) return nullptr;
  return session;
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI
