// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef NRTC_BRIDGE_PEER_CONNECTION_INTERNAL_H_
#define NRTC_BRIDGE_PEER_CONNECTION_INTERNAL_H_

#include <map>
#include <memory>

#include "bridge/data_channel_internal.h"
#include "bridge/event_queue_internal.h"
#include "bridge/factory_internal.h"
#include "bridge/peer_connection.h"

namespace nrtc {

// The descriptions of one moment, each of which several moments may share.
class Descriptions : public webrtc::RefCountInterface {
 public:
  using Description = std::shared_ptr<const webrtc::SessionDescriptionInterface>;
  struct All {
    Description current_local, current_remote, pending_local, pending_remote;
  };

  void Write(Writer& w) const;

 protected:
  explicit Descriptions(const All& all) : all_(all) {}
  ~Descriptions() override = default;

 private:
  const All all_;
};

void WriteDescription(Writer& w, const webrtc::SessionDescriptionInterface* description);

class PeerConnection : public webrtc::RefCountInterface, public webrtc::PeerConnectionObserver {
 public:
  static webrtc::RTCErrorOr<webrtc::scoped_refptr<PeerConnection>> Create(
      Factory& factory, webrtc::scoped_refptr<EventQueue> queue,
      const webrtc::PeerConnectionInterface::RTCConfiguration& config);

  webrtc::PeerConnectionInterface& native() { return *native_; }
  webrtc::scoped_refptr<webrtc::PeerConnectionInterface> native_ref() { return native_; }
  webrtc::scoped_refptr<EventQueue> queue() { return queue_; }
  webrtc::Thread& network_thread() { return network_thread_; }
  webrtc::Thread& signaling_thread() { return signaling_thread_; }
  void Close();

  // Raises the completion of op, which write_values gives its values.
  template <typename F>
  static void Succeed(EventQueue& queue, uint64_t op, F write_values) {
    queue.Push(NRTC_EVENT_COMPLETION, 0, [&](Writer& w) {
      w.U64(op);
      w.U8(0);
      write_values(w);
    });
  }
  // The same for an operation without values. sdp_line is the line at fault.
  static void Complete(EventQueue& queue, uint64_t op, const webrtc::RTCError& error, std::string_view sdp_line = {}) {
    if (error.ok()) return Succeed(queue, op, [](Writer&) {});
    queue.Push(NRTC_EVENT_COMPLETION, 0, [&](Writer& w) {
      w.U64(op);
      w.U8(1);
      WriteError(w, error, sdp_line);
    });
  }

  // The connection for as long as it is open, null after that. For the signaling
  // thread: the ends of operations may outlive it.
  using Link = std::shared_ptr<PeerConnection*>;
  const Link& link() const { return link_; }

  // On the signaling thread, where they do nothing unless reports are wanted.
  void ReportDescriptions();
  void PushLocalDescriptions();
  void PushRemoteDescriptions();
  void PushNegotiated();
  // Tells of received tracks that a description has put into other streams: libwebrtc
  // does that only for those that begin to be received.
  void PushMovedTracks();

  webrtc::scoped_refptr<DataChannel> Wrap(webrtc::scoped_refptr<webrtc::DataChannelInterface> channel);

 protected:
  PeerConnection(webrtc::scoped_refptr<EventQueue> queue, Factory& factory)
      : queue_(std::move(queue)),
        signaling_thread_(factory.signaling_thread()),
        network_thread_(factory.network_thread()),
        link_(std::make_shared<PeerConnection*>(this)) {}
  ~PeerConnection() override;

 private:
  void OnSignalingChange(webrtc::PeerConnectionInterface::SignalingState state) override;
  void OnDataChannel(webrtc::scoped_refptr<webrtc::DataChannelInterface> channel) override;
  void OnNegotiationNeededEvent(uint32_t event_id) override;
  void OnStandardizedIceConnectionChange(webrtc::PeerConnectionInterface::IceConnectionState state) override;
  void OnConnectionChange(webrtc::PeerConnectionInterface::PeerConnectionState state) override;
  void OnIceGatheringChange(webrtc::PeerConnectionInterface::IceGatheringState state) override;
  void OnIceCandidate(const webrtc::IceCandidate* candidate) override;
  void OnIceCandidateError(const std::string& address, int port, const std::string& url, int error_code,
                           const std::string& error_text) override;
  void OnTrack(webrtc::scoped_refptr<webrtc::RtpTransceiverInterface> transceiver) override;
  void OnRemoveTrack(webrtc::scoped_refptr<webrtc::RtpReceiverInterface> receiver) override;

  const webrtc::scoped_refptr<EventQueue> queue_;
  webrtc::Thread& signaling_thread_;
  webrtc::Thread& network_thread_;
  void PushTrack(webrtc::scoped_refptr<webrtc::RtpTransceiverInterface> transceiver, bool moved);
  void PushDescriptions();

  const Link link_;
  webrtc::scoped_refptr<webrtc::PeerConnectionInterface> native_;

  // For the signaling thread.
  bool reports_ = false;
  Descriptions::All descriptions_;
  // The streams of the tracks that are received, by the address of the transceiver.
  std::map<const webrtc::RtpTransceiverInterface*, std::vector<std::string>> streams_;
};

}  // namespace nrtc

#endif  // NRTC_BRIDGE_PEER_CONNECTION_INTERNAL_H_
