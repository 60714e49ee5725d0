// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package compat

import (
	"fmt"
	"go/types"
	"os"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"
)

const (
	pionPath    = "github.com/pion/webrtc/v4"
	nativePath  = "github.com/nativertc/nativertc/goapi"
	programPath = "github.com/nativertc/nativertc/tests/compat/pion"
)

// load type-checks packages with the tags of this test.
func load(t *testing.T, mode packages.LoadMode, paths ...string) map[string]*packages.Package {
	t.Helper()
	var flags []string
	info, _ := debug.ReadBuildInfo()
	for _, s := range info.Settings {
		if s.Key == "-tags" {
			flags = []string{"-tags", s.Value}
		}
	}
	found, err := packages.Load(&packages.Config{Mode: mode | packages.NeedName | packages.NeedTypes, BuildFlags: flags}, paths...)
	require.NoError(t, err)
	byPath := map[string]*packages.Package{}
	for _, p := range found {
		require.Empty(t, p.Errors)
		byPath[p.PkgPath] = p
	}
	return byPath
}

// names returns what a package exports, with its methods and fields, and of each
// the type in words: the same words for what a program uses in the same way.
func names(p *types.Package) map[string]string {
	all := map[string]string{}
	inWords := func(t types.Type) string {
		if s, ok := t.(*types.Signature); ok {
			t = unnamed(s)
		}
		words := types.TypeString(t, func(of *types.Package) string {
			if of == p {
				return ""
			}
			return of.Path()
		})
		return strings.ReplaceAll(words, "interface{}", "any")
	}
	for _, name := range p.Scope().Names() {
		o := p.Scope().Lookup(name)
		if !o.Exported() {
			continue
		}
		t, ok := o.(*types.TypeName)
		if !ok {
			all[name] = fmt.Sprintf("%T %s", o, inWords(o.Type()))
			continue
		}
		all[name] = fmt.Sprintf("%T", t.Type().Underlying())
		if s, ok := t.Type().Underlying().(*types.Struct); ok {
			for i := range s.NumFields() {
				if f := s.Field(i); f.Exported() {
					all[name+"."+f.Name()] = inWords(f.Type())
				}
			}
		}
		if !types.IsInterface(t.Type()) {
			methods := types.NewMethodSet(types.NewPointer(t.Type()))
			for i := range methods.Len() {
				if m := methods.At(i).Obj(); m.Exported() {
					all[name+"."+m.Name()] = inWords(m.Type())
				}
			}
		}
	}
	return all
}

// unnamed returns a signature without the names of its parameters, inside those
// that are functions too.
func unnamed(s *types.Signature) *types.Signature {
	strip := func(of *types.Tuple) *types.Tuple {
		var vars []*types.Var
		for i := range of.Len() {
			t := of.At(i).Type()
			if f, ok := t.(*types.Signature); ok {
				t = unnamed(f)
			}
			vars = append(vars, types.NewParam(0, nil, "", t))
		}
		return types.NewTuple(vars...)
	}
	return types.NewSignatureType(nil, nil, nil, strip(s.Params()), strip(s.Results()), s.Variadic())
}

var tableRow = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| .*\\| .+ \\|$")

// TestEveryDifferenceIsInTheTable compares what both packages have.
func TestEveryDifferenceIsInTheTable(t *testing.T) {
	loaded := load(t, 0, pionPath, nativePath)
	ofPion, ours := names(loaded[pionPath].Types), names(loaded[nativePath].Types)
	text, err := os.ReadFile("../../docs/pion.md")
	require.NoError(t, err)
	listed := map[string]bool{}
	for _, row := range tableRow.FindAllStringSubmatch(string(text), -1) {
		listed[row[1]] = true
	}
	same := 0
	for name, theirs := range ofPion {
		our, ok := ours[name]
		switch {
		case !ok:
		case our == theirs:
			same++
			assert.False(t, listed[name], "%s is listed, and the same", name)
		case statsField.MatchString(name):
			// The table has one row for all of them.
		default:
			assert.True(t, listed[name], "%s is not listed:\npion %s\nours %s", name, theirs, our)
		}
		delete(listed, name)
	}
	for name := range listed {
		t.Errorf("%s is listed, and is no name that both have", name)
	}
	t.Logf("figure: %d names of pion's API mean the same in ours", same)
}

// statsField matches the fields of statistics, which are pointers here.
var statsField = regexp.MustCompile(`Stats\.[A-Z]`)

// TestTheProgramUsesTheCommonNames counts what the program has shown to compile
// against both. Those below are what programs for pion use most, as its own
// examples show.
func TestTheProgramUsesTheCommonNames(t *testing.T) {
	program := load(t, packages.NeedTypesInfo|packages.NeedSyntax|packages.NeedImports, programPath)[programPath]
	used := map[string]bool{}
	for _, o := range program.TypesInfo.Uses {
		if o.Pkg() == nil || o.Pkg().Path() != pionPath {
			continue
		}
		name := o.Name()
		if f, ok := o.(*types.Func); ok && f.Signature().Recv() != nil {
			of := f.Signature().Recv().Type()
			if p, ok := of.(*types.Pointer); ok {
				of = p.Elem()
			}
			name = of.(*types.Named).Obj().Name() + "." + name
		}
		used[name] = true
	}
	common := strings.Fields(`
		NewPeerConnection NewAPI WithSettingEngine SettingEngine Configuration ICEServer PeerConnection SessionDescription
		PeerConnection.CreateOffer PeerConnection.CreateAnswer PeerConnection.SetLocalDescription PeerConnection.SetRemoteDescription
		PeerConnection.LocalDescription PeerConnection.RemoteDescription PeerConnection.AddICECandidate ICECandidateInit
		PeerConnection.OnConnectionStateChange PeerConnection.OnICEConnectionStateChange PeerConnection.OnSignalingStateChange
		PeerConnection.OnNegotiationNeeded PeerConnection.OnTrack PeerConnection.OnDataChannel PeerConnection.CreateDataChannel
		PeerConnection.AddTransceiverFromKind PeerConnection.GetSenders PeerConnection.GetReceivers PeerConnection.GetTransceivers
		PeerConnectionState PeerConnectionStateConnected PeerConnectionStateFailed ICEConnectionState SignalingState
		GatheringCompletePromise DataChannel DataChannelInit DataChannelMessage DataChannel.OnOpen DataChannel.OnMessage
		DataChannel.OnClose DataChannel.Send DataChannel.SendText DataChannel.Label TrackRemote RTPReceiver RTPCodecTypeVideo
		RTPTransceiverInit RTPTransceiverDirectionRecvonly SDPTypeOffer SDPTypeAnswer GenerateCertificate`)
	for _, name := range common {
		if name != "NewPeerConnection" { // API's is used.
			assert.True(t, used[name], "the program does not use %s", name)
		}
	}
	assert.True(t, slices.Contains(common, "NewAPI") && used["API.NewPeerConnection"])
	t.Logf("figure: a program that uses %d names of pion's API moves over by its import", len(used))
}
