// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// OutboundRTPStreamStats are those of an RTP stream that this side sends.
// Members of audio are nil for video, and the other way round.
//
// https://www.w3.org/TR/webrtc-stats/#outboundrtpstats-dict*
type OutboundRTPStreamStats struct {
	SentRTPStreamStats

	// Mid is the mid of the transceiver.
	Mid *string `json:"mid,omitempty"`

	// MediaSourceID is the id of the AudioSourceStats or VideoSourceStats.
	MediaSourceID *string `json:"mediaSourceId,omitempty"`

	// RemoteID is the id of the RemoteInboundRTPStreamStats.
	RemoteID *string `json:"remoteId,omitempty"`

	// RID names the encoding of simulcast.
	RID *string `json:"rid,omitempty"`

	// EncodingIndex is the place of the encoding in RTPSendParameters,
	// counted from 0.
	EncodingIndex *uint32 `json:"encodingIndex,omitempty"`

	// HeaderBytesSent is the number of bytes of RTP headers and padding
	// sent.
	HeaderBytesSent *uint64 `json:"headerBytesSent,omitempty"`

	// RetransmittedPacketsSent is the number of packets sent again.
	RetransmittedPacketsSent *uint64 `json:"retransmittedPacketsSent,omitempty"`

	// RetransmittedBytesSent is the number of bytes of payload in them.
	RetransmittedBytesSent *uint64 `json:"retransmittedBytesSent,omitempty"`

	// RTXSSRC names the stream of retransmissions, where it has its own.
	RTXSSRC *SSRC `json:"rtxSsrc,omitempty"`

	// PacketsSentWithECT1 is the number of packets marked ECT(1) (RFC 9331).
	PacketsSentWithECT1 *uint64 `json:"packetsSentWithEct1,omitempty"`

	// TargetBitrate is the rate that the encoder aims at, in bits per
	// second.
	TargetBitrate *float64 `json:"targetBitrate,omitempty"`

	// TotalEncodedBytesTarget is the sum of the sizes aimed at for the
	// frames encoded, in bytes.
	TotalEncodedBytesTarget *uint64 `json:"totalEncodedBytesTarget,omitempty"`

	// FrameWidth is the width of the last encoded frame, in pixels.
	FrameWidth *uint32 `json:"frameWidth,omitempty"`

	// FrameHeight is the height of the last encoded frame, in pixels.
	FrameHeight *uint32 `json:"frameHeight,omitempty"`

	// FramesPerSecond is the number of frames encoded in the last second.
	FramesPerSecond *float64 `json:"framesPerSecond,omitempty"`

	// FramesSent is the number of frames sent.
	FramesSent *uint32 `json:"framesSent,omitempty"`

	// HugeFramesSent is the number of frames more than 2.5 times as large as
	// the average.
	HugeFramesSent *uint32 `json:"hugeFramesSent,omitempty"`

	// FramesEncoded is the number of frames encoded.
	FramesEncoded *uint32 `json:"framesEncoded,omitempty"`

	// KeyFramesEncoded is the number of key frames among them.
	KeyFramesEncoded *uint32 `json:"keyFramesEncoded,omitempty"`

	// QPSum is the sum of the quantization parameters of all encoded frames;
	// their scale is the codec's.
	QPSum *uint64 `json:"qpSum,omitempty"`

	// PSNRSum is the sum of the peak signal-to-noise ratios measured, in
	// decibels, by plane: y, u and v.
	PSNRSum map[string]float64 `json:"psnrSum,omitempty"`

	// PSNRMeasurements is the number of these measurements.
	PSNRMeasurements *uint64 `json:"psnrMeasurements,omitempty"`

	// TotalEncodeTime is the time spent encoding, in seconds.
	TotalEncodeTime *float64 `json:"totalEncodeTime,omitempty"`

	// TotalPacketSendDelay is the sum of the seconds that packets waited
	// before they were sent.
	TotalPacketSendDelay *float64 `json:"totalPacketSendDelay,omitempty"`

	// QualityLimitationReason is what limits the resolution or frame rate
	// now, or zero where nothing was told.
	QualityLimitationReason QualityLimitationReason `json:"qualityLimitationReason,omitempty"`

	// QualityLimitationDurations is the time, in seconds, that each reason
	// held.
	QualityLimitationDurations map[string]float64 `json:"qualityLimitationDurations,omitempty"`

	// QualityLimitationResolutionChanges is the number of times that the
	// resolution changed for them.
	QualityLimitationResolutionChanges *uint32 `json:"qualityLimitationResolutionChanges,omitempty"`

	// NACKCount is the number of negative acknowledgements received.
	NACKCount *uint32 `json:"nackCount,omitempty"`

	// FIRCount is the number of full intra requests received.
	FIRCount *uint32 `json:"firCount,omitempty"`

	// PLICount is the number of picture loss indications received.
	PLICount *uint32 `json:"pliCount,omitempty"`

	// Active tells whether the encoding is active, by RTPEncodingParameters.
	Active *bool `json:"active,omitempty"`

	// EncoderImplementation names the encoder.
	EncoderImplementation *string `json:"encoderImplementation,omitempty"`

	// PowerEfficientEncoder tells whether the encoder saves power, as
	// hardware does.
	PowerEfficientEncoder *bool `json:"powerEfficientEncoder,omitempty"`

	// ScalabilityMode is the mode of scalable coding in use, such as L1T3.
	ScalabilityMode *string `json:"scalabilityMode,omitempty"`

	// ContentType is "screenshare" for video of a screen; it is of the W3C's
	// provisional statistics.
	ContentType *string `json:"contentType,omitempty"`
}
