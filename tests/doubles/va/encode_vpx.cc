// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// VP8 and VP9 of the test driver: libvpx encodes, and refers to and keeps what the
// application says; what it says is compared with what is held.

#include <vpx/vp8cx.h>
#include <vpx/vpx_encoder.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "driver.h"

namespace doubles {
namespace {

constexpr int kBuffers = 3;  // of libvpx: last, golden, altref
constexpr vpx_enc_frame_flags_t kNoReference[] = {VP8_EFLAG_NO_REF_LAST, VP8_EFLAG_NO_REF_GF, VP8_EFLAG_NO_REF_ARF};
constexpr vpx_enc_frame_flags_t kNoUpdate[] = {VP8_EFLAG_NO_UPD_LAST, VP8_EFLAG_NO_UPD_GF, VP8_EFLAG_NO_UPD_ARF};

// The encoder of a context, and which pictures its buffers hold.
struct Vpx {
  ~Vpx() {
    if (open) vpx_codec_destroy(&codec);
    vpx_img_free(&image);
  }
  bool open = false;
  vpx_codec_ctx_t codec{};
  vpx_codec_enc_cfg_t config{};
  vpx_image_t image{};
  std::optional<VAEncSequenceParameterBufferVP8> vp8;
  std::optional<VAEncSequenceParameterBufferVP9> vp9;
  std::array<int, kBuffers> held{-1, -1, -1};
  std::array<int, 8> slots{-1, -1, -1, -1, -1, -1, -1, -1};  // of VP9: what the application keeps
  vpx_codec_pts_t time = 0;
};

Vpx& Of(Context& c) {
  if (!c.encoder) c.encoder = std::make_shared<Vpx>();
  return *static_cast<Vpx*>(c.encoder.get());
}

// What is to be done, in libvpx's terms.
struct Order {
  int width = 0;
  int height = 0;
  bool key = false;
  int quantiser = 0;  // of 63, if the application chooses it
  vpx_enc_frame_flags_t flags = 0;
  bool error_resilient = false;
  int tile_columns = 0;
};

bool Configure(Vpx& v, bool vp9, const Context& c, bool own_quantiser, const Order& o) {
  vpx_codec_iface_t* interface = vp9 ? vpx_codec_vp9_cx() : vpx_codec_vp8_cx();
  vpx_codec_enc_cfg_t& g = v.config;
  if (!v.open && vpx_codec_enc_config_default(interface, &g, 0) != VPX_CODEC_OK) return false;
  g.g_w = static_cast<unsigned>(o.width);
  g.g_h = static_cast<unsigned>(o.height);
  g.g_threads = 1;
  g.g_timebase = {1, 90000};
  g.g_lag_in_frames = 0;
  g.g_error_resilient = o.error_resilient ? VPX_ERROR_RESILIENT_DEFAULT : 0;
  g.kf_mode = VPX_KF_DISABLED;
  g.rc_dropframe_thresh = 0;
  g.rc_resize_allowed = 0;
  g.rc_end_usage = VPX_CBR;
  g.rc_buf_sz = 1000;
  g.rc_buf_initial_sz = 500;
  g.rc_buf_optimal_sz = 600;
  g.rc_undershoot_pct = g.rc_overshoot_pct = 50;
  if (own_quantiser) {
    g.rc_min_quantizer = g.rc_max_quantizer = static_cast<unsigned>(o.quantiser);
    g.rc_target_bitrate = 100'000;
  } else {
    g.rc_min_quantizer = 0;
    g.rc_max_quantizer = 63;
    g.rc_target_bitrate = static_cast<unsigned>(std::max(BitrateOf(c) / 1000, 1.0));
  }
  if (v.open) return vpx_codec_enc_config_set(&v.codec, &g) == VPX_CODEC_OK;
  if (vpx_codec_enc_init(&v.codec, interface, &g, 0) != VPX_CODEC_OK) return false;
  v.open = true;
  vpx_codec_control(&v.codec, VP8E_SET_CPUUSED, vp9 ? 7 : -8);
  vpx_codec_control(&v.codec, VP8E_SET_STATIC_THRESHOLD, 0);
  if (vp9) {
    vpx_codec_control(&v.codec, VP9E_SET_FRAME_PARALLEL_DECODING, 0);
    vpx_codec_control(&v.codec, VP9E_SET_TILE_COLUMNS, o.tile_columns);
    vpx_codec_control(&v.codec, VP9E_SET_AQ_MODE, 0);
  }
  return vpx_img_alloc(&v.image, VPX_IMG_FMT_I420, g.g_w, g.g_h, 16) != nullptr;
}

// The part of a surface that is the picture.
void Take(const Surface& s, vpx_image_t& image) {
  for (unsigned y = 0; y < image.d_h; ++y) {
    const uint8_t* row = &s.pixels[static_cast<size_t>(y) * static_cast<size_t>(s.pitch)];
    std::copy(row, row + image.d_w, image.planes[0] + static_cast<ptrdiff_t>(y) * image.stride[0]);
  }
  for (unsigned y = 0; y < (image.d_h + 1) / 2; ++y) {
    const uint8_t* row = &s.pixels[(static_cast<size_t>(s.rows()) + y) * static_cast<size_t>(s.pitch)];
    for (unsigned x = 0; x < (image.d_w + 1) / 2; ++x) {
      image.planes[1][static_cast<ptrdiff_t>(y) * image.stride[1] + x] = row[2 * x];
      image.planes[2][static_cast<ptrdiff_t>(y) * image.stride[2] + x] = row[2 * x + 1];
    }
  }
}

const char* Compress(Vpx& v, const Context& c, const Surface& source, const Order& o, Bytes& stream) {
  Take(source, v.image);
  const auto duration = static_cast<unsigned long>(std::lround(90000 / (c.framerate > 0 ? c.framerate : 30)));
  vpx_enc_frame_flags_t flags = o.key ? VPX_EFLAG_FORCE_KF : o.flags;
  if (vpx_codec_encode(&v.codec, &v.image, v.time, duration, flags, VPX_DL_REALTIME) != VPX_CODEC_OK) {
    return vpx_codec_error(&v.codec);
  }
  v.time += static_cast<vpx_codec_pts_t>(duration);
  vpx_codec_iter_t at = nullptr;
  int packets = 0;
  while (const vpx_codec_cx_pkt_t* p = vpx_codec_get_cx_data(&v.codec, &at)) {
    if (p->kind != VPX_CODEC_CX_FRAME_PKT) continue;
    ++packets;
    const auto* bytes = static_cast<const uint8_t*>(p->data.frame.buf);
    stream.assign(bytes, bytes + p->data.frame.sz);
    if (((p->data.frame.flags & VPX_FRAME_IS_KEY) != 0) != o.key) return "libvpx makes a key frame of its own";
  }
  return packets == 1 ? nullptr : "libvpx makes no frame, or several";
}

// The buffers of one picture, of either codec.
template <typename Sequence, typename Picture>
const char* Collect(Driver& d, Context& c, std::optional<Sequence>& sequence, const Picture*& picture,
                    const VAQMatrixBufferVP8** quantisers) {
  for (VABufferID id : c.rendered) {
    auto found = d.buffers.find(id);
    if (found == d.buffers.end()) return "a buffer was destroyed before vaEndPicture";
    const Buffer& b = found->second;
    if (b.type == VAEncSequenceParameterBufferType) {
      if (b.data.size() != sizeof(Sequence)) return "a sequence of another codec";
      sequence = *reinterpret_cast<const Sequence*>(b.data.data());
    } else if (b.type == VAEncPictureParameterBufferType) {
      if (b.data.size() != sizeof(Picture)) return "a picture of another codec";
      picture = reinterpret_cast<const Picture*>(b.data.data());
    } else if (b.type == VAEncMiscParameterBufferType) {
      TakeMisc(c, b);
    } else if (b.type == VAQMatrixBufferType) {
      if (quantisers != nullptr) *quantisers = reinterpret_cast<const VAQMatrixBufferVP8*>(b.data.data());
    } else {
      return "a buffer of another type";
    }
  }
  if (!sequence || picture == nullptr) return "no sequence or picture parameters";
  if (!d.buffers.count(picture->coded_buf) || d.buffers[picture->coded_buf].type != VAEncCodedBufferType) {
    return "no coded buffer";
  }
  if (!d.surfaces.count(picture->reconstructed_frame)) return "no surface to reconstruct in";
  if (picture->reconstructed_frame == c.target) return "reconstruction over the source";
  return CheckRates(c, d.configs.at(c.config));
}

// The picture that a surface holds; -1 if none, or there is no such surface.
int PictureIn(Driver& d, VASurfaceID id) {
  auto found = d.surfaces.find(id);
  return found != d.surfaces.end() ? found->second.picture : -1;
}

const char* CheckSize(const Driver& d, const Context& c, uint32_t width, uint32_t height, uint32_t unit) {
  const Surface& source = d.surfaces.at(c.target);
  auto aligned = [unit](uint32_t size) { return static_cast<int>((size + unit - 1) / unit * unit); };
  if (width == 0 || height == 0) return "a picture without size";
  if (aligned(width) != c.width || aligned(height) != c.height) return "a picture of another size than the context";
  if (source.width < static_cast<int>(width) || source.height < static_cast<int>(height)) return "a surface that is too small";
  return nullptr;
}

const char* CheckVp8(Driver& d, Context& c, const Vpx& v, const VAEncPictureParameterBufferVP8& p,
                     const VAQMatrixBufferVP8* q) {
  const auto& f = p.pic_flags.bits;
  const auto& r = p.ref_flags.bits;
  if (const char* why = CheckSize(d, c, v.vp8->frame_width, v.vp8->frame_height, 16)) return why;
  if (q == nullptr) return "no quantisers";
  if (q->quantization_index[0] > 127) return "the quantiser is out of range";
  if (p.clamp_qindex_low > p.clamp_qindex_high || p.clamp_qindex_high > 127) return "quantisers of no range";
  if (!f.show_frame || f.version != 0) return "a picture that is not shown, or of another version";
  if (p.loop_filter_level[0] < 0 || p.loop_filter_level[0] > 63) return "the loop filter is out of range";
  const bool key = f.frame_type == 0;
  if (r.force_kf && !key) return "a key picture here and not there";
  if (f.copy_buffer_to_golden || f.copy_buffer_to_alternate) return "buffers that are copied";
  if (key) return nullptr;
  const VASurfaceID surfaces[] = {p.ref_last_frame, p.ref_gf_frame, p.ref_arf_frame};
  const bool unused[] = {r.no_ref_last != 0, r.no_ref_gf != 0, r.no_ref_arf != 0};
  const bool updated[] = {f.refresh_last != 0, f.refresh_golden_frame != 0, f.refresh_alternate_frame != 0};
  if (unused[0] && unused[1] && unused[2]) return "no reference";
  for (int i = 0; i < kBuffers; ++i) {
    if (!unused[i] && PictureIn(d, surfaces[i]) != v.held[static_cast<size_t>(i)]) return "a reference that is not held";
    if ((!unused[i] || !updated[i]) && surfaces[i] == p.reconstructed_frame) return "reconstruction over a reference";
  }
  if (r.first_ref != 0 && unused[r.first_ref - 1]) return "a first reference that is not used";
  return nullptr;
}

const char* CheckVp9(Driver& d, Context& c, const Vpx& v, const VAEncPictureParameterBufferVP9& p) {
  const auto& f = p.pic_flags.bits;
  if (const char* why = CheckSize(d, c, p.frame_width_dst, p.frame_height_dst, 64)) return why;
  if (p.frame_width_src != p.frame_width_dst || p.frame_height_src != p.frame_height_dst) return "scaling";
  if (p.frame_width_dst > v.vp9->max_frame_width || p.frame_height_dst > v.vp9->max_frame_height) {
    return "a picture larger than the sequence";
  }
  if (!f.show_frame || f.intra_only || f.lossless_mode || f.segmentation_enabled || f.super_frame_flag) {
    return "a picture of a kind that is not offered";
  }
  if (p.luma_ac_qindex == 0) return "no quantiser";
  if (p.filter_level > 63 || p.sharpness_level > 7) return "the loop filter is out of range";
  if ((4096u << p.log2_tile_columns) < p.frame_width_dst) return "too few tiles";
  const bool key = f.frame_type == 0;
  if (p.ref_flags.bits.force_kf && !key) return "a key picture here and not there";
  if (key) return nullptr;
  if (p.ref_flags.bits.ref_frame_ctrl_l0 == 0) return "no reference";
  for (size_t i = 0; i < v.slots.size(); ++i) {
    const bool replaced = (p.refresh_frame_flags >> i & 1) != 0;
    if (!replaced && p.reference_frames[i] == p.reconstructed_frame) return "reconstruction over a reference";
  }
  return nullptr;
}

// Writes bits over those of a header.
void Overwrite(Bytes& bytes, size_t at, uint32_t value, int count) {
  for (int i = count - 1; i >= 0; --i, ++at) {
    const auto mask = static_cast<uint8_t>(0x80 >> at % 8);
    bytes[at / 8] = static_cast<uint8_t>((value >> i & 1) ? bytes[at / 8] | mask : bytes[at / 8] & ~mask);
  }
}

// An inter frame's header names the buffers as the application does; libvpx has three of its own. What
// stands before them are the marker, the profile, four flags, and, unless it is resilient,
// two bits to reset the contexts.
void NameBuffers(Bytes& frame, const VAEncPictureParameterBufferVP9& p, const std::array<int, kBuffers>& named) {
  size_t at = 8;
  if (!p.pic_flags.bits.error_resilient_mode) at += 2;
  Overwrite(frame, at, p.refresh_frame_flags, 8);
  at += 8;
  for (int index : named) {
    Overwrite(frame, at, static_cast<uint32_t>(index), 3);
    at += 4;  // with a sign bias, which is 0
  }
}

std::string Describe(const char* codec, const Order& o, int layer, int picture) {
  return Format("codec=%s idr=%d layer=%d number=%d qp=%d flags=%lx", codec, o.key, layer, picture, o.quantiser,
                static_cast<unsigned long>(o.flags));
}

}  // namespace

VAStatus EncodeVp8(Driver& d, Context& c, int number, Made& made) {
  Vpx& v = Of(c);
  const VAEncPictureParameterBufferVP8* p = nullptr;
  const VAQMatrixBufferVP8* q = nullptr;
  if (const char* why = Collect(d, c, v.vp8, p, &q)) return RefuseWith(why);
  if (const char* why = CheckVp8(d, c, v, *p, q)) return RefuseWith(why);
  const auto& f = p->pic_flags.bits;
  const auto& r = p->ref_flags.bits;
  Order o;
  o.width = static_cast<int>(v.vp8->frame_width);
  o.height = static_cast<int>(v.vp8->frame_height);
  o.key = f.frame_type == 0;
  o.error_resilient = v.vp8->error_resilient != 0;
  o.quantiser = q->quantization_index[0] * 63 / 127;
  const bool unused[] = {r.no_ref_last != 0, r.no_ref_gf != 0, r.no_ref_arf != 0};
  const bool updated[] = {f.refresh_last != 0, f.refresh_golden_frame != 0, f.refresh_alternate_frame != 0};
  for (int i = 0; i < kBuffers; ++i) {
    if (unused[i]) o.flags |= kNoReference[i];
    if (!updated[i]) o.flags |= kNoUpdate[i];
  }
  if (!f.refresh_entropy_probs) o.flags |= VP8_EFLAG_NO_UPD_ENTROPY;
  if (!Configure(v, false, c, d.configs.at(c.config).rate_control == VA_RC_CQP, o)) {
    return RefuseWith("libvpx does not take this");
  }
  if (const char* why = Compress(v, c, d.surfaces.at(c.target), o, made.stream)) return RefuseWith(why);
  d.surfaces[p->reconstructed_frame].picture = number;
  for (size_t i = 0; i < kBuffers; ++i) {
    if (o.key || updated[i]) v.held[i] = number;
  }
  made.coded = p->coded_buf;
  made.log = Describe("vp8", o, static_cast<int>(r.temporal_id), number);
  return VA_STATUS_SUCCESS;
}

VAStatus EncodeVp9(Driver& d, Context& c, int number, Made& made) {
  Vpx& v = Of(c);
  const VAEncPictureParameterBufferVP9* p = nullptr;
  if (const char* why = Collect(d, c, v.vp9, p, nullptr)) return RefuseWith(why);
  if (const char* why = CheckVp9(d, c, v, *p)) return RefuseWith(why);
  const auto& f = p->pic_flags.bits;
  const auto& r = p->ref_flags.bits;
  Order o;
  o.width = static_cast<int>(p->frame_width_dst);
  o.height = static_cast<int>(p->frame_height_dst);
  o.key = f.frame_type == 0;
  o.error_resilient = f.error_resilient_mode != 0;
  o.quantiser = p->luma_ac_qindex * 63 / 255;
  o.tile_columns = p->log2_tile_columns;
  // What the application keeps afterwards.
  std::array<int, 8> slots = v.slots;
  for (size_t i = 0; i < slots.size(); ++i) {
    if (o.key || (p->refresh_frame_flags >> i & 1)) slots[i] = number;
  }
  std::array<int, kBuffers> named{};
  if (!o.key) {
    const uint32_t indices[] = {r.ref_last_idx, r.ref_gf_idx, r.ref_arf_idx};
    o.flags = kNoReference[0] | kNoReference[1] | kNoReference[2] | kNoUpdate[0] | kNoUpdate[1] | kNoUpdate[2];
    named.fill(static_cast<int>(r.ref_last_idx));
    for (unsigned i = 0; i < kBuffers; ++i) {
      if ((r.ref_frame_ctrl_l0 >> i & 1) == 0) continue;
      const uint32_t index = indices[i];
      const int picture = v.slots[index];
      if (PictureIn(d, p->reference_frames[index]) != picture) return RefuseWith("a reference that is not held");
      if (p->reference_frames[index] == p->reconstructed_frame) return RefuseWith("reconstruction over a reference");
      auto found = std::find(v.held.begin(), v.held.end(), picture);
      if (found == v.held.end()) return RefuseWith("more references than are kept");
      const auto buffer = static_cast<size_t>(found - v.held.begin());
      o.flags &= ~kNoReference[buffer];
      named[buffer] = static_cast<int>(index);
    }
    // Into a buffer whose picture nobody keeps any more.
    if (p->refresh_frame_flags != 0) {
      size_t buffer = 0;
      while (buffer < kBuffers && std::find(slots.begin(), slots.end(), v.held[buffer]) != slots.end() &&
             std::count(v.held.begin(), v.held.end(), v.held[buffer]) == 1) {
        ++buffer;
      }
      if (buffer == kBuffers) return RefuseWith("more references than are kept");
      o.flags &= ~kNoUpdate[buffer];
      v.held[buffer] = number;
    }
    if (!f.refresh_frame_context) o.flags |= VP8_EFLAG_NO_UPD_ENTROPY;
  } else {
    v.held.fill(number);
  }
  if (!Configure(v, true, c, d.configs.at(c.config).rate_control == VA_RC_CQP, o)) {
    return RefuseWith("libvpx does not take this");
  }
  if (const char* why = Compress(v, c, d.surfaces.at(c.target), o, made.stream)) return RefuseWith(why);
  if (!o.key) NameBuffers(made.stream, *p, named);
  v.slots = slots;
  d.surfaces[p->reconstructed_frame].picture = number;
  made.coded = p->coded_buf;
  made.log = Describe("vp9", o, static_cast<int>(r.temporal_id), number);
  return VA_STATUS_SUCCESS;
}

}  // namespace doubles
