// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"slices"
	"strconv"
	"strings"
)

// repairStreams are the streams that belong to a media stream, by its SSRC.
type repairStreams struct{ rtx, fec map[SSRC]SSRC }

// readRepairStreams finds them in the media section of a description: libwebrtc
// tells them nowhere else. Streams that are named by their rid only, as those of
// simulcast are, have none there.
func readRepairStreams(d *SessionDescription, mid string) repairStreams {
	streams := repairStreams{map[SSRC]SSRC{}, map[SSRC]SSRC{}}
	if d == nil || mid == "" {
		return streams
	}
	for _, section := range strings.Split(d.SDP, "\r\nm=")[1:] {
		lines := strings.Split(section, "\r\n")
		if !slices.Contains(lines, "a=mid:"+mid) {
			continue
		}
		for _, line := range lines {
			if pair, ok := strings.CutPrefix(line, "a=ssrc-group:FID "); ok {
				addStreamPair(streams.rtx, pair)
			} else if pair, ok := strings.CutPrefix(line, "a=ssrc-group:FEC-FR "); ok {
				addStreamPair(streams.fec, pair)
			}
		}
	}
	return streams
}

// addStreamPair reads the two SSRCs of a group.
func addStreamPair(to map[SSRC]SSRC, pair string) {
	first, second, _ := strings.Cut(pair, " ")
	media, err1 := strconv.ParseUint(first, 10, 32)
	repair, err2 := strconv.ParseUint(second, 10, 32)
	if err1 == nil && err2 == nil {
		to[SSRC(media)] = SSRC(repair)
	}
}

func (s repairStreams) fillIn(c *RTPCodingParameters) {
	if c.SSRC != 0 {
		c.RTX.SSRC, c.FEC.SSRC = s.rtx[c.SSRC], s.fec[c.SSRC]
	}
}
