// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "audio/channel_receive_frame_transformer_delegate.h"
#include "audio/channel_send_frame_transformer_delegate.h"
#include "bridge/compat/encoded_frame.h"
#include "modules/rtp_rtcp/source/rtp_sender_video_frame_transformer_delegate.h"

namespace nrtc::compat {
namespace {

void DescribeVideo(const webrtc::TransformableVideoFrameInterface& frame, nrtc_encoded_frame_info& info,
                   EncodedFrameStrings& strings) {
  auto metadata = frame.Metadata();
  info.key_frame = frame.IsKeyFrame();
  strings.rid = frame.Rid().value_or("");
  strings.csrcs = metadata.GetCsrcs();
  if (auto dependencies = metadata.GetDependencies())
    strings.dependencies.assign(dependencies->begin(), dependencies->end());
  info.has_frame_id = metadata.GetFrameId().has_value();
  info.frame_id = metadata.GetFrameId().value_or(0);
  info.spatial_index = metadata.GetSpatialIndex();
  info.temporal_index = metadata.GetTemporalIndex();
  info.width = metadata.GetWidth();
  info.height = metadata.GetHeight();
}

void DescribeAudio(const webrtc::TransformableAudioFrameInterface& frame, nrtc_encoded_frame_info& info,
                   EncodedFrameStrings& strings) {
  auto csrcs = frame.GetContributingSources();
  strings.csrcs.assign(csrcs.begin(), csrcs.end());
  auto sequence_number = frame.SequenceNumber();
  info.has_sequence_number = sequence_number.has_value();
  info.sequence_number = sequence_number.value_or(0);
  info.has_audio_level = frame.AudioLevel().has_value();
  info.audio_level = frame.AudioLevel().value_or(0);
}

}  // namespace

void DescribeEncodedFrame(const webrtc::TransformableFrameInterface& frame, bool video, bool,
                          nrtc_encoded_frame_info& info, EncodedFrameStrings& strings) {
  info.data = frame.GetData().data();
  info.size = frame.GetData().size();
  info.ssrc = frame.GetSsrc();
  info.timestamp = frame.GetTimestamp();
  info.payload_type = frame.GetPayloadType();
  strings.mime_type = frame.GetMimeType();
  if (auto time = frame.ReceiveTime(); time && time->IsFinite()) info.receive_time_us = time->us();
  if (auto time = frame.CaptureTime(); time && time->IsFinite()) {
    info.has_capture_time = 1;
    info.capture_time_us = time->us();
  }
  if (auto offset = frame.SenderCaptureTimeOffset(); offset && offset->IsFinite()) {
    info.has_sender_capture_time_offset = 1;
    info.sender_capture_time_offset_us = offset->us();
  }
  if (auto time = frame.GetPresentationTimestamp(); time && time->IsFinite()) {
    info.has_presentation_time = 1;
    info.presentation_time_us = time->us();
  }
  if (video)
    DescribeVideo(static_cast<const webrtc::TransformableVideoFrameInterface&>(frame), info, strings);
  else
    DescribeAudio(static_cast<const webrtc::TransformableAudioFrameInterface&>(frame), info, strings);
}

void SetEncodedFrameData(webrtc::TransformableFrameInterface& frame, const uint8_t* data, size_t size) {
  frame.SetData(std::span<const uint8_t>(data, size));
}

std::unique_ptr<webrtc::TransformableFrameInterface> CloneEncodedFrame(webrtc::TransformableFrameInterface& frame,
                                                                       bool video) {
  // As api/frame_transformer_factory.h does, which libwebrtc's archive leaves out.
  if (video) return webrtc::CloneSenderVideoFrame(static_cast<webrtc::TransformableVideoFrameInterface*>(&frame));
  auto* audio = static_cast<webrtc::TransformableAudioFrameInterface*>(&frame);
  if (frame.GetDirection() == webrtc::TransformableFrameInterface::Direction::kReceiver)
    return webrtc::CloneReceiverAudioFrame(audio);
  return webrtc::CloneSenderAudioFrame(audio);
}

bool SetEncodedFrameTimestamp(webrtc::TransformableFrameInterface& frame, uint32_t timestamp) {
  frame.SetRTPTimestamp(timestamp);
  return true;
}

void SetFrameTransformer(webrtc::RtpSenderInterface& sender,
                         webrtc::scoped_refptr<webrtc::FrameTransformerInterface> transformer) {
  sender.SetFrameTransformer(std::move(transformer));
}

void SetFrameTransformer(webrtc::RtpReceiverInterface& receiver,
                         webrtc::scoped_refptr<webrtc::FrameTransformerInterface> transformer) {
  receiver.SetFrameTransformer(std::move(transformer));
}

webrtc::RTCError GenerateKeyFrame(webrtc::RtpSenderInterface& sender, const std::vector<std::string>& rids) {
  return sender.GenerateKeyFrame(rids);
}

}  // namespace nrtc::compat
