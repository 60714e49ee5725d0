// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package dom

import (
	"slices"
	"time"

	"github.com/grafana/sobek"

	"github.com/nativertc/nativertc/tests/conformance/internal/webidl"
)

// Event is an event of any interface. What its interface has beyond Event is in
// Init, by the names of the attributes.
type Event struct {
	Interface string
	Type      string
	Init      webidl.Dict

	target, current        *sobek.Object
	stopped, stoppedAtOnce bool
	canceled, dispatching  bool
	trusted                bool
	time                   time.Time
}

// eventTarget is the native object of an EventTarget that is nothing else.
type eventTarget struct{ _ byte }

// target holds the listeners of an object.
type target struct {
	listeners map[string][]*listener
}

type listener struct {
	callback sobek.Value
	capture  bool
	once     bool
	handler  bool // it is the event handler attribute
	removed  bool
}

func (p *Page) targetOf(o *sobek.Object) *target {
	t := p.targets[o]
	if t == nil {
		t = &target{listeners: map[string][]*listener{}}
		p.targets[o] = t
	}
	return t
}

// Fire makes an event and dispatches it.
func (p *Page) Fire(o *sobek.Object, iface, typ string, init webidl.Dict) {
	e := &Event{Interface: iface, Type: typ, Init: init, trusted: true, time: time.Now()}
	p.dispatch(o, e)
}

// dispatch calls the listeners, in the order in which they were added. Between
// them, promise jobs run if no script does.
func (p *Page) dispatch(o *sobek.Object, e *Event) {
	e.target, e.current, e.dispatching = o, o, true
	object := p.Binder.Wrap(e)
	for _, l := range slices.Clone(p.targetOf(o).listeners[e.Type]) {
		if l.removed {
			continue
		}
		if l.once {
			p.remove(o, e.Type, l)
		}
		f, this := l.function(o)
		if f == nil {
			continue
		}
		if l.handler && e.Interface == "ErrorEvent" && o == p.VM.GlobalObject() {
			p.invoke(f, this, p.VM.ToValue(e.Init["message"]), p.VM.ToValue(""), p.VM.ToValue(0), p.VM.ToValue(0), e.Init["error"].(sobek.Value))
		} else {
			p.invoke(f, this, object)
		}
		if e.stoppedAtOnce {
			break
		}
	}
	e.current, e.dispatching, e.stopped, e.stoppedAtOnce = nil, false, false, false
}

// function returns what to call: the callback or its handleEvent.
func (l *listener) function(o *sobek.Object) (sobek.Callable, sobek.Value) {
	if f, ok := sobek.AssertFunction(l.callback); ok {
		return f, o
	}
	if object, ok := l.callback.(*sobek.Object); ok {
		if f, ok := sobek.AssertFunction(object.Get("handleEvent")); ok {
			return f, object
		}
	}
	return nil, nil
}

func (p *Page) remove(o *sobek.Object, typ string, l *listener) {
	l.removed = true
	t := p.targetOf(o)
	t.listeners[typ] = slices.DeleteFunc(t.listeners[typ], func(x *listener) bool { return x == l })
}

// HandlerGet implements webidl.Host.
func (p *Page) HandlerGet(o *sobek.Object, event string) sobek.Value {
	for _, l := range p.targetOf(o).listeners[event] {
		if l.handler {
			return l.callback
		}
	}
	return sobek.Null()
}

// HandlerSet implements webidl.Host. A handler keeps the place in the order that
// the first one took.
func (p *Page) HandlerSet(o *sobek.Object, event string, v sobek.Value) {
	t := p.targetOf(o)
	_, isObject := v.(*sobek.Object)
	for _, l := range t.listeners[event] {
		if l.handler {
			if isObject {
				l.callback = v
			} else {
				p.remove(o, event, l)
			}
			return
		}
	}
	if isObject {
		t.listeners[event] = append(t.listeners[event], &listener{callback: v, handler: true})
	}
}

func (p *Page) addListener(o *sobek.Object, typ string, callback, options any) {
	f, ok := callback.(*sobek.Object)
	if !ok {
		return
	}
	capture, once := listenerOptions(options)
	t := p.targetOf(o)
	for _, l := range t.listeners[typ] {
		if !l.handler && l.callback == sobek.Value(f) && l.capture == capture {
			return
		}
	}
	t.listeners[typ] = append(t.listeners[typ], &listener{callback: f, capture: capture, once: once})
}

func (p *Page) removeListener(o *sobek.Object, typ string, callback, options any) {
	f, _ := callback.(*sobek.Object)
	capture, _ := listenerOptions(options)
	for _, l := range slices.Clone(p.targetOf(o).listeners[typ]) {
		if !l.handler && l.callback == sobek.Value(f) && l.capture == capture {
			p.remove(o, typ, l)
		}
	}
}

func listenerOptions(options any) (capture, once bool) {
	switch x := options.(type) {
	case bool:
		return x, false
	case webidl.Dict:
		capture, _ = x["capture"].(bool)
		once, _ = x["once"].(bool)
	}
	return capture, once
}
