// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webidl

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/grafana/sobek"
)

// toJS converts what Go returned to the JavaScript value of an IDL type.
func (b *Binder) toJS(t Type, native any) sobek.Value {
	if v, ok := native.(sobek.Value); ok {
		return v
	}
	if t.Name == "undefined" {
		return sobek.Undefined()
	}
	v := reflect.ValueOf(native)
	if !v.IsValid() {
		return sobek.Null()
	}
	if (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface || v.Kind() == reflect.Map) && v.IsNil() {
		return sobek.Null()
	}
	if t.Generic == "sequence" || t.Generic == "FrozenArray" {
		return b.toArray(t, v)
	}
	if t.Name == "ArrayBuffer" {
		return b.VM.ToValue(b.VM.NewArrayBuffer(v.Bytes()))
	}
	if d := b.idl.definitions[t.Name]; d != nil {
		switch d.Type {
		case "interface":
			if v.Kind() != reflect.Pointer {
				p := reflect.New(v.Type())
				p.Elem().Set(v)
				v = p
			}
			return b.Wrap(v.Interface())
		case "dictionary":
			return b.fromDict(d, v)
		}
	}
	return b.scalar(t, v)
}

func (b *Binder) toArray(t Type, v reflect.Value) sobek.Value {
	items := make([]any, v.Len())
	for i := range items {
		items[i] = b.toJS(b.idl.resolve(t.Args[0]), v.Index(i).Interface())
	}
	array := b.VM.NewArray(items...)
	if t.Generic == "FrozenArray" {
		freeze, _ := sobek.AssertFunction(b.VM.Get("Object").(*sobek.Object).Get("freeze"))
		_, _ = freeze(sobek.Undefined(), array)
	}
	return array
}

// scalar converts texts, numbers and enumerations. A value of an enumeration that
// has no name is null.
func (b *Binder) scalar(t Type, v reflect.Value) sobek.Value {
	// First, since a pointer has the methods of what it points to.
	if v.Kind() == reflect.Pointer {
		return b.toJS(t, v.Elem().Interface())
	}
	switch x := v.Interface().(type) {
	case time.Duration:
		return b.VM.ToValue(float64(x) / float64(time.Millisecond))
	case time.Time:
		return b.VM.ToValue(float64(x.UnixMicro()) / 1000)
	case encoding.TextMarshaler:
		text, err := x.MarshalText()
		if err == nil {
			return b.VM.ToValue(string(text))
		}
		if s, ok := x.(fmt.Stringer); ok && !t.Nullable {
			return b.VM.ToValue(s.String())
		}
		return sobek.Null()
	}
	switch v.Kind() {
	case reflect.Bool:
		return b.VM.ToValue(v.Bool())
	case reflect.String:
		return b.VM.ToValue(v.String())
	case reflect.Float32, reflect.Float64:
		return b.VM.ToValue(v.Float())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return b.VM.ToValue(v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return b.VM.ToValue(int64(v.Uint()))
	}
	return b.VM.ToValue(v.Interface())
}

// fromDict makes the object for a dictionary of a Go struct, whose fields have the
// names of the members but for case, or of a Dict.
func (b *Binder) fromDict(d *Definition, v reflect.Value) sobek.Value {
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	o := b.VM.NewObject()
	for _, m := range b.idl.fields(d.Name) {
		t := b.idl.resolve(*m.IDLType)
		if member, ok := b.member(v, t, m); ok {
			_ = o.Set(m.Name, member)
		}
	}
	return o
}

// member returns a member of a dictionary, unless it is absent: nil, or zero where
// the struct's JSON form leaves a zero out.
func (b *Binder) member(v reflect.Value, t Type, m Member) (sobek.Value, bool) {
	if dict, ok := v.Interface().(Dict); ok {
		native, ok := dict[m.Name]
		if !ok {
			return nil, false
		}
		return b.toJS(t, native), true
	}
	field, tag, ok := fieldOf(v, m.Name)
	absent := !ok
	if ok {
		switch {
		case field.Kind() == reflect.Slice && field.IsNil():
			absent = !m.Required
		case field.IsZero():
			absent = field.Kind() == reflect.Pointer || strings.Contains(tag, "omitempty") || strings.Contains(tag, "omitzero")
		}
		if text, marshals := field.Interface().(encoding.TextMarshaler); marshals && !absent {
			_, err := text.MarshalText()
			absent = err != nil
		}
	}
	if absent {
		native, given, err := b.defaultValue(t, m.Default)
		if err != nil || !given {
			return nil, false
		}
		return b.toJS(t, native), true
	}
	return b.toJS(t, field.Interface()), true
}

// fieldOf finds the field for a member, and its JSON tag.
func fieldOf(v reflect.Value, name string) (reflect.Value, string, bool) {
	if v.Kind() != reflect.Struct {
		return reflect.Value{}, "", false
	}
	f, ok := v.Type().FieldByNameFunc(func(s string) bool { return strings.EqualFold(s, name) })
	if !ok || !f.IsExported() {
		return reflect.Value{}, "", false
	}
	return v.FieldByIndex(f.Index), f.Tag.Get("json"), true
}
