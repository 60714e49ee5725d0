// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/compat/encoded_frame.h"

namespace nrtc::compat {

void DescribeEncodedFrame(const webrtc::TransformableFrameInterface& frame, bool video, bool sender,
                          nrtc_encoded_frame_info& info, EncodedFrameStrings& strings) {
  info.data = frame.GetData().data();
  info.size = frame.GetData().size();
  info.ssrc = frame.GetSsrc();
  info.timestamp = frame.GetTimestamp();
  info.payload_type = frame.GetPayloadType();
  if (video) {
    auto& picture = static_cast<const webrtc::TransformableVideoFrameInterface&>(frame);
    auto& metadata = picture.GetMetadata();
    info.key_frame = picture.IsKeyFrame();
    auto dependencies = metadata.GetFrameDependencies();
    strings.dependencies.assign(dependencies.begin(), dependencies.end());
    info.has_frame_id = metadata.GetFrameId().has_value();
    info.frame_id = metadata.GetFrameId().value_or(0);
    info.spatial_index = metadata.GetSpatialIndex();
    info.temporal_index = metadata.GetTemporalIndex();
    info.width = metadata.GetWidth();
    info.height = metadata.GetHeight();
  } else if (!sender) {
    // What is sent is a frame without the properties of audio.
    auto& sound = static_cast<const webrtc::TransformableAudioFrameInterface&>(frame);
    auto csrcs = sound.GetContributingSources();
    strings.csrcs.assign(csrcs.begin(), csrcs.end());
    auto& header = sound.GetHeader();
    info.has_sequence_number = 1;
    info.sequence_number = header.sequenceNumber;
    info.has_audio_level = header.extension.hasAudioLevel;
    info.audio_level = header.extension.audioLevel;
  }
}

void SetEncodedFrameData(webrtc::TransformableFrameInterface& frame, const uint8_t* data, size_t size) {
  frame.SetData(rtc::ArrayView<const uint8_t>(data, size));
}

std::unique_ptr<webrtc::TransformableFrameInterface> CloneEncodedFrame(webrtc::TransformableFrameInterface&, bool) {
  return nullptr;
}

bool SetEncodedFrameTimestamp(webrtc::TransformableFrameInterface&, uint32_t) {
  return false;
}

void SetFrameTransformer(webrtc::RtpSenderInterface& sender,
                         webrtc::scoped_refptr<webrtc::FrameTransformerInterface> transformer) {
  sender.SetEncoderToPacketizerFrameTransformer(std::move(transformer));
}

void SetFrameTransformer(webrtc::RtpReceiverInterface& receiver,
                         webrtc::scoped_refptr<webrtc::FrameTransformerInterface> transformer) {
  receiver.SetDepacketizerToDecoderFrameTransformer(std::move(transformer));
}

webrtc::RTCError GenerateKeyFrame(webrtc::RtpSenderInterface&, const std::vector<std::string>&) {
  return webrtc::RTCError(webrtc::RTCErrorType::UNSUPPORTED_OPERATION,
                          "this revision of libwebrtc makes no key frame on request");
}

}  // namespace nrtc::compat
