// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What stands between libwebrtc and its own video decoders.

#ifndef NRTC_BRIDGE_GUARDED_DECODER_INTERNAL_H_
#define NRTC_BRIDGE_GUARDED_DECODER_INTERNAL_H_

#include <memory>

#include "bridge/compat/decoder.h"

namespace nrtc {

// Wraps a decoder of libwebrtc's.
//
// A frame without a byte, which a transform of encoded frames can write, is an error:
// libwebrtc's decoder of VP8 takes libvpx to have decoded it, and ends the process.
//
// libavcodec, which decodes H.264, writes to stderr what it finds wrong with a stream,
// unless the process tells it otherwise, which libwebrtc does not: its complaints become
// lines of libwebrtc's log. For that libavutil's callback is set, which is the whole
// process's; messages of others' use of libavcodec go to the default one as before. A
// program that wants a callback of its own sets it after its first connection.
std::unique_ptr<webrtc::VideoDecoder> GuardDecoder(std::unique_ptr<webrtc::VideoDecoder> decoder);

}  // namespace nrtc

#endif  // NRTC_BRIDGE_GUARDED_DECODER_INTERNAL_H_
