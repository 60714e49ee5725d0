# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

"""Programs and tests built for another platform than what depends on them."""

load("@rules_shell//shell:sh_test.bzl", "sh_test")

def _platform_transition_impl(_settings, attr):
    return {"//command_line_option:platforms": str(attr.platform)}

_platform_transition = transition(
    implementation = _platform_transition_impl,
    inputs = [],
    outputs = ["//command_line_option:platforms"],
)

def _program_for_platform_impl(ctx):
    program = ctx.actions.declare_file(ctx.label.name)
    ctx.actions.symlink(
        output = program,
        target_file = ctx.executable.program,
        is_executable = True,
    )
    return [DefaultInfo(files = depset([program]), runfiles = ctx.runfiles([program]))]

program_for_platform = rule(
    implementation = _program_for_platform_impl,
    doc = "The program, as a file of the rule's name: data for a test.",
    attrs = {
        "platform": attr.label(mandatory = True),
        "program": attr.label(mandatory = True, executable = True, cfg = _platform_transition),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
    },
)

def tests_for_platform(name, tests, platform, run):
    """Tests of other packages, built for a platform and run by its emulator.

    They need nothing but their program: their data and arguments are not theirs here.

    Args:
      name: of the suite of them all.
      tests: by the name that each gets here.
      platform: what they are built for.
      run: the script that runs a program of it.
    """
    for test, label in tests.items():
        program_for_platform(
            name = test + "_program",
            testonly = True,
            platform = platform,
            program = label,
            tags = ["manual"],
        )
        sh_test(
            name = test,
            size = "medium",
            srcs = [run],
            args = ["$(location :%s_program)" % test],
            data = [":%s_program" % test],
            tags = ["manual"],
        )
    native.test_suite(
        name = name,
        tests = [":" + test for test in tests],
        tags = ["manual"],
    )
