// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What the buffers of a picture of H.264 and H.265 say, whose interfaces are of one kind.

#ifndef NRTC_TESTS_DOUBLES_VA_PARAMETERS_H_
#define NRTC_TESTS_DOUBLES_VA_PARAMETERS_H_

#include "driver.h"

namespace doubles {

template <typename Sequence, typename Picture, typename Slice>
struct Parameters {
  const Sequence* sequence = nullptr;
  const Picture* picture = nullptr;
  const Slice* slice = nullptr;
  Packed packed;
  bool new_sequence = false;
};

// The structure in a buffer; nullptr if that has another size.
template <typename T>
const T* Contents(const Buffer& b) {
  return b.data.size() == sizeof(T) ? reinterpret_cast<const T*>(b.data.data()) : nullptr;
}

// Reads what was rendered into the context; nullptr if it makes a picture, else what is
// wrong. A sequence holds until there is another: that is what `sequence` keeps.
template <typename Sequence, typename Picture, typename Slice>
const char* Collect(Driver& d, Context& c, std::optional<Sequence>& sequence, Parameters<Sequence, Picture, Slice>& p) {
  const Config& config = d.configs.at(c.config);
  for (VABufferID id : c.rendered) {
    auto found = d.buffers.find(id);
    if (found == d.buffers.end()) return "a buffer was destroyed before vaEndPicture";
    const Buffer& b = found->second;
    switch (b.type) {
      case VAEncSequenceParameterBufferType:
        if (!Contents<Sequence>(b)) return "a sequence of another codec";
        sequence = *Contents<Sequence>(b);
        p.new_sequence = true;
        break;
      case VAEncPictureParameterBufferType:
        p.picture = Contents<Picture>(b);
        if (!p.picture) return "a picture of another codec";
        break;
      case VAEncSliceParameterBufferType:
        if (p.slice) return "two slices";
        p.slice = Contents<Slice>(b);
        if (!p.slice) return "a slice of another codec";
        break;
      case VAEncMiscParameterBufferType:
        TakeMisc(c, b);
        break;
      case VAEncPackedHeaderParameterBufferType:
      case VAEncPackedHeaderDataBufferType:
        if (const char* why = TakePacked(c, config, b, p.packed)) return why;
        break;
      default:
        return "a buffer of another type";
    }
  }
  if (!sequence || !p.picture || !p.slice) return "no sequence, picture or slice parameters";
  p.sequence = &*sequence;
  auto coded = d.buffers.find(p.picture->coded_buf);
  if (coded == d.buffers.end() || coded->second.type != VAEncCodedBufferType) return "no coded buffer";
  if ((config.packed & VA_ENC_PACKED_HEADER_SEQUENCE) && c.parameter_sets.empty()) return "no parameter sets";
  if ((config.packed & VA_ENC_PACKED_HEADER_SLICE) && p.packed.slice_header.empty()) return "no slice header";
  return CheckRates(c, config);
}

}  // namespace doubles

#endif  // NRTC_TESTS_DOUBLES_VA_PARAMETERS_H_
