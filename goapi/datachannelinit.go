// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "fmt"

const (
	// maxDataChannelText is the longest label or protocol that the message which
	// opens a channel can carry, in bytes (RFC 8832, section 5.1).
	maxDataChannelText = 65535

	// maxDataChannelID is the highest id; SCTP reserves the one above it
	// (RFC 8831, section 6.2).
	maxDataChannelID = 65534
)

// DataChannelInit are the properties of a new data channel. Nil members take the
// default.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdatachannelinit
type DataChannelInit struct {
	// Ordered tells whether messages arrive in the order sent. The default is
	// true.
	Ordered *bool

	// MaxPacketLifeTime is the time in milliseconds after which a message that
	// did not arrive is given up. The default is never. It excludes
	// MaxRetransmits.
	MaxPacketLifeTime *uint16

	// MaxRetransmits is the number of times a message that did not arrive is sent
	// again. The default is without end. It excludes MaxPacketLifeTime.
	MaxRetransmits *uint16

	// Protocol is the name of the application's protocol. The default is empty.
	Protocol *string

	// Negotiated tells that the peers have agreed on the channel by themselves,
	// and that both create it with the same ID. The default is false: the other
	// peer is told and gets the channel through OnDataChannel.
	Negotiated *bool

	// ID is the channel's id, 0 to 65534, and used only for negotiated channels.
	// The default is one that is free.
	ID *uint16

	// Priority weighs the channel against the others. The zero value is the
	// default, low.
	Priority PriorityType
}

// DataChannelMessage is a message that a data channel received: the data of the
// W3C's MessageEvent.
//
// https://www.w3.org/TR/webrtc/#event-datachannel-message
type DataChannelMessage struct {
	// IsString tells text, which is UTF-8, from binary data.
	IsString bool

	// Data is the message, which may be empty. It belongs to the receiver.
	Data []byte
}

// validate takes the steps of createDataChannel that look at nothing but its
// arguments. A nil init is all defaults.
//
// https://www.w3.org/TR/webrtc/#dom-peerconnection-createdatachannel
func (i *DataChannelInit) validate(label string) error {
	if len(label) > maxDataChannelText {
		return newError(typeError, fmt.Sprintf("label of %d bytes", len(label)), ErrStringSizeLimit)
	}
	if i == nil {
		return nil
	}
	negotiated := i.Negotiated != nil && *i.Negotiated
	for _, rule := range []struct {
		broken bool
		err    error
	}{
		{i.Protocol != nil && len(*i.Protocol) > maxDataChannelText, ErrProtocolTooLarge},
		{negotiated && i.ID == nil, ErrNegotiatedWithoutID},
		{i.MaxPacketLifeTime != nil && i.MaxRetransmits != nil, ErrRetransmitsOrPacketLifeTime},
		{negotiated && i.ID != nil && *i.ID > maxDataChannelID, ErrMaxDataChannelID},
	} {
		if rule.broken {
			return newError(typeError, "", rule.err)
		}
	}
	if i.Priority != PriorityTypeUnknown {
		return validateEnum(priorityTypeNames, i.Priority)
	}
	return nil
}
