# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

"""What Bazel 4 and rules_go would otherwise download from GitHub.

Each repository here holds just the files that Bazel 4.2.3 and rules_go load. Debian's
own packages of rules_cc, rules_java and platforms are of no help: they do not load on
Debian's Bazel, or know too few CPUs. Bazel 7 and later take the real ones from the Bazel
Central Registry (MODULE.bazel) and never see this file.
"""

load(":repositories.bzl", "files_repository")

_CC_RULES = [
    "cc_binary",
    "cc_import",
    "cc_library",
    "cc_proto_library",
    "cc_test",
    "cc_toolchain",
    "cc_toolchain_suite",
    "objc_library",
]

_JAVA_RULES = [
    "java_binary",
    "java_import",
    "java_library",
    "java_lite_proto_library",
    "java_package_configuration",
    "java_plugin",
    "java_proto_library",
    "java_runtime",
    "java_test",
    "java_toolchain",
]

# Those that rules_go has a name for.
_CPUS = ["aarch64", "arm", "armv7", "i386", "mips64", "ppc", "ppc64le", "riscv64", "s390x", "x86_32", "x86_64"]
_SYSTEMS = ["android", "freebsd", "ios", "linux", "macos", "netbsd", "none", "openbsd", "qnx", "tvos", "watchos", "windows"]

# In place of Bazel's coverage tool, which is a Java program: puts the LCOV files
# that a test, or all tests, wrote behind one another.
_CONCATENATE_COVERAGE = """#!/bin/bash
set -euo pipefail
inputs=() output=
for argument; do
    value=${argument#*=}
    case $argument in
    --coverage_dir=*) mapfile -t inputs < <(find "$value" -name '*.dat') ;;
    --reports_file=*) mapfile -t inputs <"$value" ;;
    --output_file=*) output=$value ;;
    esac
done
: >"$output"
for input in "${inputs[@]}"; do
    cat "$input" >>"$output"
done
"""

def _native_rules(names):
    return "\n".join(["def {name}(**kwargs):\n    native.{name}(**kwargs)\n".format(name = n) for n in names])

def _constraint_package(setting, values, aliases):
    lines = [
        "package(default_visibility = [\"//visibility:public\"])",
        "constraint_setting(name = %r)" % setting,
        "filegroup(name = \"srcs\", srcs = glob([\"**\"]))",
    ]
    lines += ["constraint_value(name = %r, constraint_setting = %r)" % (v, ":" + setting) for v in values]
    lines += ["alias(name = %r, actual = %r)" % (name, ":" + actual) for name, actual in aliases.items()]
    return "\n".join(lines) + "\n"

def bazel4_repositories():
    """Declares the repositories."""

    # @bazel_tools//tools/cpp loads it.
    files_repository(
        name = "rules_cc",
        files = {
            "WORKSPACE": "",
            "cc/BUILD.bazel": "",
            "cc/defs.bzl": _native_rules(_CC_RULES),
        },
    )

    # @bazel_tools//tools/jdk loads it, also where nothing is Java.
    files_repository(
        name = "rules_java",
        files = {
            "WORKSPACE": "",
            "java/BUILD.bazel": "",
            "java/defs.bzl": _native_rules(_JAVA_RULES),
        },
    )

    # Every rule for tests depends on it.
    files_repository(
        name = "remote_coverage_tools",
        files = {
            "WORKSPACE": "",
            "BUILD.bazel": "package(default_visibility = [\"//visibility:public\"])\n" + "".join([
                "sh_binary(name = %r, srcs = [\"concatenate.sh\"])\n" % name
                for name in ["coverage_report_generator", "lcov_merger"]
            ]),
        },
        scripts = {"concatenate.sh": _CONCATENATE_COVERAGE},
    )

    # The one inside Bazel 4 knows fewer CPUs, and has no host/.
    files_repository(
        name = "platforms",
        files = {
            "WORKSPACE": "",
            "BUILD.bazel": "filegroup(name = \"srcs\", srcs = glob([\"**\"]), visibility = [\"//visibility:public\"])\n",
            "cpu/BUILD.bazel": _constraint_package("cpu", _CPUS, {"arm64": "aarch64"}),
            "host/BUILD.bazel": "",
            "host/constraints.bzl": "load(\"@local_config_platform//:constraints.bzl\", _HOST = \"HOST_CONSTRAINTS\")\n\nHOST_CONSTRAINTS = _HOST\n",
            "os/BUILD.bazel": _constraint_package("os", _SYSTEMS, {"osx": "macos"}),
        },
    )

    # rules_go loads sh_test for its own tests.
    files_repository(
        name = "rules_shell",
        files = {
            "WORKSPACE": "",
            "shell/BUILD.bazel": "",
            "shell/sh_binary.bzl": _native_rules(["sh_binary"]),
            "shell/sh_test.bzl": _native_rules(["sh_test"]),
        },
    )

    # Debian's package bazel-skylib.
    native.local_repository(
        name = "bazel_skylib",
        path = "/usr/share/bazel/tools/skylib",
    )
