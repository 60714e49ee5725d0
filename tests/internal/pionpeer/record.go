// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package pionpeer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"
	"github.com/pion/webrtc/v4"
	"github.com/pion/webrtc/v4/pkg/media/samplebuilder"

	"github.com/nativertc/nativertc/tests/internal/media"
)

const (
	// videoRate is the clock of every video codec in RTP.
	videoRate = 90000
	// maxLate is how many packets the assembly waits for one that is missing.
	maxLate = 256
	// packetsHeld is how many packets may wait for a recording.
	packetsHeld = 1024
	// keyFrameInterval is how often a key frame is asked for while one is needed.
	keyFrameInterval = 500 * time.Millisecond
)

// RecordVideo receives count encoded frames that can be decoded one after another:
// the first is a key frame, and so is the first after a loss. One recording of a
// track at a time.
func (t *Track) RecordVideo(ctx context.Context, count int) (media.Codec, [][]byte, error) {
	var codec media.Codec
	var depacketizer rtp.Depacketizer
	switch mimeType := t.Codec().MimeType; {
	case strings.EqualFold(mimeType, webrtc.MimeTypeVP8):
		codec, depacketizer = media.VP8, &codecs.VP8Packet{}
	case strings.EqualFold(mimeType, webrtc.MimeTypeH264):
		codec, depacketizer = media.H264, &codecs.H264Packet{}
	case strings.EqualFold(mimeType, webrtc.MimeTypeH265):
		codec, depacketizer = media.H265, &codecs.H265Depacketizer{}
	case strings.EqualFold(mimeType, webrtc.MimeTypeAV1):
		codec, depacketizer = media.AV1, &codecs.AV1Depacketizer{}
	default:
		return "", nil, fmt.Errorf("the track's codec is %s", mimeType)
	}
	var frames [][]byte
	needKey := true
	var asked time.Time
	err := t.record(ctx, samplebuilder.New(maxLate, depacketizer, videoRate), func(data []byte, lost bool) bool {
		needKey = needKey || lost
		if needKey && media.IsKeyFrame(codec, data) {
			needKey = false
		}
		if !needKey {
			frames = append(frames, data)
			return len(frames) < count
		}
		if time.Since(asked) > keyFrameInterval {
			asked = time.Now()
			// A failure means that the connection is gone, and no packet comes either.
			_ = t.peer.WriteRTCP([]rtcp.Packet{&rtcp.PictureLossIndication{MediaSSRC: uint32(t.SSRC())}})
		}
		return true
	})
	if err != nil {
		err = fmt.Errorf("%d of %d frames received: %w", len(frames), count, err)
	}
	return codec, frames, err
}

// RecordOpus receives count packets of sound. One recording of a track at a time.
func (t *Track) RecordOpus(ctx context.Context, count int) ([][]byte, error) {
	if mimeType := t.Codec().MimeType; !strings.EqualFold(mimeType, webrtc.MimeTypeOpus) {
		return nil, fmt.Errorf("the track's codec is %s", mimeType)
	}
	var packets [][]byte
	builder := samplebuilder.New(maxLate, &codecs.OpusPacket{}, media.OpusRate)
	err := t.record(ctx, builder, func(data []byte, _ bool) bool {
		packets = append(packets, data)
		return len(packets) < count
	})
	if err != nil {
		err = fmt.Errorf("%d of %d packets received: %w", len(packets), count, err)
	}
	return packets, err
}

// record passes what the builder assembles to take, with whether something before
// it was lost, until take reports false.
func (t *Track) record(
	ctx context.Context, builder *samplebuilder.SampleBuilder, take func(data []byte, lost bool) bool,
) error {
	packets := make(chan *rtp.Packet, packetsHeld)
	t.setSink(packets)
	defer t.setSink(nil)
	// Senders repeat packets to probe the bandwidth. Pion delivers them like others,
	// and its assembly takes a repeated packet for a leap. Numbers come round after
	// 65536 packets; those are new ones.
	seen := map[uint16]int{}
	for count := 1; ; count++ {
		var packet *rtp.Packet
		select {
		case packet = <-packets:
		case <-t.Ended:
			return errors.New("the track has ended")
		case <-ctx.Done():
			return ctx.Err()
		}
		if at := seen[packet.SequenceNumber]; at != 0 && count-at < 1<<15 {
			continue
		}
		seen[packet.SequenceNumber] = count
		builder.Push(packet)
		for sample := builder.Pop(); sample != nil; sample = builder.Pop() {
			if !take(sample.Data, sample.PrevDroppedPackets > 0) {
				return nil
			}
		}
	}
}
