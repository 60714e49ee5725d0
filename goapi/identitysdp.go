// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
)

// What libwebrtc does not know of a description is kept here: the session-level
// attributes a=identity (RFC 8827, section 5) and the one by which two peers agree
// to keep media from their applications.
const (
	identityPrefix  = "a=identity:"
	isolationPrefix = "a=x-nativertc-isolation:"
)

// Values of the attribute for isolation. The W3C asks for the DTLS extension of
// RFC 8833, application protocol c-webrtc in place of webrtc, to which libwebrtc
// has no access; supported stands for offering both and required for offering
// c-webrtc alone.
const (
	isolationSupported = "supported"
	isolationRequired  = "required"
)

// sessionLevel returns the part of an SDP before its first media section.
func sessionLevel(sdp string) string {
	if i := strings.Index(sdp, "\nm="); i >= 0 {
		return sdp[:i+1]
	}
	return sdp
}

// sessionValues returns the values of the session-level attributes that begin with
// prefix.
func sessionValues(sdp, prefix string) (values []string) {
	for line := range strings.Lines(sessionLevel(sdp)) {
		if v, ok := strings.CutPrefix(strings.TrimRight(line, "\r\n"), prefix); ok {
			values = append(values, v)
		}
	}
	return values
}

// extraLines returns the lines that libwebrtc would forget, as they are.
func extraLines(sdp string) (lines []string) {
	for line := range strings.Lines(sessionLevel(sdp)) {
		if line = strings.TrimRight(line, "\r\n"); strings.HasPrefix(line, identityPrefix) || strings.HasPrefix(line, isolationPrefix) {
			lines = append(lines, line)
		}
	}
	return lines
}

// withExtraLines adds lines to the session level.
func withExtraLines(sdp string, lines []string) string {
	if len(lines) == 0 {
		return sdp
	}
	session := sessionLevel(sdp)
	return session + strings.Join(lines, "\r\n") + "\r\n" + sdp[len(session):]
}

// isolationOf tells what a description says about isolation: one of the values, or
// empty.
func isolationOf(sdp string) string {
	values := sessionValues(sdp, isolationPrefix)
	if slices.Contains(values, isolationRequired) {
		return isolationRequired
	}
	if len(values) > 0 {
		return isolationSupported
	}
	return ""
}

// originOf returns what identifies a description among those of one peer: the
// session's id and version, which libwebrtc keeps.
func originOf(sdp string) string {
	for line := range strings.Lines(sdp) {
		if fields := strings.Fields(line); len(fields) > 3 && strings.HasPrefix(line, "o=") {
			return fields[1] + " " + fields[2]
		}
	}
	return ""
}

// keptLine holds the extra lines of one description.
type keptLine struct {
	origin string
	lines  []string
}

// keptLines remembers the extra lines of the descriptions that a peer may have at
// a time: a current one and a pending one, and some more in between.
type keptLines []keptLine

const mostKeptLines = 8

func (k *keptLines) keep(sdp string) {
	origin := originOf(sdp)
	*k = slices.DeleteFunc(*k, func(e keptLine) bool { return e.origin == origin })
	lines := extraLines(sdp)
	if len(lines) == 0 {
		return
	}
	*k = append(*k, keptLine{origin, lines})
	if len(*k) > mostKeptLines {
		*k = (*k)[1:]
	}
}

func (k keptLines) restore(d *SessionDescription) {
	if d == nil || len(k) == 0 {
		return
	}
	origin := originOf(d.SDP)
	for _, e := range k {
		if e.origin == origin {
			d.SDP = withExtraLines(d.SDP, e.lines)
		}
	}
}

// identityFingerprint is a fingerprint as the contents of an assertion hold it
// (RFC 8827, section 7.2).
type identityFingerprint struct {
	Algorithm string `json:"algorithm"`
	Digest    string `json:"digest"`
}

func (f identityFingerprint) normal() identityFingerprint {
	return identityFingerprint{strings.ToLower(f.Algorithm), strings.ToUpper(f.Digest)}
}

// identityContents is what an assertion covers.
type identityContents struct {
	Fingerprint []identityFingerprint `json:"fingerprint"`
}

// fingerprintsOf returns all fingerprints of a description, those of the session
// and those of the media sections.
func fingerprintsOf(sdp string) (fingerprints []identityFingerprint) {
	for line := range strings.Lines(sdp) {
		value, ok := strings.CutPrefix(line, "a=fingerprint:")
		if !ok {
			continue
		}
		algorithm, digest, _ := strings.Cut(strings.TrimSpace(value), " ")
		f := identityFingerprint{algorithm, strings.TrimSpace(digest)}.normal()
		if !slices.Contains(fingerprints, f) {
			fingerprints = append(fingerprints, f)
		}
	}
	return fingerprints
}

// covers tells whether every one of the fingerprints is among covered, and there
// is one.
func covers(covered, fingerprints []identityFingerprint) bool {
	for _, f := range fingerprints {
		if !slices.Contains(covered, f) {
			return false
		}
	}
	return len(fingerprints) > 0
}

// encodeAssertion makes the value of a=identity.
func encodeAssertion(result IdentityAssertionResult) (string, error) {
	text, err := json.Marshal(result)
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(text), nil
}

// decodeAssertion reads the value of a=identity; extensions after a space are
// passed over.
func decodeAssertion(value string) (result IdentityAssertionResult, err error) {
	value, _, _ = strings.Cut(value, " ")
	text, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		return result, err
	}
	var members struct {
		IdP       *IdentityProviderDetails `json:"idp"`
		Assertion *string                  `json:"assertion"`
	}
	if err := json.Unmarshal(text, &members); err != nil {
		return result, err
	}
	if members.IdP == nil || members.IdP.Domain == "" || members.Assertion == nil {
		return result, newError(typeError, "an identity assertion lacks a member", nil)
	}
	return IdentityAssertionResult{IdP: members.IdP.withDefaults(), Assertion: *members.Assertion}, nil
}
