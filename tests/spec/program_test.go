// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package spec

import (
	"fmt"
	"go/ast"
	"go/types"
	"path"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// program is the library with its tests, type-checked.
type program struct {
	library *packages.Package // with its tests
	tests   map[string]function
	bodies  map[string]function // what test code declares, by key
	owners  map[*types.Var]string
}

// function is a declaration of test code: a function, or a variable with its value.
type function struct {
	pkg  *packages.Package
	node ast.Node
}

// load type-checks the library, whose import path is given, with its tests and the
// packages that patterns name. folder is that of the module the patterns belong to.
// flags are those of the build.
func load(folder string, flags []string, library string, patterns ...string) (*program, error) {
	found, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedImports | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo |
			packages.NeedForTest,
		Dir:        folder,
		BuildFlags: flags,
		Tests:      true,
	}, append(patterns, library)...)
	if err != nil {
		return nil, err
	}
	p := &program{tests: map[string]function{}, bodies: map[string]function{}, owners: map[*types.Var]string{}}
	for _, pkg := range found {
		for _, e := range pkg.Errors {
			return nil, e
		}
		// A package comes once without and once with its tests.
		if pkg.ForTest == "" && slices.ContainsFunc(found, func(o *packages.Package) bool { return o.ForTest == pkg.PkgPath && o.PkgPath == pkg.PkgPath }) {
			continue
		}
		if pkg.PkgPath == library {
			p.library = pkg
		}
		p.addBodies(pkg, library)
	}
	if p.library == nil {
		return nil, fmt.Errorf("no package %s", library)
	}
	return p, nil
}

// addBodies notes what test code declares. What the library itself declares does
// not count: a test has to use it, not what uses it.
func (p *program) addBodies(pkg *packages.Package, library string) {
	folder := ""
	if of := strings.TrimSuffix(pkg.PkgPath, "_test"); of != library {
		folder = path.Base(of) + "."
	}
	for _, file := range pkg.Syntax {
		name := pkg.Fset.Position(file.Package).Filename
		isTest := strings.HasSuffix(name, "_test.go")
		if pkg.PkgPath == library && !isTest {
			continue
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				f := function{pkg, d}
				p.bodies[p.key(pkg.TypesInfo.Defs[d.Name])] = f
				if isTest && d.Recv == nil {
					p.tests[folder+d.Name.Name] = f
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if v, ok := s.(*ast.ValueSpec); ok {
						for _, n := range v.Names {
							p.bodies[p.key(pkg.TypesInfo.Defs[n])] = function{pkg, v}
						}
					}
				}
			}
		}
	}
}

// symbol finds what a name such as PeerConnection.CreateOffer stands for.
func (p *program) symbol(name string) (types.Object, error) {
	first, second, ofType := strings.Cut(name, ".")
	o := p.library.Types.Scope().Lookup(first)
	if o == nil || !o.Exported() {
		return nil, fmt.Errorf("no %s", first)
	}
	if !ofType {
		return o, nil
	}
	if _, ok := o.(*types.TypeName); !ok {
		return nil, fmt.Errorf("%s is no type", first)
	}
	found, _, _ := types.LookupFieldOrMethod(types.NewPointer(o.Type()), true, p.library.Types, second)
	if found == nil || !found.Exported() {
		found, _, _ = types.LookupFieldOrMethod(o.Type(), true, p.library.Types, second)
	}
	if found == nil || !found.Exported() {
		return nil, fmt.Errorf("no %s in %s", second, first)
	}
	return found, nil
}

// uses returns the names of all that a test uses of the library, itself or through
// the test code that it calls.
func (p *program) uses(test string) map[string]bool {
	used := map[string]bool{}
	seen := map[ast.Node]bool{}
	var visit func(f function)
	visit = func(f function) {
		if f.node == nil || seen[f.node] {
			return
		}
		seen[f.node] = true
		ast.Inspect(f.node, func(n ast.Node) bool {
			if literal, ok := n.(*ast.CompositeLit); ok {
				p.useFields(used, f.pkg.TypesInfo.TypeOf(literal), literal)
			}
			id, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			o := origin(f.pkg.TypesInfo.Uses[id])
			if o == nil || o.Pkg() == nil {
				return true
			}
			if o.Exported() && o.Pkg().Path() == p.library.PkgPath {
				used[p.key(o)] = true
			}
			visit(p.bodies[p.key(o)])
			for _, method := range p.implementing(used, o) {
				visit(p.bodies[p.key(method)])
			}
			return true
		})
	}
	visit(p.tests[test])
	return used
}

// useFields notes the fields of a literal that does not name them.
func (p *program) useFields(used map[string]bool, t types.Type, literal *ast.CompositeLit) {
	if t == nil {
		return
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i, e := range literal.Elts {
		if _, named := e.(*ast.KeyValueExpr); named || i >= s.NumFields() {
			return
		}
		if field := s.Field(i); field.Exported() && field.Pkg().Path() == p.library.PkgPath {
			used[p.key(field.Origin())] = true
		}
	}
}

// implementing returns the methods by which a type of test code implements an
// interface of the library, and notes those of the interface: the library calls
// them.
func (p *program) implementing(used map[string]bool, o types.Object) (methods []*types.Func) {
	t, ok := o.(*types.TypeName)
	if !ok || t.IsAlias() || types.IsInterface(t.Type()) || !p.inTestCode(t) {
		return nil
	}
	scope := p.library.Types.Scope()
	for _, name := range scope.Names() {
		of, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || !of.Exported() || !types.IsInterface(of.Type()) {
			continue
		}
		i, ok := of.Type().Underlying().(*types.Interface)
		if !ok || i.NumMethods() == 0 || !types.Implements(types.NewPointer(t.Type()), i) {
			continue
		}
		for m := range i.Methods() {
			used[p.key(m)] = true
			if own, _, _ := types.LookupFieldOrMethod(types.NewPointer(t.Type()), true, t.Pkg(), m.Name()); own != nil {
				if f, ok := own.(*types.Func); ok {
					methods = append(methods, f)
				}
			}
		}
	}
	return methods
}

func (p *program) inTestCode(t *types.TypeName) bool {
	return strings.HasSuffix(p.library.Fset.Position(t.Pos()).Filename, "_test.go")
}

func origin(o types.Object) types.Object {
	switch o := o.(type) {
	case *types.Func:
		return o.Origin()
	case *types.Var:
		return o.Origin()
	default:
		return o
	}
}

// key names an object alike wherever its package was read from, and is empty for
// what is declared inside functions.
func (p *program) key(o types.Object) string {
	k := o.Pkg().Path() + " " + o.Name()
	switch o := o.(type) {
	case *types.Func:
		if recv := o.Signature().Recv(); recv != nil {
			return k + " of " + typeName(recv.Type())
		}
	case *types.Var:
		if o.IsField() {
			return k + " of " + p.owner(o)
		}
	}
	if o.Parent() != o.Pkg().Scope() {
		return ""
	}
	return k
}

func typeName(t types.Type) string {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := t.(*types.Named); ok {
		return n.Obj().Name()
	}
	return t.String()
}

// owner returns the name of the type that has a field, or nothing for a type
// without a name.
func (p *program) owner(field *types.Var) string {
	if name, ok := p.owners[field]; ok {
		return name
	}
	p.owners[field] = ""
	scope := field.Pkg().Scope()
	for _, name := range scope.Names() {
		if t, ok := scope.Lookup(name).(*types.TypeName); ok && !t.IsAlias() {
			if s, ok := t.Type().Underlying().(*types.Struct); ok {
				for i := range s.NumFields() {
					p.owners[s.Field(i)] = name
				}
			}
		}
	}
	return p.owners[field]
}
