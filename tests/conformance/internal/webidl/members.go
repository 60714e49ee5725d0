// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webidl

import (
	"errors"
	"fmt"

	"github.com/grafana/sobek"
)

// ErrNoMember is what reading, setting or calling a member gives that Go lacks.
var ErrNoMember = errors.New("not implemented")

// constructor makes the interface object: a class, which the engine itself keeps
// from being called without new, and whose objects Go completes.
func (b *Binder) constructor(d *Definition) (*sobek.Object, error) {
	var overloads []Member
	for _, m := range d.Members {
		if m.Type == "constructor" {
			overloads = append(overloads, m)
		}
	}
	construct := func(object *sobek.Object, arguments []sobek.Value) {
		class := b.host.Class(d.Name)
		if len(overloads) == 0 || class == nil || class.Construct == nil {
			panic(b.VM.NewTypeError("Illegal constructor"))
		}
		args, err := b.arguments(overloads, arguments)
		if err != nil {
			b.Throw(err)
		}
		native, err := class.Construct(args)
		if err != nil {
			b.Throw(err)
		}
		b.Register(object, d.Name, native)
	}
	makeClass, err := b.VM.RunString("(construct) => class { constructor(...args) { construct(this, ...args); } }")
	if err != nil {
		return nil, err
	}
	call, _ := sobek.AssertFunction(makeClass)
	class, err := call(sobek.Undefined(), b.VM.ToValue(func(call sobek.FunctionCall) sobek.Value {
		construct(call.Arguments[0].(*sobek.Object), call.Arguments[1:])
		return sobek.Undefined()
	}))
	if err != nil {
		return nil, err
	}
	length := 0
	for i, o := range overloads {
		if n := required(o.Arguments); i == 0 || n < length {
			length = n
		}
	}
	object := class.(*sobek.Object)
	return object, object.DefineDataProperty("length", b.VM.ToValue(length), sobek.FLAG_FALSE, sobek.FLAG_TRUE, sobek.FLAG_FALSE)
}

func (b *Binder) defineAttribute(d *Definition, m Member, constructor, prototype *sobek.Object) error {
	if b.idl.isHandler(m) {
		return b.defineHandler(d, m, prototype)
	}
	get := b.VM.ToValue(func(call sobek.FunctionCall) sobek.Value {
		w := b.this(d, call.This)
		v, err := b.read(d, m, w)
		if err != nil {
			b.Throw(err)
		}
		return v
	})
	var set sobek.Value
	if !m.Readonly {
		set = b.VM.ToValue(func(call sobek.FunctionCall) sobek.Value {
			w := b.this(d, call.This)
			v, err := b.toNative(b.idl.resolve(*m.IDLType), call.Argument(0), m.ExtAttrs)
			if errors.Is(err, errEnum) {
				return sobek.Undefined() // as WebIDL has it for attributes
			}
			if err == nil {
				err = b.write(d, m, w, v)
			}
			if err != nil {
				b.Throw(err)
			}
			return sobek.Undefined()
		})
	}
	on := prototype
	if m.Special == "static" {
		on = constructor
	}
	return on.DefineAccessorProperty(m.Name, get, set, sobek.FLAG_TRUE, sobek.FLAG_TRUE)
}

func (idl *IDL) isHandler(m Member) bool {
	switch m.IDLType.Name {
	case "EventHandler", "OnErrorEventHandler":
		return true
	}
	return false
}

func (b *Binder) defineHandler(d *Definition, m Member, prototype *sobek.Object) error {
	event := m.Name[len("on"):]
	get := b.VM.ToValue(func(call sobek.FunctionCall) sobek.Value {
		b.this(d, call.This)
		return b.host.HandlerGet(call.This.(*sobek.Object), event)
	})
	set := b.VM.ToValue(func(call sobek.FunctionCall) sobek.Value {
		b.this(d, call.This)
		b.host.HandlerSet(call.This.(*sobek.Object), event, call.Argument(0))
		return sobek.Undefined()
	})
	return prototype.DefineAccessorProperty(m.Name, get, set, sobek.FLAG_TRUE, sobek.FLAG_TRUE)
}

// this returns the object that a member was called on.
func (b *Binder) this(d *Definition, v sobek.Value) *wrapper {
	o, _ := v.(*sobek.Object)
	if v == nil || sobek.IsUndefined(v) || sobek.IsNull(v) {
		o = b.VM.GlobalObject()
	}
	if w := b.wrappers[o]; w != nil && b.idl.inherits(w.iface, d.Name) {
		return w
	}
	panic(b.VM.NewTypeError("Illegal invocation"))
}

func (b *Binder) read(d *Definition, m Member, w *wrapper) (sobek.Value, error) {
	same := has(m.ExtAttrs, "SameObject")
	if v, ok := w.same[m.Name]; ok && same {
		return v, nil
	}
	var native any
	var err error
	if get := lookup(b.host.Class(d.Name), func(c *Class) map[string]func(any) (any, error) { return c.Get }, m.Name); get != nil {
		native, err = get(w.native)
	} else {
		native, err = callMethod(w.native, m.Name, nil)
	}
	if err != nil {
		return nil, fmt.Errorf("%s.%s: %w", d.Name, m.Name, err)
	}
	v := b.toJS(b.idl.resolve(*m.IDLType), native)
	if same {
		if w.same == nil {
			w.same = map[string]sobek.Value{}
		}
		w.same[m.Name] = v
	}
	return v, nil
}

func (b *Binder) write(d *Definition, m Member, w *wrapper, v any) error {
	if set := lookup(b.host.Class(d.Name), func(c *Class) map[string]func(any, any) error { return c.Set }, m.Name); set != nil {
		return set(w.native, v)
	}
	_, err := callMethod(w.native, "Set"+m.Name, []any{v})
	return err
}

func (b *Binder) operation(d *Definition, overloads []Member) func(sobek.FunctionCall) sobek.Value {
	first := overloads[0]
	promise := first.IDLType.Generic == "Promise"
	return func(call sobek.FunctionCall) (result sobek.Value) {
		if promise {
			// What is thrown before the operation begins rejects its promise.
			defer func() {
				if r := recover(); r != nil {
					result = b.rejected(r)
				}
			}()
		}
		var native any
		if first.Special != "static" {
			native = b.this(d, call.This).native
		}
		args, err := b.arguments(overloads, call.Arguments)
		if err != nil {
			b.Throw(err)
		}
		own := lookup(b.host.Class(d.Name), func(c *Class) map[string]func(any, []any) (any, error) { return c.Call }, first.Name)
		run := func() (any, error) {
			switch {
			case own != nil:
				return own(native, args)
			case first.Name == "toJSON" && has(first.ExtAttrs, "Default"):
				return b.defaultJSON(d, call.This)
			}
			v, err := callMethod(native, first.Name, args)
			if err != nil {
				err = fmt.Errorf("%s.%s: %w", d.Name, first.Name, err)
			}
			return v, err
		}
		if promise {
			return b.promise(b.idl.resolve(first.IDLType.Args[0]), own == nil, run)
		}
		v, err := run()
		if err != nil {
			b.Throw(err)
		}
		return b.toJS(b.idl.resolve(*first.IDLType), v)
	}
}

// Deferred is what an operation of a Class returns that ends later: settle is to
// be called on the loop, once.
type Deferred func(settle func(any, error))

// promise makes the promise of an operation. A method of Go, which waits, runs off
// the loop; an operation of a Class runs on it.
func (b *Binder) promise(t Type, method bool, run func() (any, error)) sobek.Value {
	p, resolve, reject := b.VM.NewPromise()
	settle := func(v any, err error) {
		if err != nil {
			_ = reject(b.host.Exception(err))
			return
		}
		_ = resolve(b.toJS(t, v))
	}
	if method {
		b.host.RunMethod(run, settle)
		return b.VM.ToValue(p)
	}
	v, err := run()
	if later, ok := v.(Deferred); ok && err == nil {
		later(settle)
	} else {
		settle(v, err)
	}
	return b.VM.ToValue(p)
}

func (b *Binder) rejected(thrown any) sobek.Value {
	var v sobek.Value
	switch x := thrown.(type) {
	case sobek.Value:
		v = x
	case *sobek.Exception:
		v = x.Value()
	default:
		panic(thrown)
	}
	p, _, reject := b.VM.NewPromise()
	_ = reject(v)
	return b.VM.ToValue(p)
}

// defaultJSON is the toJSON operation that WebIDL defines itself.
func (b *Binder) defaultJSON(d *Definition, this sobek.Value) (any, error) {
	o := b.VM.NewObject()
	for _, base := range b.idl.lineage(d.Name) {
		for _, m := range base.Members {
			if m.Type == "attribute" && !b.idl.isHandler(m) {
				if err := o.Set(m.Name, this.(*sobek.Object).Get(m.Name)); err != nil {
					return nil, err
				}
			}
		}
	}
	return o, nil
}

func lookup[F any](c *Class, table func(*Class) map[string]F, name string) (f F) {
	if c == nil {
		return f
	}
	return table(c)[name]
}

func required(args []Argument) int {
	n := 0
	for _, a := range args {
		if !a.Optional && !a.Variadic {
			n++
		}
	}
	return n
}

// arguments chooses the overload for what was passed and converts it.
func (b *Binder) arguments(overloads []Member, values []sobek.Value) ([]any, error) {
	chosen, err := b.choose(overloads, values)
	if err != nil {
		return nil, err
	}
	var args []any
	for i, a := range chosen.Arguments {
		if a.Variadic {
			for j := i; j < len(values); j++ {
				v, err := b.toNative(b.idl.resolve(a.IDLType), values[j], a.ExtAttrs)
				if err != nil {
					return nil, err
				}
				args = append(args, v)
			}
			break
		}
		if i >= len(values) || a.Optional && sobek.IsUndefined(values[i]) {
			v, given, err := b.defaultValue(b.idl.resolve(a.IDLType), a.Default)
			if err != nil {
				return nil, err
			}
			if !given {
				v = nil
			}
			args = append(args, v)
			continue
		}
		v, err := b.toNative(b.idl.resolve(a.IDLType), values[i], a.ExtAttrs)
		if err != nil {
			return nil, err
		}
		args = append(args, v)
	}
	return args, nil
}

func (b *Binder) choose(overloads []Member, values []sobek.Value) (*Member, error) {
	var fits []*Member
	least := -1
	for i := range overloads {
		n := required(overloads[i].Arguments)
		if least < 0 || n < least {
			least = n
		}
		if n <= len(values) {
			fits = append(fits, &overloads[i])
		}
	}
	if len(fits) == 0 {
		return nil, typeError("%d argument required, but only %d present", least, len(values))
	}
	if len(fits) == 1 {
		return fits[0], nil
	}
	for _, strict := range []bool{true, false} {
		for _, m := range fits {
			if b.suits(m, values, strict) {
				return m, nil
			}
		}
	}
	return nil, typeError("no overload takes these arguments")
}

// suits tells whether an overload is meant by values. A strict match is one by the
// kind of object; otherwise what can be converted to anything suits too.
func (b *Binder) suits(m *Member, values []sobek.Value, strict bool) bool {
	for i, v := range values {
		if i >= len(m.Arguments) {
			return len(m.Arguments) > 0 && m.Arguments[len(m.Arguments)-1].Variadic
		}
		if !b.kindSuits(b.idl.resolve(m.Arguments[i].IDLType), v, strict) {
			return false
		}
	}
	return true
}
