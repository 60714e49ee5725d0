// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What every C header of the bridge shares: how arguments, results and
// reference counts cross the ABI. README.md in this folder states the rules.

#ifndef NRTC_BRIDGE_BASE_H_
#define NRTC_BRIDGE_BASE_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Arguments that are more than a handle and a number come as one flat message
// (wire.h): the whole call is one crossing however rich its arguments are, and
// no pointer into Go memory is ever stored inside other Go memory.
#define NRTC_IN const uint8_t *in, size_t in_len

// Results come back the same way, into a buffer that the caller lends. A
// function returns the size of its result; if that is more than out_cap,
// nothing was written to out and *out_more is a copy that the caller releases
// with nrtc_buffer_free. A result starts with one byte: 0, then the
// values that the function documents; or 1, then an error (see wire.h).
#define NRTC_OUT uint8_t *out, size_t out_cap, uint8_t **out_more

void nrtc_buffer_free(uint8_t* buffer);

// Every handle whose functions say "_ref" is a reference-counted object. A
// function that hands out such a handle hands out one reference with it.
void nrtc_ref(void* object);
void nrtc_unref(void* object);

// The revision of libwebrtc that this bridge was compiled against: "debian" or
// "m150". A static string.
const char* nrtc_libwebrtc_revision(void);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_BASE_H_
