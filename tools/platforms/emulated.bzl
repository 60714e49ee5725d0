# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

"""Tests that an emulator cannot run; docs/embedded.md lists them with the reasons."""

def skip_when_emulated(tests):
    """The arguments of a go_test that leave out what qemu-user cannot run.

    Args:
      tests: a regular expression of whole names.

    Returns:
      what to give to args; nothing for other platforms.
    """
    skip = ["-test.skip=^(%s)$$" % tests]
    return select({
        "//tools/platforms:is_linux_arm64": skip,
        "//tools/platforms:is_linux_armhf": skip,
        "//conditions:default": [],
    })
