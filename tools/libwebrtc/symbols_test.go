// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRenamed(t *testing.T) {
	for symbol, want := range map[string]string{
		"SSL_new":                           "m150_SSL_new",
		"av_frame_alloc":                    "m150_av_frame_alloc",
		"WebRtcSpl_Init":                    "m150_WebRtcSpl_Init",
		"_ZN4bssl7ssl_newEv":                "_ZN9m150_bssl7ssl_newEv",
		"_ZTVN6google8protobuf7MessageE":    "_ZTVN11m150_google8protobuf7MessageE",
		"_Z7WelsLogPv":                      "_Z12m150_WelsLogPv",
		"_ZNSt6vectorIN4bssl4SpanEE4sizeEv": "_ZNSt6vectorIN9m150_bssl4SpanEE4sizeEv",
		"_ZN11ISVCEncoderD0Ev":              "_ZN16m150_ISVCEncoderD0Ev",
		// These are for programs to use.
		"_ZN6webrtc10SdpToStringEv":                     "_ZN6webrtc10SdpToStringEv",
		"_ZN4absl5Mutex4LockEv":                         "_ZN4absl5Mutex4LockEv",
		"_ZNSt6vectorIiE4sizeEv":                        "_ZNSt6vectorIiE4sizeEv",
		"_ZN30TableStruct_rtc_5fevent_2eproto7offsetsE": "_ZN30TableStruct_rtc_5fevent_2eproto7offsetsE",
		"AbslInternalSpinLockWake":                      "AbslInternalSpinLockWake",
		"DW.ref.__gxx_personality_v0":                   "DW.ref.__gxx_personality_v0",
		// A longer identifier that ends as one of those does.
		"_ZN6webrtc10the14bsslEv": "_ZN6webrtc10the14bsslEv",
	} {
		assert.Equal(t, want, renamed(symbol))
		assert.NoError(t, checkRenamed(want))
	}
}

func TestScopeOf(t *testing.T) {
	for symbol, want := range map[string]string{
		"_ZN6webrtc3FooEv":             "webrtc",
		"_ZNK6webrtc3Foo3barEv":        "webrtc",
		"_ZTVN6webrtc3FooE":            "webrtc",
		"_ZThn16_N6webrtc3Foo3barEv":   "webrtc",
		"_ZGVZN6webrtc3fooEvE1x":       "webrtc",
		"_ZTv0_n24_N6webrtc3Foo3barEv": "webrtc",
		"_ZNSt6vectorIiE4sizeEv":       "",
		"_Z3foov":                      "foo",
		"_ZN5other5thingE":             "other",
	} {
		assert.Equal(t, want, scopeOf(symbol), symbol)
	}
	assert.Error(t, checkRenamed("_ZN5other5thingE"))
	assert.Error(t, checkRenamed("SSL_new"))
}

func TestCheckExported(t *testing.T) {
	for _, symbol := range []string{"SmokeCall", "_ZNSt6vectorIiE4sizeEv", "_ZSt5clampIiERKT_S2_S2_S2_", "_ZN9__gnu_cxx3FooEv"} {
		assert.NoError(t, checkExported(symbol, "SmokeCall"), symbol)
	}
	for _, symbol := range []string{"SmokeCall", "m150_SSL_new", "_ZN6webrtc3FooEv", "_ZTVN4absl3FooE", "_Z8m150_foov"} {
		assert.Error(t, checkExported(symbol), symbol)
	}
}
