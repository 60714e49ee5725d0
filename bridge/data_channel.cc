// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/data_channel_internal.h"

#include "bridge/rtp_parameters_internal.h"

namespace nrtc {

DataChannel::DataChannel(webrtc::scoped_refptr<webrtc::DataChannelInterface> native,
                         webrtc::scoped_refptr<EventQueue> queue, webrtc::Thread& signaling_thread,
                         webrtc::Thread& home_thread,
                         webrtc::scoped_refptr<webrtc::PeerConnectionInterface> pc)
    : native_(std::move(native)), queue_(std::move(queue)), signaling_thread_(signaling_thread),
      home_thread_(home_thread), pc_(std::move(pc)) {}

DataChannel::~DataChannel() {
  Detach();
}

void DataChannel::Attach() {
  auto attach = [this] {
    if (detached_.load()) return;
    // A channel that is made while the connection stands may be open already, and
    // one whose connection ends closed; either then tells nobody.
    if (native_->state() != webrtc::DataChannelInterface::kConnecting) OnStateChange();
    native_->RegisterObserver(this);
  };
  // Its state changes on the home thread alone, which may not wait for itself.
  if (home_thread_.IsCurrent()) {
    attach();
  } else {
    home_thread_.BlockingCall(attach);
  }
}

void DataChannel::Detach() {
  if (detached_.exchange(true)) return;
  native_->UnregisterObserver();
  home_thread_.BlockingCall([this] { *alive_ = false; });
}

template <typename F>
void DataChannel::PostHome(F task) {
  home_thread_.PostTask([alive = alive_, task] {
    if (*alive) task();
  });
}

void DataChannel::Close() {
  // Behind the messages that were sent before.
  PostHome([this] {
    SendOutgoing();
    if (compat::kMustNotCloseWithoutStream && native_->state() == webrtc::DataChannelInterface::kConnecting &&
        native_->id() < 0) {
      close_when_open_ = true;
    } else {
      native_->Close();
    }
  });
}

void DataChannel::LearnMaxMessageSize() {
  if (compat::kReportsMaxMessageSize) return;
  auto sctp = pc_->GetSctpTransport();
  if (!sctp) return;
  auto size = sctp->Information().MaxMessageSize();
  if (size.has_value()) max_message_size_.store(static_cast<int64_t>(*size));
}

void DataChannel::OnMaxMessageSize(int size) {
  max_message_size_.store(size);
}

void DataChannel::OnStateChange() {
  auto state = native_->state();
  bool open = state == webrtc::DataChannelInterface::kOpen;
  if (open && close_when_open_) {
    PostHome([this] { native_->Close(); });
    return;
  }
  if (open) LearnMaxMessageSize();
  open_.store(open);
  auto error = native_->error();
  if (overflowed_.load() && error.ok())
    error = webrtc::RTCError(webrtc::RTCErrorType::RESOURCE_EXHAUSTED,
                             "messages arrived faster than the application took them");
  int id = native_->id();
  queue_->Push(NRTC_EVENT_DATA_CHANNEL_STATE, subject(), [&](Writer& w) {
    w.Str(webrtc::DataChannelInterface::DataStateString(state));
    w.I32(id);
    w.I64(max_message_size_.load());
    w.Bool(!error.ok());
    WriteError(w, error);
  });
}

void DataChannel::OnMessage(const webrtc::DataBuffer& buffer) {
  bool taken = queue_->PushBounded(NRTC_EVENT_DATA_CHANNEL_MESSAGE, subject(), buffer.size() + 1, [&](Writer& w) {
    w.Bool(buffer.binary);
    w.Str(reinterpret_cast<const char*>(buffer.data.cdata()), buffer.data.size());
  });
  // SCTP would acknowledge what is dropped here: a reliable channel can only end.
  if (!taken && !overflowed_.exchange(true)) {
    signaling_thread_.PostTask([native = native_] { native->Close(); });
  }
}

void DataChannel::OnBufferedAmountChange(uint64_t sent) {
  uint64_t before = buffered_.fetch_sub(sent);
  auto reached = [&](uint64_t mark) { return before > mark && before - sent <= mark; };
  bool low = reached(low_threshold_.load());
  if (low || reached(drain_mark_.load()))
    queue_->Push(NRTC_EVENT_DATA_CHANNEL_BUFFERED_AMOUNT_LOW, subject(), [&](Writer& w) { w.Bool(low); });
}

nrtc_send_status DataChannel::Send(const uint8_t* data, size_t size, bool binary) {
  if (!open_.load()) return NRTC_SEND_NOT_OPEN;
  int64_t max = max_message_size_.load();
  if (max > 0 && size > static_cast<uint64_t>(max)) return NRTC_SEND_TOO_LARGE;
  // libwebrtc closes a channel whose queue overflows: never let it come so far.
  uint64_t before = buffered_.fetch_add(size);
  if (before + size > webrtc::DataChannelInterface::MaxSendQueueSize()) {
    buffered_.fetch_sub(size);
    return NRTC_SEND_BUFFER_FULL;
  }
  webrtc::DataBuffer message(webrtc::CopyOnWriteBuffer(data, size), binary);
  {
    std::lock_guard<std::mutex> lock(outgoing_mutex_);
    outgoing_.push_back(std::move(message));
    if (std::exchange(sending_, true)) return NRTC_SEND_OK;
  }
  PostHome([this] { SendOutgoing(); });
  return NRTC_SEND_OK;
}

void DataChannel::SendOutgoing() {
  std::vector<webrtc::DataBuffer> batch;
  {
    std::lock_guard<std::mutex> lock(outgoing_mutex_);
    batch.swap(outgoing_);
    sending_ = !batch.empty();
  }
  if (batch.empty()) return;
  for (const auto& message : batch) {
    // The channel may have begun to close since: libwebrtc would take a message now for
    // an error of the channel, and count it. It stays in the buffered amount, which does
    // not fall when a channel closes.
    if (native_->state() == webrtc::DataChannelInterface::kOpen) native_->Send(message);
  }
  // What has come meanwhile waits its turn behind the thread's other work.
  PostHome([this] { SendOutgoing(); });
}

void DataChannel::WriteProperties(Writer& w) const {
  w.Str(native_->label());
  w.Str(native_->protocol());
  w.Bool(native_->ordered());
  w.Opt(native_->maxPacketLifeTime(), [&](int v) { w.I32(v); });
  w.Opt(native_->maxRetransmitsOpt(), [&](int v) { w.I32(v); });
  w.Bool(native_->negotiated());
  w.I32(native_->id());
  w.Str(PriorityName(compat::DataChannelPriority(*native_)));
}

}  // namespace nrtc

using nrtc::DataChannel;
using nrtc::FromHandle;

nrtc_send_status nrtc_data_channel_send(nrtc_data_channel* channel, const uint8_t* data, size_t size, int binary) {
  return FromHandle<DataChannel>(channel)->Send(data, size, binary != 0);
}

const uint64_t* nrtc_data_channel_buffered_amount(nrtc_data_channel* channel) {
  static_assert(sizeof(std::atomic<uint64_t>) == sizeof(uint64_t) && std::atomic<uint64_t>::is_always_lock_free);
  return reinterpret_cast<const uint64_t*>(&FromHandle<DataChannel>(channel)->buffered_amount());
}

void nrtc_data_channel_set_low_threshold(nrtc_data_channel* channel, uint64_t bytes) {
  FromHandle<DataChannel>(channel)->SetLowThreshold(bytes);
}

void nrtc_data_channel_set_drain_mark(nrtc_data_channel* channel, uint64_t bytes) {
  FromHandle<DataChannel>(channel)->SetDrainMark(bytes);
}

size_t nrtc_data_channel_id(nrtc_data_channel* channel, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    w.I32(FromHandle<DataChannel>(channel)->native().id());
    return webrtc::RTCError::OK();
  });
}

void nrtc_data_channel_close(nrtc_data_channel* channel) {
  FromHandle<DataChannel>(channel)->Close();
}

void nrtc_data_channel_attach(nrtc_data_channel* channel) {
  FromHandle<DataChannel>(channel)->Attach();
}

void nrtc_data_channel_detach(nrtc_data_channel* channel) {
  FromHandle<DataChannel>(channel)->Detach();
}
