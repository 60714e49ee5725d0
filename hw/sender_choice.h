// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Which of the encoders that were offered one sender uses.

#ifndef NRTC_HW_SENDER_CHOICE_H_
#define NRTC_HW_SENDER_CHOICE_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "bridge/compat/compat.h"
#include "hw/device.h"

namespace nrtc::hw {

struct SenderChoice {
  bool hardware = true;
  bool require = false;
  std::string backend;  // empty: any of those that the factory uses
  std::string device;
};

// The choice of one sender, which may change at any time.
class SenderChoices {
 public:
  void Set(const SenderChoice& choice);
  // What was chosen, and how often anything was.
  SenderChoice Get(uint64_t& version) const;

 private:
  mutable std::mutex mutex_;
  SenderChoice choice_;
  uint64_t version_ = 0;
};

// Makes the choice for a sender; its encoder follows with the next frame.
void ChooseEncoders(webrtc::RtpSenderInterface& sender, const SenderChoice& choice);

// Where an encoder finds the choice of its sender; empty if that has none.
struct SenderSlot {
  std::shared_ptr<SenderChoices> choices;
};

// libwebrtc does not tell a factory for which sender it makes an encoder, but
// tells the sender's encoder selector, right after and on the same thread, that one was
// made. So the factory says here which, and the selector fills its slot.
void AnnounceEncoder(std::weak_ptr<SenderSlot> slot);

// While it exists, the choice holds for the encoders that this thread makes.
class ChoiceScope {
 public:
  explicit ChoiceScope(const SenderChoice& choice);
  ~ChoiceScope();
  ChoiceScope(const ChoiceScope&) = delete;
  // Of the innermost scope of this thread; without one, anything.
  static SenderChoice Current();

 private:
  const SenderChoice* const outer_;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_SENDER_CHOICE_H_
