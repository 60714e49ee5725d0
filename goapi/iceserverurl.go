// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
)

// Ports of STUN and TURN without and with TLS (RFC 8489, section 18.6).
const (
	defaultSTUNPort  = 3478
	defaultSTUNSPort = 5349
)

// iceServerURL is a STUN or TURN URI (RFC 7064, RFC 7065).
type iceServerURL struct {
	scheme    string      // stun, stuns, turn or turns
	host      string      // IPv6 addresses without brackets
	port      uint16      // the default of the scheme where the URI has none
	transport ICEProtocol // of TURN; ICEProtocolUnknown where the URI has none
}

// isTURN tells whether the server wants a user name and password.
func (u iceServerURL) isTURN() bool { return u.scheme == "turn" || u.scheme == "turns" }

// parseICEServerURL reads a URI by the grammars of RFC 7064 and RFC 7065.
func parseICEServerURL(raw string) (iceServerURL, error) {
	var u iceServerURL
	scheme, rest, found := strings.Cut(raw, ":")
	if !found {
		return u, errors.New("no scheme")
	}
	u.scheme = strings.ToLower(scheme)
	switch u.scheme {
	case "stun", "turn":
		u.port = defaultSTUNPort
	case "stuns", "turns":
		u.port = defaultSTUNSPort
	default:
		return u, fmt.Errorf("scheme %q is not one of stun, stuns, turn and turns", scheme)
	}
	rest, query, hasQuery := strings.Cut(rest, "?")
	return u, errors.Join(u.parseTransport(query, hasQuery), u.parseHostPort(rest))
}

func (u *iceServerURL) parseTransport(query string, hasQuery bool) error {
	if !hasQuery {
		return nil
	}
	name, value, _ := strings.Cut(query, "=")
	if !u.isTURN() || name != "transport" {
		return fmt.Errorf("query %q is not allowed", query)
	}
	return u.transport.UnmarshalText([]byte(strings.ToLower(value)))
}

func (u *iceServerURL) parseHostPort(text string) error {
	port := ""
	hasPort := false
	if inner, ok := strings.CutPrefix(text, "["); ok {
		var after string
		u.host, after, ok = strings.Cut(inner, "]")
		address, err := netip.ParseAddr(u.host)
		if !ok || err != nil || !address.Is6() || address.Zone() != "" {
			return fmt.Errorf("%q is not an IPv6 address in brackets", text)
		}
		port, hasPort = strings.CutPrefix(after, ":")
		if after != "" && !hasPort {
			return fmt.Errorf("%q follows the address", after)
		}
	} else {
		u.host, port, hasPort = strings.Cut(text, ":")
		if err := validateRegisteredName(u.host); err != nil {
			return err
		}
	}
	if !hasPort {
		return nil
	}
	n, err := parseNumber(port, 1, 1<<16-1)
	u.port = uint16(n)
	return err
}

// maxHostLength is the longest name that DNS can carry, as text.
const maxHostLength = 253

// validateRegisteredName checks reg-name of RFC 3986, of which an IPv4 address is
// a special case.
func validateRegisteredName(host string) error {
	const allowed = "-._~!$&'()*+,;=%"
	if host == "" || len(host) > maxHostLength {
		return errors.New("no host, or one that is too long")
	}
	for _, r := range host {
		isAlphanumeric := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		if !isAlphanumeric && !strings.ContainsRune(allowed, r) {
			return fmt.Errorf("host %q holds %q", host, r)
		}
	}
	return nil
}
