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
)

var errorType = reflect.TypeFor[error]()

// callMethod calls the method that has a member's name but for case, with IDL
// values as arguments.
func callMethod(native any, name string, args []any) (any, error) {
	v := reflect.ValueOf(native)
	if !v.IsValid() {
		return nil, ErrNoMember
	}
	for i := range v.NumMethod() {
		if strings.EqualFold(v.Type().Method(i).Name, name) {
			return callValue(v.Method(i), args)
		}
	}
	return nil, ErrNoMember
}

func callValue(f reflect.Value, args []any) (any, error) {
	t := f.Type()
	var in []reflect.Value
	for i := range t.NumIn() {
		p := t.In(i)
		if t.IsVariadic() && i == t.NumIn()-1 {
			for ; i < len(args); i++ {
				v := reflect.New(p.Elem()).Elem()
				if err := assign(v, args[i]); err != nil {
					return nil, err
				}
				in = append(in, v)
			}
			break
		}
		v := reflect.New(p).Elem()
		if i < len(args) {
			if err := assign(v, args[i]); err != nil {
				return nil, err
			}
		}
		in = append(in, v)
	}
	out := f.Call(in)
	if n := len(out); n > 0 && t.Out(n-1).Implements(errorType) {
		if err, _ := out[n-1].Interface().(error); err != nil {
			return nil, err
		}
		out = out[:n-1]
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out[0].Interface(), nil
}

// Assign stores an IDL value in the Go variable that p points to.
func Assign(p any, v any) error { return assign(reflect.ValueOf(p).Elem(), v) }

func assign(to reflect.Value, v any) error {
	if v == nil {
		return nil
	}
	from := reflect.ValueOf(v)
	if from.Type().AssignableTo(to.Type()) {
		to.Set(from)
		return nil
	}
	if text, ok := v.(string); ok && to.CanAddr() {
		if u, ok := to.Addr().Interface().(encoding.TextUnmarshaler); ok {
			return u.UnmarshalText([]byte(text))
		}
	}
	if to.Type() == reflect.TypeFor[time.Duration]() {
		switch n := v.(type) {
		case float64:
			to.SetInt(int64(n * float64(time.Millisecond)))
			return nil
		case int64:
			to.SetInt(n * int64(time.Millisecond))
			return nil
		}
	}
	switch to.Kind() {
	case reflect.Pointer:
		p := reflect.New(to.Type().Elem())
		if err := assign(p.Elem(), v); err != nil {
			return err
		}
		to.Set(p)
		return nil
	case reflect.Struct:
		if from.Kind() == reflect.Pointer && from.Elem().Type() == to.Type() {
			to.Set(from.Elem())
			return nil
		}
		if dict, ok := v.(Dict); ok {
			return assignFields(to, dict)
		}
	case reflect.Slice:
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		s := reflect.MakeSlice(to.Type(), len(list), len(list))
		for i, item := range list {
			if err := assign(s.Index(i), item); err != nil {
				return err
			}
		}
		to.Set(s)
		return nil
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if from.CanConvert(to.Type()) && (from.Kind() == reflect.String) == (to.Kind() == reflect.String) {
			to.Set(from.Convert(to.Type()))
			return nil
		}
	}
	return fmt.Errorf("webidl: a %T does not fit a %s", v, to.Type())
}

func assignFields(to reflect.Value, dict Dict) error {
	for name, v := range dict {
		field, _, ok := fieldOf(to, name)
		if !ok {
			continue // a member that Go does not have
		}
		if err := assign(field, v); err != nil {
			return err
		}
	}
	return nil
}
