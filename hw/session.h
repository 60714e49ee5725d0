// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// One encoder of a device: what every backend implements, in terms that know
// nothing of libwebrtc.

#ifndef NRTC_HW_SESSION_H_
#define NRTC_HW_SESSION_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nrtc::hw {

enum class Codec { kH264, kVp8, kVp9, kHevc, kAv1 };

// What a codec's streams are like: a profile, for the codecs that have several.
enum class Profile { kH264ConstrainedBaseline, kH264Main, kH264High, kVp8, kVp9Profile0, kHevcMain, kAv1Main };

// All of them, in the order in which they are offered.
inline constexpr Profile kProfiles[] = {Profile::kH264ConstrainedBaseline, Profile::kH264Main, Profile::kH264High,
                                        Profile::kVp8, Profile::kVp9Profile0, Profile::kHevcMain, Profile::kAv1Main};

enum class RateMode { kVbr, kCbr, kCqp };

Codec CodecOf(Profile profile);
// The quantiser of a codec's streams that is the coarsest.
int MaxQuantiser(Codec codec);
const char* Name(Codec codec);  // as in SDP
const char* Name(Profile profile);
const char* Name(RateMode mode);

// What went wrong, in words; empty if nothing did.
class Status {
 public:
  Status() = default;
  explicit Status(std::string message) : message_(std::move(message)) {}
  // The picture alone is at fault: what was asked to encode it can go on.
  static Status OfPicture(std::string message) {
    Status s(std::move(message));
    s.of_picture_ = true;
    return s;
  }
  bool ok() const { return message_.empty(); }
  bool of_picture() const { return of_picture_; }
  const std::string& message() const { return message_; }

 private:
  std::string message_;
  bool of_picture_ = false;
};

struct Rates {
  uint32_t bitrate_bps = 300000;
  double framerate = 30;
  bool operator==(const Rates&) const = default;
};

struct StreamConfig {
  Profile profile = Profile::kH264ConstrainedBaseline;
  int width = 0;
  int height = 0;
  Rates rates;
  uint32_t max_bitrate_bps = 0;  // the level must allow it; 0: no more than rates
  int temporal_layers = 1;       // 1 to 3
  bool screen = false;           // text and lines rather than nature
  int max_qp = 51;             // in the codec's own scale
  bool require_hardware = false;  // of an interface that has encoders in software too, none of those
  void* cuda_context = nullptr;  // in which the memory of pictures is; nullptr: in none, or the primary one
  bool trial = false;             // only to see whether it opens: the limit of sessions does not count
};

enum class PixelFormat { kI420, kNV12 };

struct Rect {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};

struct NativePicture;  // native_picture.h

// A picture to encode: in this process's memory, or that part of one in the memory
// of a device, scaled to the size.
struct Input {
  PixelFormat format = PixelFormat::kI420;
  int width = 0;
  int height = 0;
  const uint8_t* data[3] = {};
  int stride[3] = {};
  const NativePicture* native = nullptr;
  Rect part;
  // Keeps all that valid, also beyond a call that was given up.
  std::shared_ptr<const void> owner;
};

struct Output {
  // Annex B of H.264 and H.265, a frame of VP8 and VP9, a temporal unit of AV1; empty if
  // the picture was left out to keep to the bitrate.
  std::vector<uint8_t> data;
  bool key = false;
  int temporal_index = 0;
  bool layer_sync = false;
  // How many pictures back those are that it was predicted from, where the codec's packets
  // tell of it.
  std::vector<int> distances;
  // The stream's buffers, where the packets tell of those: the one that it was predicted from, or
  // -1, and bits of the ones that hold it afterwards.
  int used_buffer = -1;
  uint32_t kept_buffers = 0;
  int qp = -1;  // -1: as the stream says
};

// A kind of picture in the memory of a device that a session takes without a copy.
struct NativeFormat {
  std::string memory;   // "dmabuf" or "cuda"
  std::string format;   // "NV12" ...
  bool scales = false;  // and parts of it, in any size; else only as it is
  bool operator==(const NativeFormat&) const = default;
};

// What a session turned out to be.
struct SessionInfo {
  std::string implementation;  // "VAAPI", say, and the driver's name
  int temporal_layers = 1;     // as many as it does, no more than asked for
  RateMode rate_mode = RateMode::kVbr;
  bool hardware = true;  // what encodes
  std::vector<NativeFormat> native_formats;
  int cuda_device = -1;  // whose memory it takes; -1: none
  void* cuda_context = nullptr;
};

// Used by one thread at a time. Ends with its destructor.
class Session {
 public:
  virtual ~Session() = default;
  virtual const SessionInfo& info() const = 0;
  // Encodes a picture and waits for the result. The rates hold from this picture
  // on. After an error that is not the picture's the session is good for nothing.
  virtual Status Encode(const Input& input, bool key, const Rates& rates, Output& output) = 0;
};

// Opens a session, or returns nullptr and says why.
using SessionOpener = std::function<std::unique_ptr<Session>(const StreamConfig&, Status&)>;

}  // namespace nrtc::hw

#endif  // NRTC_HW_SESSION_H_
