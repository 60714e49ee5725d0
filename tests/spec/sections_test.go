// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package spec

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// section matches a place in a specification of the W3C, or in Web IDL.
var section = regexp.MustCompile(`https://(www\.w3\.org|w3c\.github\.io|webidl\.spec\.whatwg\.org)/\S+`)

// TestEveryMemberCitesItsSection holds for what stands for members: functions,
// methods and types say where they are specified, fields and constants may do so by
// their type.
func TestEveryMemberCitesItsSection(t *testing.T) {
	rows, err := readCoverage("coverage")
	require.NoError(t, err)
	extensions, err := readCoverage("extensions")
	require.NoError(t, err)
	rows = append(rows, extensions...)
	p, err := load("..", buildFlags(), libraryPath)
	require.NoError(t, err)
	comments := p.comments()
	seen := map[string]bool{}
	for _, r := range rows {
		for _, name := range r.symbols {
			if seen[name] {
				continue
			}
			seen[name] = true
			o, err := p.symbol(name)
			require.NoError(t, err)
			assert.Regexp(t, section, comments[p.documented(o)]+comments[o.Pos()], "%s (%s)", name, r)
		}
	}
	t.Logf("figure: %d names of the Go package cite where the W3C specifies them", len(seen))
}

// documented returns the object whose comment tells where o is specified.
func (p *program) documented(o types.Object) token.Pos {
	scope := p.library.Types.Scope()
	switch o := o.(type) {
	case *types.Var:
		if o.IsField() {
			return scope.Lookup(p.owner(o)).Pos()
		}
	case *types.Const:
		if n, ok := o.Type().(*types.Named); ok {
			return n.Obj().Pos()
		}
	case *types.Func:
		if recv := o.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
			return scope.Lookup(typeName(recv.Type())).Pos()
		}
	}
	return o.Pos()
}

// comments returns the comments of the library's declarations, by the place of the
// name.
func (p *program) comments() map[token.Pos]string {
	found := map[token.Pos]string{}
	for _, file := range p.library.Syntax {
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				found[d.Name.Pos()] = d.Doc.Text()
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if s, ok := s.(*ast.TypeSpec); ok {
						found[s.Name.Pos()] = d.Doc.Text() + s.Doc.Text()
						if fields, ok := s.Type.(*ast.StructType); ok {
							for _, f := range fields.Fields.List {
								for _, n := range f.Names {
									found[n.Pos()] = f.Doc.Text()
								}
							}
						}
					}
				}
			}
		}
	}
	return found
}
