// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/sender_choice.h"

#include <map>

#include "bridge/compat/encoder.h"

namespace nrtc::hw {
namespace {

thread_local std::weak_ptr<SenderSlot> t_announced;
thread_local const SenderChoice* t_choice = nullptr;

// Prefers no format: it only tells the encoder whose it is.
class SenderSelector : public webrtc::VideoEncoderFactory::EncoderSelectorInterface {
 public:
  explicit SenderSelector(std::shared_ptr<SenderChoices> choices) : choices_(std::move(choices)) {}

  void OnCurrentEncoder(const webrtc::SdpVideoFormat&) override {
    if (auto slot = t_announced.lock()) slot->choices = choices_;
    t_announced.reset();
  }
  compat::NoEncoder OnAvailableBitrate(const webrtc::DataRate&) override { return {}; }
  compat::NoEncoder OnEncoderBroken() override { return {}; }

 private:
  const std::shared_ptr<SenderChoices> choices_;
};

// The choices of the senders that have any, which their selectors own.
struct ChoicesBySender {
  std::mutex mutex;
  std::map<const void*, std::weak_ptr<SenderChoices>> choices;
};

std::shared_ptr<SenderChoices> ChoicesOf(const void* sender, bool& made) {
  static auto* all = new ChoicesBySender;
  std::lock_guard<std::mutex> lock(all->mutex);
  std::erase_if(all->choices, [](const auto& c) { return c.second.expired(); });
  auto& known = all->choices[sender];
  auto choices = known.lock();
  made = choices == nullptr;
  if (made) {
    choices = std::make_shared<SenderChoices>();
    known = choices;
  }
  return choices;
}

}  // namespace

void SenderChoices::Set(const SenderChoice& choice) {
  std::lock_guard<std::mutex> lock(mutex_);
  choice_ = choice;
  ++version_;
}

SenderChoice SenderChoices::Get(uint64_t& version) const {
  std::lock_guard<std::mutex> lock(mutex_);
  version = version_;
  return choice_;
}

void ChooseEncoders(webrtc::RtpSenderInterface& sender, const SenderChoice& choice) {
  bool made = false;
  auto choices = ChoicesOf(&sender, made);
  choices->Set(choice);
  // Once for each sender: in older revisions the stream uses the selector without
  // owning it, and would use one that is replaced.
  if (made) compat::SetEncoderSelector(sender, new SenderSelector(choices));
}

void AnnounceEncoder(std::weak_ptr<SenderSlot> slot) {
  t_announced = std::move(slot);
}

ChoiceScope::ChoiceScope(const SenderChoice& choice) : outer_(t_choice) {
  t_choice = &choice;
}

ChoiceScope::~ChoiceScope() {
  t_choice = outer_;
}

SenderChoice ChoiceScope::Current() {
  return t_choice != nullptr ? *t_choice : SenderChoice();
}

}  // namespace nrtc::hw
