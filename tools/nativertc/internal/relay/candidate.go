// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package relay

import (
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// ErrCandidate is in the chain of the error about a candidate that cannot be
// parsed.
var ErrCandidate = errors.New("invalid ICE candidate")

// RewriteCandidate returns the candidate with the relay's address in place of the
// one of the side that gathered it. It takes what RTCIceCandidate's candidate
// holds ("candidate:…"), also as a line of SDP ("a=candidate:…").
//
// ok is false for candidates that lead past the relay and must not be passed on:
// of TCP, with a name instead of an address (mDNS), and all but those of type
// host. The empty string, which ends a generation of candidates, stays as it is.
func (r *Relay) RewriteCandidate(side Side, candidate string) (rewritten string, ok bool, err error) {
	if candidate == "" {
		return "", true, nil
	}
	fields, addr, err := parseCandidate(candidate)
	if err != nil || !addr.IsValid() {
		return "", false, err
	}
	public, err := r.Map(side, addr)
	if err != nil {
		return "", false, err
	}
	fields[4], fields[5] = public.Addr().String(), strconv.Itoa(int(public.Port()))
	return strings.Join(fields, " "), true, nil
}

// parseCandidate splits a candidate (RFC 8839, section 5.1) into its fields. The
// address is invalid where the relay cannot stand for it.
func parseCandidate(candidate string) (fields []string, addr netip.AddrPort, err error) {
	bad := func(why string) ([]string, netip.AddrPort, error) {
		return nil, netip.AddrPort{}, fmt.Errorf("%w: %s: %q", ErrCandidate, why, candidate)
	}
	fields = strings.Fields(candidate)
	if len(fields) < 8 {
		return bad("too few fields")
	}
	if !strings.HasPrefix(strings.TrimPrefix(fields[0], "a="), "candidate:") {
		return bad(`does not begin with "candidate:"`)
	}
	port, err := strconv.ParseUint(fields[5], 10, 16)
	if err != nil {
		return bad("port is not within 0 and 65535")
	}
	if fields[6] != "typ" {
		return bad(`no "typ"`)
	}
	ip, err := netip.ParseAddr(fields[4])
	if !strings.EqualFold(fields[2], "udp") || fields[7] != "host" || err != nil || port == 0 {
		return fields, netip.AddrPort{}, nil
	}
	return fields, netip.AddrPortFrom(ip.WithZone(""), uint16(port)), nil
}

// RewriteSDP returns the session description of one side with RewriteCandidate
// applied to each of its candidates. The default addresses, in c= and m= and
// a=rtcp, become those of a description without candidates, so that none leads past
// the relay. Everything else stays, line ends included.
func (r *Relay) RewriteSDP(side Side, sdp string) (string, error) {
	var out strings.Builder
	for line := range strings.Lines(sdp) {
		text := strings.TrimRight(line, "\r\n")
		end := line[len(text):]
		switch {
		case strings.HasPrefix(text, "a=candidate:"):
			rewritten, ok, err := r.RewriteCandidate(side, text)
			if err != nil {
				return "", err
			}
			if !ok {
				continue
			}
			text = rewritten
		case strings.HasPrefix(text, "c=IN "):
			text = "c=IN IP4 0.0.0.0"
		case strings.HasPrefix(text, "a=rtcp:"):
			text = "a=rtcp:9 IN IP4 0.0.0.0"
		case strings.HasPrefix(text, "m="):
			text = withoutPort(text)
		}
		out.WriteString(text)
		out.WriteString(end)
	}
	return out.String(), nil
}

// withoutPort replaces the port of an m= line by 9, the port of "no address yet".
// 0 stays: it refuses the section, or bundles it.
func withoutPort(line string) string {
	fields := strings.SplitN(line, " ", 3)
	if len(fields) == 3 && fields[1] != "0" {
		fields[1] = "9"
	}
	return strings.Join(fields, " ")
}
