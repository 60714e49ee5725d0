// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// DTLSFingerprint is the digest of a certificate, as descriptions carry it.
//
// https://www.w3.org/TR/webrtc/#rtcdtlsfingerprint
type DTLSFingerprint struct {
	// Algorithm is the name of the hash function, such as "sha-256" (RFC 4572).
	Algorithm string `json:"algorithm"`

	// Value holds the digest's bytes in hexadecimal, separated by colons.
	Value string `json:"value"`
}
