# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

"""The second part of what a WORKSPACE declares; see workspace.bzl."""

load("@io_bazel_rules_go//go:deps.bzl", "go_register_toolchains", "go_rules_dependencies")
load("@nativertc_go_modules//:modules.bzl", "go_modules")

def nativertc_go():
    """Declares the Go modules and the toolchains: the installed Go, and Debian's cross compilers."""

    # Before rules_go, so that ours come before those that it would download.
    go_modules()
    go_rules_dependencies()
    go_register_toolchains(version = "host")
    native.register_toolchains(
        "@com_github_nativertc_nativertc//tools/platforms:debian_arm64_toolchain",
        "@com_github_nativertc_nativertc//tools/platforms:debian_armhf_toolchain",
    )
