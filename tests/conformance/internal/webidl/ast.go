// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package webidl gives JavaScript the interfaces that WebIDL describes and Go
// implements. It converts values as https://webidl.spec.whatwg.org/ says and calls
// Go methods of the same name; what an interface does is none of its business.
package webidl

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Type is a type of WebIDL.
type Type struct {
	Generic  string // "sequence", "Promise", "FrozenArray", "record" or ""
	Nullable bool
	Union    bool
	Name     string // of a type that is neither generic nor a union
	Args     []Type // of a generic type or union
	ExtAttrs []ExtAttr
}

// UnmarshalJSON reads the form that webidl2.js gives.
func (t *Type) UnmarshalJSON(b []byte) error {
	var raw struct {
		Generic  string
		Nullable bool
		Union    bool
		IDLType  json.RawMessage
		ExtAttrs []ExtAttr
	}
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	*t = Type{Generic: raw.Generic, Nullable: raw.Nullable, Union: raw.Union, ExtAttrs: raw.ExtAttrs}
	if len(raw.IDLType) > 0 && raw.IDLType[0] == '"' {
		return json.Unmarshal(raw.IDLType, &t.Name)
	}
	return json.Unmarshal(raw.IDLType, &t.Args)
}

// ExtAttr is an extended attribute.
type ExtAttr struct{ Name string }

// Default is a default value.
type Default struct {
	Type  string
	Value any
}

// Argument is an argument of an operation.
type Argument struct {
	Name     string
	IDLType  Type
	ExtAttrs []ExtAttr
	Default  *Default
	Optional bool
	Variadic bool
}

// Member is a member of an interface, a mixin, a dictionary or an enumeration.
type Member struct {
	Type      string // "attribute", "operation", "constructor", "field", "const", "maplike", …
	Name      string
	IDLType   *Type
	ExtAttrs  []ExtAttr
	Arguments []Argument
	Special   string // "static", "stringifier" or ""
	Readonly  bool
	Required  bool
	Default   *Default
	Value     any
}

func (m *Member) UnmarshalJSON(b []byte) error {
	type plain Member
	raw := struct {
		*plain
		IDLType json.RawMessage
	}{plain: (*plain)(m)}
	if err := json.Unmarshal(b, &raw); err != nil {
		return err
	}
	if len(raw.IDLType) > 0 && raw.IDLType[0] == '{' {
		m.IDLType = &Type{}
		return json.Unmarshal(raw.IDLType, m.IDLType)
	}
	return nil // a maplike has a list, which nothing needs
}

// Definition is a definition of a WebIDL text.
type Definition struct {
	Type        string // "interface", "dictionary", "enum", "typedef", "callback", "includes", …
	Name        string
	Inheritance string
	Partial     bool
	Members     []Member
	Values      []Member
	IDLType     *Type
	Target      string
	Includes    string
	ExtAttrs    []ExtAttr
}

// IDL is a set of definitions, with partial ones and mixins joined.
type IDL struct {
	definitions map[string]*Definition
	order       []string
}

// join joins definitions. Those that are defined twice keep the first.
func join(all []Definition) (*IDL, error) {
	idl := &IDL{definitions: map[string]*Definition{}}
	for _, d := range all {
		if d.Partial || d.Name == "" || idl.definitions[d.Name] != nil {
			continue
		}
		d.Members = slices.Clone(d.Members)
		idl.definitions[d.Name] = &d
		idl.order = append(idl.order, d.Name)
	}
	for _, d := range all {
		switch {
		case d.Partial:
			if to := idl.definitions[d.Name]; to != nil {
				to.add(d.Members)
			}
		case d.Type == "includes":
			to, from := idl.definitions[d.Target], idl.definitions[d.Includes]
			if to != nil && from != nil {
				to.add(from.Members)
			}
		}
	}
	for _, name := range idl.order {
		if d := idl.definitions[name]; d.Inheritance != "" && idl.definitions[d.Inheritance] == nil {
			return nil, fmt.Errorf("webidl: %s inherits from %s, which is not defined", name, d.Inheritance)
		}
	}
	return idl, nil
}

// add appends members; one that redefines a field replaces it.
func (d *Definition) add(members []Member) {
	for _, m := range members {
		i := -1
		if m.Type == "field" || m.Type == "attribute" {
			i = slices.IndexFunc(d.Members, func(o Member) bool { return o.Type == m.Type && o.Name == m.Name })
		}
		if i >= 0 {
			d.Members[i] = m
		} else {
			d.Members = append(d.Members, m)
		}
	}
}

// Attributes returns the names of the attributes of each interface that inherits
// from base, by the name of the interface; event handlers are left out.
func (idl *IDL) Attributes(base string) map[string][]string {
	all := map[string][]string{}
	for _, name := range idl.order {
		if d := idl.definitions[name]; d.Type == "interface" && name != base && idl.inherits(name, base) {
			all[name] = []string{}
			for _, m := range d.Members {
				if m.Type == "attribute" && !idl.isHandler(m) {
					all[name] = append(all[name], m.Name)
				}
			}
		}
	}
	return all
}

// lineage returns a definition and those that it inherits from, the base first.
func (idl *IDL) lineage(name string) []*Definition {
	var all []*Definition
	for d := idl.definitions[name]; d != nil; d = idl.definitions[d.Inheritance] {
		all = append(all, d)
	}
	slices.Reverse(all)
	return all
}

func (idl *IDL) inherits(name, base string) bool {
	return slices.ContainsFunc(idl.lineage(name), func(d *Definition) bool { return d.Name == base })
}

// fields returns the members of a dictionary in the order of conversion: the
// base's first, each dictionary's by name.
func (idl *IDL) fields(name string) []Member {
	var all []Member
	for _, d := range idl.lineage(name) {
		own := slices.Clone(d.Members)
		slices.SortFunc(own, func(a, b Member) int { return strings.Compare(a.Name, b.Name) })
		all = append(all, own...)
	}
	return all
}

// resolve replaces the name of a typedef by what it stands for.
func (idl *IDL) resolve(t Type) Type {
	for t.Name != "" {
		d := idl.definitions[t.Name]
		if d == nil || d.Type != "typedef" {
			break
		}
		to := *d.IDLType
		to.Nullable = to.Nullable || t.Nullable
		to.ExtAttrs = append(slices.Clone(to.ExtAttrs), t.ExtAttrs...)
		t = to
	}
	return t
}

func has(attrs []ExtAttr, name string) bool {
	return slices.ContainsFunc(attrs, func(a ExtAttr) bool { return a.Name == name })
}
