// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef NRTC_BRIDGE_DATA_CHANNEL_INTERNAL_H_
#define NRTC_BRIDGE_DATA_CHANNEL_INTERNAL_H_

#include <atomic>
#include <limits>
#include <memory>
#include <mutex>
#include <vector>

#include "bridge/data_channel.h"
#include "bridge/event_queue_internal.h"

namespace nrtc {

class DataChannel : public webrtc::RefCountInterface, public webrtc::DataChannelObserver {
 public:
  // Starts the channel's events. Apart from the constructor, so that an event
  // announcing the channel can be raised in between.
  void Attach();
  void Detach();
  void Close();

  nrtc_send_status Send(const uint8_t* data, size_t size, bool binary);
  const std::atomic<uint64_t>& buffered_amount() const { return buffered_; }
  void SetLowThreshold(uint64_t bytes) { low_threshold_.store(bytes); }
  void SetDrainMark(uint64_t bytes) { drain_mark_.store(bytes); }
  webrtc::DataChannelInterface& native() { return *native_; }
  // What does not change in a channel's life: see NRTC_EVENT_DATA_CHANNEL.
  void WriteProperties(Writer& w) const;

 protected:
  DataChannel(webrtc::scoped_refptr<webrtc::DataChannelInterface> native, webrtc::scoped_refptr<EventQueue> queue,
              webrtc::Thread& signaling_thread, webrtc::Thread& home_thread,
              webrtc::scoped_refptr<webrtc::PeerConnectionInterface> pc);
  ~DataChannel() override;

 private:
  void OnStateChange() override;
  void OnMessage(const webrtc::DataBuffer& buffer) override;
  void OnBufferedAmountChange(uint64_t sent) override;
  // These two override only in revisions that have them.
  void OnMaxMessageSize(int size);
  bool IsOkToCallOnTheNetworkThread() { return true; }
  void LearnMaxMessageSize();
  void SendOutgoing();
  // Runs task on the home thread, unless the channel is detached before. It holds
  // no reference: the last one must not end there, where libwebrtc would wait for
  // the signaling thread.
  template <typename F>
  void PostHome(F task);
  uint64_t subject() const { return reinterpret_cast<uintptr_t>(static_cast<const webrtc::RefCountInterface*>(this)); }

  const webrtc::scoped_refptr<webrtc::DataChannelInterface> native_;
  const webrtc::scoped_refptr<EventQueue> queue_;
  webrtc::Thread& signaling_thread_;
  // The thread that the native channel lives on.
  webrtc::Thread& home_thread_;
  const webrtc::scoped_refptr<webrtc::PeerConnectionInterface> pc_;
  std::atomic<uint64_t> buffered_{0};
  std::atomic<uint64_t> low_threshold_{0};
  std::atomic<uint64_t> drain_mark_{std::numeric_limits<uint64_t>::max()};
  std::atomic<int64_t> max_message_size_{0};
  std::atomic<bool> open_{false};
  std::atomic<bool> overflowed_{false};
  std::atomic<bool> detached_{false};
  // Of the home thread.
  const std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  // Messages on their way to the home thread, which takes all there are at once: a
  // task for each would cost more than the message.
  std::mutex outgoing_mutex_;
  std::vector<webrtc::DataBuffer> outgoing_;
  bool sending_ = false;
  // Close was called before the channel had a stream. Of the home thread.
  bool close_when_open_ = false;
};

}  // namespace nrtc

#endif  // NRTC_BRIDGE_DATA_CHANNEL_INTERNAL_H_
