// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package dom

import (
	"fmt"
	"time"

	"github.com/grafana/sobek"

	"github.com/nativertc/nativertc/tests/conformance/internal/webidl"
)

// addClasses adds the classes of the page's own: events of all interfaces, event
// targets and exceptions.
func (p *Page) addClasses(idl *webidl.IDL) {
	p.classes["Event"] = p.eventClass()
	for name, attributes := range idl.Attributes("Event") {
		p.classes[name] = dataEventClass(name, attributes)
	}
	p.classes["EventTarget"] = p.targetClass()
	p.classes["DOMException"] = exceptionClass()
}

func (p *Page) eventClass() *webidl.Class {
	c := dataEventClass("Event", nil)
	get := func(name string, f func(*Event) any) {
		c.Get[name] = func(this any) (any, error) { return f(this.(*Event)), nil }
	}
	object := func(o *sobek.Object) any {
		if o == nil {
			return nil
		}
		return sobek.Value(o)
	}
	flag := func(name string) {
		get(name, func(e *Event) any { v, _ := e.Init[name].(bool); return v })
	}
	get("type", func(e *Event) any { return e.Type })
	get("target", func(e *Event) any { return object(e.target) })
	get("srcElement", func(e *Event) any { return object(e.target) })
	get("currentTarget", func(e *Event) any { return object(e.current) })
	get("eventPhase", func(e *Event) any {
		if e.dispatching {
			return 2
		}
		return 0
	})
	flag("bubbles")
	flag("cancelable")
	flag("composed")
	get("defaultPrevented", func(e *Event) any { return e.canceled })
	get("returnValue", func(e *Event) any { return !e.canceled })
	get("cancelBubble", func(e *Event) any { return e.stopped })
	get("isTrusted", func(e *Event) any { return e.trusted })
	get("timeStamp", func(e *Event) any { return float64(e.time.Sub(p.began)) / float64(time.Millisecond) })
	call := func(name string, f func(*Event, []any)) {
		c.Call[name] = func(this any, args []any) (any, error) { f(this.(*Event), args); return nil, nil }
	}
	call("stopPropagation", func(e *Event, _ []any) { e.stopped = true })
	call("stopImmediatePropagation", func(e *Event, _ []any) { e.stopped, e.stoppedAtOnce = true, true })
	call("preventDefault", func(e *Event, _ []any) {
		if cancelable, _ := e.Init["cancelable"].(bool); cancelable {
			e.canceled = true
		}
	})
	c.Call["composedPath"] = func(this any, _ []any) (any, error) {
		if e := this.(*Event); e.dispatching {
			return []any{sobek.Value(e.current)}, nil
		}
		return []any{}, nil
	}
	return c
}

// dataEventClass is the class of an event whose attributes are what it was made
// with.
func dataEventClass(name string, attributes []string) *webidl.Class {
	c := &webidl.Class{
		Construct: func(args []any) (any, error) {
			e := &Event{Interface: name, Type: args[0].(string), time: time.Now()}
			if len(args) > 1 {
				e.Init, _ = args[1].(webidl.Dict)
			}
			return e, nil
		},
		Get:  map[string]func(any) (any, error){},
		Call: map[string]func(any, []any) (any, error){},
	}
	for _, a := range attributes {
		c.Get[a] = func(this any) (any, error) { return this.(*Event).Init[a], nil }
	}
	return c
}

func (p *Page) targetClass() *webidl.Class {
	object := func(this any) *sobek.Object { return p.Binder.Wrap(this).(*sobek.Object) }
	return &webidl.Class{
		Construct: func([]any) (any, error) { return &eventTarget{}, nil },
		Call: map[string]func(any, []any) (any, error){
			"addEventListener": func(this any, args []any) (any, error) {
				p.addListener(object(this), args[0].(string), args[1], args[2])
				return nil, nil
			},
			"removeEventListener": func(this any, args []any) (any, error) {
				p.removeListener(object(this), args[0].(string), args[1], args[2])
				return nil, nil
			},
			"dispatchEvent": func(this any, args []any) (any, error) {
				e := args[0].(*Event)
				if e.dispatching {
					return nil, &Exception{Interface: "DOMException", Name: "InvalidStateError", Message: "the event is being dispatched"}
				}
				e.trusted = false
				p.dispatch(object(this), e)
				return !e.canceled, nil
			},
		},
	}
}

// Exception is a DOMException, or one of an interface that inherits from it, whose
// further attributes are in Init.
type Exception struct {
	Interface     string
	Name, Message string
	Init          webidl.Dict
}

// Error implements error.
func (e *Exception) Error() string { return fmt.Sprintf("%s: %s", e.Name, e.Message) }

// legacyCodes are the codes that DOMExceptions had before they had names.
var legacyCodes = map[string]int{
	"IndexSizeError": 1, "HierarchyRequestError": 3, "WrongDocumentError": 4, "InvalidCharacterError": 5,
	"NoModificationAllowedError": 7, "NotFoundError": 8, "NotSupportedError": 9, "InUseAttributeError": 10,
	"InvalidStateError": 11, "SyntaxError": 12, "InvalidModificationError": 13, "NamespaceError": 14,
	"InvalidAccessError": 15, "TypeMismatchError": 17, "SecurityError": 18, "NetworkError": 19, "AbortError": 20,
	"URLMismatchError": 21, "QuotaExceededError": 22, "TimeoutError": 23, "InvalidNodeTypeError": 24, "DataCloneError": 25,
}

func exceptionClass() *webidl.Class {
	get := func(f func(*Exception) any) func(any) (any, error) {
		return func(this any) (any, error) { return f(this.(*Exception)), nil }
	}
	return &webidl.Class{
		Construct: func(args []any) (any, error) {
			return &Exception{Interface: "DOMException", Message: args[0].(string), Name: args[1].(string)}, nil
		},
		Get: map[string]func(any) (any, error){
			"name":    get(func(e *Exception) any { return e.Name }),
			"message": get(func(e *Exception) any { return e.Message }),
			"code":    get(func(e *Exception) any { return legacyCodes[e.Name] }),
		},
	}
}

// Exception implements webidl.Host: ECMAScript's own exceptions and the page's are
// as they are, those of the library as the face has them.
func (p *Page) Exception(err error) sobek.Value {
	if v, ok := webidl.Thrown(err); ok {
		return v
	}
	e := p.exceptionOf(err)
	switch e.Name {
	case "TypeError", "RangeError", "Error":
		o, failed := p.VM.New(p.VM.Get(e.Name), p.VM.ToValue(e.Message))
		if failed != nil {
			return p.VM.NewGoError(failed)
		}
		return o
	}
	return p.Binder.Wrap(e)
}
