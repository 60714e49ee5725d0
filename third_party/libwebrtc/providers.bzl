# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

"""Where libwebrtc comes from: repositories with a target //:libwebrtc.

BUILD.bazel chooses between them by the flag //third_party/libwebrtc:provider. A
repository is only made when a build needs it, so that a machine must have no more
than what is built for it.
"""

_DEBIAN = """load("@rules_cc//cc:defs.bzl", "cc_library")
load("@nativertc_go_build//:lists.bzl", "DEBIAN_DEFINES", "DEBIAN_LINKOPTS")

cc_library(
    name = "libwebrtc",
    srcs = ["libtg_owt.a"],
    hdrs = glob([
        "include/**/*.h",
        "include/**/*.inc",
    ]),
    defines = DEBIAN_DEFINES,
    includes = [
        "include",
        "include/third_party/libyuv/include",
    ],
    # The archive is a source here, so that a new one is seen.
    linkopts = [o for o in DEBIAN_LINKOPTS if o != "-ltg_owt"],
    visibility = ["//visibility:public"],
)
"""

def _debian_impl(ctx):
    root = ctx.read(ctx.path(ctx.attr.sysroot)) if ctx.attr.sysroot else ""
    found = ctx.execute(["find", root + "/usr/lib", "-maxdepth", "2", "-name", "libtg_owt.a"]).stdout.strip().split("\n")
    if found == [""]:
        fail("there is no libtg_owt.a in %s/usr/lib: apt-get install libtgowt-dev, or build with --//third_party/libwebrtc:provider=prefix" % root)
    if len(found) > 1:
        fail("which of these is for this machine: " + ", ".join(found))
    include = root + "/usr/include/tg_owt"
    archive = found[0]
    ctx.symlink(include, "include")
    ctx.symlink(archive, "libtg_owt.a")
    ctx.file("BUILD.bazel", _DEBIAN, executable = False)

debian_libwebrtc = repository_rule(
    implementation = _debian_impl,
    doc = "Debian's libtgowt-dev, of this machine or of a sysroot.",
    attrs = {
        "sysroot": attr.label(doc = "A file that holds its path.", allow_single_file = True),
    },
    local = True,
)

_PREFIX = """load("@rules_cc//cc:defs.bzl", "cc_library")
load("@nativertc_go_build//:lists.bzl", "PREFIX_DEFINES")

cc_library(
    name = "libwebrtc",
    srcs = ["libwebrtc.a"],
    hdrs = glob([
        "include/**/*.h",
        "include/**/*.inc",
    ]),
    defines = {defines} + PREFIX_DEFINES,
    includes = ["include"],
    linkopts = {linkopts},
    visibility = ["//visibility:public"],
)

filegroup(
    name = "licences",
    srcs = glob(["LICENSES/**"]),
    visibility = ["//visibility:public"],
)
"""

def _pkg_config(ctx, folder, question):
    result = ctx.execute(["pkg-config", question, "libwebrtc"], environment = {"PKG_CONFIG_PATH": folder})
    if result.return_code != 0:
        fail("libwebrtc.pc in %s: %s" % (folder, result.stderr))
    return [f for f in result.stdout.strip().split(" ") if f]

def _prefix_impl(ctx):
    script = ctx.path(ctx.attr.script)
    result = ctx.execute([script], timeout = 600)
    if result.return_code != 0:
        fail("no prefix with libwebrtc:\n" + result.stderr)
    folder = result.stdout.strip()
    ctx.symlink(_pkg_config(ctx, folder, "--variable=includedir")[0], "include")
    ctx.symlink(_pkg_config(ctx, folder, "--variable=libdir")[0] + "/libwebrtc.a", "libwebrtc.a")
    ctx.symlink(_pkg_config(ctx, folder, "--variable=prefix")[0] + "/LICENSES", "LICENSES")
    ctx.file("BUILD.bazel", _PREFIX.format(
        defines = repr([f[2:] for f in _pkg_config(ctx, folder, "--cflags-only-other") if f.startswith("-D")]),
        linkopts = repr(_pkg_config(ctx, folder, "--libs-only-other") +
                        [f for f in _pkg_config(ctx, folder, "--libs-only-l") if f != "-lwebrtc"]),
    ), executable = False)

prefix_libwebrtc = repository_rule(
    implementation = _prefix_impl,
    doc = "The prefix that tools/setup/prefix.sh finds or unpacks.",
    attrs = {
        "script": attr.label(default = Label("//tools/setup:prefix.sh"), allow_single_file = True),
    },
    environ = ["HOME", "NATIVERTC_LIBWEBRTC_ARCHIVE", "PKG_CONFIG_PATH", "XDG_CACHE_HOME"],
    local = True,
)
