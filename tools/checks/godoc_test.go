// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package checks

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// root is the folder of the main module. Bazel runs tests in a folder of links: that
// of this package's doc.go leads to the checkout.
var root = checkout("doc.go")

func checkout(file string) string {
	path, err := filepath.EvalSymlinks(file)
	if err != nil {
		panic(err)
	}
	return filepath.Join(filepath.Dir(path), "..", "..")
}

// TestExportedNamesAreDocumented holds for everything that the packages declare:
// functions, methods, types, constants and variables. A comment above a group of
// constants or variables covers the group, that of a type its fields whose names
// say all.
func TestExportedNamesAreDocumented(t *testing.T) {
	for _, folder := range []string{"goapi", "cgo"} {
		total, missing := undocumented(t, filepath.Join(root, folder))
		assert.Empty(t, missing, folder)
		assert.Greater(t, total, 100, "names found in %s", folder)
	}
}

func TestUndocumentedNamesAreFound(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "a.go"), `package a
type A struct { B int; c int; D int // d
}
type e struct { F int }
func (A) G() {}
func (*e) H() {}
func I() {}
// J does.
func J() {}
const K = 1
// Of a group.
const ( L = 2; M = 3 )
type N interface { O() }
var p, Q int
type R[T any] []T
func (R[T]) S() {}
`)
	total, missing := undocumented(t, folder)
	names := make([]string, len(missing))
	for i, m := range missing {
		names[i] = m[strings.LastIndex(m, " ")+1:]
	}
	assert.Equal(t, []string{"A", "A.G", "I", "K", "N", "Q", "R", "R.S"}, names)
	assert.Equal(t, 11, total)
}

// undocumented returns how many names the package in a folder exports, and those
// without a comment.
func undocumented(t *testing.T, folder string) (total int, missing []string) {
	t.Helper()
	files := token.NewFileSet()
	check := func(at token.Pos, name string, comments ...*ast.CommentGroup) {
		total++
		for _, c := range comments {
			if strings.TrimSpace(c.Text()) != "" {
				return
			}
		}
		missing = append(missing, files.Position(at).String()+": "+name)
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	require.NoError(t, err)
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, name, nil, parser.ParseComments)
		require.NoError(t, err)
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if receiver, ok := receiverOf(d); ok && d.Name.IsExported() {
					check(d.Pos(), receiver+d.Name.Name, d.Doc)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					checkSpec(d, s, check)
				}
			}
		}
	}
	return total, missing
}

// receiverOf returns the prefix for the names of methods, and whether the type is
// exported.
func receiverOf(d *ast.FuncDecl) (prefix string, exported bool) {
	if d.Recv == nil {
		return "", true
	}
	of := d.Recv.List[0].Type
	for {
		switch t := of.(type) {
		case *ast.StarExpr:
			of = t.X
		case *ast.IndexExpr:
			of = t.X
		case *ast.IndexListExpr:
			of = t.X
		case *ast.Ident:
			return t.Name + ".", t.IsExported()
		default:
			return "", false
		}
	}
}

func checkSpec(d *ast.GenDecl, s ast.Spec, check func(token.Pos, string, ...*ast.CommentGroup)) {
	switch s := s.(type) {
	case *ast.ValueSpec:
		for _, name := range s.Names {
			if name.IsExported() {
				check(name.Pos(), name.Name, d.Doc, s.Doc, s.Comment)
			}
		}
	case *ast.TypeSpec:
		if !s.Name.IsExported() {
			return
		}
		check(s.Pos(), s.Name.Name, d.Doc, s.Doc)
	}
}

// sources calls f for every file of the repository, without those that make writes
// and the fuzzer's.
func sources(t *testing.T, f func(path string)) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			switch name := d.Name(); {
			case path == root:
			case path == filepath.Join(root, "build"), name == "testdata", name == "node_modules", strings.HasPrefix(name, ".") && name != ".ci":
				return filepath.SkipDir
			}
			return nil
		}
		f(path)
		return nil
	}))
}
