// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Two connected peers in this process.

#ifndef NATIVE_PEER_H_
#define NATIVE_PEER_H_

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "revision.h"
#include "wait.h"

namespace bench {

// The factory and its three threads.
class Stack {
 public:
  Stack();
  ~Stack();
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;

  webrtc::PeerConnectionFactoryInterface& factory() { return *factory_; }

 private:
  std::unique_ptr<webrtc::Thread> network_;
  std::unique_ptr<webrtc::Thread> worker_;
  std::unique_ptr<webrtc::Thread> signaling_;
  webrtc::scoped_refptr<webrtc::PeerConnectionFactoryInterface> factory_;
};

// A data channel that knows its queued bytes: asking libwebrtc for them blocks
// on one of its threads.
class Channel : public webrtc::DataChannelObserver {
 public:
  void Attach(webrtc::scoped_refptr<webrtc::DataChannelInterface> native);
  void Detach();

  // Handlers run on libwebrtc's threads. To be set before messages are sent.
  std::function<void(const webrtc::DataBuffer&)> on_message;
  // Raised when the queued bytes fall to low_threshold.
  Signal low;
  std::atomic<uint64_t> low_threshold{0};
  Signal open;

  uint64_t buffered() const { return buffered_.load(); }
  void Send(const uint8_t* data, size_t size);

 private:
  void OnStateChange() override;
  void OnMessage(const webrtc::DataBuffer& buffer) override;
  void OnBufferedAmountChange(uint64_t sent) override;
  // Overrides in the revision that has it: nothing here blocks.
  bool IsOkToCallOnTheNetworkThread() { return true; }

  webrtc::scoped_refptr<webrtc::DataChannelInterface> native_;
  std::atomic<uint64_t> buffered_{0};
};

class Peer : public webrtc::PeerConnectionObserver {
 public:
  void Open(Stack& stack, Peer& other);
  void Close();

  std::string CreateAndApply(bool offer);
  void ApplyRemote(webrtc::SdpType type, const std::string& sdp);

  webrtc::PeerConnectionInterface& pc() { return *pc_; }

  Channel channel;
  Signal connected;
  std::function<void(webrtc::scoped_refptr<webrtc::RtpTransceiverInterface>)> on_track;

 private:
  void OnSignalingChange(webrtc::PeerConnectionInterface::SignalingState) override {}
  void OnIceGatheringChange(webrtc::PeerConnectionInterface::IceGatheringState) override {}
  void OnIceCandidate(const webrtc::IceCandidate* candidate) override;
  void OnDataChannel(webrtc::scoped_refptr<webrtc::DataChannelInterface> native) override;
  void OnConnectionChange(webrtc::PeerConnectionInterface::PeerConnectionState state) override;
  void OnTrack(webrtc::scoped_refptr<webrtc::RtpTransceiverInterface> transceiver) override;
  void Add(std::unique_ptr<webrtc::IceCandidate> candidate);
  void Deliver(std::unique_ptr<webrtc::IceCandidate> candidate);

  webrtc::scoped_refptr<webrtc::PeerConnectionInterface> pc_;
  Peer* other_ = nullptr;
  // Never held across a call of a connection: that may wait for the signaling
  // thread, where OnIceCandidate wants it too.
  std::mutex mutex_;
  bool remote_set_ = false;
  std::vector<std::unique_ptr<webrtc::IceCandidate>> pending_;
};

// Peer a offers, peer b answers.
struct Pair {
  explicit Pair(Stack& stack);
  ~Pair();
  void Negotiate();
  // Makes a channel, ordered and reliable, and waits until it is open at both
  // ends.
  void ConnectData();

  Peer a;
  Peer b;
};

}  // namespace bench

#endif  // NATIVE_PEER_H_
