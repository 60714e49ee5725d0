// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build !m150

package cgo

// The defines are those of the package's own tg_owtTargets.cmake: some change
// what the headers declare. NDEBUG is not among them: Debian builds the library
// without it, so its classes hold their sequence checkers, and a program that
// defines it would get their sizes wrong.

/*
#cgo CXXFLAGS: -isystem /usr/include/tg_owt -isystem /usr/include/tg_owt/third_party/libyuv/include
#cgo CXXFLAGS: -DWEBRTC_POSIX -DWEBRTC_LINUX -DWEBRTC_LIBRARY_IMPL -DWEBRTC_USE_H264 -DWEBRTC_HAVE_DCSCTP -DWEBRTC_HAVE_SCTP
#cgo CXXFLAGS: -DHAVE_WEBRTC_VIDEO -DRTC_ENABLE_VP9 -DRTC_DISABLE_TRACE_EVENTS -DWEBRTC_NON_STATIC_TRACE_EVENT_HANDLERS=1
#cgo CXXFLAGS: -DWEBRTC_ENABLE_PROTOBUF=0 -DWEBRTC_APM_DEBUG_DUMP=0 -DWEBRTC_OPUS_VARIABLE_COMPLEXITY=0 -DWEBRTC_OPUS_SUPPORT_120MS_PTIME=1
#cgo CXXFLAGS: -DWEBRTC_INCLUDE_INTERNAL_AUDIO_DEVICE -DWEBRTC_DUMMY_AUDIO_BUILD -DWEBRTC_USE_BUILTIN_ISAC_FLOAT -DNO_MAIN_THREAD_WRAPPING
#cgo CXXFLAGS: -DBWE_TEST_LOGGING_COMPILE_TIME_ENABLE=0 -DWEBRTC_USE_X11 -DWEBRTC_USE_PIPEWIRE
#cgo LDFLAGS: -Wl,--as-needed -ltg_owt -labsl_strings -labsl_throw_delegate -labsl_bad_optional_access -labsl_bad_variant_access
#cgo LDFLAGS: -lsrtp2 -lssl -lcrypto -lavcodec -lavutil -lopus -lvpx -ljpeg -lprotobuf-lite
#cgo LDFLAGS: -lX11 -lXcomposite -lXdamage -lXext -lXfixes -lXrandr -lXtst -lgio-2.0 -lgobject-2.0 -lglib-2.0 -ldl -lpthread -lm -lrt
*/
import "C"
