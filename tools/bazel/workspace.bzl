# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

"""All that a WORKSPACE declares to build this project, or one that depends on it.

Two macros, because the second loads what the first declares:

    load("@com_github_nativertc_nativertc//tools/bazel:workspace.bzl", "nativertc_repositories")

    nativertc_repositories()

    load("@com_github_nativertc_nativertc//tools/bazel:workspace_go.bzl", "nativertc_go")

    nativertc_go()
"""

load("//third_party/libwebrtc:providers.bzl", "debian_libwebrtc", "prefix_libwebrtc")
load("//tools/platforms:debian_cross.bzl", "debian_cross")
load(":bazel4_repositories.bzl", "bazel4_repositories")
load(":bazel4_rules_go.bzl", "RULES_GO_EDITS")
load(":go_build.bzl", "go_build")
load(":repositories.bzl", "go_module", "go_modules", "go_program")

_US = "com_github_nativertc_nativertc"

_GOOGLETEST = """cc_library(
    name = "gtest_main",
    testonly = True,
    srcs = [
        "googletest/src/gtest-all.cc",
        "googletest/src/gtest_main.cc",
    ],
    hdrs = glob([
        "googletest/include/**/*.h",
        "googletest/src/*.h",
        "googletest/src/*.cc",
    ]),
    includes = [
        "googletest",
        "googletest/include",
    ],
    linkopts = ["-lpthread"],
    visibility = ["//visibility:public"],
)
"""

def nativertc_repositories():
    """Declares all repositories but those that rules_go declares."""
    bazel4_repositories()
    go_module(
        name = "io_bazel_rules_go",
        edits = RULES_GO_EDITS,
        module = "github.com/bazelbuild/rules_go",
        sum = "h1:qBFxjy29iJg22xWlu5A3mNwrXtCHiEnHcIt91SsiFGU=",
        version = "v0.57.0",
    )
    go_program(
        name = "nativertc_gazelle",
        go_mod = "@%s//tools/bazel:go.mod" % _US,
        go_sum = "@%s//tools/bazel:go.sum" % _US,
        package = "github.com/bazelbuild/bazel-gazelle/cmd/gazelle",
    )

    # The requirements of tests/go.mod contain those of go.mod, at the same
    # versions or later ones, because that module requires this one.
    go_modules(
        name = "nativertc_go_modules",
        gazelle = "@nativertc_gazelle//:program",
        go_mod = "@%s//tests:go.mod" % _US,
        go_sum = "@%s//tests:go.sum" % _US,
        others = [
            "github.com/bazelbuild/rules_go",
            "github.com/nativertc/nativertc",
            "github.com/nativertc/nativertc/mdns",
        ],
        rules_workspace = _US,
    )
    go_build(name = "nativertc_go_build")
    debian_libwebrtc(name = "libwebrtc_debian")
    prefix_libwebrtc(name = "libwebrtc_prefix")
    for architecture in ["arm64", "armhf"]:
        debian_cross(
            name = "nativertc_debian_" + architecture,
            architecture = architecture,
        )
        debian_libwebrtc(
            name = "libwebrtc_debian_" + architecture,
            sysroot = "@nativertc_debian_%s//:sysroot.path" % architecture,
        )

    # Debian's package googletest is sources, so that it serves every platform.
    native.new_local_repository(
        name = "com_google_googletest",
        build_file_content = _GOOGLETEST,
        path = "/usr/src/googletest",
    )
