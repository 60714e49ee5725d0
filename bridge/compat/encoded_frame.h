// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What the revisions of libwebrtc disagree on about encoded frames. Defined by
// encoded_frame_m150.cc and encoded_frame_debian.cc.

#ifndef NRTC_BRIDGE_COMPAT_ENCODED_FRAME_H_
#define NRTC_BRIDGE_COMPAT_ENCODED_FRAME_H_

#include <memory>
#include <string>
#include <vector>

#include "api/frame_transformer_interface.h"
#include "bridge/compat/compat.h"
#include "bridge/frame_transformer.h"

namespace nrtc::compat {

// What a description of a frame points to.
struct EncodedFrameStrings {
  std::string mime_type;
  std::string rid;
  std::vector<uint32_t> csrcs;
  std::vector<int64_t> dependencies;
};

// Fills in all of info, and of strings, but what info points to.
void DescribeEncodedFrame(const webrtc::TransformableFrameInterface& frame, bool video, bool sender,
                          nrtc_encoded_frame_info& info, EncodedFrameStrings& strings);

void SetEncodedFrameData(webrtc::TransformableFrameInterface& frame, const uint8_t* data, size_t size);

// nullptr if the revision cannot.
std::unique_ptr<webrtc::TransformableFrameInterface> CloneEncodedFrame(webrtc::TransformableFrameInterface& frame,
                                                                       bool video);

// false if the revision cannot.
bool SetEncodedFrameTimestamp(webrtc::TransformableFrameInterface& frame, uint32_t timestamp);

void SetFrameTransformer(webrtc::RtpSenderInterface& sender,
                         webrtc::scoped_refptr<webrtc::FrameTransformerInterface> transformer);
void SetFrameTransformer(webrtc::RtpReceiverInterface& receiver,
                         webrtc::scoped_refptr<webrtc::FrameTransformerInterface> transformer);

webrtc::RTCError GenerateKeyFrame(webrtc::RtpSenderInterface& sender, const std::vector<std::string>& rids);

}  // namespace nrtc::compat

#endif  // NRTC_BRIDGE_COMPAT_ENCODED_FRAME_H_
