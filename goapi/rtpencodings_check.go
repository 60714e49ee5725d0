// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// maxSimulcastEncodings is how many encodings libwebrtc sends of one video
// track.
const maxSimulcastEncodings = 3

// initialEncodings checks the encodings of a sender yet to be made and completes
// them (W3C WebRTC 1.0, "addTransceiver sendEncodings validation steps"). What it
// returns shares nothing with what it was given.
func initialEncodings(kind RTPCodecType, encodings []RTPEncodingParameters) ([]RTPEncodingParameters, error) {
	encodings = slices.Clone(encodings)
	if len(encodings) == 0 {
		encodings = make([]RTPEncodingParameters, 1)
	}
	rids := map[string]bool{}
	// Where none has one, libwebrtc makes them up.
	named := slices.ContainsFunc(encodings, func(e RTPEncodingParameters) bool { return e.RID != "" })
	for i := range encodings {
		e := &encodings[i]
		if err := checkRID(e.RID); err != nil {
			return nil, err
		}
		if named && e.RID == "" {
			return nil, newError(typeError, "encoding "+strconv.Itoa(i)+" has no rid, as others have", nil)
		}
		if named && rids[e.RID] {
			return nil, newError(typeError, "rid "+strconv.Quote(e.RID)+" is given twice", nil)
		}
		rids[e.RID] = true
		if (e.RTPCodingParameters != RTPCodingParameters{RID: e.RID}) {
			return nil, newError(invalidAccessError, "an encoding has read-only members other than the rid", nil)
		}
		if e.Codec != nil && !isMediaType(e.Codec.MimeType) {
			// SetParameters has another name for it.
			return nil, newError(operationError, strconv.Quote(e.Codec.MimeType)+" is neither audio nor video", nil)
		}
	}
	if err := checkEncodings(kind, encodings); err != nil {
		return nil, err
	}
	limit := maxSimulcastEncodings
	if kind == RTPCodecTypeAudio {
		limit = 1
	}
	encodings = encodings[:min(limit, len(encodings))]
	if len(encodings) == 1 {
		encodings[0].RID = ""
	}
	if kind == RTPCodecTypeVideo {
		completeScaling(encodings)
	}
	return encodings, nil
}

// checkEncodings checks the numbers and enumerations, which new and changed
// encodings have in common. It removes what has no meaning for audio.
func checkEncodings(kind RTPCodecType, encodings []RTPEncodingParameters) error {
	for i := range encodings {
		e := &encodings[i]
		for _, p := range []PriorityType{e.Priority, e.NetworkPriority} {
			if _, err := priorityOrDefault(p).MarshalText(); err != nil {
				return err
			}
		}
		for _, v := range []*float64{e.MaxFramerate, e.ScaleResolutionDownBy} {
			if v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0)) {
				return newError(typeError, "a number of an encoding is not finite", nil)
			}
		}
		if kind == RTPCodecTypeAudio {
			e.ScaleResolutionDownBy, e.ScaleResolutionDownTo, e.MaxFramerate, e.ScalabilityMode = nil, nil, nil, ""
			continue
		}
		if e.ScalabilityMode != "" && !scalabilityMode.MatchString(e.ScalabilityMode) {
			// The revisions of libwebrtc notice at different times.
			return newError(operationError, strconv.Quote(e.ScalabilityMode)+" is not a scalabilityMode", nil)
		}
		if v := e.ScaleResolutionDownBy; v != nil && *v < 1 {
			return newError(rangeError, "scaleResolutionDownBy is less than 1", nil)
		}
		if v := e.MaxFramerate; v != nil && *v < 0 {
			return newError(rangeError, "maxFramerate is negative", nil)
		}
		if v := e.ScaleResolutionDownTo; v != nil && (v.MaxWidth == 0 || v.MaxHeight == 0) {
			return newError(operationError, "scaleResolutionDownTo is empty", nil)
		}
	}
	return nil
}

// isMediaType tells whether a MIME type is one of audio or video.
func isMediaType(mimeType string) bool {
	kind, _, ok := strings.Cut(mimeType, "/")
	return ok && (strings.EqualFold(kind, "audio") || strings.EqualFold(kind, "video"))
}

// scalabilityMode matches the modes of WebRTC SVC.
//
// https://www.w3.org/TR/webrtc-svc/#scalabilitymodes*
var scalabilityMode = regexp.MustCompile(`^(L1T[1-3]|L[23]T[1-3](h|_KEY)?|L[23]T[23]_KEY_SHIFT|S[23]T[1-3]h?)$`)

// completeScaling gives each encoding its scaleResolutionDownBy: 1 where others
// have one, powers of two, the smallest picture first, where none has.
func completeScaling(encodings []RTPEncodingParameters) {
	given := slices.ContainsFunc(encodings, func(e RTPEncodingParameters) bool {
		return e.ScaleResolutionDownBy != nil || e.ScaleResolutionDownTo != nil
	})
	for i := range encodings {
		e := &encodings[i]
		if e.ScaleResolutionDownBy != nil || e.ScaleResolutionDownTo != nil {
			continue
		}
		scale := 1.0
		if !given {
			scale = float64(int(1) << (len(encodings) - 1 - i))
		}
		e.ScaleResolutionDownBy = &scale
	}
}

// maxRIDLength is the longest rid that libwebrtc takes.
const maxRIDLength = 16

// checkRID checks a rid by the grammar of RFC 8852, section 3.1, which allows
// letters and digits only.
func checkRID(rid string) error {
	if len(rid) > maxRIDLength {
		return newError(typeError, "a rid has more than "+strconv.Itoa(maxRIDLength)+" characters", nil)
	}
	for _, c := range []byte(rid) {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return newError(typeError, "rid "+strconv.Quote(rid)+" has other characters than letters and digits", nil)
		}
	}
	return nil
}
