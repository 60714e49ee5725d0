// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package checks

import (
	"debug/elf"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// TestNothingIsExported looks at this program, which links goapi and with it all of
// libwebrtc. A symbol that an executable exports takes the place of those of the
// same name in the shared libraries that it loads: a second libwebrtc, OpenSSL or
// FFmpeg in the process would be broken by ours.
func TestNothingIsExported(t *testing.T) {
	pc, err := webrtc.NewPeerConnection(webrtc.Configuration{})
	require.NoError(t, err)
	require.NoError(t, pc.Close())
	path, err := os.Executable()
	require.NoError(t, err)
	file, err := elf.Open(path)
	require.NoError(t, err)
	defer file.Close()
	symbols, err := file.DynamicSymbols()
	require.NoError(t, err)
	var imported int
	var exported []string
	for _, s := range symbols {
		switch {
		case s.Section == elf.SHN_UNDEF:
			imported++
		case elf.ST_BIND(s.Info) != elf.STB_LOCAL:
			exported = append(exported, s.Name)
		}
	}
	require.NotZero(t, imported, "the table was read")
	for _, name := range exported {
		assert.False(t, ours(name), "%s is exported", name)
	}
}

// namespaces finds those of libwebrtc, of the bridge and of what libwebrtc brings
// along in a mangled name.
var namespaces = regexp.MustCompile(`^_Z.*?[^0-9](6webrtc|7cricket|3rtc|6dcsctp|6libyuv|4nrtc)`)

// prefixes are those of their functions in C.
var prefixes = []string{"nrtc", "WebRtc", "SSL_", "EVP_", "CRYPTO_", "av_", "avcodec_", "vpx_", "vp8_", "vp9_", "opus_", "srtp_"}

// ours tells whether a symbol is not for others to see. Copies of inline functions of shared
// libraries, which any program in C++ exports, are not ours.
func ours(name string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return namespaces.MatchString(name)
}

func TestOurSymbolsAreKnown(t *testing.T) {
	for _, name := range []string{
		"nrtc_unref", "_ZN6webrtc10SdpToStringEv", "_ZNK3rtc6Thread4QuitEv", "_ZTVN7cricket12VideoChannelE",
		"_ZNSt6vectorIN6webrtc3SdpEE5clearEv", "_ZN4nrtc5QueueC1Ev", "SSL_new", "av_frame_alloc",
	} {
		assert.True(t, ours(name), name)
	}
	for _, name := range []string{"_ZNSs4swapERSs", "main", "_ZN6google8protobuf11MessageLiteE", "_ZN13rtc"} {
		assert.False(t, ours(name), name)
	}
}
