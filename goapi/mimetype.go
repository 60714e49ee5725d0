// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// MIME types of codecs, retransmission and error correction, for
// RTPCodecCapability. They compare without regard to case.
const (
	MimeTypeOpus           = "audio/opus"
	MimeTypeG722           = "audio/G722"
	MimeTypePCMU           = "audio/PCMU"
	MimeTypePCMA           = "audio/PCMA"
	MimeTypeCN             = "audio/CN"
	MimeTypeTelephoneEvent = "audio/telephone-event"
	MimeTypeAudioRED       = "audio/red"
	MimeTypeVP8            = "video/VP8"
	MimeTypeVP9            = "video/VP9"
	MimeTypeAV1            = "video/AV1"
	MimeTypeH264           = "video/H264"
	MimeTypeH265           = "video/H265"
	MimeTypeRTX            = "video/rtx"
	MimeTypeRED            = "video/red"
	MimeTypeUlpFEC         = "video/ulpfec"
	MimeTypeFlexFEC        = "video/flexfec"
	MimeTypeFlexFEC03      = "video/flexfec-03"
)
