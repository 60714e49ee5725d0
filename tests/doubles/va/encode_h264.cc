// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include <algorithm>
#include <cstring>

#include "driver.h"
#include "parameters.h"
#include "../h264/slice_data.h"

namespace doubles {
namespace {

// The slice header as the stream says, read with the widths of the sequence.
struct Header {
  int nal_ref_idc = 0;
  bool idr = false;
  bool intra = false;
  uint32_t frame_num = 0;
  uint32_t idr_pic_id = 0;
  uint32_t poc_lsb = 0;
  uint32_t reorder = 0;
  int qp = 0;
  size_t bits = 0;  // its length behind the NAL header
};

// One picture as its parameter buffers say.
using Job = Parameters<VAEncSequenceParameterBufferH264, VAEncPictureParameterBufferH264, VAEncSliceParameterBufferH264>;

bool ReadHeader(const Job& j, Header& h) {
  const auto& s = j.sequence->seq_fields.bits;
  const auto& p = j.picture->pic_fields.bits;
  h.nal_ref_idc = j.packed.slice_header[0] >> 5;
  int type = j.packed.slice_header[0] & 31;
  h.idr = type == 5;
  if (type != 5 && type != 1) return false;
  Bytes rest(j.packed.slice_header.begin() + 1, j.packed.slice_header.end());
  BitReader r(rest, j.packed.slice_bits - 8);
  if (r.Ue() != 0) return false;  // first_mb_in_slice
  uint32_t slice_type = r.Ue() % 5;
  h.intra = slice_type == 2;
  if (slice_type != 2 && slice_type != 0) return false;
  if (r.Ue() != j.picture->pic_parameter_set_id) return false;
  h.frame_num = r.U(static_cast<int>(s.log2_max_frame_num_minus4) + 4);
  if (h.idr) h.idr_pic_id = r.Ue();
  if (s.pic_order_cnt_type == 0) h.poc_lsb = r.U(static_cast<int>(s.log2_max_pic_order_cnt_lsb_minus4) + 4);
  if (!h.intra) {
    if (r.U(1)) r.Ue();
    if (r.U(1)) {
      for (uint32_t op; (op = r.Ue()) != 3 && r.ok();) {
        if (op != 0) return false;
        h.reorder = r.Ue() + 1;
      }
    }
  }
  if (h.nal_ref_idc != 0 && h.idr) r.U(2);
  if (h.nal_ref_idc != 0 && !h.idr && r.U(1)) {
    // Marking by hand: which of the pictures are references is in the parameters too.
    static constexpr int kOperands[] = {0, 1, 1, 2, 1, 0, 1};
    for (uint32_t op; (op = r.Ue()) != 0 && r.ok();) {
      if (op > 6) return false;
      for (int i = 0; i < kOperands[op]; ++i) r.Ue();
    }
  }
  if (p.entropy_coding_mode_flag && !h.intra && r.Ue() != 0) return false;
  h.qp = j.picture->pic_init_qp + r.Se();
  if (p.deblocking_filter_control_present_flag && r.Ue() != 1) {
    r.Se();
    r.Se();
  }
  h.bits = r.at();
  // The ones that align CABAC's data may be there.
  while (p.entropy_coding_mode_flag && r.at() % 8 != 0 && r.at() < j.packed.slice_bits - 8) {
    if (r.U(1) == 0) return false;
  }
  return r.ok() && r.at() == j.packed.slice_bits - 8;
}

// A driver that takes no slice headers writes its own.
BitSink WriteHeader(const Job& j, Header& h) {
  const auto& s = j.sequence->seq_fields.bits;
  const auto& p = j.picture->pic_fields.bits;
  BitSink w;
  h.idr = p.idr_pic_flag;
  h.intra = j.slice->slice_type % 5 == 2;
  h.nal_ref_idc = p.reference_pic_flag ? 1 : 0;
  h.qp = j.picture->pic_init_qp + j.slice->slice_qp_delta;
  w.Ue(0);
  w.Ue(h.intra ? 7 : 5);
  w.Ue(0);
  w.U(j.picture->frame_num, static_cast<int>(s.log2_max_frame_num_minus4) + 4);
  if (h.idr) w.Ue(j.slice->idr_pic_id);
  w.U(j.slice->pic_order_cnt_lsb, static_cast<int>(s.log2_max_pic_order_cnt_lsb_minus4) + 4);
  if (!h.intra) w.U(0, 2);
  if (h.nal_ref_idc) w.U(0, h.idr ? 2 : 1);
  if (p.entropy_coding_mode_flag && !h.intra) w.Ue(0);
  w.Se(j.slice->slice_qp_delta);
  if (p.deblocking_filter_control_present_flag) {
    w.Ue(0);
    w.Se(0);
    w.Se(0);
  }
  return w;
}

Bytes WriteParameterSets(const Job& j, VAProfile profile) {
  const auto& s = *j.sequence;
  const auto& p = j.picture->pic_fields.bits;
  bool high = profile == VAProfileH264High;
  BitSink w;
  w.U(high ? 100 : profile == VAProfileH264Main ? 77 : 66, 8);
  w.U(high ? 0 : profile == VAProfileH264Main ? 0x40 : 0xc0, 8);
  w.U(s.level_idc, 8);
  w.Ue(0);
  if (high) {
    w.Ue(1);
    w.Ue(0);
    w.Ue(0);
    w.U(0, 2);
  }
  w.Ue(s.seq_fields.bits.log2_max_frame_num_minus4);
  w.Ue(0);
  w.Ue(s.seq_fields.bits.log2_max_pic_order_cnt_lsb_minus4);
  w.Ue(s.max_num_ref_frames);
  w.U(0, 1);
  w.Ue(s.picture_width_in_mbs - 1u);
  w.Ue(s.picture_height_in_mbs - 1u);
  w.U(3, 2);
  w.U(s.frame_cropping_flag, 1);
  if (s.frame_cropping_flag) {
    w.Ue(s.frame_crop_left_offset);
    w.Ue(s.frame_crop_right_offset);
    w.Ue(s.frame_crop_top_offset);
    w.Ue(s.frame_crop_bottom_offset);
  }
  w.U(0, 1);
  w.Bit(1);
  w.Align();
  Bytes out;
  AppendNal(out, 0x67, w.bytes());
  BitSink q;
  q.Ue(0);
  q.Ue(0);
  q.U(p.entropy_coding_mode_flag, 1);
  q.U(0, 1);
  q.Ue(0);
  q.Ue(0);
  q.Ue(0);
  q.U(0, 3);
  q.Se(j.picture->pic_init_qp - 26);
  q.Se(0);
  q.Se(0);
  q.U(p.deblocking_filter_control_present_flag, 1);
  q.U(0, 2);
  if (p.transform_8x8_mode_flag) {
    q.U(2, 2);
    q.Se(0);
  }
  q.Bit(1);
  q.Align();
  AppendNal(out, 0x68, q.bytes());
  return out;
}

// Compares what the application says in several places.
const char* CheckJob(Driver& d, Context& c, const Job& j, const Header& h) {
  const auto& p = *j.picture;
  const auto& f = p.pic_fields.bits;
  int columns = j.sequence->picture_width_in_mbs;
  int rows = j.sequence->picture_height_in_mbs;
  const Surface& target = d.surfaces.at(c.target);
  if (columns * 16 != c.width || rows * 16 != c.height) return "a sequence of another size than the context";
  if (target.pitch < c.width || target.coded_height() < c.height) return "a surface that is too small";
  if (j.slice->num_macroblocks != static_cast<uint32_t>(columns * rows)) return "a slice that is not the picture";
  if (!d.surfaces.count(p.CurrPic.picture_id)) return "no surface to reconstruct in";
  if (p.CurrPic.picture_id == c.target) return "reconstruction over the source";
  if (static_cast<bool>(f.idr_pic_flag) != h.idr || h.idr != h.intra) return "IDR here and not there";
  if (static_cast<bool>(f.reference_pic_flag) != (h.nal_ref_idc != 0)) return "a reference here and not there";
  if (p.CurrPic.frame_idx != p.frame_num) return "frame_num differs";
  if (!j.packed.slice_header.empty()) {
    if (h.frame_num != p.frame_num) return "frame_num of the slice header differs";
    if (h.poc_lsb != j.slice->pic_order_cnt_lsb) return "picture order count of the slice header differs";
    if (h.idr && h.idr_pic_id != j.slice->idr_pic_id) return "idr_pic_id of the slice header differs";
    if (h.qp != p.pic_init_qp + j.slice->slice_qp_delta) return "the quantiser of the slice header differs";
  }
  if (h.qp < 0 || h.qp > 51) return "the quantiser is out of range";
  if (h.intra) return nullptr;
  const VAPictureH264& r = j.slice->RefPicList0[0];
  bool listed = false;
  unsigned kept = 0;
  for (const auto& k : p.ReferenceFrames) {
    if (k.picture_id == VA_INVALID_ID) continue;
    ++kept;
    listed = listed || k.picture_id == r.picture_id;
    if (k.picture_id == p.CurrPic.picture_id) return "reconstruction over a reference";
  }
  if (kept > j.sequence->max_num_ref_frames) return "more references than the sequence allows";
  if (!listed || !d.surfaces.count(r.picture_id)) return "a reference that is not kept";
  const Surface& reference = d.surfaces[r.picture_id];
  if (!reference.is_reference) return "a reference that was not encoded as one";
  if (reference.frame_num != static_cast<int>(r.frame_idx)) return "a reference under another frame_num";
  return nullptr;
}

// The 384 samples of a macroblock of NV12.
Bytes Samples(const Surface& s, const Bytes& pixels, int columns, int index) {
  Bytes out(384);
  int x = index % columns * 16;
  int y = index / columns * 16;
  for (int row = 0; row < 16; ++row) std::memcpy(&out[static_cast<size_t>(row * 16)], &pixels[static_cast<size_t>((y + row) * s.pitch + x)], 16);
  size_t chroma = static_cast<size_t>(s.pitch * s.rows());
  for (int row = 0; row < 8; ++row) {
    for (int i = 0; i < 8; ++i) {
      size_t at = chroma + static_cast<size_t>((y / 2 + row) * s.pitch + x + 2 * i);
      out[static_cast<size_t>(256 + row * 8 + i)] = pixels[at];
      out[static_cast<size_t>(320 + row * 8 + i)] = pixels[at + 1];
    }
  }
  return out;
}

}  // namespace

VAStatus EncodeH264(Driver& d, Context& c, int, Made& made) {
  Job j;
  Header h;
  if (const char* why = Collect(d, c, c.sequence, j)) return RefuseWith(why);
  const Config& config = d.configs.at(c.config);
  BitSink w;
  if (!j.packed.slice_header.empty()) {
    if (!ReadHeader(j, h)) return RefuseWith("a slice header that does not parse");
    Bytes rest(j.packed.slice_header.begin() + 1, j.packed.slice_header.end());
    BitReader r(rest, h.bits);
    for (size_t i = 0; i < h.bits; ++i) w.Bit(r.U(1));
  } else {
    w = WriteHeader(j, h);
  }
  if (const char* why = CheckJob(d, c, j, h)) return RefuseWith(why);

  const Surface& source = d.surfaces[c.target];
  Surface& target = d.surfaces[j.picture->CurrPic.picture_id];
  int columns = j.sequence->picture_width_in_mbs;
  int rows = j.sequence->picture_height_in_mbs;
  SliceData data;
  data.intra = h.intra;
  data.cabac = j.picture->pic_fields.bits.entropy_coding_mode_flag;
  data.qp = h.qp;
  data.columns = columns;
  data.rows = rows;
  data.samples = [&](int i) { return Samples(source, source.pixels, columns, i); };
  if (!h.intra) {
    const Surface& reference = d.surfaces[j.slice->RefPicList0[0].picture_id];
    for (int i = 0; i < columns * rows; ++i) {
      // Above that quantiser the deblocking filter would touch the edges of what is skipped.
      data.skip.push_back(h.qp <= 30 && data.samples(i) == Samples(reference, reference.reconstructed, columns, i));
    }
  }
  AppendSliceData(w, data);

  made.coded = j.picture->coded_buf;
  if (h.idr && d.persona.parameter_sets) made.stream = c.parameter_sets.empty() ? WriteParameterSets(j, config.profile) : c.parameter_sets;
  made.stream.insert(made.stream.end(), j.packed.other_units.begin(), j.packed.other_units.end());
  AppendNal(made.stream, static_cast<uint8_t>(h.nal_ref_idc << 5 | (h.idr ? 5 : 1)), w.bytes());

  target.reconstructed = source.pixels;
  target.is_reference = h.nal_ref_idc != 0;
  target.frame_num = j.picture->frame_num;
  made.log = Format("idr=%d ref=%d frame_num=%d reorder=%u qp=%d level=%d crop=%u,%u", h.idr, h.nal_ref_idc,
                    j.picture->frame_num, h.reorder, h.qp, j.sequence->level_idc, j.sequence->frame_crop_right_offset,
                    j.sequence->frame_crop_bottom_offset);
  return VA_STATUS_SUCCESS;
}

}  // namespace doubles
