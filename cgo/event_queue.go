// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/event_queue.h"
*/
import "C"

import (
	"sync/atomic"
	"unsafe"
)

// EventKind tells what an event record is about.
type EventKind uint32

// The kinds of bridge/event_queue.h.
const (
	EventCompletion                   EventKind = C.NRTC_EVENT_COMPLETION
	EventSignalingState               EventKind = C.NRTC_EVENT_SIGNALING_STATE
	EventICEConnectionState           EventKind = C.NRTC_EVENT_ICE_CONNECTION_STATE
	EventConnectionState              EventKind = C.NRTC_EVENT_CONNECTION_STATE
	EventICEGatheringState            EventKind = C.NRTC_EVENT_ICE_GATHERING_STATE
	EventICECandidate                 EventKind = C.NRTC_EVENT_ICE_CANDIDATE
	EventICECandidateError            EventKind = C.NRTC_EVENT_ICE_CANDIDATE_ERROR
	EventSelectedCandidatePair        EventKind = C.NRTC_EVENT_SELECTED_CANDIDATE_PAIR
	EventNegotiationNeeded            EventKind = C.NRTC_EVENT_NEGOTIATION_NEEDED
	EventTrack                        EventKind = C.NRTC_EVENT_TRACK
	EventTrackRemoved                 EventKind = C.NRTC_EVENT_TRACK_REMOVED
	EventDataChannel                  EventKind = C.NRTC_EVENT_DATA_CHANNEL
	EventDataChannelState             EventKind = C.NRTC_EVENT_DATA_CHANNEL_STATE
	EventDataChannelMessage           EventKind = C.NRTC_EVENT_DATA_CHANNEL_MESSAGE
	EventDataChannelBufferedAmountLow EventKind = C.NRTC_EVENT_DATA_CHANNEL_BUFFERED_AMOUNT_LOW
	EventTrackState                   EventKind = C.NRTC_EVENT_TRACK_STATE
	EventDTLSTransportState           EventKind = C.NRTC_EVENT_DTLS_TRANSPORT_STATE
	EventSCTPTransportState           EventKind = C.NRTC_EVENT_SCTP_TRANSPORT_STATE
	EventICETransportState            EventKind = C.NRTC_EVENT_ICE_TRANSPORT_STATE
	EventICETransportGatheringState   EventKind = C.NRTC_EVENT_ICE_TRANSPORT_GATHERING_STATE
	EventLog                          EventKind = C.NRTC_EVENT_LOG
	EventRTCEventLog                  EventKind = C.NRTC_EVENT_RTC_EVENT_LOG
	EventRTPReceived                  EventKind = C.NRTC_EVENT_RTP_RECEIVED
	EventHardware                     EventKind = C.NRTC_EVENT_HARDWARE
	EventMDNSNameWanted               EventKind = C.NRTC_EVENT_MDNS_NAME_WANTED
	EventMDNSAddressWanted            EventKind = C.NRTC_EVENT_MDNS_ADDRESS_WANTED
	EventMDNSNotWanted                EventKind = C.NRTC_EVENT_MDNS_NOT_WANTED
	EventDescriptions                 EventKind = C.NRTC_EVENT_DESCRIPTIONS
	EventNegotiated                   EventKind = C.NRTC_EVENT_NEGOTIATED
	EventNativeFrameReleased          EventKind = C.NRTC_EVENT_NATIVE_FRAME_RELEASED
)

// Event is one record of a queue. R reads its payload and is valid only until
// the next Take.
type Event struct {
	Kind    EventKind
	Subject uint64 // the ID of the object the event is about, or 0
	Stamp   uint64 // greater than those of all that were raised before, or 0: see EventQueue.Stamp
	R       Reader
}

// EventQueue receives what libwebrtc's threads raise.
type EventQueue struct {
	*Ref
	waker       *Waker
	stamped     bool
	outstanding unsafe.Pointer
	patience    unsafe.Pointer
}

// NewEventQueue makes a queue. maxBytes bounds what the remote peer controls; 0
// is no bound.
func NewEventQueue(maxBytes int) *EventQueue {
	q := &EventQueue{waker: NewWaker()}
	crossed()
	native := C.nrtc_event_queue_new(C.uint64_t(q.waker.Key()), C.size_t(maxBytes))
	q.outstanding = unsafe.Pointer(C.nrtc_event_queue_outstanding(native))
	q.patience = unsafe.Pointer(C.nrtc_event_queue_patience(native))
	q.Ref = NewRef(unsafe.Pointer(native), nil)
	return q
}

// Stamp gives the records stamps, by which those of several queues can be put into
// order. It is for a queue that nothing uses yet.
func (q *EventQueue) Stamp() {
	if p := q.Acquire(); p != nil {
		crossed()
		C.nrtc_event_queue_stamp((*C.nrtc_event_queue)(p))
		q.Release()
		q.stamped = true
	}
}

// Wake receives when there is something to take.
func (q *EventQueue) Wake() <-chan struct{} { return q.waker.C() }

// Take calls handle for every waiting record, in order, with one crossing. Only
// one goroutine may take at a time.
func (q *EventQueue) Take(handle func(*Event)) {
	p := q.Acquire()
	if p == nil {
		return
	}
	defer q.Release()
	var data *C.uint8_t
	var size C.size_t
	crossed()
	n := int(C.nrtc_event_queue_take((*C.nrtc_event_queue)(p), &data, &size))
	batch := Reader{b: unsafe.Slice((*byte)(unsafe.Pointer(data)), int(size))}
	for range n {
		record := Reader{b: batch.Bytes()}
		e := Event{Kind: EventKind(record.U32()), Subject: record.U64()}
		if q.stamped {
			e.Stamp = record.U64()
		}
		e.R = record
		handle(&e)
	}
}

// Run calls handle for every record as it comes, until stop is closed; then for
// those that wait still, and closes the queue.
func (q *EventQueue) Run(stop <-chan struct{}, handle func(*Event)) {
	for {
		select {
		case <-q.Wake():
			q.Take(handle)
		case <-stop:
			q.Take(handle)
			q.Stop()
			q.Close()
			return
		}
	}
}

// Consumed gives bytes back to the queue's bound, without a crossing.
func (q *EventQueue) Consumed(bytes int) {
	if p := q.Acquire(); p != nil {
		atomic.AddUint64((*uint64)(q.outstanding), -uint64(bytes))
		q.Release()
	}
}

// SetPatient tells the queue, without a crossing, whether its owner looks by itself
// for messages and need not be woken for each. After SetPatient(false) the owner
// must take once more.
func (q *EventQueue) SetPatient(patient bool) {
	if p := q.Acquire(); p != nil {
		var v uint32
		if patient {
			v = 1
		}
		atomic.StoreUint32((*uint32)(q.patience), v)
		q.Release()
	}
}

// Stop drops what waits and lets nothing in any more.
func (q *EventQueue) Stop() {
	if p := q.Acquire(); p != nil {
		crossed()
		C.nrtc_event_queue_close((*C.nrtc_event_queue)(p))
		q.Release()
	}
	q.waker.Close()
}
