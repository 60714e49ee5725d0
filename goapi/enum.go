// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import "strconv"

// unknownName is what String gives for a value that has no W3C name.
const unknownName = "unknown"

// enumTable binds the values of an enumeration to their W3C names. The values
// are consecutive; those outside the table have no name.
//
// A table is built once, in a package variable, and never changed after, so it
// may be read from any goroutine.
type enumTable[E ~int] struct {
	w3cName string // for messages, such as RTCSdpType
	names   map[E]string
	values  map[string]E
}

// newEnumTable gives the names to first and the values that follow it.
func newEnumTable[E ~int](w3cName string, first E, names ...string) enumTable[E] {
	t := enumTable[E]{
		w3cName: w3cName,
		names:   make(map[E]string, len(names)),
		values:  make(map[string]E, len(names)),
	}
	for i, name := range names {
		value := first + E(i)
		t.names[value] = name
		t.values[name] = value
	}
	return t
}

// accept lets parse read one more spelling of value. Names are still written as
// newEnumTable was told.
func (t enumTable[E]) accept(spelling string, value E) enumTable[E] {
	t.values[spelling] = value
	return t
}

func (t enumTable[E]) name(value E) string {
	if name, ok := t.names[value]; ok {
		return name
	}
	return unknownName
}

// parse is case-sensitive, as Web IDL is.
func (t enumTable[E]) parse(name string) (E, error) {
	if value, ok := t.values[name]; ok {
		return value, nil
	}
	var none E
	return none, newError(typeError, strconv.Quote(name)+" is not a value of "+t.w3cName, ErrUnknownType)
}

// marshal refuses a value without a name: a peer that reads "unknown" could
// make nothing of it.
func (t enumTable[E]) marshal(value E) ([]byte, error) {
	if name, ok := t.names[value]; ok {
		return []byte(name), nil
	}
	return nil, newError(typeError, strconv.Itoa(int(value))+" is not a value of "+t.w3cName, ErrUnknownType)
}

func (t enumTable[E]) unmarshal(value *E, text []byte) error {
	parsed, err := t.parse(string(text))
	if err != nil {
		return err
	}
	*value = parsed
	return nil
}
