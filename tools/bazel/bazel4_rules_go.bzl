# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

"""The edits with which rules_go loads on Bazel 4.2.3, which Debian packages.

rules_go asks for Bazel 6.5; newer Go releases ask for a newer rules_go. Each edit
puts what Bazel 4 has in the place of what the Bazel named beside it brought. An
edit that finds nothing to change is an error, so that another version of rules_go
cannot pass by unseen.
"""

# Bazel 6: the toolchain that an action belongs to.
_NO_ACTION_TOOLCHAIN = ["toolchain = GO_TOOLCHAIN_LABEL,", ""]

# Bazel 4 gives what is built behind a transition an output folder of its own, also
# where the transition changed nothing: all that a program or a test is made of would
# be built twice, libwebrtc's bridge included. So the attributes race, pure, static,
# linkmode, gotags, goos and goarch of a rule have no effect; the flags of the command
# line that mean the same do.
def _no_transition(transition, indent, data = []):
    return data + [
        "cfg = " + transition,
        "cfg = \"target\"",
        # An allowlist is an error where there is no transition to allow.
        indent + "\"_allowlist_function_transition\": attr.label(\n" +
        indent + "    default = \"@bazel_tools//tools/allowlists/function_transition_allowlist\",\n" +
        indent + "),\n",
        "",
    ]

_ONE_CONTEXT = ["_go_context_data[0]", "_go_context_data"]

# Bazel 5: runfiles.merge_all.
_MERGE_ARCHIVE_RUNFILES = [
    "    runfiles = source.runfiles.merge_all(files)\n",
    "    runfiles = source.runfiles\n" +
    "    for more in files:\n" +
    "        runfiles = runfiles.merge(more)\n",
]
_MERGE_CONTEXT_RUNFILES = [
    "    return go._ctx.runfiles(transitive_files = files).merge_all(\n" +
    "        [t[DefaultInfo].data_runfiles for t in data] +\n" +
    "        [get_source(t).runfiles for t in deps],\n" +
    "    )\n",
    "    runfiles = go._ctx.runfiles(transitive_files = files)\n" +
    "    for more in [t[DefaultInfo].data_runfiles for t in data] + [get_source(t).runfiles for t in deps]:\n" +
    "        runfiles = runfiles.merge(more)\n" +
    "    return runfiles\n",
]

RULES_GO_EDITS = {
    "go/private/actions/archive.bzl": _MERGE_ARCHIVE_RUNFILES,
    "go/private/actions/compilepkg.bzl": _NO_ACTION_TOOLCHAIN,
    "go/private/actions/link.bzl": _NO_ACTION_TOOLCHAIN,
    "go/private/actions/stdlib.bzl": _NO_ACTION_TOOLCHAIN,
    "go/private/context.bzl": _MERGE_CONTEXT_RUNFILES + [
        # Bazel 5.2: a C++ toolchain that may be missing.
        "config_common.toolchain_type(\"@bazel_tools//tools/cpp:toolchain_type\", mandatory = False)",
        "\"@bazel_tools//tools/cpp:toolchain_type\"",
        "find_cpp_toolchain(ctx, mandatory = False)",
        "find_cpp_toolchain(ctx)",
        ":optional_current_cc_toolchain",
        ":current_cc_toolchain",
        # Bazel 6.
        ".repo_name",
        ".workspace_name",
    ],
    "go/private/rules/binary.bzl": _no_transition("go_transition", 12 * " ", _ONE_CONTEXT) + [
        # Bazel 5.3.
        "RunEnvironmentInfo(environment = env)",
        "testing.TestEnvironment(env)",
        # Bazel 6.
        "toolchain = None,",
        "",
    ],
    "go/private/rules/library.bzl": _no_transition("non_go_transition", 8 * " "),
    "go/private/rules/nogo.bzl": ["toolchain = GO_TOOLCHAIN,", ""],
    "go/private/rules/test.bzl": _NO_ACTION_TOOLCHAIN + _no_transition("go_transition", 8 * " ", _ONE_CONTEXT) + [
        # Bazel 5.3.
        "RunEnvironmentInfo(env, ctx.attr.env_inherit)",
        "testing.TestEnvironment(env)",
        # Bazel 5.
        "configuration_field(fragment = \"coverage\", name = \"output_generator\")",
        "\"@bazel_tools//tools/test:lcov_merger\"",
        # Bazel 6.
        "ctx.label.repo_name",
        "ctx.label.workspace_name",
    ],
    "go/private/rules/transition.bzl": [
        # Bazel 4 takes a label in a transition to be one of the main repository.
        "\"//go/",
        "\"@io_bazel_rules_go//go/",
    ],
    "go/private/sdk.bzl": [
        # Bazel 6: credentials for downloads. Nothing is downloaded here.
        ", \"read_user_netrc\", \"use_netrc\"",
        "",
        "use_netrc(read_user_netrc(ctx), urls, {})",
        "{}",
        # Bazel 5.1.
        "ctx.os.arch",
        "ctx.execute([\"uname\", \"-m\"]).stdout.strip()",
    ],
    "proto/compiler.bzl": _NO_ACTION_TOOLCHAIN,
}
