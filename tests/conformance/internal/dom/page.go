// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package dom is what a page has apart from WebRTC: events, exceptions, timers and
// a document without layout.
package dom

import (
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/grafana/sobek"
	"github.com/grafana/sobek/parser"

	"github.com/nativertc/nativertc/tests/conformance/internal/eventloop"
	"github.com/nativertc/nativertc/tests/conformance/internal/webidl"
)

//go:embed platform.js
var platform string

// Face is what the page shows of the library under test.
type Face interface {
	// Classes returns the face's classes by the names of the interfaces.
	Classes(p *Page) map[string]*webidl.Class

	// InterfaceOf, Wrapped and RunMethod are those of webidl.Host.
	InterfaceOf(native any) string
	Wrapped(native any, object *sobek.Object)
	RunMethod(call func() (any, error), settle func(any, error))

	// Exception tells which exception an error of the library is.
	Exception(err error) *Exception
}

// Page is a window with a document. All of it belongs to the goroutine of its
// loop.
type Page struct {
	VM     *sobek.Runtime
	Loop   *eventloop.Loop
	Binder *webidl.Binder

	face     Face
	classes  map[string]*webidl.Class
	targets  map[*sobek.Object]*target
	rejected map[*sobek.Promise]bool // rejections that nobody has handled yet
	began    time.Time
}

// New makes a page at a location with the interfaces of the IDL and the face. log is
// the page's console.
func New(idl *webidl.IDL, face Face, location *url.URL, log func(string)) (*Page, error) {
	p := &Page{
		VM:       sobek.New(),
		Loop:     eventloop.New(),
		face:     face,
		targets:  map[*sobek.Object]*target{},
		rejected: map[*sobek.Promise]bool{},
		began:    time.Now(),
	}
	p.VM.SetParserOptions(parser.WithDisableSourceMaps)
	p.Binder = webidl.New(p.VM, idl, p)
	p.classes = face.Classes(p)
	p.addClasses(idl)
	p.VM.SetPromiseRejectionTracker(func(promise *sobek.Promise, operation sobek.PromiseRejectionOperation) {
		if operation == sobek.PromiseRejectionReject {
			p.rejected[promise] = true
		} else {
			delete(p.rejected, promise)
		}
	})
	p.Loop.AfterTask = p.tellRejections
	global := p.VM.GlobalObject()
	for _, name := range []string{"window", "self"} {
		if err := global.Set(name, global); err != nil {
			return nil, err
		}
	}
	// Symbols that the engine lacks and the platform has.
	if _, err := p.VM.RunString("Object.defineProperty(Symbol, 'asyncIterator', {value: Symbol('Symbol.asyncIterator')})"); err != nil {
		return nil, err
	}
	if err := p.Binder.Define(); err != nil {
		return nil, err
	}
	if err := p.asTarget(global); err != nil {
		return nil, err
	}
	p.addTimers(log)
	p.addText()
	if err := p.setLocation(location); err != nil {
		return nil, err
	}
	if _, err := p.VM.RunScript("platform.js", platform); err != nil {
		return nil, fmt.Errorf("dom: %w", err)
	}
	return p, nil
}

// asTarget makes the window an event target.
func (p *Page) asTarget(global *sobek.Object) error {
	p.Binder.Register(global, "EventTarget", &eventTarget{})
	prototype := p.VM.Get("EventTarget").(*sobek.Object).Get("prototype").(*sobek.Object)
	for _, name := range []string{"addEventListener", "removeEventListener", "dispatchEvent"} {
		if err := global.Set(name, prototype.Get(name)); err != nil {
			return err
		}
	}
	return nil
}

func (p *Page) addTimers(log func(string)) {
	timer := func(repeat bool) func(sobek.FunctionCall) sobek.Value {
		return func(call sobek.FunctionCall) sobek.Value {
			f, ok := sobek.AssertFunction(call.Argument(0))
			if !ok {
				panic(p.VM.NewTypeError("the handler is no function"))
			}
			var args []sobek.Value
			if len(call.Arguments) > 2 {
				args = call.Arguments[2:]
			}
			// 1 ms at least: what other threads have on their way to the loop comes before
			// a timer of 0, as it does in browsers, whose loops it reaches sooner.
			d := time.Duration(max(call.Argument(1).ToFloat(), 1) * float64(time.Millisecond))
			id := p.Loop.SetTimer(d, repeat, func() { p.invoke(f, p.VM.GlobalObject(), args...) })
			return p.VM.ToValue(id)
		}
	}
	clear := func(id int) { p.Loop.ClearTimer(id) }
	global := p.VM.GlobalObject()
	for name, f := range map[string]any{
		"setTimeout": timer(false), "setInterval": timer(true),
		"clearTimeout": clear, "clearInterval": clear,
		"__now":       func() float64 { return float64(time.Since(p.began)) / float64(time.Millisecond) },
		"__log":       log,
		"__task":      func(f sobek.Callable) { p.Loop.Post(func() { p.invoke(f, sobek.Undefined()) }) },
		"reportError": func(v sobek.Value) { p.Report(v) },
	} {
		_ = global.Set(name, f)
	}
	_ = global.Set("__origin", float64(p.began.UnixMicro())/1000)
}

// Run runs a script as a task would.
func (p *Page) Run(name, source string) {
	if _, err := p.VM.RunScript(name, source); err != nil {
		p.Report(thrownValue(p.VM, err))
	}
}

// invoke calls a function of the page and reports what it throws.
func (p *Page) invoke(f sobek.Callable, this sobek.Value, args ...sobek.Value) sobek.Value {
	v, err := f(this, args...)
	if err != nil {
		p.Report(thrownValue(p.VM, err))
		return sobek.Undefined()
	}
	return v
}

// Call calls a function that the page has passed.
func (p *Page) Call(f sobek.Callable, args ...sobek.Value) { p.invoke(f, sobek.Undefined(), args...) }

func thrownValue(vm *sobek.Runtime, err error) sobek.Value {
	var e *sobek.Exception
	if errors.As(err, &e) {
		return e.Value()
	}
	return vm.NewGoError(err)
}

// Report raises error on the window for an exception that nobody caught.
func (p *Page) Report(v sobek.Value) {
	message := v.String()
	if o, ok := v.(*sobek.Object); ok {
		if stack := o.Get("stack"); stack != nil && !sobek.IsUndefined(stack) {
			message += "\n" + stack.String()
		}
	}
	p.Fire(p.VM.GlobalObject(), "ErrorEvent", "error", webidl.Dict{"message": message, "error": v, "filename": "", "lineno": 0, "colno": 0})
}

// tellRejections raises unhandledrejection for promises that were rejected and
// still have no handler when the task is over.
func (p *Page) tellRejections() {
	for promise := range p.rejected {
		delete(p.rejected, promise)
		p.Fire(p.VM.GlobalObject(), "PromiseRejectionEvent", "unhandledrejection",
			webidl.Dict{"promise": p.VM.ToValue(promise), "reason": promise.Result()})
	}
}

// Class implements webidl.Host.
func (p *Page) Class(name string) *webidl.Class { return p.classes[name] }

// InterfaceOf implements webidl.Host.
func (p *Page) InterfaceOf(native any) string {
	switch x := native.(type) {
	case *Event:
		return x.Interface
	case *Exception:
		return x.Interface
	case *eventTarget:
		return "EventTarget"
	}
	return p.face.InterfaceOf(native)
}

// Wrapped implements webidl.Host.
func (p *Page) Wrapped(native any, object *sobek.Object) { p.face.Wrapped(native, object) }

// RunMethod implements webidl.Host.
func (p *Page) RunMethod(call func() (any, error), settle func(any, error)) {
	p.face.RunMethod(call, settle)
}

// addText adds what script cannot do itself: UTF-8.
func (p *Page) addText() {
	global := p.VM.GlobalObject()
	_ = global.Set("__encode", func(s string) sobek.ArrayBuffer { return p.VM.NewArrayBuffer([]byte(s)) })
	_ = global.Set("__decode", func(b sobek.ArrayBuffer) string { return strings.ToValidUTF8(string(b.Bytes()), "\ufffd") })
}

func (p *Page) setLocation(u *url.URL) error {
	location := map[string]any{
		"href": u.String(), "origin": u.Scheme + "://" + u.Host, "protocol": u.Scheme + ":", "host": u.Host,
		"hostname": u.Hostname(), "port": u.Port(), "pathname": u.Path, "search": "", "hash": "",
	}
	o := p.VM.NewObject()
	for name, v := range location {
		if err := o.Set(name, v); err != nil {
			return err
		}
	}
	text := func() string { return u.String() }
	if err := o.DefineDataProperty("toString", p.VM.ToValue(text), sobek.FLAG_FALSE, sobek.FLAG_FALSE, sobek.FLAG_FALSE); err != nil {
		return err
	}
	return p.VM.GlobalObject().Set("location", o)
}

// AddElement adds an element to the document.
func (p *Page) AddElement(name string, attributes map[string]string, place, text string) {
	o := p.VM.NewObject()
	for key, value := range attributes {
		_ = o.Set(key, value)
	}
	add, _ := sobek.AssertFunction(p.VM.Get("__element"))
	p.invoke(add, sobek.Undefined(), p.VM.ToValue(name), o, p.VM.ToValue(place), p.VM.ToValue(text))
}

// Loaded tells the page that all of it was read.
func (p *Page) Loaded() {
	document := p.VM.Get("document").(*sobek.Object)
	_ = document.Set("readyState", "complete")
	p.Fire(document, "Event", "DOMContentLoaded", nil)
	p.Fire(p.VM.GlobalObject(), "Event", "load", nil)
}
