// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package spec holds the library to the W3C's list of members: members.tsv has
// every attribute, method, event, dictionary member and enum value of the
// specification, and coverage/ says for each which name of the Go package stands
// for it and which tests show that it works. It has tests only.
//
// A row of a coverage file is
//
//	interface  kind  member  symbols  tests
//
// with tabs between: the first three as in members.tsv; symbols as in go doc,
// with commas where there are several (PeerConnection.CreateOffer,
// ICECandidate.Typ, SDPTypeOffer); tests with commas, those of goapi by their
// name, others with their folder in tests/ before it (interop.TestSDP). Lines that begin
// with # are remarks. extensions/ has the same for the W3C's extensions, and
// statistics.tsv the members of the dictionaries of statistics.
package spec
