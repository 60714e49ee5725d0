// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// StatsICECandidatePairState is the state of a candidate pair in the check
// list (RFC 8445, section 6.1.2.6).
//
// https://www.w3.org/TR/webrtc-stats/#rtcstatsicecandidatepairstate-enum
type StatsICECandidatePairState int

const (
	// StatsICECandidatePairStateUnknown is the zero value: no value was given.
	StatsICECandidatePairStateUnknown StatsICECandidatePairState = iota

	// StatsICECandidatePairStateFrozen ("frozen") means that no check was sent
	// and none may be yet.
	StatsICECandidatePairStateFrozen

	// StatsICECandidatePairStateWaiting ("waiting") means that a check will be
	// sent when its turn comes.
	StatsICECandidatePairStateWaiting

	// StatsICECandidatePairStateInProgress ("in-progress") means that a check
	// was sent and awaits its answer.
	StatsICECandidatePairStateInProgress

	// StatsICECandidatePairStateFailed ("failed") means that the check failed.
	StatsICECandidatePairStateFailed

	// StatsICECandidatePairStateSucceeded ("succeeded") means that the check
	// succeeded.
	StatsICECandidatePairStateSucceeded
)

var candidatePairStateNames = newEnumTable("RTCStatsIceCandidatePairState", StatsICECandidatePairStateFrozen,
	"frozen",
	"waiting",
	"in-progress",
	"failed",
	"succeeded")

// ParseStatsICECandidatePairState returns the StatsICECandidatePairState
// that the W3C calls s; any other text is a TypeError that wraps
// ErrUnknownType.
func ParseStatsICECandidatePairState(s string) (StatsICECandidatePairState, error) {
	return candidatePairStateNames.parse(s)
}

// String returns the W3C name, or "unknown" for a value that has none.
func (s StatsICECandidatePairState) String() string { return candidatePairStateNames.name(s) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the
// W3C name.
func (s StatsICECandidatePairState) MarshalText() ([]byte, error) {
	return candidatePairStateNames.marshal(s)
}

// UnmarshalText implements encoding.TextUnmarshaler as
// ParseStatsICECandidatePairState reads.
func (s *StatsICECandidatePairState) UnmarshalText(text []byte) error {
	return candidatePairStateNames.unmarshal(s, text)
}
