// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef NRTC_BRIDGE_AUDIO_DEVICE_INTERNAL_H_
#define NRTC_BRIDGE_AUDIO_DEVICE_INTERNAL_H_

#include "bridge/compat/compat.h"

namespace nrtc {

// The audio device of every factory: none. Audio enters by audio sources and
// leaves by audio sinks, so nothing is recorded; but received audio is decoded
// only as fast as somebody plays it, so while a received track is there this
// device plays, to nobody: 10 ms at a time, by the machine's monotonic clock. It
// needs no hardware and, when not playing, has no thread.
//
// tasks must outlive the device.
webrtc::scoped_refptr<webrtc::AudioDeviceModule> CreateAudioDevice(webrtc::TaskQueueFactory& tasks);

}  // namespace nrtc

#endif  // NRTC_BRIDGE_AUDIO_DEVICE_INTERNAL_H_
