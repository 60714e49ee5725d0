// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package suite

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/nativertc/nativertc/tests/conformance/internal/dom"
	"github.com/nativertc/nativertc/tests/conformance/internal/face"
	"github.com/nativertc/nativertc/tests/conformance/internal/webidl"
)

// Result is that of a subtest.
type Result struct {
	Name    string `json:"name"`
	Status  string `json:"status"`
	Message string `json:"message,omitempty"`
}

// Harness is the name under which the result of a whole file stands, where that is
// not OK.
const Harness = "(harness)"

var (
	statuses        = []string{"PASS", "FAIL", "TIMEOUT", "NOTRUN", "PRECONDITION_FAILED"}
	harnessStatuses = []string{"OK", "ERROR", "TIMEOUT", "PRECONDITION_FAILED"}
)

// texts are the IDL files whose interfaces the page has.
var texts = []string{"webrtc", "webrtc-svc", "webrtc-priority", "mst-content-hint", "mediacapture-streams"}

// parts are the definitions that the page has of files that hold much else.
var parts = map[string][]string{
	"dom": {"Event", "EventInit", "EventTarget", "EventListener", "EventListenerOptions", "AddEventListenerOptions",
		"CustomEvent", "CustomEventInit"},
	"webidl":         {"DOMException"},
	"html":           {"ErrorEvent", "ErrorEventInit", "PromiseRejectionEvent", "PromiseRejectionEventInit", "MessageEvent", "MessageEventInit"},
	"websockets":     {"BinaryType"},
	"permissions":    {"PermissionDescriptor"},
	"screen-capture": {"DisplayMediaStreamOptions", "MediaDevices"},
}

// Interfaces reads the interfaces that pages have, for [Run].
func Interfaces(root string) ([]byte, error) {
	var failed error
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(root, name))
		failed = errors.Join(failed, err)
		return string(b)
	}
	all := []webidl.Text{{IDL: face.ExtraIDL}} // the first definition of a name counts
	for _, name := range texts {
		all = append(all, webidl.Text{IDL: read("interfaces/" + name + ".idl")})
	}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		all = append(all, webidl.Text{IDL: read("interfaces/" + name + ".idl"), Wanted: parts[name]})
	}
	parser := read("resources/webidl2/lib/webidl2.js")
	if failed != nil {
		return nil, failed
	}
	return webidl.Parse(parser, all...)
}

// Run runs a test in this process and tells each result. It returns when the
// test's harness has ended or the limit has passed; what it has begun may go on.
func Run(root, name string, interfaces []byte, limit time.Duration, tell func(Result)) error {
	idl, err := webidl.Read(interfaces)
	if err != nil {
		return err
	}
	page, err := readPage(root, name)
	if err != nil {
		return err
	}
	f, err := face.New()
	if err != nil {
		return err
	}
	location := &url.URL{Scheme: "https", Host: "web-platform.test:8443", Path: "/" + name}
	p, err := dom.New(idl, f, location, func(line string) { fmt.Fprintln(os.Stderr, strings.TrimSpace(line)) })
	if err != nil {
		return err
	}
	if err := f.Install(); err != nil {
		return err
	}
	global := p.VM.GlobalObject()
	_ = global.Set("__result", func(name string, status int, message string) {
		tell(Result{name, statuses[status], message})
	})
	_ = global.Set("__complete", func(status int, message string) {
		if status != 0 {
			tell(Result{Harness, harnessStatuses[status], message})
		}
		p.Loop.Stop()
	})
	ended := false
	stop := time.AfterFunc(limit, func() {
		p.Loop.Post(func() {
			ended = true
			p.Loop.Stop()
		})
		p.VM.Interrupt("the test took too long")
	})
	defer stop.Stop()
	p.Loop.Post(func() {
		for _, e := range page.elements {
			p.AddElement(e.name, e.attributes, e.place, e.text)
		}
	})
	for _, s := range page.scripts {
		p.Loop.Post(func() { p.Run(s.name, s.source) })
	}
	p.Loop.Post(p.Loaded)
	p.Loop.Run()
	if ended {
		tell(Result{Harness, "TIMEOUT", "the harness did not end"})
	}
	return nil
}
