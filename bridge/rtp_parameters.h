// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// RTCRtpParameters and its kin on the wire (webrtc::RtpParameters). This header
// has no functions: it tells what those of the senders, receivers, transceivers,
// of the connection and of the factory read and write.
//
// codec:
//   str MIME type ("video/VP8"), opt i32 clock rate, opt i32 channels, str sdpFmtpLine,
//   list of feedback: str type, str parameter
// negotiated codec:
//   codec, i32 payload type
// header extension capability:
//   str URI, str direction
// capabilities:
//   list of codec, list of header extension capability
// RTP parameters:
//   list of negotiated codec, list of header extensions: str URI, i32 id, bool encrypted; str CNAME, bool reduced
//   size RTCP, opt str degradationPreference
// encoding:
//   str RID, opt u32 SSRC (never read), bool active, opt u64 maxBitrate, opt f64 maxFramerate, opt f64
//   scaleResolutionDownBy, opt scaleResolutionDownTo: u32 width, u32 height; opt str scalabilityMode, str priority, str
//   networkPriority, bool adaptivePtime, opt codec
// sender's parameters:
//   str transaction id, RTP parameters, list of encoding
//
// An sdpFmtpLine is "name=value;name=value" in the order of the names, as
// Chromium has it; a value without a name stands alone.

#ifndef NRTC_BRIDGE_RTP_PARAMETERS_H_
#define NRTC_BRIDGE_RTP_PARAMETERS_H_

#include "bridge/base.h"

#endif  // NRTC_BRIDGE_RTP_PARAMETERS_H_
