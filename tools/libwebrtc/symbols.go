// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// What libwebrtc brings along (BoringSSL, FFmpeg, libvpx and more) has global symbols of
// the names that an application's own OpenSSL or FFmpeg has. In the archive they get
// names of their own, in every object, definitions and references alike.
//
// They are renamed rather than made local. Local they could only be after all objects
// were linked into one: then every program would get the whole of libwebrtc, and a C++
// inline function made local in a section group of which the linker keeps another
// object's copy is a reference to something discarded, which no linker accepts.

// symbolPrefix begins the new names. The bridge knows it through libwebrtc.pc.
const symbolPrefix = "m150_"

// foreignScopes are the namespaces and classes in C++ that are renamed; all else in C++
// is libwebrtc's own interface, Abseil's, or the standard library's.
var foreignScopes = []string{
	"bssl", "ssl_st", "ssl_session_st", // BoringSSL
	"google",                                                                                                // protobuf
	"WelsEnc", "WelsDec", "WelsVP", "WelsCommon", "IWelsVP", "welsCodecTrace", "ISVCEncoder", "ISVCDecoder", // OpenH264
	"perfetto", "protozero", "rnnoise", "libyuv", "libvpx", "aom",
}

// ownScopes are those of C++ that keep their names. Any other makes the build fail: it
// would be a work that nobody looked at.
var ownScopes = []string{
	"webrtc", "dcsctp", "webrtc_event_logging", "RtcEventLogParseStatus", "absl", "std", "__gnu_cxx", "__cxxabiv1",
}

var scopePattern = func() *regexp.Regexp {
	var names []string
	for _, name := range foreignScopes {
		names = append(names, regexp.QuoteMeta(mangledName(name)))
	}
	return regexp.MustCompile(`(^|[^0-9])(` + strings.Join(names, "|") + `)`)
}()

// mangledName is an identifier as it stands in a mangled name: with its length before it.
func mangledName(identifier string) string {
	return strconv.Itoa(len(identifier)) + identifier
}

// renamed returns the name that a global symbol of the archive gets, which is the same
// for those that keep theirs.
func renamed(symbol string) string {
	switch {
	case strings.HasPrefix(symbol, "_Z"):
		return renamedMangled(symbol)
	case keepsName(symbol):
		return symbol
	}
	return symbolPrefix + symbol
}

// keepsName tells which symbols in C stay: those that inline functions of Abseil's
// headers refer to, whose code is in the programs; and what compilers make up.
func keepsName(symbol string) bool {
	return strings.HasPrefix(symbol, "Absl") || strings.HasPrefix(symbol, "__") || strings.Contains(symbol, ".")
}

// globalFunction matches a function of C++ outside of any namespace, to its identifier.
var globalFunction = regexp.MustCompile(`^_Z([0-9]+)`)

func renamedMangled(symbol string) string {
	if m := globalFunction.FindStringSubmatch(symbol); m != nil {
		length, _ := strconv.Atoi(m[1])
		rest := symbol[len(m[0]):]
		if length > len(rest) {
			return symbol
		}
		symbol = "_Z" + mangledName(symbolPrefix+rest[:length]) + rest[length:]
	}
	return scopePattern.ReplaceAllStringFunc(symbol, func(match string) string {
		digits := strings.IndexAny(match, "0123456789")
		identifier := strings.TrimLeft(match[digits:], "0123456789")
		return match[:digits] + mangledName(symbolPrefix+identifier)
	})
}

// firstScope finds the identifier that a mangled name begins with, after the letters for
// what kind of thing it is.
var firstScope = regexp.MustCompile(`^_Z(?:T[VTIS]|TW|TH|GV|GR|Th[n0-9]+_|Tv[n0-9]+_[n0-9]+_|Tc[hvn0-9_]+|Z)*N?[KVrRO]*([0-9]+)`)

// scopeOf returns that identifier, or "" where there is none: the standard library's and
// operators have abbreviations.
func scopeOf(symbol string) string {
	m := firstScope.FindStringSubmatchIndex(symbol)
	if m == nil {
		return ""
	}
	length, err := strconv.Atoi(symbol[m[2]:m[3]])
	if err != nil || m[3]+length > len(symbol) {
		return ""
	}
	return symbol[m[3] : m[3]+length]
}

// checkRenamed returns an error for a symbol of the finished archive that could clash
// with another library's.
func checkRenamed(symbol string) error {
	if !strings.HasPrefix(symbol, "_Z") {
		if keepsName(symbol) || strings.HasPrefix(symbol, symbolPrefix) {
			return nil
		}
		return fmt.Errorf("the symbol %s was not renamed", symbol)
	}
	scope := scopeOf(symbol)
	if scope == "" || strings.HasPrefix(scope, symbolPrefix) || slices.Contains(ownScopes, scope) {
		return nil
	}
	if strings.HasPrefix(scope, "TableStruct_") { // protobuf's, with the path of libwebrtc's file in it
		return nil
	}
	return fmt.Errorf("the symbol %s is of %q, which is known neither as libwebrtc's own nor as another's", symbol, scope)
}

// checkExported returns an error for a symbol that a shared library with the archive
// exports, unless it is a template of the standard library, which the compiler makes
// public wherever it is used. own are the library's.
func checkExported(symbol string, own ...string) error {
	if slices.Contains(own, symbol) {
		return nil
	}
	if scope := scopeOf(symbol); strings.HasPrefix(symbol, "_Z") && (scope == "" || scope == "std" || scope == "__gnu_cxx") {
		return nil
	}
	return fmt.Errorf("a shared library exports the symbol %s", symbol)
}
