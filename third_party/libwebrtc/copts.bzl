# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

"""How C++ over libwebrtc is compiled."""

load("@nativertc_go_build//:lists.bzl", "BRIDGE_COPTS")

# Debian's libwebrtc is compiled without NDEBUG, which changes the layout of its
# classes: what is compiled with -c opt must go without it too.
LIBWEBRTC_COPTS = BRIDGE_COPTS + select({
    "//third_party/libwebrtc:is_prefix": [],
    "//conditions:default": ["-UNDEBUG"],
})
