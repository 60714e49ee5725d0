// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The names of C functions of what libwebrtc brings along, OpenH264 and FFmpeg. In a
// libwebrtc whose C symbols have names of their own (docs/libwebrtc.md), its
// libwebrtc.pc says with LIBWEBRTC_SYMBOL_PREFIX how those begin.

#ifndef BRIDGE_SYMBOL_PREFIX_INTERNAL_H_
#define BRIDGE_SYMBOL_PREFIX_INTERNAL_H_

#if !defined(LIBWEBRTC_SYMBOL_PREFIX)
#define LIBWEBRTC_SYMBOL_PREFIX
#endif

#define NRTC_STRING_OF(text) #text
#define NRTC_STRING(macro) NRTC_STRING_OF(macro)

// NRTC_FOREIGN_SYMBOL is to follow the declaration of such a function. before is what the
// symbol begins with besides, as with the linker's --wrap, or "".
#define NRTC_FOREIGN_SYMBOL(before, name) __asm__(before NRTC_STRING(LIBWEBRTC_SYMBOL_PREFIX) name)

#endif  // BRIDGE_SYMBOL_PREFIX_INTERNAL_H_
