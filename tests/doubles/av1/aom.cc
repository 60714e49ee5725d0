// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "aom.h"

#include <aom/aom_encoder.h>
#include <aom/aomcx.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace doubles {
namespace {

// The fastest at which the headers are as they were asked for.
constexpr int kSpeed = 6;

// libaom knows 64 quantisers, of which almost all are four apart. The first loses nothing,
// which is another kind of stream.
unsigned AomQuantiser(int index) {
  return static_cast<unsigned>(std::clamp((index + 2) / 4, 1, 63));
}

}  // namespace

struct Aom::State {
  ~State() {
    if (open) aom_codec_destroy(&codec);
    aom_img_free(&image);
  }
  bool open = false;
  aom_codec_ctx_t codec{};
  aom_codec_enc_cfg_t config{};
  aom_image_t image{};
  aom_codec_pts_t time = 0;
  Av1SequenceHeader sequence;
};

Aom::Aom(std::unique_ptr<State> state) : state_(std::move(state)) {}
Aom::~Aom() = default;

std::unique_ptr<Aom> Aom::Open(const Av1SequenceHeader& s, const Av1FrameHeader& f) {
  auto state = std::make_unique<State>();
  aom_codec_enc_cfg_t& g = state->config;
  if (aom_codec_enc_config_default(aom_codec_av1_cx(), &g, AOM_USAGE_REALTIME) != AOM_CODEC_OK) return nullptr;
  g.g_w = static_cast<unsigned>(s.width);
  g.g_h = static_cast<unsigned>(s.height);
  g.g_threads = 1;
  g.g_timebase = {1, 90000};
  g.g_lag_in_frames = 0;
  g.kf_mode = AOM_KF_DISABLED;
  g.rc_end_usage = AOM_CBR;
  g.rc_dropframe_thresh = 0;
  g.rc_buf_sz = 1000;
  g.rc_buf_initial_sz = 500;
  g.rc_buf_optimal_sz = 600;
  g.rc_undershoot_pct = g.rc_overshoot_pct = 50;
  if (aom_codec_enc_init(&state->codec, aom_codec_av1_cx(), &g, 0) != AOM_CODEC_OK) return nullptr;
  state->open = true;
  const bool large = s.Of("use_128x128_superblock") != 0;
  auto tool = [&s](const char* name) { return s.Of(name) != 0 ? 1 : 0; };
  aom_codec_ctx_t* c = &state->codec;
  bool ok = true;
  auto set = [&ok](aom_codec_err_t result) { ok = ok && result == AOM_CODEC_OK; };
  set(aom_codec_control(c, AOME_SET_CPUUSED, kSpeed));
  set(aom_codec_control(c, AV1E_SET_SUPERBLOCK_SIZE, large ? AOM_SUPERBLOCK_SIZE_128X128 : AOM_SUPERBLOCK_SIZE_64X64));
  set(aom_codec_control(c, AV1E_SET_ENABLE_FILTER_INTRA, tool("enable_filter_intra")));
  set(aom_codec_control(c, AV1E_SET_ENABLE_INTRA_EDGE_FILTER, tool("enable_intra_edge_filter")));
  set(aom_codec_control(c, AV1E_SET_ENABLE_INTERINTRA_COMP, tool("enable_interintra_compound")));
  set(aom_codec_control(c, AV1E_SET_ENABLE_MASKED_COMP, tool("enable_masked_compound")));
  set(aom_codec_control(c, AV1E_SET_ENABLE_WARPED_MOTION, tool("enable_warped_motion")));
  set(aom_codec_control(c, AV1E_SET_ENABLE_DUAL_FILTER, tool("enable_dual_filter")));
  set(aom_codec_control(c, AV1E_SET_ENABLE_ORDER_HINT, tool("enable_order_hint")));
  set(aom_codec_control(c, AV1E_SET_ENABLE_DIST_WTD_COMP, tool("enable_jnt_comp")));
  set(aom_codec_control(c, AV1E_SET_ENABLE_REF_FRAME_MVS, tool("enable_ref_frame_mvs")));
  set(aom_codec_control(c, AV1E_SET_ENABLE_SUPERRES, tool("enable_superres")));
  set(aom_codec_control(c, AV1E_SET_ENABLE_CDEF, tool("enable_cdef")));
  set(aom_codec_control(c, AV1E_SET_ENABLE_RESTORATION, tool("enable_restoration")));
  set(aom_codec_control(c, AV1E_SET_REDUCED_TX_TYPE_SET, static_cast<int>(f.Of("reduced_tx_set"))));
  set(aom_codec_control(c, AV1E_SET_TILE_COLUMNS, f.tile_columns_log2));
  set(aom_codec_control(c, AV1E_SET_TILE_ROWS, f.tile_rows_log2));
  set(aom_codec_control(c, AV1E_SET_CDF_UPDATE_MODE, 1));
  // What no application of these doubles asks for.
  set(aom_codec_control(c, AV1E_SET_ENABLE_PALETTE, 0));
  set(aom_codec_control(c, AV1E_SET_ENABLE_INTRABC, 0));
  set(aom_codec_control(c, AV1E_SET_ENABLE_GLOBAL_MOTION, 0));
  set(aom_codec_control(c, AV1E_SET_ENABLE_OBMC, 0));
  set(aom_codec_control(c, AV1E_SET_ENABLE_TPL_MODEL, 0));
  set(aom_codec_control(c, AV1E_SET_ENABLE_QM, 0));
  set(aom_codec_control(c, AV1E_SET_AQ_MODE, 0));
  set(aom_codec_control(c, AV1E_SET_DELTAQ_MODE, 0));
  if (!ok || aom_img_alloc(&state->image, AOM_IMG_FMT_I420, g.g_w, g.g_h, 16) == nullptr) return nullptr;
  return std::unique_ptr<Aom>(new Aom(std::move(state)));
}

bool Aom::Configure(const AomOrder& o) {
  aom_codec_enc_cfg_t& g = state_->config;
  g.rc_min_quantizer = 1;
  g.rc_max_quantizer = AomQuantiser(o.most_quantiser);
  g.rc_target_bitrate = static_cast<unsigned>(std::max(o.bitrate / 1000, 1.0));
  // It begins with the coarsest, and takes its time to find that there are bits in plenty.
  const double bits_per_pixel = o.bitrate / std::max(o.framerate, 1.0) / g.g_w / g.g_h;
  if (bits_per_pixel > 2) g.rc_max_quantizer = std::min(g.rc_max_quantizer, 30u);
  if (o.quantiser >= 0) {
    g.rc_min_quantizer = g.rc_max_quantizer = AomQuantiser(o.quantiser);
    g.rc_target_bitrate = 100'000;
  }
  return aom_codec_enc_config_set(&state_->codec, &g) == AOM_CODEC_OK;
}

// It keeps a picture only in buffers that are named as references, a key picture's too.
const char* Aom::NameReferences(const AomOrder& o) {
  aom_svc_ref_frame_config_t references{};
  references.reference[0] = o.key ? 0 : 1;
  std::fill(std::begin(references.ref_idx), std::end(references.ref_idx), o.buffer);
  size_t named = 1;
  for (int i = 0; i < 8; ++i) {
    references.refresh[i] = o.key || (o.refresh >> i & 1) != 0;
    if (!references.refresh[i] || i == o.buffer) continue;
    if (named < std::size(references.ref_idx)) {
      references.ref_idx[named++] = i;
    } else if (!o.key) {
      return "libaom does not keep as many";
    }
  }
  const bool ok = aom_codec_control(&state_->codec, AV1E_SET_SVC_REF_FRAME_CONFIG, &references) == AOM_CODEC_OK;
  return ok ? nullptr : "libaom does not take these references";
}

std::string Aom::Encode(const uint8_t* luma, const uint8_t* chroma, int pitch, const AomOrder& o, AomFrame& frame) {
  State& s = *state_;
  if (!Configure(o)) return "libaom does not take these rates";
  aom_image_t& image = s.image;
  for (unsigned y = 0; y < image.d_h; ++y) {
    const uint8_t* row = luma + static_cast<ptrdiff_t>(y) * pitch;
    std::copy(row, row + image.d_w, image.planes[0] + static_cast<ptrdiff_t>(y) * image.stride[0]);
  }
  for (unsigned y = 0; y < (image.d_h + 1) / 2; ++y) {
    const uint8_t* row = chroma + static_cast<ptrdiff_t>(y) * pitch;
    for (unsigned x = 0; x < (image.d_w + 1) / 2; ++x) {
      image.planes[1][static_cast<ptrdiff_t>(y) * image.stride[1] + x] = row[2 * x];
      image.planes[2][static_cast<ptrdiff_t>(y) * image.stride[2] + x] = row[2 * x + 1];
    }
  }
  if (const char* why = NameReferences(o)) return why;
  const auto duration = static_cast<unsigned long>(std::lround(90000 / (o.framerate > 0 ? o.framerate : 30)));
  if (aom_codec_encode(&s.codec, &image, s.time, duration, o.key ? AOM_EFLAG_FORCE_KF : 0) != AOM_CODEC_OK) {
    return aom_codec_error(&s.codec);
  }
  s.time += static_cast<aom_codec_pts_t>(duration);
  Bytes stream;
  aom_codec_iter_t at = nullptr;
  while (const aom_codec_cx_pkt_t* p = aom_codec_get_cx_data(&s.codec, &at)) {
    if (p->kind != AOM_CODEC_CX_FRAME_PKT) continue;
    const auto* bytes = static_cast<const uint8_t*>(p->data.frame.buf);
    stream.insert(stream.end(), bytes, bytes + p->data.frame.sz);
  }
  std::vector<ObuUnit> units;
  if (!SplitObus(stream, units)) return "libaom makes what is no stream";
  int frames = 0;
  for (const ObuUnit& u : units) {
    if (u.type == static_cast<int>(Obu::kSequenceHeader)) s.sequence = ReadSequenceHeader(u.payload);
    if (u.type != static_cast<int>(Obu::kFrame)) continue;
    ++frames;
    frame.header = ReadFrameHeader(u.payload, s.sequence);
    const size_t header = (frame.header.bits() + 7) / 8;
    if (header >= u.payload.size()) return "libaom makes a frame without tiles";
    frame.tiles.assign(u.payload.begin() + static_cast<ptrdiff_t>(header), u.payload.end());
  }
  frame.sequence = s.sequence;
  if (frames != 1) return "libaom makes no frame, or several";
  if (!s.sequence.error.empty() || !frame.header.error.empty()) {
    return "libaom's headers: " + s.sequence.error + frame.header.error;
  }
  if (frame.header.key != o.key) return "libaom makes a key frame of its own";
  return "";
}

}  // namespace doubles
