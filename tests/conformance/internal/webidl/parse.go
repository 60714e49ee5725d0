// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webidl

import (
	"encoding/json"
	"fmt"

	"github.com/grafana/sobek"
	"github.com/grafana/sobek/parser"
)

// Text is a WebIDL text and the names of the definitions that are wanted of it; none
// stands for all.
type Text struct {
	IDL    string
	Wanted []string
}

// Parse parses texts with webidl2.js, the parser of the Web Platform Tests, whose
// source is source. It takes seconds: the result, JSON for [Read], is to be kept.
func Parse(source string, texts ...Text) ([]byte, error) {
	vm := sobek.New()
	vm.SetParserOptions(parser.WithDisableSourceMaps)
	if _, err := vm.RunScript("webidl2.js", source); err != nil {
		return nil, fmt.Errorf("webidl: the parser: %w", err)
	}
	all := []json.RawMessage{}
	for _, text := range texts {
		if err := vm.Set("text", text.IDL); err != nil {
			return nil, err
		}
		if err := vm.Set("wanted", text.Wanted); err != nil {
			return nil, err
		}
		v, err := vm.RunString("JSON.stringify(WebIDL2.parse(text).filter((d) => !wanted.length || wanted.includes(d.name)))")
		if err != nil {
			return nil, fmt.Errorf("webidl: %w", err)
		}
		var some []json.RawMessage
		if err := json.Unmarshal([]byte(v.String()), &some); err != nil {
			return nil, fmt.Errorf("webidl: %w", err)
		}
		all = append(all, some...)
	}
	return json.Marshal(all)
}

// Read reads what Parse has made.
func Read(parsed []byte) (*IDL, error) {
	var all []Definition
	if err := json.Unmarshal(parsed, &all); err != nil {
		return nil, fmt.Errorf("webidl: %w", err)
	}
	return join(all)
}
