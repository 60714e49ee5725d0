# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

"""A program built for another platform than what depends on it."""

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
