// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webidl

import (
	"fmt"
	"testing"

	"github.com/grafana/sobek"
	"github.com/stretchr/testify/require"
)

// parsed is what webidl2.js makes of a few definitions:
//
//	enum Color { "red", "green" };
//	dictionary Base { long b = 7; };
//	dictionary Point : Base { required [EnforceRange] octet a; Color color; };
//	[Exposed=Window] interface Thing : Object… { constructor(Point p); … };
const parsed = `[
{"type":"enum","name":"Color","values":[{"type":"enum-value","value":"red"},{"type":"enum-value","value":"green"}]},
{"type":"dictionary","name":"Base","inheritance":null,"members":[{"type":"field","name":"b","idlType":{"idlType":"long"},"default":{"type":"number","value":"7"}}]},
{"type":"dictionary","name":"Point","inheritance":"Base","members":[
  {"type":"field","name":"a","required":true,"idlType":{"idlType":"octet"},"extAttrs":[{"name":"EnforceRange"}]},
  {"type":"field","name":"color","idlType":{"idlType":"Color"}}]},
{"type":"interface","name":"Thing","inheritance":null,"members":[
  {"type":"constructor","arguments":[{"name":"p","idlType":{"idlType":"Point"}}]},
  {"type":"attribute","name":"size","readonly":true,"idlType":{"idlType":"unsigned long"}},
  {"type":"attribute","name":"name","idlType":{"idlType":"DOMString","nullable":true}},
  {"type":"operation","name":"describe","idlType":{"idlType":"Point"},"arguments":[]},
  {"type":"operation","name":"sum","idlType":{"generic":"Promise","idlType":[{"idlType":"long"}]},"arguments":[{"name":"n","variadic":true,"idlType":{"idlType":"long"}}]}]}]`

type thing struct {
	name string
	p    point
}

type point struct {
	A     uint8
	B     int
	Color *string
}

func (t *thing) Size() uint32         { return uint32(t.p.A) }
func (t *thing) Name() string         { return t.name }
func (t *thing) SetName(name *string) { t.name = fmt.Sprint(*name) }
func (t *thing) Describe() point      { return t.p }
func (t *thing) Sum(n ...int64) int64 {
	var sum int64
	for _, v := range n {
		sum += v
	}
	return sum
}

type testHost struct{ vm *sobek.Runtime }

func (h *testHost) Class(string) *Class {
	return &Class{Construct: func(args []any) (any, error) {
		t := &thing{}
		return t, Assign(&t.p, args[0])
	}}
}
func (h *testHost) InterfaceOf(any) string     { return "Thing" }
func (h *testHost) Wrapped(any, *sobek.Object) {}
func (h *testHost) RunMethod(call func() (any, error), settle func(any, error)) {
	settle(call())
}
func (h *testHost) Exception(err error) sobek.Value               { return h.vm.NewTypeError(err.Error()) }
func (h *testHost) HandlerGet(*sobek.Object, string) sobek.Value  { return sobek.Null() }
func (h *testHost) HandlerSet(*sobek.Object, string, sobek.Value) {}

func TestBinding(t *testing.T) {
	idl, err := Read([]byte(parsed))
	require.NoError(t, err)
	vm := sobek.New()
	require.NoError(t, New(vm, idl, &testHost{vm}).Define())
	for script, want := range map[string]any{
		"new Thing({a: 5}).size":   int64(5),
		"new Thing({a: '6'}).size": int64(6),
		"Thing.length":             int64(1),
		"Thing.name":               "Thing",
		"Object.prototype.toString.call(new Thing({a: 1}))":          "[object Thing]",
		"JSON.stringify(new Thing({a: 1}).describe())":               `{"b":7,"a":1}`,
		"JSON.stringify(new Thing({a: 1, color: 'red'}).describe())": `{"b":7,"a":1,"color":"red"}`,
		"const x = new Thing({a: 1}); x.name = 'n'; x.name":          "n",
		"class Sub extends Thing {}; new Sub({a: 9}).size":           int64(9),
	} {
		v, err := vm.RunString("{" + script + "}")
		require.NoError(t, err, script)
		require.Equal(t, want, v.Export(), script)
	}
	for _, script := range []string{
		"Thing({a: 1})", "new Thing()", "new Thing({})", "new Thing({a: 256})", "new Thing({a: -1})", "new Thing({a: NaN})",
		"new Thing({a: 1, color: 'blue'})", "new Thing(1)", "Thing.prototype.size", "Object.create(Thing.prototype).size",
	} {
		_, err := vm.RunString(script)
		require.ErrorContains(t, err, "TypeError", script)
	}
	v, err := vm.RunString("new Thing({a: 1}).sum(1, 2.9, '3')")
	require.NoError(t, err)
	require.Equal(t, int64(6), v.Export().(*sobek.Promise).Result().Export())
}

func TestIntegers(t *testing.T) {
	enforce, clamp := []ExtAttr{{"EnforceRange"}}, []ExtAttr{{"Clamp"}}
	for _, c := range []struct {
		name  string
		in    float64
		attrs []ExtAttr
		want  int64
	}{
		{"octet", 257, nil, 1}, {"octet", -1, nil, 255}, {"short", 40000, nil, -25536}, {"long", 1 << 32, nil, 0},
		{"octet", 255.9, enforce, 255}, {"octet", 300, clamp, 255}, {"octet", 1.5, clamp, 2}, {"octet", 2.5, clamp, 2},
	} {
		v, err := toInteger(c.name, c.in, c.attrs)
		require.NoError(t, err)
		require.Equal(t, c.want, v, "%s %v", c.name, c.in)
	}
	_, err := toInteger("octet", 256, enforce)
	require.Error(t, err)
}
