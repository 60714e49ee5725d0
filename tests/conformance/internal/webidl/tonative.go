// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webidl

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/grafana/sobek"
)

// Dict is a dictionary: its members that are present.
type Dict map[string]any

// Callback is a function that JavaScript has passed.
type Callback struct {
	Value sobek.Value
	Call  sobek.Callable
}

// TypeError is what a value that cannot be converted gives.
type TypeError struct{ Message string }

func (e *TypeError) Error() string { return e.Message }

func typeError(format string, args ...any) error {
	return &TypeError{fmt.Sprintf(format, args...)}
}

var errEnum = errors.New("no value of the enumeration")

type enumError struct{ TypeError }

func (e *enumError) Is(target error) bool { return target == errEnum }
func (e *enumError) Unwrap() error        { return &e.TypeError }

// limits are the bounds of the integer types.
var limits = map[string][2]float64{
	"byte": {-128, 127}, "octet": {0, 255},
	"short": {-32768, 32767}, "unsigned short": {0, 65535},
	"long": {-1 << 31, 1<<31 - 1}, "unsigned long": {0, 1<<32 - 1},
	"long long": {-(1<<53 - 1), 1<<53 - 1}, "unsigned long long": {0, 1<<53 - 1},
}

var bits = map[string]float64{
	"byte": 8, "octet": 8, "short": 16, "unsigned short": 16,
	"long": 32, "unsigned long": 32, "long long": 64, "unsigned long long": 64,
}

// toNative converts a JavaScript value to an IDL value (WebIDL, section 3.2).
func (b *Binder) toNative(t Type, v sobek.Value, attrs []ExtAttr) (native any, err error) {
	defer func() {
		// What a conversion by script throws.
		if r := recover(); r != nil {
			switch x := r.(type) {
			case *sobek.Exception:
				err = &thrown{x.Value()}
			case *sobek.Object:
				err = &thrown{x}
			default:
				panic(r)
			}
		}
	}()
	if v == nil {
		v = sobek.Undefined()
	}
	if t.Nullable && (sobek.IsUndefined(v) || sobek.IsNull(v)) {
		return nil, nil
	}
	if t.Union {
		return b.toUnion(t, v, attrs)
	}
	switch t.Generic {
	case "sequence", "FrozenArray", "ObservableArray":
		return b.toSequence(t, v)
	case "record":
		return b.toRecord(t, v)
	case "Promise":
		return v, nil
	}
	if d := b.idl.definitions[t.Name]; d != nil {
		return b.toDefined(d, v)
	}
	switch t.Name {
	case "any", "object", "undefined":
		return v, nil
	case "boolean":
		return v.ToBoolean(), nil
	case "DOMString", "USVString", "ByteString":
		if _, symbol := v.(*sobek.Symbol); symbol {
			return nil, typeError("a symbol is no string")
		}
		return v.String(), nil
	case "double", "float", "unrestricted double", "unrestricted float":
		f := v.ToFloat()
		if t.Name[0] != 'u' && (math.IsNaN(f) || math.IsInf(f, 0)) {
			return nil, typeError("the value is not finite")
		}
		return f, nil
	case "ArrayBuffer", "ArrayBufferView", "BufferSource":
		return b.toBytes(t.Name, v)
	case "VoidFunction", "Function":
		return toCallback(v)
	}
	if _, ok := limits[t.Name]; ok {
		return toInteger(t.Name, v.ToNumber().ToFloat(), append(slices.Clone(t.ExtAttrs), attrs...))
	}
	if class, ok := b.VM.Get(t.Name).(*sobek.Object); ok {
		// A class of the page's own, such as Blob.
		if o, ok := v.(*sobek.Object); ok && b.VM.InstanceOf(o, class) {
			return o, nil
		}
		return nil, typeError("the value is no %s", t.Name)
	}
	return v, nil // a type that is not described, such as AlgorithmIdentifier
}

func toInteger(name string, f float64, attrs []ExtAttr) (any, error) {
	bound := limits[name]
	switch {
	case has(attrs, "EnforceRange"):
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, typeError("the value is not finite")
		}
		f = math.Trunc(f)
		if f < bound[0] || f > bound[1] {
			return nil, typeError("the value is out of the range of %s", name)
		}
		return int64(f), nil
	case has(attrs, "Clamp"):
		if math.IsNaN(f) {
			return int64(0), nil
		}
		return int64(math.RoundToEven(min(max(f, bound[0]), bound[1]))), nil
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return int64(0), nil
	}
	modulus := math.Pow(2, bits[name])
	f = math.Mod(math.Trunc(f), modulus)
	if f < 0 {
		f += modulus
	}
	if bound[0] < 0 && f >= modulus/2 {
		f -= modulus
	}
	return int64(f), nil
}

// thrown is an exception of a script, on its way through Go.
type thrown struct{ value sobek.Value }

func (e *thrown) Error() string { return e.value.String() }

// Thrown returns the value if err is an exception of a script.
func Thrown(err error) (sobek.Value, bool) {
	var t *thrown
	if errors.As(err, &t) {
		return t.value, true
	}
	return nil, false
}

func toCallback(v sobek.Value) (any, error) {
	f, ok := sobek.AssertFunction(v)
	if !ok {
		return nil, typeError("the value is no function")
	}
	return &Callback{v, f}, nil
}

func (b *Binder) toDefined(d *Definition, v sobek.Value) (any, error) {
	switch d.Type {
	case "dictionary":
		return b.toDict(d, v)
	case "enum":
		s := v.String()
		if !slices.ContainsFunc(d.Values, func(m Member) bool { return m.Value == s }) {
			return nil, &enumError{TypeError{fmt.Sprintf("'%s' is no value of %s", s, d.Name)}}
		}
		return s, nil
	case "callback":
		return toCallback(v)
	case "callback interface":
		return v, nil
	case "interface":
		if native := b.Native(v, d.Name); native != nil {
			return native, nil
		}
		return nil, typeError("the value is no %s", d.Name)
	}
	return v, nil
}

func (b *Binder) toDict(d *Definition, v sobek.Value) (any, error) {
	o, isObject := v.(*sobek.Object)
	if !isObject && !sobek.IsUndefined(v) && !sobek.IsNull(v) {
		return nil, typeError("the value is no object, as %s is", d.Name)
	}
	dict := Dict{}
	for _, m := range b.idl.fields(d.Name) {
		t := b.idl.resolve(*m.IDLType)
		var member sobek.Value = sobek.Undefined()
		if isObject {
			member = get(o, m.Name)
		}
		if !sobek.IsUndefined(member) {
			native, err := b.toNative(t, member, m.ExtAttrs)
			if err != nil {
				return nil, within(m.Name, err)
			}
			dict[m.Name] = native
			continue
		}
		native, given, err := b.defaultValue(t, m.Default)
		switch {
		case err != nil:
			return nil, err
		case given:
			dict[m.Name] = native
		case m.Required:
			return nil, typeError("%s lacks the required member %s", d.Name, m.Name)
		}
	}
	return dict, nil
}

func within(name string, err error) error {
	var e *TypeError
	if _, script := Thrown(err); !script && errors.As(err, &e) {
		return typeError("%s: %s", name, e.Message)
	}
	return err
}

// get reads a property; a getter may throw.
func get(o *sobek.Object, name string) sobek.Value {
	v := o.Get(name)
	if v == nil {
		return sobek.Undefined()
	}
	return v
}

// defaultValue returns the default; given is false if there is none.
func (b *Binder) defaultValue(t Type, d *Default) (native any, given bool, err error) {
	if d == nil {
		return nil, false, nil
	}
	switch d.Type {
	case "null":
		return nil, true, nil
	case "sequence":
		return []any{}, true, nil
	case "dictionary":
		v, err := b.toNative(t, sobek.Undefined(), nil)
		return v, true, err
	case "number":
		v, err := b.VM.RunString(fmt.Sprint(d.Value))
		if err != nil {
			return nil, false, err
		}
		native, err = b.toNative(t, v, nil)
		return native, true, err
	}
	return d.Value, true, nil // a string or boolean
}

func (b *Binder) toSequence(t Type, v sobek.Value) (any, error) {
	o, ok := v.(*sobek.Object)
	if !ok || !iterable(o) {
		return nil, typeError("the value is no sequence")
	}
	list := []any{}
	var failed error
	b.VM.ForOf(o, func(item sobek.Value) bool {
		native, err := b.toNative(b.idl.resolve(t.Args[0]), item, nil)
		if err != nil {
			failed = err
			return false
		}
		list = append(list, native)
		return true
	})
	return list, failed
}

func iterable(o *sobek.Object) bool {
	_, ok := sobek.AssertFunction(o.GetSymbol(sobek.SymIterator))
	return ok
}

func (b *Binder) toRecord(t Type, v sobek.Value) (any, error) {
	o, ok := v.(*sobek.Object)
	if !ok {
		return nil, typeError("the value is no object")
	}
	dict := Dict{}
	for _, key := range o.Keys() {
		native, err := b.toNative(b.idl.resolve(t.Args[1]), get(o, key), nil)
		if err != nil {
			return nil, err
		}
		dict[key] = native
	}
	return dict, nil
}

func (b *Binder) toBytes(name string, v sobek.Value) (any, error) {
	if buffer, ok := v.Export().(sobek.ArrayBuffer); ok && name != "ArrayBufferView" {
		return buffer.Bytes(), nil
	}
	if o, ok := v.(*sobek.Object); ok && name != "ArrayBuffer" {
		if buffer, ok := get(o, "buffer").Export().(sobek.ArrayBuffer); ok {
			offset, length := get(o, "byteOffset").ToInteger(), get(o, "byteLength").ToInteger()
			return buffer.Bytes()[offset : offset+length], nil
		}
	}
	return nil, typeError("the value is no %s", name)
}

// toUnion converts to the member of a union that a value is meant for.
func (b *Binder) toUnion(t Type, v sobek.Value, attrs []ExtAttr) (any, error) {
	for _, strict := range []bool{true, false} {
		for _, member := range t.Args {
			if member = b.idl.resolve(member); b.kindSuits(member, v, strict) {
				return b.toNative(member, v, attrs)
			}
		}
	}
	return nil, typeError("the value is none of the union's types")
}

// kindSuits tells whether a type is meant by a value, as overloads and unions tell
// types apart.
func (b *Binder) kindSuits(t Type, v sobek.Value, strict bool) bool {
	o, isObject := v.(*sobek.Object)
	empty := v == nil || sobek.IsUndefined(v) || sobek.IsNull(v)
	if t.Union {
		return slices.ContainsFunc(t.Args, func(m Type) bool { return b.kindSuits(b.idl.resolve(m), v, strict) })
	}
	if t.Nullable && empty {
		return true
	}
	if t.Generic != "" {
		return isObject && iterable(o)
	}
	_, function := sobek.AssertFunction(v)
	if d := b.idl.definitions[t.Name]; d != nil {
		switch d.Type {
		case "interface":
			return b.Native(v, d.Name) != nil
		case "callback":
			return function
		case "dictionary":
			return empty || isObject && !function
		case "callback interface":
			return empty || isObject
		}
		return !strict || !isObject && !empty
	}
	switch t.Name {
	case "VoidFunction", "Function":
		return function
	case "boolean":
		_, ok := v.Export().(bool)
		return ok || !strict && !isObject
	case "ArrayBuffer", "ArrayBufferView", "BufferSource":
		_, err := b.toBytes(t.Name, v)
		return err == nil
	case "DOMString", "USVString", "ByteString":
		_, ok := v.Export().(string)
		return ok || !strict
	case "any", "object":
		return isObject || t.Name == "any"
	}
	if _, number := limits[t.Name]; number || t.Name == "double" {
		switch v.Export().(type) {
		case int64, float64:
			return true
		}
		return !strict
	}
	if class, ok := b.VM.Get(t.Name).(*sobek.Object); ok {
		return isObject && b.VM.InstanceOf(o, class)
	}
	return !strict
}
