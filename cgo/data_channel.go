// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/data_channel.h"
*/
import "C"

import (
	"sync/atomic"
	"unsafe"
)

// SendStatus tells what became of a message.
type SendStatus int

// The values of nrtc_send_status.
const (
	SendOK         SendStatus = C.NRTC_SEND_OK
	SendNotOpen    SendStatus = C.NRTC_SEND_NOT_OPEN
	SendTooLarge   SendStatus = C.NRTC_SEND_TOO_LARGE
	SendBufferFull SendStatus = C.NRTC_SEND_BUFFER_FULL
)

// DataChannelSend queues a copy of data.
func DataChannelSend(channel unsafe.Pointer, data []byte, binary bool) SendStatus {
	b := C.int(0)
	if binary {
		b = 1
	}
	crossed()
	return SendStatus(C.nrtc_data_channel_send((*C.nrtc_data_channel)(channel), (*C.uint8_t)(unsafe.SliceData(data)), C.size_t(len(data)), b))
}

// DataChannelBufferedAmount returns the address of the channel's queued bytes,
// which LoadCounter reads without a crossing while the channel is held.
func DataChannelBufferedAmount(channel unsafe.Pointer) unsafe.Pointer {
	crossed()
	return unsafe.Pointer(C.nrtc_data_channel_buffered_amount((*C.nrtc_data_channel)(channel)))
}

// LoadCounter reads a counter that libwebrtc's threads write.
func LoadCounter(p unsafe.Pointer) uint64 { return atomic.LoadUint64((*uint64)(p)) }

// DataChannelSetLowThreshold sets bufferedAmountLowThreshold.
func DataChannelSetLowThreshold(channel unsafe.Pointer, bytes uint64) {
	crossed()
	C.nrtc_data_channel_set_low_threshold((*C.nrtc_data_channel)(channel), C.uint64_t(bytes))
}

// DataChannelSetDrainMark has the event of the buffered amount raised at a mark of
// goapi's own, too.
func DataChannelSetDrainMark(channel unsafe.Pointer, bytes uint64) {
	crossed()
	C.nrtc_data_channel_set_drain_mark((*C.nrtc_data_channel)(channel), C.uint64_t(bytes))
}

// DataChannelID reads the channel's id; -1 for none yet.
func DataChannelID(channel unsafe.Pointer) int {
	r, err := call(func(o reply) C.size_t {
		return C.nrtc_data_channel_id((*C.nrtc_data_channel)(channel), o.out, o.size, o.more)
	})
	if err != nil {
		return -1
	}
	return int(r.I32())
}

// DataChannelClose begins the closing handshake.
func DataChannelClose(channel unsafe.Pointer) {
	crossed()
	C.nrtc_data_channel_close((*C.nrtc_data_channel)(channel))
}

// DataChannelAttach begins the events of a channel that was made here.
func DataChannelAttach(channel unsafe.Pointer) {
	crossed()
	C.nrtc_data_channel_attach((*C.nrtc_data_channel)(channel))
}

// DataChannelDetach ends the channel's events.
func DataChannelDetach(channel unsafe.Pointer) {
	crossed()
	C.nrtc_data_channel_detach((*C.nrtc_data_channel)(channel))
}
