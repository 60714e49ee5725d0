// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// libavcodec, which decodes H.264 in libwebrtc, writes to stderr what it finds wrong
// with a stream, unless the process tells it otherwise, which libwebrtc does not.

#ifndef NRTC_BRIDGE_LIBAVCODEC_LOG_INTERNAL_H_
#define NRTC_BRIDGE_LIBAVCODEC_LOG_INTERNAL_H_

#include <memory>

#include "bridge/compat/decoder.h"

namespace nrtc {

// Wraps a decoder that is built on libavcodec, so that its complaints become lines
// of libwebrtc's log. For that it sets libavutil's callback, which is the whole
// process's; messages of others' use of libavcodec go to the default one as before.
// A program that wants a callback of its own sets it after its first connection.
std::unique_ptr<webrtc::VideoDecoder> LogThroughLibwebrtc(std::unique_ptr<webrtc::VideoDecoder> decoder);

}  // namespace nrtc

#endif  // NRTC_BRIDGE_LIBAVCODEC_LOG_INTERNAL_H_
