// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/pion/rtp"
	"github.com/pion/webrtc/v4/pkg/media/oggreader"
	"github.com/pion/webrtc/v4/pkg/media/oggwriter"
)

// Opus in RTP always runs a clock of 48 kHz (RFC 7587).
const (
	OpusRate       = 48000
	OpusPacketTime = 20 * time.Millisecond

	opusPacketSamples = OpusRate / 50
)

// EncodeOpus returns mono samples at [OpusRate] as packets of [OpusPacketTime].
func EncodeOpus(samples []int16) (packets [][]byte, err error) {
	var raw bytes.Buffer
	if err := binary.Write(&raw, binary.LittleEndian, samples); err != nil {
		return nil, err
	}
	// A page duration of one packet puts each packet on a page of its own.
	out, err := ffmpeg(&raw, "-f", "s16le", "-ar", strconv.Itoa(OpusRate), "-ac", "1", "-i", "pipe:0",
		"-c:a", "libopus", "-b:a", "48k", "-frame_duration", "20", "-page_duration", "20000", "-f", "ogg")
	if err != nil {
		return nil, err
	}
	reader, _, err := oggreader.NewWith(bytes.NewReader(out))
	if err != nil {
		return nil, fmt.Errorf("reading Ogg: %w", err)
	}
	for {
		page, _, err := reader.ParseNextPage()
		if errors.Is(err, io.EOF) {
			return packets, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading Ogg: %w", err)
		}
		if !bytes.HasPrefix(page, []byte("OpusTags")) {
			packets = append(packets, page)
		}
	}
}

// DecodeOpus returns packets of [OpusPacketTime] as mono samples at [OpusRate].
func DecodeOpus(packets [][]byte) ([]int16, error) {
	var ogg bytes.Buffer
	writer, err := oggwriter.NewWith(&ogg, OpusRate, 2)
	if err != nil {
		return nil, err
	}
	for i, packet := range packets {
		if err := writer.WriteRTP(&rtp.Packet{
			Header: rtp.Header{
				Version: 2, SequenceNumber: uint16(i), Timestamp: uint32(i+1) * opusPacketSamples,
			},
			Payload: packet,
		}); err != nil {
			return nil, fmt.Errorf("writing Ogg: %w", err)
		}
	}
	if err := writer.Close(); err != nil {
		return nil, fmt.Errorf("writing Ogg: %w", err)
	}
	out, err := ffmpeg(&ogg, "-f", "ogg", "-i", "pipe:0", "-f", "s16le", "-ar", strconv.Itoa(OpusRate), "-ac", "1")
	if err != nil {
		return nil, err
	}
	samples := make([]int16, len(out)/2)
	for i := range samples {
		samples[i] = int16(binary.LittleEndian.Uint16(out[2*i:]))
	}
	return samples, nil
}
