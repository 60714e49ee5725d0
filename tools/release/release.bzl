# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

"""A program for passing on: stripped, with the licences of what it contains."""

load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

_GO_TOOLCHAIN = "@io_bazel_rules_go//go:toolchain"

def _release_impl(ctx):
    archive = ctx.actions.declare_file(ctx.label.name + ".tar.gz")
    sysroot = "/"
    if ctx.file.sysroot:
        sysroot = "$(cat %s)" % ctx.file.sysroot.path
    go = ctx.toolchains[_GO_TOOLCHAIN].sdk.go
    cc = find_cpp_toolchain(ctx)
    ctx.actions.run_shell(
        mnemonic = "Release",
        command = "{script} {program} {archive} {strip} {go} \"{sysroot}\" {licences}".format(
            archive = archive.path,
            go = go.path,
            licences = " ".join([f.path for f in ctx.files.licences]),
            program = ctx.executable.program.path,
            script = ctx.executable._script.path,
            strip = cc.strip_executable,
            sysroot = sysroot,
        ),
        # It reads the licences of installed packages.
        execution_requirements = {"local": "1"},
        inputs = ctx.files.licences + ([ctx.file.sysroot] if ctx.file.sysroot else []),
        outputs = [archive],
        tools = [ctx.executable.program, ctx.executable._script, go],
    )
    return [DefaultInfo(files = depset([archive]))]

release = rule(
    implementation = _release_impl,
    attrs = {
        "licences": attr.label_list(allow_files = True),
        "program": attr.label(mandatory = True, executable = True, cfg = "target"),
        "sysroot": attr.label(
            allow_single_file = True,
            doc = "A file that holds the path of what the program was linked in, if that is not this machine.",
        ),
        "_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
        "_script": attr.label(
            allow_single_file = True,
            cfg = "exec",
            default = ":pack.sh",
            executable = True,
        ),
    },
    toolchains = [
        "@bazel_tools//tools/cpp:toolchain_type",
        _GO_TOOLCHAIN,
    ],
)
