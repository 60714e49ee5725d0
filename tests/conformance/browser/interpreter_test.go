// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser_test

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A driver does what a step says: the page's with JavaScript, the program's with Go.
// All that is more than naming calls is in the interpreter, which both share.
type driver interface {
	// do makes one call and waits until it has ended.
	do(ctx context.Context, c call) (outcome, error)
	// events returns all events since reset, in order.
	events(ctx context.Context) ([]event, error)
	// reset ends what is left of the last scenario.
	reset(ctx context.Context) error
}

// A call is a step without variables. Objects of the API are {"$object": name}.
type call struct {
	Target string `json:"target"`
	Member string `json:"member"`
	How    string `json:"how"`
	Args   []any  `json:"args"`
}

// An outcome is how a call ended. State is the signaling state at that moment, of
// the connection that was called.
type outcome struct {
	Value any         `json:"value,omitempty"`
	State string      `json:"state,omitempty"`
	Error *callFailed `json:"error,omitempty"`
}

type callFailed struct {
	Name   string `json:"name"`
	Detail string `json:"detail,omitempty"`
	Line   *int   `json:"line,omitempty"`
}

// An event is one that an object raised. Those of channels and tracks that the other
// peer made have streams named after their connection.
type event struct {
	Stream string `json:"stream"`
	Text   string `json:"text"`
}

// What a step did, and what each object raised.
type transcript struct {
	gathered  bool // the scenario has waited for candidates
	connected bool // and for a connection
	steps     []observation
	events    []observation
}

type observation struct {
	step   *step // nil for events
	stream string
	outcome
	texts []string
}

const (
	pollInterval = 5 * time.Millisecond
	// patience bounds a wait: many times what it takes.
	patience = 20 * time.Second
	// stillness is how long nothing must have happened at a scenario's end.
	stillness = 150 * time.Millisecond
)

// run plays a scenario. Its error is one of the test itself.
func run(ctx context.Context, d driver, s scenario) (transcript, error) {
	var t transcript
	if err := d.reset(ctx); err != nil {
		return t, err
	}
	i := interpreter{driver: d, variables: map[string]any{}}
	for n := range s.steps {
		step := &s.steps[n]
		o, err := i.step(ctx, step)
		if err != nil {
			return t, fmt.Errorf("%s: %q: %w", s.name, step.text, err)
		}
		t.steps = append(t.steps, observation{step: step, outcome: o})
	}
	events, err := i.still(ctx)
	if err != nil {
		return t, err
	}
	streams := map[string]int{}
	awaited := s.awaited()
	t.gathered, t.connected = awaited[" by gathering"], awaited[" by the network"]
	for _, e := range events {
		cause := causes[kindOf(e)]
		if cause != "" && !awaited[cause] {
			continue
		}
		stream := e.Stream + cause
		at, ok := streams[stream]
		if !ok {
			at = len(t.events)
			streams[stream] = at
			t.events = append(t.events, observation{stream: stream})
		}
		// Whether ICE comes from connected to completed, and back, within a scenario is
		// a matter of time.
		texts := &t.events[at].texts
		again := len(*texts) > 0 && (*texts)[len(*texts)-1] == e.Text
		if e.Text == "iceconnectionstatechange completed" || e.Text == "iceconnectionstatechange connected" && again {
			continue
		}
		*texts = append(*texts, e.Text)
	}
	return t, d.reset(ctx)
}

// causes tells what the events of a connection come from. Events of different causes
// come in no order that can be relied on: the network has a pace of its own.
var causes = map[string]string{
	"negotiationneeded": " by negotiation", "signalingstatechange": " by negotiation",
	"track": " by negotiation", "addtrack": " by negotiation", "removetrack": " by negotiation",
	"icegatheringstatechange": " by gathering", "icecandidate": " by gathering", "icecandidateerror": " by gathering",
	"iceconnectionstatechange": " by ICE", "connectionstatechange": " by the network",
	"statechange": " of a transport", "gatheringstatechange": " of a transport",
	// How often ICE changes its mind depends on the time that packets take.
	"selectedcandidatepairchange": " by chance",
	"datachannel":                 " by the peer",
	"mute":                        " by media", "unmute": " by media",
}

// awaitedBy tells which events a scenario must have waited for, by which attribute:
// without that, what has come by its end is a matter of chance.
var awaitedBy = map[string]string{
	"iceGatheringState": " by gathering", "iceConnectionState": " by ICE", "connectionState": " by the network",
	"state": " of a transport",
	"muted": " by media",
}

func (s scenario) awaited() map[string]bool {
	awaited := map[string]bool{" by negotiation": true, " by the peer": true}
	for _, step := range s.steps {
		if step.how == "until" {
			awaited[awaitedBy[step.member]] = true
			if step.member == "connectionState" {
				awaited[" by ICE"] = true
			}
		}
	}
	return awaited
}

func kindOf(e event) string {
	kind, _, _ := strings.Cut(e.Text, " ")
	return kind
}

type interpreter struct {
	driver
	variables map[string]any
}

func (i *interpreter) step(ctx context.Context, s *step) (outcome, error) {
	c := call{Member: s.member, How: s.how, Args: make([]any, len(s.args))}
	var missing error
	c.Target, missing = i.object(s.target)
	for n, arg := range s.args {
		var err error
		if c.Args[n], err = i.resolve(arg); err != nil {
			missing = err
		}
	}
	if missing != nil {
		// What an earlier step did not give: that difference is the one to see.
		return outcome{Error: &callFailed{Name: "no " + missing.Error()}}, nil
	}
	var o outcome
	var err error
	switch s.how {
	case "until", "gathered":
		o, err = i.until(ctx, c)
	case "event":
		o, err = i.event(ctx, c)
	case "untilstats":
		o, err = i.untilStats(ctx, c)
	case "replace":
		o, err = replace(c.Args)
	default:
		o, err = i.do(ctx, c)
	}
	if err == nil && s.result != "" && o.Error == nil {
		i.variables[s.result] = o.Value
	}
	return o, err
}

// object turns the target of a step into the name of an object.
func (i *interpreter) object(target string) (string, error) {
	name, _, _ := strings.Cut(target, ".")
	if _, ok := i.variables[name]; !ok {
		// An interface, unless an earlier step should have made the variable.
		if name != "" && name[0] >= 'a' && name != "media" {
			return "", fmt.Errorf("%s", name)
		}
		return target, nil
	}
	value, err := i.resolve("$" + target)
	if err != nil {
		return "", err
	}
	if object, ok := value.(map[string]any); ok {
		if id, ok := object["$object"].(string); ok {
			return id, nil
		}
	}
	return "", fmt.Errorf("object %s", target)
}

// resolve replaces references in an argument.
func (i *interpreter) resolve(value any) (any, error) {
	switch v := value.(type) {
	case string:
		path, ok := strings.CutPrefix(v, "$")
		if !ok {
			return v, nil
		}
		parts := strings.Split(path, ".")
		found, ok := i.variables[parts[0]]
		if !ok {
			return nil, fmt.Errorf("%s", v)
		}
		for _, part := range parts[1:] {
			if list, ok := found.([]any); ok {
				n, err := strconv.Atoi(part)
				if err != nil || n >= len(list) {
					return nil, fmt.Errorf("%s", v)
				}
				found = list[n]
				continue
			}
			object, _ := found.(map[string]any)
			if found, ok = object[part]; !ok {
				return nil, fmt.Errorf("%s", v)
			}
		}
		return found, nil
	case []any:
		list := make([]any, len(v))
		for n := range v {
			var err error
			if list[n], err = i.resolve(v[n]); err != nil {
				return nil, err
			}
		}
		return list, nil
	case map[string]any:
		object := make(map[string]any, len(v))
		for name := range v {
			var err error
			if object[name], err = i.resolve(v[name]); err != nil {
				return nil, err
			}
		}
		// {"$with": base, ...} is a copy of base with other members.
		if base, ok := object["$with"].(map[string]any); ok {
			delete(object, "$with")
			merged := map[string]any{}
			for name := range base {
				merged[name] = base[name]
			}
			for name := range object {
				merged[name] = object[name]
			}
			return merged, nil
		}
		return object, nil
	}
	return value, nil
}

// until reads an attribute until it has a value.
func (i *interpreter) until(ctx context.Context, c call) (outcome, error) {
	want := c.Args[0]
	c.How, c.Args = "call", []any{}
	var o outcome
	err := poll(ctx, func() (bool, error) {
		var err error
		o, err = i.do(ctx, c)
		return o.Error == nil && sameJSON(o.Value, want), err
	})
	if err == errPatience {
		return outcome{Error: &callFailed{Name: fmt.Sprintf("never %v", want)}}, nil
	}
	return outcome{}, err
}

// untilStats takes statistics until those of a type have a member.
func (i *interpreter) untilStats(ctx context.Context, c call) (outcome, error) {
	kind, member := c.Args[0], fmt.Sprint(c.Args[1])
	c.How, c.Member, c.Args = "call", "getStats", []any{}
	err := poll(ctx, func() (bool, error) {
		o, err := i.do(ctx, c)
		report, _ := o.Value.(map[string]any)
		list, _ := report["$stats"].([]any)
		for _, one := range list {
			if members := one.(map[string]any); members["type"] == kind && members[member] != nil {
				return true, nil
			}
		}
		return false, err
	})
	if err == errPatience {
		return outcome{Error: &callFailed{Name: "never there"}}, nil
	}
	return outcome{}, err
}

// event waits for an event of an object, the first or that of the given number, and
// returns what it holds.
func (i *interpreter) event(ctx context.Context, c call) (outcome, error) {
	number := 0
	if len(c.Args) > 0 {
		var err error
		if number, err = strconv.Atoi(fmt.Sprint(c.Args[0])); err != nil {
			return outcome{}, err
		}
	}
	err := poll(ctx, func() (bool, error) {
		events, err := i.events(ctx)
		count := 0
		for _, e := range events {
			if e.Stream == c.Target && kindOf(e) == c.Member {
				count++
			}
		}
		return count > number, err
	})
	if err == errPatience {
		return outcome{Error: &callFailed{Name: "no event " + c.Member}}, nil
	}
	switch c.Member {
	case "track", "datachannel", "icecandidate":
		if err == nil {
			c.Args = []any{number}
			return i.do(ctx, c)
		}
	}
	return outcome{}, err
}

// still waits until no more events come.
func (i *interpreter) still(ctx context.Context) ([]event, error) {
	var events []event
	last := time.Now()
	err := poll(ctx, func() (bool, error) {
		now, err := i.events(ctx)
		if len(now) != len(events) {
			events, last = now, time.Now()
		}
		return time.Since(last) > stillness, err
	})
	return events, err
}

var errPatience = fmt.Errorf("it took longer than %v", patience)

func poll(ctx context.Context, done func() (bool, error)) error {
	for deadline := time.Now().Add(patience); ; time.Sleep(pollInterval) {
		if ok, err := done(); ok || err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if time.Now().After(deadline) {
			return errPatience
		}
	}
}

// replace gives a description in whose SDP a regular expression is replaced.
func replace(args []any) (outcome, error) {
	description, ok := args[0].(map[string]any)
	if !ok || len(args) != 3 {
		return outcome{}, fmt.Errorf("replace takes a description, an expression and a text")
	}
	sdp, _ := description["sdp"].(string)
	expression, err := regexp.Compile("(?m)" + args[1].(string))
	if err != nil {
		return outcome{}, err
	}
	if !expression.MatchString(sdp) {
		return outcome{Error: &callFailed{Name: "no match"}}, nil
	}
	return outcome{Value: map[string]any{
		"type": description["type"], "sdp": expression.ReplaceAllString(sdp, args[2].(string)),
	}}, nil
}

func sameJSON(a, b any) bool {
	return reflect.DeepEqual(plain(a), plain(b))
}

// plain is a value as JSON has it.
func plain(value any) (result any) {
	text, err := json.Marshal(value)
	if err == nil {
		err = json.Unmarshal(text, &result)
	}
	if err != nil {
		panic(err)
	}
	return result
}
