// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// InboundRTPStreamStats are those of an RTP stream that this side receives.
// Members of audio are nil for video, and the other way round.
//
// https://www.w3.org/TR/webrtc-stats/#inboundrtpstats-dict*
type InboundRTPStreamStats struct {
	ReceivedRTPStreamStats

	// TrackIdentifier is the id of the track.
	TrackIdentifier string `json:"trackIdentifier"`

	// Mid is the mid of the transceiver.
	Mid *string `json:"mid,omitempty"`

	// RemoteID is the id of the RemoteOutboundRTPStreamStats.
	RemoteID *string `json:"remoteId,omitempty"`

	// PlayoutID is the id of the AudioPlayoutStats that the track is played
	// through.
	PlayoutID *string `json:"playoutId,omitempty"`

	// FramesDecoded is the number of frames decoded.
	FramesDecoded *uint32 `json:"framesDecoded,omitempty"`

	// KeyFramesDecoded is the number of key frames among them.
	KeyFramesDecoded *uint32 `json:"keyFramesDecoded,omitempty"`

	// FramesRendered is the number of frames rendered.
	FramesRendered *uint32 `json:"framesRendered,omitempty"`

	// FramesDropped is the number of frames dropped before or after
	// decoding.
	FramesDropped *uint32 `json:"framesDropped,omitempty"`

	// FramesReceived is the number of complete frames received.
	FramesReceived *uint32 `json:"framesReceived,omitempty"`

	// FramesAssembledFromMultiplePackets is the number of decoded frames
	// that took more than one packet.
	FramesAssembledFromMultiplePackets *uint32 `json:"framesAssembledFromMultiplePackets,omitempty"`

	// TotalAssemblyTime is the sum, over those, of the seconds from the
	// first packet to the last.
	TotalAssemblyTime *float64 `json:"totalAssemblyTime,omitempty"`

	// FrameWidth is the width of the last decoded frame, in pixels.
	FrameWidth *uint32 `json:"frameWidth,omitempty"`

	// FrameHeight is the height of the last decoded frame, in pixels.
	FrameHeight *uint32 `json:"frameHeight,omitempty"`

	// FramesPerSecond is the number of frames decoded in the last second.
	FramesPerSecond *float64 `json:"framesPerSecond,omitempty"`

	// QPSum is the sum of the quantization parameters of all decoded frames;
	// their scale is the codec's.
	QPSum *uint64 `json:"qpSum,omitempty"`

	// TotalDecodeTime is the time spent decoding, in seconds.
	TotalDecodeTime *float64 `json:"totalDecodeTime,omitempty"`

	// TotalInterFrameDelay is the sum of the seconds between frames
	// rendered.
	TotalInterFrameDelay *float64 `json:"totalInterFrameDelay,omitempty"`

	// TotalSquaredInterFrameDelay is the sum of their squares.
	TotalSquaredInterFrameDelay *float64 `json:"totalSquaredInterFrameDelay,omitempty"`

	// PauseCount is the number of pauses: no frame rendered for more than
	// five seconds.
	PauseCount *uint32 `json:"pauseCount,omitempty"`

	// TotalPausesDuration is the length of all pauses, in seconds.
	TotalPausesDuration *float64 `json:"totalPausesDuration,omitempty"`

	// FreezeCount is the number of freezes: delays between frames that are
	// far above the average.
	FreezeCount *uint32 `json:"freezeCount,omitempty"`

	// TotalFreezesDuration is the length of all freezes, in seconds.
	TotalFreezesDuration *float64 `json:"totalFreezesDuration,omitempty"`

	// TotalCorruptionProbability is the sum of the probabilities, 0 to 1,
	// measured that a frame was corrupt.
	TotalCorruptionProbability *float64 `json:"totalCorruptionProbability,omitempty"`

	// TotalSquaredCorruptionProbability is the sum of their squares.
	TotalSquaredCorruptionProbability *float64 `json:"totalSquaredCorruptionProbability,omitempty"`

	// CorruptionMeasurements is the number of these measurements.
	CorruptionMeasurements *uint64 `json:"corruptionMeasurements,omitempty"`

	// LastPacketReceivedTimestamp is when the last packet was received.
	LastPacketReceivedTimestamp *StatsTimestamp `json:"lastPacketReceivedTimestamp,omitempty"`

	// HeaderBytesReceived is the number of bytes of RTP headers and padding
	// received.
	HeaderBytesReceived *uint64 `json:"headerBytesReceived,omitempty"`

	// BytesReceived is the number of bytes of payload received, without
	// headers and padding.
	BytesReceived *uint64 `json:"bytesReceived,omitempty"`

	// PacketsDiscarded is the number of packets that came too late or too
	// early to be played.
	PacketsDiscarded *uint64 `json:"packetsDiscarded,omitempty"`

	// FECBytesReceived is the number of bytes of error correction received.
	FECBytesReceived *uint64 `json:"fecBytesReceived,omitempty"`

	// FECPacketsReceived is the number of packets of error correction
	// received.
	FECPacketsReceived *uint64 `json:"fecPacketsReceived,omitempty"`

	// FECPacketsDiscarded is the number of those that were of no use.
	FECPacketsDiscarded *uint64 `json:"fecPacketsDiscarded,omitempty"`

	// FECSSRC names the stream of error correction, where it has its own.
	FECSSRC *SSRC `json:"fecSsrc,omitempty"`

	// RetransmittedPacketsReceived is the number of packets received on the
	// stream of retransmissions.
	RetransmittedPacketsReceived *uint64 `json:"retransmittedPacketsReceived,omitempty"`

	// RetransmittedBytesReceived is the number of bytes of payload in them.
	RetransmittedBytesReceived *uint64 `json:"retransmittedBytesReceived,omitempty"`

	// RTXSSRC names the stream of retransmissions, where it has its own.
	RTXSSRC *SSRC `json:"rtxSsrc,omitempty"`

	// NACKCount is the number of negative acknowledgements sent.
	NACKCount *uint32 `json:"nackCount,omitempty"`

	// FIRCount is the number of full intra requests sent.
	FIRCount *uint32 `json:"firCount,omitempty"`

	// PLICount is the number of picture loss indications sent.
	PLICount *uint32 `json:"pliCount,omitempty"`

	// TotalProcessingDelay is the sum of the seconds from the first packet
	// of a frame or sample to its decoding.
	TotalProcessingDelay *float64 `json:"totalProcessingDelay,omitempty"`

	// EstimatedPlayoutTimestamp is when, by the clock of the sender, what is
	// played now was captured: milliseconds since 1900 (NTP).
	EstimatedPlayoutTimestamp *float64 `json:"estimatedPlayoutTimestamp,omitempty"`

	// JitterBufferDelay is the sum of the seconds that each frame or sample
	// spent in the jitter buffer.
	JitterBufferDelay *float64 `json:"jitterBufferDelay,omitempty"`

	// JitterBufferTargetDelay is the sum of the delays aimed at, in seconds,
	// each time one left the buffer.
	JitterBufferTargetDelay *float64 `json:"jitterBufferTargetDelay,omitempty"`

	// JitterBufferMinimumDelay is the sum of the delays, in seconds, that
	// the network alone would ask for.
	JitterBufferMinimumDelay *float64 `json:"jitterBufferMinimumDelay,omitempty"`

	// JitterBufferEmittedCount is the number of frames or samples that left
	// the jitter buffer.
	JitterBufferEmittedCount *uint64 `json:"jitterBufferEmittedCount,omitempty"`

	// TotalSamplesReceived is the number of samples received on the track,
	// made up ones included.
	TotalSamplesReceived *uint64 `json:"totalSamplesReceived,omitempty"`

	// ConcealedSamples is the number of samples that were made up for lost
	// ones.
	ConcealedSamples *uint64 `json:"concealedSamples,omitempty"`

	// SilentConcealedSamples is the number of those that were silence.
	SilentConcealedSamples *uint64 `json:"silentConcealedSamples,omitempty"`

	// ConcealmentEvents is the number of times that concealment began.
	ConcealmentEvents *uint64 `json:"concealmentEvents,omitempty"`

	// InsertedSamplesForDeceleration is the number of samples added to play
	// more slowly.
	InsertedSamplesForDeceleration *uint64 `json:"insertedSamplesForDeceleration,omitempty"`

	// RemovedSamplesForAcceleration is the number of samples taken out to
	// play faster.
	RemovedSamplesForAcceleration *uint64 `json:"removedSamplesForAcceleration,omitempty"`

	// AudioLevel is the level from 0 (silence) to 1 (0 dBov), linear.
	AudioLevel *float64 `json:"audioLevel,omitempty"`

	// TotalAudioEnergy is the energy of the track: the sum of duration times
	// squared level.
	TotalAudioEnergy *float64 `json:"totalAudioEnergy,omitempty"`

	// TotalSamplesDuration is the duration of all samples received, in
	// seconds.
	TotalSamplesDuration *float64 `json:"totalSamplesDuration,omitempty"`

	// DecoderImplementation names the decoder.
	DecoderImplementation *string `json:"decoderImplementation,omitempty"`

	// PowerEfficientDecoder tells whether the decoder saves power, as
	// hardware does.
	PowerEfficientDecoder *bool `json:"powerEfficientDecoder,omitempty"`

	// ContentType is "screenshare" for video of a screen; it is of the W3C's
	// provisional statistics.
	ContentType *string `json:"contentType,omitempty"`

	// GoogTimingFrameInfo tells the times of a frame on its way, by which libwebrtc
	// looks for delays; it is libwebrtc's own, as what follows.
	GoogTimingFrameInfo *string `json:"googTimingFrameInfo,omitempty"`

	// JitterBufferFlushes is how often the jitter buffer was emptied because it was
	// full.
	JitterBufferFlushes *uint64 `json:"jitterBufferFlushes,omitempty"`

	// DelayedPacketOutageSamples is the number of samples concealed because a packet
	// was late.
	DelayedPacketOutageSamples *uint64 `json:"delayedPacketOutageSamples,omitempty"`

	// RelativePacketArrivalDelay is the sum of how much later than the earliest
	// packets the others arrived, in seconds.
	RelativePacketArrivalDelay *float64 `json:"relativePacketArrivalDelay,omitempty"`

	// InterruptionCount is the number of concealments longer than 150 ms.
	InterruptionCount *uint32 `json:"interruptionCount,omitempty"`

	// TotalInterruptionDuration is their sum in seconds.
	TotalInterruptionDuration *float64 `json:"totalInterruptionDuration,omitempty"`

	// MinPlayoutDelay is the least delay that video is shown with, in seconds.
	MinPlayoutDelay *float64 `json:"minPlayoutDelay,omitempty"`
}
