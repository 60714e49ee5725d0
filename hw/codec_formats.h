// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The codecs in libwebrtc's terms: how they are offered, and what is said of each
// picture.

#ifndef NRTC_HW_CODEC_FORMATS_H_
#define NRTC_HW_CODEC_FORMATS_H_

#include <string>
#include <vector>

#include "bridge/compat/encoder.h"
#include "hw/session.h"

namespace nrtc::hw {

// As it is offered in SDP.
webrtc::SdpVideoFormat FormatOf(Profile profile);
// Whether a stream of the profile is what the format stands for.
bool IsOfProfile(const webrtc::SdpVideoFormat& format, Profile profile);
// Why the revision of libwebrtc cannot send it; empty if it can.
std::string WhyNotOffered(Profile profile);
// The place of a codec in a list of names; its end for one that is not in it.
size_t RankOf(const std::string& name, const std::vector<std::string>& names);

webrtc::VideoCodecType TypeOf(Codec codec);
int SpatialLayersOf(const webrtc::VideoCodec& codec);
// A framerate that a session can be told.
double UsableFramerate(double framerate, double otherwise);
// What a codec's settings ask of a session.
StreamConfig ConfigOf(const webrtc::VideoCodec& codec, Profile profile);
// Between which quantisers the resolution is right.
webrtc::VideoEncoder::QpThresholds QpThresholdsOf(Codec codec);
// What is told of a picture beside its data, by a session of so many temporal layers.
void Describe(const StreamConfig& config, const Output& output, int temporal_layers, webrtc::CodecSpecificInfo& info);

}  // namespace nrtc::hw

#endif  // NRTC_HW_CODEC_FORMATS_H_
