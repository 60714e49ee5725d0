// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include <algorithm>
#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <utility>

#include "driver.h"

namespace doubles {
namespace {

std::atomic<int> pictures{0};

VAStatus Encode(Driver& d, Context& c, int number, Made& made) {
  switch (d.configs.at(c.config).profile) {
    case VAProfileHEVCMain:
      return EncodeHevc(d, c, number, made);
    case VAProfileVP8Version0_3:
      return EncodeVp8(d, c, number, made);
    case VAProfileVP9Profile0:
      return EncodeVp9(d, c, number, made);
    case VAProfileAV1Profile0:
      return EncodeAv1(d, c, number, made);
    default:
      return EncodeH264(d, c, number, made);
  }
}

}  // namespace

std::string Format(const char* format, ...) {
  char text[512];
  va_list args;
  va_start(args, format);
  std::vsnprintf(text, sizeof text, format, args);
  va_end(args);
  return text;
}

VAStatus RefuseWith(const char* why) {
  Log("refused: %s", why);
  return VA_STATUS_ERROR_INVALID_PARAMETER;
}

void TakeMisc(Context& c, const Buffer& b) {
  const auto* misc = reinterpret_cast<const VAEncMiscParameterBuffer*>(b.data.data());
  if (misc->type == VAEncMiscParameterTypeRateControl) {
    c.rate = *reinterpret_cast<const VAEncMiscParameterRateControl*>(misc->data);
  } else if (misc->type == VAEncMiscParameterTypeHRD) {
    c.hrd = *reinterpret_cast<const VAEncMiscParameterHRD*>(misc->data);
  } else if (misc->type == VAEncMiscParameterTypeFrameRate) {
    uint32_t f = reinterpret_cast<const VAEncMiscParameterFrameRate*>(misc->data)->framerate;
    c.framerate = (f >> 16) ? static_cast<double>(f & 0xffff) / (f >> 16) : f;
  }
}

const char* TakePacked(Context& c, const Config& config, const Buffer& b, Packed& packed) {
  if (b.type == VAEncPackedHeaderParameterBufferType) {
    packed.announced = reinterpret_cast<const VAEncPackedHeaderParameterBuffer*>(b.data.data());
    return nullptr;
  }
  const VAEncPackedHeaderParameterBuffer* a = std::exchange(packed.announced, nullptr);
  if (!a) return "a packed header without parameters";
  if (b.data.size() != (a->bit_length + 7) / 8) return "a packed header of another length";
  if (a->type == VAEncPackedHeaderSequence) {
    if (!(config.packed & VA_ENC_PACKED_HEADER_SEQUENCE)) return "a sequence header that was not agreed on";
    c.parameter_sets = b.data;
  } else if (a->type == VAEncPackedHeaderSlice) {
    if (!(config.packed & VA_ENC_PACKED_HEADER_SLICE)) return "a slice header that was not agreed on";
    const size_t start = b.data.size() > 3 && b.data[2] == 1 ? 3 : 4;
    if (b.data.size() < 6 || b.data[start - 1] != 1) return "a slice header without a start code";
    packed.slice_bits = a->bit_length - start * 8;
    if (a->has_emulation_bytes) {
      packed.slice_header = Unescape(b.data.data() + start, packed.slice_bits);
    } else {
      packed.slice_header.assign(b.data.begin() + static_cast<long>(start), b.data.end());
    }
  } else if (a->type == VAEncPackedHeaderRawData &&
             (config.packed & (VA_ENC_PACKED_HEADER_MISC | VA_ENC_PACKED_HEADER_RAW_DATA))) {
    if (a->bit_length % 8 != 0 || !a->has_emulation_bytes) return "units that end within a byte";
    packed.other_units.insert(packed.other_units.end(), b.data.begin(), b.data.end());
  } else {
    return "a packed header of a type that was not agreed on";
  }
  return nullptr;
}

const char* CheckRates(const Context& c, const Config& config) {
  if (config.rate_control == VA_RC_CQP) return nullptr;
  if (!c.rate || !c.hrd || c.framerate <= 0) return "no rate control parameters";
  if (c.rate->bits_per_second == 0) return "a bitrate of zero";
  return nullptr;
}

double BitrateOf(const Context& c) {
  const uint32_t percentage = c.rate->target_percentage;
  return static_cast<double>(c.rate->bits_per_second) * (percentage > 0 ? percentage : 100) / 100;
}

VAStatus EncodePicture(Driver& d, Context& c) {
  const int number = pictures++;
  if (Fault("end", number)) return VA_STATUS_ERROR_ENCODING_ERROR;
  // What is the application's memory is read as if it were a surface of the driver's.
  Surface& target = d.surfaces[c.target];
  const bool imported = target.imported != nullptr;
  Surface own;
  if (imported) {
    if (target.imported->fourcc != VA_FOURCC_NV12) return RefuseWith("a surface of 10 bits");
    if (target.coded_height() < c.height || (target.width + 15) / 16 * 16 < c.width) {
      return RefuseWith("a surface that is too small");
    }
    own = OwnSurface(c.width, c.height);
    ReadPixels(target, &own.pixels[0], &own.pixels[static_cast<size_t>(own.pitch * own.rows())],
               static_cast<size_t>(own.pitch), own.width, own.height);
    std::swap(target, own);
  }
  Made made;
  const VAStatus result = Encode(d, c, number, made);
  if (imported) std::swap(target, own);
  if (result != VA_STATUS_SUCCESS) return result;
  Buffer& coded = d.buffers[made.coded];
  coded.coded = std::move(made.stream);
  coded.segment = {};
  if (coded.coded.size() > coded.coded_limit || Fault("overflow", number)) {
    coded.segment.status |= VA_CODED_BUF_STATUS_SLICE_OVERFLOW_MASK;
    coded.coded.resize(std::min(coded.coded.size(), coded.coded_limit));
  }
  if (Fault("garbage", number)) std::fill(coded.coded.begin(), coded.coded.end(), 0xa5);
  d.surfaces[c.target].hangs = Fault("hang", number);
  Log("picture %d %s size=%zu bitrate=%u percentage=%u window=%u framerate=%g imported=%d", number, made.log.c_str(),
      coded.coded.size(), c.rate ? c.rate->bits_per_second : 0, c.rate ? c.rate->target_percentage : 0,
      c.rate ? c.rate->window_size : 0, c.framerate, imported);
  return VA_STATUS_SUCCESS;
}

}  // namespace doubles
