// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A VA driver in software, for tests, that refuses what a strict driver refuses. Of
// H.264 it encodes nothing but writes streams that decode to exactly the pictures it is
// given; the other codecs' libraries encode for it, held to what the application says of
// each picture. Nothing that it reports says anything about hardware.
//
// Environment:
//   NATIVERTC_VA_DOUBLE_PERSONA  which driver it behaves like: see Persona
//   NATIVERTC_VA_DOUBLE_LOG      a file to which it appends what it was told
//   NATIVERTC_VA_DOUBLE_FAULT    a file whose words are the faults to make, read
//                                whenever one could happen: init, config, context,
//                                limit (two contexts), import, scale, read (a hang), and "end@N", "hang@N", "overflow@N", "garbage@N" for
//                                the N-th picture of the process, counted from 0;
//                                "@N+" for all from then on

#ifndef NRTC_TESTS_DOUBLES_VA_DRIVER_H_
#define NRTC_TESTS_DOUBLES_VA_DRIVER_H_

#include <va/va.h>
#include <va/va_backend.h>
#include <va/va_drmcommon.h>
#include <va/va_enc_h264.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "../h264/bits.h"

namespace doubles {

// Which headers of the application a driver takes, and what else differs.
struct Persona {
  std::vector<VAProfile> profiles;
  uint32_t packed = 0;
  uint32_t rate_control = VA_RC_CQP | VA_RC_CBR | VA_RC_VBR;
  bool derive = true;
  bool encode = true;
  bool low_power_only = false;
  bool sync2 = true;
  int max_size = 4096;
  int max_contexts = 0;  // 0: any number
  bool import = true;    // makes surfaces of dmabufs
  bool scale = true;     // and of other surfaces
  bool tiles = true;     // knows kTiled
  uint32_t pitch_alignment = 64;
  bool tells_hevc = true;      // what H.265 may consist of
  bool parameter_sets = true;   // of H.264 and H.265 are in the stream
  bool two_lists_only = false;  // of H.265: no P pictures
  bool insists = false;         // on a tool of H.265 that hardly anybody uses
  // Of AV1: the tools that must be used, as VAConfigAttribEncAV1 has them, the transforms
  // that may be, and how many bytes sizes have.
  uint32_t av1_required = 0;
  uint32_t av1_transforms = 6;
  int av1_obu_size_bytes = 4;
  int av1_tile_size_bytes = 4;
};

// Memory of the application, of which the driver keeps descriptors of its own.
struct Imported {
  struct Plane {
    int fd = -1;
    uint8_t* bytes = nullptr;
    size_t size = 0;
    size_t offset = 0;
    size_t pitch = 0;
  };
  uint32_t fourcc = 0;
  uint64_t modifier = 0;
  Plane planes[2];

  Imported() = default;
  Imported(const Imported&) = delete;
  ~Imported();
};

struct Surface {
  int width = 0;
  int height = 0;
  int pitch = 0;
  Bytes pixels;         // NV12 with padded rows
  Bytes reconstructed;  // as pixels, of the picture encoded into it
  bool is_reference = false;
  int frame_num = -1;
  int picture = -1;  // the number of the picture encoded into it, of codecs but H.264
  bool hangs = false;
  std::shared_ptr<const Imported> imported;  // its pixels, instead

  // The memory holds whole macroblocks, and rows behind the luma that nobody may read
  // for pixels.
  int coded_height() const { return (height + 15) / 16 * 16; }
  int rows() const { return coded_height() + 8; }
};

struct Buffer {
  VABufferType type{};
  Bytes data;
  VASurfaceID image_of = VA_INVALID_ID;  // its memory is that surface's
  VACodedBufferSegment segment{};
  Bytes coded;
  size_t coded_limit = 0;
  bool mapped = false;
};

struct Config {
  VAProfile profile{};
  bool scales = false;  // and does not encode
  uint32_t rate_control = 0;
  uint32_t packed = 0;
};

struct Context {
  VAConfigID config = 0;
  int width = 0;
  int height = 0;
  VASurfaceID target = VA_INVALID_ID;
  std::vector<VABufferID> rendered;
  // What holds until it is told anew.
  std::optional<VAEncSequenceParameterBufferH264> sequence;
  std::optional<VAEncMiscParameterRateControl> rate;
  std::optional<VAEncMiscParameterHRD> hrd;
  double framerate = 0;
  Bytes parameter_sets;  // of the application, if it may give them
  std::shared_ptr<void> encoder;  // of codecs but H.264, their own
};

struct Driver {
  std::recursive_mutex mutex;
  Persona persona;
  std::map<VAGenericID, Surface> surfaces;
  std::map<VAGenericID, Buffer> buffers;
  std::map<VAGenericID, Config> configs;
  std::map<VAGenericID, Context> contexts;
  std::map<VAGenericID, VABufferID> images;
  VAGenericID next = 1;
  std::string vendor;
};

inline Driver& Of(VADriverContextP ctx) {
  return *static_cast<Driver*>(ctx->pDriverData);
}

void Log(const char* format, ...) __attribute__((format(printf, 1, 2)));
// Whether the fault is to happen; number is that of the picture or -1.
bool Fault(const char* name, int number = -1);
std::string Format(const char* format, ...) __attribute__((format(printf, 1, 2)));
VAStatus RefuseWith(const char* why);
void TakeMisc(Context& c, const Buffer& b);
// The headers of the application that come with a picture.
struct Packed {
  Bytes slice_header;  // unescaped, behind the start code
  size_t slice_bits = 0;
  Bytes other_units;  // to be put before the slice
  const VAEncPackedHeaderParameterBuffer* announced = nullptr;
};
// Takes what announces a header, or a header; nullptr, or what is wrong with it.
const char* TakePacked(Context& c, const Config& config, const Buffer& b, Packed& packed);
// What is wrong with the rate control that the application asks for; nullptr if nothing.
const char* CheckRates(const Context& c, const Config& config);
// The bitrate that it asks for.
double BitrateOf(const Context& c);

// What an encoder made of a picture.
struct Made {
  VABufferID coded = VA_INVALID_ID;
  Bytes stream;
  std::string log;
};
VAStatus EncodeH264(Driver& d, Context& c, int number, Made& made);
VAStatus EncodeHevc(Driver& d, Context& c, int number, Made& made);
VAStatus EncodeVp8(Driver& d, Context& c, int number, Made& made);
VAStatus EncodeVp9(Driver& d, Context& c, int number, Made& made);
VAStatus EncodeAv1(Driver& d, Context& c, int number, Made& made);

// Has a driver demand more of AV1 than the least.
void DemandOfAv1(Persona& p);
// VAConfigAttribEncAV1 and its extensions.
uint32_t Av1Attribute(const Persona& p, VAConfigAttribType type);

// Encodes the picture that was rendered into the context.
VAStatus EncodePicture(Driver& d, Context& c);
// Fills the target with what was rendered into the context.
VAStatus ScalePicture(Driver& d, Context& c);
// What a driver tells of H.265; VA_ATTRIB_NOT_SUPPORTED for what it does not.
uint32_t HevcAttribute(const Persona& p, VAConfigAttribType type);
// A surface in the driver's memory.
Surface OwnSurface(int width, int height);
// Makes a surface of what the attributes describe.
VAStatus ImportSurface(Driver& d, unsigned format, int width, int height, const VADRMPRIMESurfaceDescriptor* what,
                       Surface& s);
VAStatus GetImage(VADriverContextP ctx, VASurfaceID id, int x, int y, unsigned width, unsigned height, VAImageID image);
// Writes the pixels of a surface as rows, which are repeated beyond its edges.
void ReadPixels(const Surface& s, uint8_t* luma, uint8_t* chroma, size_t pitch, int width, int height);

}  // namespace doubles

#endif  // NRTC_TESTS_DOUBLES_VA_DRIVER_H_
