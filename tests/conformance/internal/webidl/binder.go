// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webidl

import (
	"fmt"

	"github.com/grafana/sobek"
)

// Class is what Go has to say about an interface beyond the methods of its objects'
// type: members of another shape than the type's.
type Class struct {
	// Construct is the constructor; without it the interface has none.
	Construct func(args []any) (any, error)

	// Get, Set and Call are members by name. One that is missing is looked for
	// among the object's methods.
	Get  map[string]func(this any) (any, error)
	Set  map[string]func(this, value any) error
	Call map[string]func(this any, args []any) (any, error)
}

// Host is what a Binder needs of its surroundings.
type Host interface {
	// Class returns what Go has to say about an interface; nil for nothing.
	Class(name string) *Class

	// InterfaceOf returns the name of the interface of a Go object; "" for one
	// that has none.
	InterfaceOf(native any) string

	// Wrapped tells that an object is seen by JavaScript for the first time.
	Wrapped(native any, object *sobek.Object)

	// RunMethod runs a method of Go that waits, off the loop, and then calls settle
	// on the loop.
	RunMethod(call func() (any, error), settle func(any, error))

	// Exception makes the object that is thrown for an error.
	Exception(err error) sobek.Value

	// HandlerGet and HandlerSet are the event handler attributes.
	HandlerGet(object *sobek.Object, event string) sobek.Value
	HandlerSet(object *sobek.Object, event string, handler sobek.Value)
}

// wrapper is what is known of an object that JavaScript sees.
type wrapper struct {
	iface  string
	native any
	same   map[string]sobek.Value // [SameObject] attributes that were read
}

// Binder binds the interfaces of an IDL to a runtime.
type Binder struct {
	VM   *sobek.Runtime
	idl  *IDL
	host Host

	prototypes map[string]*sobek.Object
	wrappers   map[*sobek.Object]*wrapper
	objects    map[any]*sobek.Object
}

// New makes a binder. Define then makes the interfaces.
func New(vm *sobek.Runtime, idl *IDL, host Host) *Binder {
	return &Binder{
		VM: vm, idl: idl, host: host,
		prototypes: map[string]*sobek.Object{},
		wrappers:   map[*sobek.Object]*wrapper{},
		objects:    map[any]*sobek.Object{},
	}
}

// Define makes all interfaces of the IDL, on the global object.
func (b *Binder) Define() error {
	for _, name := range b.idl.order {
		if b.idl.definitions[name].Type == "interface" {
			if err := b.define(name); err != nil {
				return fmt.Errorf("webidl: %s: %w", name, err)
			}
		}
	}
	return nil
}

func (b *Binder) define(name string) error {
	d := b.idl.definitions[name]
	if b.prototypes[name] != nil {
		return nil
	}
	if d.Inheritance != "" {
		if err := b.define(d.Inheritance); err != nil {
			return err
		}
	}
	constructor, err := b.constructor(d)
	if err != nil {
		return err
	}
	prototype := constructor.Get("prototype").(*sobek.Object)
	b.prototypes[name] = prototype
	if d.Inheritance != "" {
		if err := prototype.SetPrototype(b.prototypes[d.Inheritance]); err != nil {
			return err
		}
		base := b.VM.Get(d.Inheritance).(*sobek.Object)
		if err := constructor.SetPrototype(base); err != nil {
			return err
		}
	} else if name == "DOMException" {
		if err := prototype.SetPrototype(b.VM.Get("Error").(*sobek.Object).Get("prototype").(*sobek.Object)); err != nil {
			return err
		}
	}
	define := func(o *sobek.Object, key string, v sobek.Value) error {
		return o.DefineDataProperty(key, v, sobek.FLAG_FALSE, sobek.FLAG_TRUE, sobek.FLAG_FALSE)
	}
	if err := define(constructor, "name", b.VM.ToValue(name)); err != nil {
		return err
	}
	if err := prototype.DefineDataPropertySymbol(sobek.SymToStringTag, b.VM.ToValue(name), sobek.FLAG_FALSE, sobek.FLAG_TRUE, sobek.FLAG_FALSE); err != nil {
		return err
	}
	if err := b.defineMembers(d, constructor, prototype); err != nil {
		return err
	}
	return b.VM.GlobalObject().DefineDataProperty(name, constructor, sobek.FLAG_TRUE, sobek.FLAG_TRUE, sobek.FLAG_FALSE)
}

func (b *Binder) defineMembers(d *Definition, constructor, prototype *sobek.Object) error {
	operations := map[string][]Member{}
	for _, m := range d.Members {
		switch m.Type {
		case "attribute":
			if err := b.defineAttribute(d, m, constructor, prototype); err != nil {
				return err
			}
		case "operation":
			operations[m.Name] = append(operations[m.Name], m)
		case "const":
			v := b.constant(m)
			for _, o := range []*sobek.Object{constructor, prototype} {
				if err := o.DefineDataProperty(m.Name, v, sobek.FLAG_FALSE, sobek.FLAG_FALSE, sobek.FLAG_TRUE); err != nil {
					return err
				}
			}
		case "maplike":
			if err := b.defineMaplike(prototype); err != nil {
				return err
			}
		}
	}
	for name, overloads := range operations {
		if name == "" {
			continue
		}
		on := prototype
		if overloads[0].Special == "static" {
			on = constructor
		}
		f := b.VM.ToValue(b.operation(d, overloads)).(*sobek.Object)
		if err := f.DefineDataProperty("name", b.VM.ToValue(name), sobek.FLAG_FALSE, sobek.FLAG_TRUE, sobek.FLAG_FALSE); err != nil {
			return err
		}
		length := len(overloads[0].Arguments)
		for _, o := range overloads {
			length = min(length, required(o.Arguments))
		}
		if err := f.DefineDataProperty("length", b.VM.ToValue(length), sobek.FLAG_FALSE, sobek.FLAG_TRUE, sobek.FLAG_FALSE); err != nil {
			return err
		}
		if err := on.DefineDataProperty(name, f, sobek.FLAG_TRUE, sobek.FLAG_TRUE, sobek.FLAG_TRUE); err != nil {
			return err
		}
	}
	return nil
}

func (b *Binder) constant(m Member) sobek.Value {
	value, _ := m.Value.(map[string]any)
	text, _ := value["value"].(string)
	v, err := b.VM.RunString(text)
	if err != nil {
		return sobek.Undefined()
	}
	return v
}

// defineMaplike gives an interface the members of a read-only map, which its
// object has as the property "map" of JavaScript's own type Map.
func (b *Binder) defineMaplike(prototype *sobek.Object) error {
	for _, key := range []string{"get", "has", "keys", "values", "entries", "forEach"} {
		err := prototype.DefineDataProperty(key, b.VM.ToValue(func(call sobek.FunctionCall) sobek.Value {
			return b.onMap(call, key)
		}), sobek.FLAG_TRUE, sobek.FLAG_TRUE, sobek.FLAG_TRUE)
		if err != nil {
			return err
		}
	}
	iterate := b.VM.ToValue(func(call sobek.FunctionCall) sobek.Value { return b.onMap(call, "entries") })
	if err := prototype.DefineDataPropertySymbol(sobek.SymIterator, iterate, sobek.FLAG_TRUE, sobek.FLAG_TRUE, sobek.FLAG_FALSE); err != nil {
		return err
	}
	size := b.VM.ToValue(func(call sobek.FunctionCall) sobek.Value { return b.mapOf(call.This).Get("size") })
	return prototype.DefineAccessorProperty("size", size, nil, sobek.FLAG_TRUE, sobek.FLAG_TRUE)
}

func (b *Binder) mapOf(this sobek.Value) *sobek.Object {
	o, _ := this.(*sobek.Object)
	w := b.wrappers[o]
	if w == nil {
		panic(b.VM.NewTypeError("Illegal invocation"))
	}
	if m, ok := w.native.(interface{ Map() *sobek.Object }); ok {
		return m.Map()
	}
	panic(b.VM.NewTypeError("Illegal invocation"))
}

func (b *Binder) onMap(call sobek.FunctionCall, key string) sobek.Value {
	m := b.mapOf(call.This)
	f, _ := sobek.AssertFunction(m.Get(key))
	v, err := f(m, call.Arguments...)
	if err != nil {
		panic(err)
	}
	return v
}

// Wrap returns the object that JavaScript sees for a Go object: always the same.
func (b *Binder) Wrap(native any) sobek.Value {
	if o := b.objects[native]; o != nil {
		return o
	}
	name := b.host.InterfaceOf(native)
	if name == "" || b.prototypes[name] == nil {
		panic(fmt.Sprintf("webidl: no interface for %T", native))
	}
	o := b.VM.CreateObject(b.prototypes[name])
	b.Register(o, name, native)
	return o
}

// Register makes an object that exists stand for a Go object.
func (b *Binder) Register(o *sobek.Object, iface string, native any) {
	b.wrappers[o] = &wrapper{iface: iface, native: native}
	b.objects[native] = o
	b.host.Wrapped(native, o)
}

// Native returns the Go object behind a value if it is of the interface, else nil.
func (b *Binder) Native(v sobek.Value, iface string) any {
	o, _ := v.(*sobek.Object)
	if w := b.wrappers[o]; o != nil && w != nil && b.idl.inherits(w.iface, iface) {
		return w.native
	}
	return nil
}

// Throw throws the exception for an error.
func (b *Binder) Throw(err error) {
	panic(b.host.Exception(err))
}

// Convert converts what Go has to the JavaScript value of a type.
func (b *Binder) Convert(typ string, native any) sobek.Value {
	return b.toJS(b.idl.resolve(Type{Name: typ}), native)
}

// ToDict converts a JavaScript value to a dictionary.
func (b *Binder) ToDict(typ string, v sobek.Value) (Dict, error) {
	native, err := b.toNative(Type{Name: typ}, v, nil)
	dict, _ := native.(Dict)
	return dict, err
}
