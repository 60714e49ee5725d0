// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What the encoders of all codecs have in common on VAAPI.

#ifndef NRTC_HW_VAAPI_SESSION_H_
#define NRTC_HW_VAAPI_SESSION_H_

#include "hw/vaapi_internal.h"

#if defined(NRTC_HW_VAAPI)

#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "hw/bit_writer.h"
#include "hw/qp_controller.h"
#include "hw/vaapi_input.h"

namespace nrtc::hw {

// The parameter buffers of one picture, destroyed with it.
class VaapiBuffers {
 public:
  VaapiBuffers(const VaapiDisplay& display, VAContextID context) : d_(display), context_(context) {}
  ~VaapiBuffers();
  VaapiBuffers(const VaapiBuffers&) = delete;

  void Add(VABufferType type, const void* data, size_t size);
  template <typename T>
  void Add(VABufferType type, const T& value) {
    Add(type, &value, sizeof value);
  }
  template <typename T>
  void Misc(VAEncMiscParameterType type, const T& value) {
    std::vector<uint8_t> bytes(sizeof(VAEncMiscParameterBuffer) + sizeof value);
    auto* head = reinterpret_cast<VAEncMiscParameterBuffer*>(bytes.data());
    head->type = type;
    std::memcpy(head->data, &value, sizeof value);
    Add(VAEncMiscParameterBufferType, bytes.data(), bytes.size());
  }
  void Packed(uint32_t type, const PackedHeader& header);
  VAStatus result() const { return result_; }
  std::vector<VABufferID>& ids() { return ids_; }

 private:
  const VaapiDisplay& d_;
  const VAContextID context_;
  std::vector<VABufferID> ids_;
  VAStatus result_ = VA_STATUS_SUCCESS;
};

// Surfaces, rates, waiting and reading. A codec describes its pictures.
class VaapiSession : public Session {
 public:
  ~VaapiSession() override;
  const SessionInfo& info() const final { return info_; }
  Status Encode(const Input& input, bool key, const Rates& rates, Output& output) final;
  virtual Status Open() = 0;

 protected:
  // The quantisers are those that rate control of our own chooses from, in steps of which
  // six double what they divide by.
  VaapiSession(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile, const StreamConfig& config,
               int min_qp, int max_qp);

  // Makes a context for pictures of the coded size and as many surfaces for reconstructed
  // ones, with the packed headers that are wanted.
  Status OpenContext(int width, int height, int reconstructed, uint32_t packed_headers);

  // Decides on the next picture, which is a key picture if asked for; tells whether it
  // is. Nothing changes until Commit.
  virtual bool Next(bool key) = 0;
  virtual void AddSequence(VaapiBuffers& buffers) const = 0;
  virtual void AddPicture(VaapiBuffers& buffers) const = 0;
  // Looks at the stream, and says what is to be said of the picture.
  virtual Status Inspect(Output& output) const = 0;
  virtual void Commit() = 0;

  bool own_rate_control() const { return info_.rate_mode == RateMode::kCqp; }
  // What own rate control chose for this picture.
  int qp() const { return qp_; }
  // That as the codec writes it.
  virtual int Quantiser() const { return qp_; }
  const Rates& rates() const { return rates_; }
  VASurfaceID surface(int slot) const { return surfaces_[static_cast<size_t>(slot)]; }
  VABufferID coded() const { return coded_; }

  const std::unique_ptr<VaapiDisplay> d_;
  const VaapiProfile profile_;
  const StreamConfig config_;
  SessionInfo info_;

 private:
  // Encodes what is on picture_.
  Status EncodePrepared(bool key, const Rates& rates, Output& output);
  void AddRates(VaapiBuffers& buffers) const;
  Status Wait() const;
  Status Read(Output& output);

  const VaapiFunctions& va_;
  QpController controller_;
  int qp_ = 26;
  Rates rates_;
  int width_ = 0;  // coded
  int height_ = 0;
  VAConfigID config_id_ = VA_INVALID_ID;
  VAContextID context_ = VA_INVALID_ID;
  std::vector<VASurfaceID> surfaces_;  // one for each slot, and last the input
  VABufferID coded_ = VA_INVALID_ID;
  std::unique_ptr<VaapiInput> input_;
  VASurfaceID picture_ = VA_INVALID_ID;  // the surface that is encoded
};

// Opens a session of a codec's class.
template <typename T>
std::unique_ptr<Session> OpenVaapiSession(std::unique_ptr<VaapiDisplay> display, const VaapiProfile& profile,
                                          const StreamConfig& config, Status& status) {
  auto session = std::make_unique<T>(std::move(display), profile, config);
  status = session->Open();
  if (!status.ok()) return nullptr;
  return session;
}

}  // namespace nrtc::hw

#endif  // NRTC_HW_VAAPI

#endif  // NRTC_HW_VAAPI_SESSION_H_
