// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/frame_transformer.h"
*/
import "C"

import "unsafe"

// Each function here is the function of bridge/frame_transformer.h of that name;
// the header tells what its arguments and values are.

// EncodedFrame is an nrtc_encoded_frame_info.
type EncodedFrame struct{ c C.nrtc_encoded_frame_info }

// EncodedFrameValues are the members of a description but those that lie in
// libwebrtc's memory.
type EncodedFrameValues struct {
	FrameID, ReceiveTime                         int64
	CaptureTime, SenderCaptureTimeOffset         *int64
	PresentationTime                             *int64
	SSRC, Timestamp                              uint32
	SpatialIndex, TemporalIndex                  int
	Width, Height, SequenceNumber                uint16
	PayloadType, AudioLevel                      uint8
	KeyFrame                                     bool
	HasFrameID, HasSequenceNumber, HasAudioLevel bool
	MimeType, RID                                string
	CSRCs                                        []uint32
	Dependencies                                 []int64
}

// Handle is the frame, with a reference.
func (f *EncodedFrame) Handle() unsafe.Pointer { return unsafe.Pointer(f.c.frame) }

// Waiting tells how many more can be taken.
func (f *EncodedFrame) Waiting() int { return int(f.c.waiting) }

// Data is a view of the frame's data.
func (f *EncodedFrame) Data() []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(f.c.data)), int(f.c.size))
}

// Values copies the rest.
func (f *EncodedFrame) Values() EncodedFrameValues {
	c := &f.c
	v := EncodedFrameValues{
		FrameID:           int64(c.frame_id),
		ReceiveTime:       int64(c.receive_time_us),
		SSRC:              uint32(c.ssrc),
		Timestamp:         uint32(c.timestamp),
		SpatialIndex:      int(c.spatial_index),
		TemporalIndex:     int(c.temporal_index),
		Width:             uint16(c.width),
		Height:            uint16(c.height),
		SequenceNumber:    uint16(c.sequence_number),
		PayloadType:       uint8(c.payload_type),
		AudioLevel:        uint8(c.audio_level),
		KeyFrame:          c.key_frame != 0,
		HasFrameID:        c.has_frame_id != 0,
		HasSequenceNumber: c.has_sequence_number != 0,
		HasAudioLevel:     c.has_audio_level != 0,
		MimeType:          C.GoStringN(c.mime_type, C.int(c.mime_type_size)),
		RID:               C.GoStringN(c.rid, C.int(c.rid_size)),
	}
	v.CaptureTime = optional(c.has_capture_time, c.capture_time_us)
	v.SenderCaptureTimeOffset = optional(c.has_sender_capture_time_offset, c.sender_capture_time_offset_us)
	v.PresentationTime = optional(c.has_presentation_time, c.presentation_time_us)
	if c.csrc_count > 0 {
		v.CSRCs = append(v.CSRCs, unsafe.Slice((*uint32)(unsafe.Pointer(c.csrcs)), int(c.csrc_count))...)
	}
	if c.dependency_count > 0 {
		v.Dependencies = append(v.Dependencies, unsafe.Slice((*int64)(unsafe.Pointer(c.dependencies)), int(c.dependency_count))...)
	}
	return v
}

func optional(has C.uint8_t, v C.int64_t) *int64 {
	if has == 0 {
		return nil
	}
	n := int64(v)
	return &n
}

func cbool(v bool) C.int {
	if v {
		return 1
	}
	return 0
}

// NewFrameTransformer makes a transformer that passes all frames on.
func NewFrameTransformer(video, sender bool, wakeKey uint64) unsafe.Pointer {
	crossed()
	return unsafe.Pointer(C.nrtc_frame_transformer_new(cbool(video), cbool(sender), C.uint64_t(wakeKey)))
}

// RTPSenderSetFrameTransformer puts it into a sender.
func RTPSenderSetFrameTransformer(sender, transformer unsafe.Pointer) {
	crossed()
	C.nrtc_rtp_sender_set_frame_transformer((*C.nrtc_rtp_sender)(sender), (*C.nrtc_frame_transformer)(transformer))
}

// RTPReceiverSetFrameTransformer puts it into a receiver.
func RTPReceiverSetFrameTransformer(receiver, transformer unsafe.Pointer) {
	crossed()
	C.nrtc_rtp_receiver_set_frame_transformer((*C.nrtc_rtp_receiver)(receiver), (*C.nrtc_frame_transformer)(transformer))
}

// FrameTransformerActivate keeps frames to be taken, or with 0 passes them on.
func FrameTransformerActivate(transformer unsafe.Pointer, capacity int) {
	crossed()
	C.nrtc_frame_transformer_activate((*C.nrtc_frame_transformer)(transformer), C.size_t(capacity))
}

// FrameTransformerDropped tells how many frames were dropped.
func FrameTransformerDropped(transformer unsafe.Pointer) uint64 {
	crossed()
	return uint64(C.nrtc_frame_transformer_dropped((*C.nrtc_frame_transformer)(transformer)))
}

// FrameTransformerTake takes the oldest frame, if there is one.
func FrameTransformerTake(transformer unsafe.Pointer, f *EncodedFrame) bool {
	crossed()
	return C.nrtc_frame_transformer_take((*C.nrtc_frame_transformer)(transformer), &f.c) != 0
}

// FrameTransformerSend passes a frame on, with data in place of its own if
// replace.
func FrameTransformerSend(transformer, frame unsafe.Pointer, replace bool, data []byte) bool {
	crossed()
	return C.nrtc_frame_transformer_send((*C.nrtc_frame_transformer)(transformer), (*C.nrtc_encoded_frame)(frame),
		cbool(replace), (*C.uint8_t)(unsafe.Pointer(unsafe.SliceData(data))), C.size_t(len(data))) != 0
}

// EncodedFrameClone makes another frame, where the revision can.
func EncodedFrameClone(frame unsafe.Pointer, f *EncodedFrame) bool {
	crossed()
	return C.nrtc_encoded_frame_clone((*C.nrtc_encoded_frame)(frame), &f.c) != 0
}

// EncodedFrameSetTimestamp sets the RTP timestamp, where the revision can.
func EncodedFrameSetTimestamp(frame unsafe.Pointer, timestamp uint32) bool {
	crossed()
	return C.nrtc_encoded_frame_set_timestamp((*C.nrtc_encoded_frame)(frame), C.uint32_t(timestamp)) != 0
}

// RTPSenderGenerateKeyFrame asks the encoder for key frames.
func RTPSenderGenerateKeyFrame(sender unsafe.Pointer, in *Writer) error {
	p, n := in.view()
	_, err := call(func(o reply) C.size_t {
		return C.nrtc_rtp_sender_generate_key_frame((*C.nrtc_rtp_sender)(sender), p, n, o.out, o.size, o.more)
	})
	return err
}

// RTPReceiverRequestKeyFrame asks the other peer for a key frame.
func RTPReceiverRequestKeyFrame(receiver unsafe.Pointer) {
	crossed()
	C.nrtc_rtp_receiver_request_key_frame((*C.nrtc_rtp_receiver)(receiver))
}
