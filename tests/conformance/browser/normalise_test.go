// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A normaliser turns observations into lines. What is random by nature becomes a
// name that counts up, the same for the same value: that an id, a user name fragment
// or an SSRC comes back, or does not, is still compared.
type normaliser struct {
	named  map[string]string
	counts map[string]int
	// objects tells the place where an object of the API was first seen: which step,
	// and which object of that. An object that only one side has then renames no other.
	objects map[string]string
	// addresses tells whether candidates, and what follows from them, are compared.
	addresses bool
	// noTCP leaves out candidates of TCP: a connection over UDP ends the search for
	// them, sooner or later.
	noTCP bool
	step  int
	seen  int
}

func newNormaliser() *normaliser {
	return &normaliser{named: map[string]string{}, counts: map[string]int{}, objects: map[string]string{}}
}

func (n *normaliser) name(category, value string) string {
	key := category + " " + value
	if name, ok := n.named[key]; ok {
		return name
	}
	n.counts[category]++
	n.named[key] = fmt.Sprintf("%s%d", category, n.counts[category])
	return n.named[key]
}

func (n *normaliser) object(name string) string {
	if place, ok := n.objects[name]; ok {
		return place
	}
	kind, _, _ := strings.Cut(name, "#")
	n.seen++
	n.objects[name] = fmt.Sprintf("%s of step %d.%d", kind, n.step, n.seen)
	return n.objects[name]
}

// lines describes an observation. Each line tells what it is about, so that it can
// stand in the table of differences by itself.
func (n *normaliser) lines(o observation) []string {
	if o.step == nil {
		kind, _, _ := strings.Cut(o.stream, "#")
		if _, part, ok := strings.Cut(o.stream, "."); ok {
			kind, _, _ = strings.Cut(part, "(")
		}
		var lines []string
		for _, text := range o.texts {
			if n.noTCP && text == "icecandidate host tcp" {
				continue
			}
			line := "event of " + kind + ": " + text
			// How many addresses there are is the machine's matter.
			if strings.HasPrefix(text, "icecandidate host") && slices.Contains(lines, line) {
				continue
			}
			lines = append(lines, line)
		}
		return lines
	}
	n.step++
	n.seen = 0
	_, text, ok := strings.Cut(o.step.text, " = ")
	if !ok {
		text = o.step.text
	}
	text = strings.TrimPrefix(text, "~")
	if e := o.Error; e != nil {
		line := text + ": " + e.Name
		if e.Detail != "" {
			line += " " + e.Detail
		}
		if e.Line != nil {
			line += fmt.Sprintf(" in line %d", *e.Line)
		}
		return []string{line}
	}
	lines := n.value(text, o.step.member, o.Value)
	if o.step.silent {
		lines = nil
	}
	if o.State != "" {
		lines = append(lines, text+": then "+o.State)
	}
	return lines
}

// value describes what a step gave.
func (n *normaliser) value(text, member string, value any) []string {
	if d, ok := value.(map[string]any); ok {
		if sdp, ok := d["sdp"].(string); ok {
			return append([]string{fmt.Sprintf("%s: a description of type %v", text, d["type"])}, n.sdp(sdp)...)
		}
		if stats, ok := d["$stats"].([]any); ok {
			return statsLines(stats)
		}
		if object, ok := d["$object"].(string); ok {
			return []string{text + ": " + n.object(object)}
		}
	}
	switch value.(type) {
	case map[string]any, []any:
		return n.flatten(member, "", value)
	}
	return []string{text + ": " + n.scalar(member, value)}
}

// flatten gives a line for each member. What has no members of its own that differ
// by nature, such as a codec, is one line.
func (n *normaliser) flatten(path, key string, value any) []string {
	switch v := value.(type) {
	case []any:
		if len(v) == 0 {
			return []string{path + ": none"}
		}
		var lines []string
		for _, one := range v {
			lines = append(lines, n.flatten(path+"[]", key, one)...)
		}
		return lines
	case map[string]any:
		if object, ok := v["$object"].(string); ok {
			return []string{path + ": " + n.object(object)}
		}
		_, codec := v["mimeType"]
		_, extension := v["uri"]
		if codec || extension {
			text, err := json.Marshal(v)
			if err != nil {
				panic(err)
			}
			return []string{path + ": " + string(text)}
		}
		var lines []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			lines = append(lines, n.flatten(path+"."+name, name, v[name])...)
		}
		return lines
	}
	return []string{path + ": " + n.scalar(key, value)}
}

// random are members whose value is random by nature, with the category of names
// that they get.
var random = map[string]string{
	"id": "id", "ssrc": "ssrc", "cname": "cname", "transactionId": "transaction", "usernameFragment": "ufrag",
	"password": "pwd", "value": "fingerprint", "source": "ssrc",
}

// varying are members whose value differs from run to run, of which nothing can be
// told but that they are there.
var varying = map[string]bool{
	"address": true, "port": true, "foundation": true, "priority": true, "timestamp": true, "rtpTimestamp": true,
	"captureTimestamp": true, "senderCaptureTimeOffset": true, "audioLevel": true, "relatedPort": true,
}

func (n *normaliser) scalar(member string, value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	if value == nil {
		return string(text)
	}
	if number, ok := value.(float64); ok && member == "expires" {
		return time.Duration(number*float64(time.Millisecond) - float64(time.Now().UnixNano())).Round(time.Hour).String()
	}
	if s, ok := value.(string); ok && member == "candidate" {
		return candidate(s)
	}
	if s, ok := value.(string); ok && member == "type" {
		return `"` + learned(s) + `"`
	}
	if category, ok := random[member]; ok && value != "" {
		if _, number := value.(float64); !number || member != "id" {
			return n.name(category, strings.Trim(string(text), `"`))
		}
	}
	if _, name := value.(string); varying[member] && (member != "priority" || !name) {
		return "some"
	}
	return string(text)
}

// statsLines tells types and members, not values.
func statsLines(stats []any) []string {
	seen := map[string]bool{}
	for _, one := range stats {
		members := one.(map[string]any)
		kind := fmt.Sprint(members["type"])
		if media, ok := members["kind"].(string); ok {
			kind += " " + media
		}
		for member, value := range members {
			if value != nil {
				seen["stats of "+kind+": "+member] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

var (
	sdpOrigin    = regexp.MustCompile(`^o=- (\d+) (\d+) `)
	sdpMedia     = regexp.MustCompile(`^m=(\w+) (\d+) `)
	sdpUfrag     = regexp.MustCompile(`^a=ice-ufrag:(.*)$`)
	sdpPwd       = regexp.MustCompile(`^a=ice-pwd:(.*)$`)
	sdpPrint     = regexp.MustCompile(`^a=fingerprint:(\S+) (.*)$`)
	sdpMsid      = regexp.MustCompile(`^(a=msid:|a=ssrc:\d+ msid:)(\S+)( \S+)?$`)
	sdpSemantic  = regexp.MustCompile(`^a=msid-semantic: ?WMS(.*)$`)
	sdpSSRC      = regexp.MustCompile(`^a=ssrc:(\d+) (.*)$`)
	sdpCname     = regexp.MustCompile(`^(a=ssrc:\S+) cname:(.*)$`)
	sdpSSRCGroup = regexp.MustCompile(`^a=ssrc-group:(\S+) (.*)$`)
	sdpAddress   = regexp.MustCompile(`^(c=IN IP[46]|a=rtcp:\d+ IN IP[46]) (\S+)$`)
)

// sdp is a description's lines. Candidates are reduced to their kinds: how many
// addresses a machine has is its own matter.
func (n *normaliser) sdp(sdp string) []string {
	var lines []string
	candidates := map[string]bool{}
	flush := func() {
		lines = append(lines, slices.Sorted(maps.Keys(candidates))...)
		clear(candidates)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(sdp, "\r\n"), "\r\n") {
		if after, ok := strings.CutPrefix(line, "a=candidate:"); ok {
			if kind := candidate(after); n.addresses && !(n.noTCP && strings.Contains(kind, " tcp ")) {
				candidates["a=candidate:"+kind] = true
			}
			continue
		}
		flush()
		lines = append(lines, n.sdpLine(line))
	}
	flush()
	return lines
}

func (n *normaliser) sdpLine(line string) string {
	if m := sdpOrigin.FindStringSubmatch(line); m != nil {
		return strings.Replace(line, m[1], n.name("sid", m[1]), 1)
	}
	if m := sdpMedia.FindStringSubmatch(line); m != nil && m[2] != "0" && m[2] != "9" {
		port := " 9 "
		if n.addresses {
			port = " PORT "
		}
		return strings.Replace(line, " "+m[2]+" ", port, 1)
	}
	if m := sdpUfrag.FindStringSubmatch(line); m != nil {
		return "a=ice-ufrag:" + n.name("ufrag", m[1])
	}
	if m := sdpPwd.FindStringSubmatch(line); m != nil {
		return "a=ice-pwd:" + n.name("pwd", m[1])
	}
	if m := sdpPrint.FindStringSubmatch(line); m != nil {
		return "a=fingerprint:" + m[1] + " " + n.name("fingerprint", strings.ToLower(m[2]))
	}
	if m := sdpAddress.FindStringSubmatch(line); m != nil {
		if m[2] != "0.0.0.0" && n.addresses {
			return strings.Fields(m[1])[0][:2] + " with an address"
		}
		return strings.Fields(m[1])[0][:2] + " without an address"
	}
	if m := sdpSemantic.FindStringSubmatch(line); m != nil {
		// In the order of the ids, which are random.
		return fmt.Sprintf("a=msid-semantic: WMS of %d streams", len(strings.Fields(m[1])))
	}
	if m := sdpSSRCGroup.FindStringSubmatch(line); m != nil {
		text := "a=ssrc-group:" + m[1]
		for _, ssrc := range strings.Fields(m[2]) {
			text += " " + n.name("ssrc", ssrc)
		}
		return text
	}
	if m := sdpMsid.FindStringSubmatch(line); m != nil {
		line = m[1] + strings.TrimPrefix(n.ids(" "+m[2]+m[3]), " ")
	}
	if m := sdpSSRC.FindStringSubmatch(line); m != nil {
		line = "a=ssrc:" + n.name("ssrc", m[1]) + " " + m[2]
	}
	if m := sdpCname.FindStringSubmatch(line); m != nil {
		line = m[1] + " cname:" + n.name("cname", m[2])
	}
	return line
}

func (n *normaliser) ids(text string) string {
	var named strings.Builder
	for _, id := range strings.Fields(text) {
		named.WriteByte(' ')
		if id == "-" {
			named.WriteString("-")
		} else {
			named.WriteString(n.name("id", id))
		}
	}
	return named.String()
}

// learned is the type of a candidate, where it does not matter how the peer learned of it: of one
// on its own machine by signaling, or from its first packet, whichever comes first.
func learned(kind string) string {
	if kind == "prflx" {
		return "host"
	}
	return kind
}

// candidate keeps of a candidate what does not depend on the machine.
func candidate(text string) string {
	fields := strings.Fields(text)
	if len(fields) < 8 {
		return text
	}
	kept := "component " + fields[1] + " " + fields[2] + " typ " + learned(fields[7])
	if at := slices.Index(fields, "tcptype"); at >= 0 && at+1 < len(fields) {
		kept += " tcptype " + fields[at+1]
	}
	var names []string
	for i := 8; i < len(fields); i += 2 {
		// Numbers of networks are the machine's, as is their cost.
		if !strings.HasPrefix(fields[i], "network-") {
			names = append(names, fields[i])
		}
	}
	return kept + " with " + strings.Join(names, " ")
}
