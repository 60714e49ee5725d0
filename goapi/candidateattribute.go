// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// candidateFields is the number of fields that every candidate-attribute has:
// foundation, component, transport, priority, address, port, "typ" and type.
const candidateFields = 8

// parseCandidateAttribute reads the grammar of RFC 8839, section 5.1, with the
// tcptype of RFC 6544 and the ufrag of RFC 8838. A leading "a=" is let pass.
func parseCandidateAttribute(text string) (ICECandidate, error) {
	var c ICECandidate
	if strings.ContainsFunc(text, isControl) {
		return c, errors.New("control character in candidate")
	}
	body, ok := strings.CutPrefix(strings.TrimPrefix(text, "a="), "candidate:")
	if !ok {
		return c, errors.New(`candidate does not begin with "candidate:"`)
	}
	fields := strings.Fields(body)
	if len(fields) < candidateFields || len(fields)%2 != 0 || !strings.EqualFold(fields[6], "typ") {
		return c, errors.New("candidate is not complete")
	}
	c.Foundation = fields[0]
	c.Address = fields[4]

	component, componentErr := parseNumber(fields[1], 1, 256)
	priority, priorityErr := parseNumber(fields[3], 0, 1<<32-1)
	port, portErr := parseNumber(fields[5], 0, 1<<16-1)
	c.Component, c.Priority, c.Port = uint16(component), uint32(priority), uint16(port)

	return c, errors.Join(componentErr, priorityErr, portErr,
		c.Protocol.UnmarshalText([]byte(strings.ToLower(fields[2]))),
		c.Typ.UnmarshalText([]byte(strings.ToLower(fields[7]))),
		c.parseCandidateExtensions(fields[candidateFields:]))
}

// parseCandidateExtensions reads the pairs of names and values that follow the
// type. Those it does not know are kept as text.
func (c *ICECandidate) parseCandidateExtensions(pairs []string) error {
	var unknown []string
	var err error
	for i := 0; i+1 < len(pairs) && err == nil; i += 2 {
		switch name, value := pairs[i], pairs[i+1]; name {
		case "raddr":
			c.RelatedAddress = value
		case "rport":
			var port uint64
			port, err = parseNumber(value, 0, 1<<16-1)
			c.RelatedPort = uint16(port)
		case "tcptype":
			err = c.TCPType.UnmarshalText([]byte(strings.ToLower(value)))
		case "ufrag":
			c.UsernameFragment = value
		default:
			unknown = append(unknown, name, value)
		}
	}
	c.extensions = strings.Join(unknown, " ")
	return err
}

// formatCandidateAttribute writes the attribute from the members of c.
func formatCandidateAttribute(c ICECandidate) string {
	var b strings.Builder
	fmt.Fprintf(&b, "candidate:%s %d %s %d %s %d typ %s",
		c.Foundation, c.Component, c.Protocol, c.Priority, c.Address, c.Port, c.Typ)
	if c.RelatedAddress != "" {
		fmt.Fprintf(&b, " raddr %s", c.RelatedAddress)
	}
	if c.RelatedAddress != "" || c.RelatedPort != 0 {
		fmt.Fprintf(&b, " rport %d", c.RelatedPort)
	}
	if c.TCPType != ICETCPTypeUnknown {
		fmt.Fprintf(&b, " tcptype %s", c.TCPType)
	}
	if c.extensions != "" {
		b.WriteString(" " + c.extensions)
	}
	if c.UsernameFragment != "" {
		fmt.Fprintf(&b, " ufrag %s", c.UsernameFragment)
	}
	return b.String()
}

// parseNumber reads decimal digits, and nothing else, from least to most.
func parseNumber(digits string, least, most uint64) (uint64, error) {
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || n < least || n > most {
		return 0, fmt.Errorf("%q is not a number from %d to %d", digits, least, most)
	}
	return n, nil
}

// isControl finds the characters that could begin another line of SDP, or end it.
func isControl(r rune) bool { return r < ' ' || r == 0x7f }
