# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

"""A C++ toolchain for another Debian architecture: Debian's cross compiler and a sysroot.

The repository has
    :toolchain    for a toolchain()
    :run          runs a program of that architecture by qemu-user, for --run_under;
                  run.sh is what it is made of
    sysroot.path  holds the path of the sysroot

The sysroot lies in the user's cache and is no input of Bazel's actions: it has ten
thousand files. Its path is among their flags and holds a digest of what is in it.
"""

# What a sysroot holds, with all that these depend on.
_PACKAGES = ["libc6-dev", "libstdc++-12-dev", "libtgowt-dev"]

# By Debian's name: Bazel's name of the CPU, the compiler's name of the system,
# and the emulator.
_ARCHITECTURES = {
    "arm64": struct(cpu = "aarch64", triplet = "aarch64-linux-gnu", qemu = "qemu-aarch64-static"),
    "armhf": struct(cpu = "armv7", triplet = "arm-linux-gnueabihf", qemu = "qemu-arm-static"),
}

_BUILD = """load("@bazel_tools//tools/cpp:unix_cc_toolchain_config.bzl", "cc_toolchain_config")
load("@rules_cc//cc:defs.bzl", "cc_toolchain")
load("@rules_shell//shell:sh_binary.bzl", "sh_binary")

package(default_visibility = ["//visibility:public"])

exports_files([
    "run.sh",
    "sysroot.path",
])

filegroup(name = "empty")

cc_toolchain_config(
    name = "config",
    abi_libc_version = "glibc",
    abi_version = "gcc",
    builtin_sysroot = {sysroot},
    compile_flags = [
        "-U_FORTIFY_SOURCE",
        "-fstack-protector",
        "-Wall",
        "-fno-omit-frame-pointer",
    ],
    compiler = "gcc",
    cpu = {cpu},
    cxx_builtin_include_directories = {includes},
    dbg_compile_flags = ["-g"],
    host_system_name = "local",
    link_flags = [
        "-Wl,-z,relro,-z,now",
        "-Wl,-rpath-link,{libraries}",
    ],
    link_libs = [
        "-lstdc++",
        "-lm",
    ],
    opt_compile_flags = [
        "-g0",
        "-O2",
        "-D_FORTIFY_SOURCE=1",
        "-DNDEBUG",
        "-ffunction-sections",
        "-fdata-sections",
    ],
    opt_link_flags = ["-Wl,--gc-sections"],
    target_libc = "glibc",
    target_system_name = {triplet},
    tool_paths = {tools},
    toolchain_identifier = "debian_{architecture}",
    unfiltered_compile_flags = [
        "-fno-canonical-system-headers",
        "-no-canonical-prefixes",
        "-Wno-builtin-macro-redefined",
        "-D__DATE__=\\"redacted\\"",
        "-D__TIMESTAMP__=\\"redacted\\"",
        "-D__TIME__=\\"redacted\\"",
    ],
)

cc_toolchain(
    name = "toolchain",
    all_files = ":empty",
    compiler_files = ":empty",
    dwp_files = ":empty",
    linker_files = ":empty",
    objcopy_files = ":empty",
    strip_files = ":empty",
    toolchain_config = ":config",
)

sh_binary(
    name = "run",
    srcs = ["run.sh"],
)
"""

# Tests of rules_go would start themselves a second time, which needs an emulator
# registered in the kernel; and they change their folder before they ask where they are.
_RUN = """#!/bin/sh
export GO_TEST_WRAP=0
program=$(realpath -s "$1")
shift
exec {qemu} -L {sysroot} "$program" "$@"
"""

def _debian_cross_impl(ctx):
    target = _ARCHITECTURES[ctx.attr.architecture]
    tool = "/usr/bin/" + target.triplet + "-"
    if not ctx.path(tool + "gcc").exists:
        fail("there is no %sgcc: apt-get install g++-%s" % (tool, target.triplet))
    result = ctx.execute(
        [ctx.path(ctx.attr.script), ctx.attr.architecture] + _PACKAGES,
        timeout = 1800,
    )
    if result.return_code != 0:
        fail("no sysroot for %s:\n%s" % (ctx.attr.architecture, result.stderr))
    sysroot = result.stdout.strip()
    own_headers = ctx.execute([tool + "gcc", "-print-file-name=include"]).stdout.strip()
    tools = {name: tool + name for name in ["ar", "cpp", "gcc", "gcov", "ld", "nm", "objcopy", "objdump", "strip"]}

    # Bazel wants to know of one; gcc needs none.
    tools["llvm-cov"] = "/bin/false"
    ctx.file("BUILD.bazel", _BUILD.format(
        architecture = ctx.attr.architecture,
        cpu = repr(target.cpu),
        includes = repr([own_headers, "/usr/%s/include" % target.triplet, sysroot + "/usr/include"]),
        libraries = sysroot + "/usr/lib/" + target.triplet,
        sysroot = repr(sysroot),
        tools = repr(tools),
        triplet = repr(target.triplet),
    ), executable = False)
    ctx.file("sysroot.path", sysroot, executable = False)
    ctx.file("run.sh", _RUN.format(qemu = target.qemu, sysroot = sysroot))

debian_cross = repository_rule(
    implementation = _debian_cross_impl,
    attrs = {
        "architecture": attr.string(mandatory = True, values = _ARCHITECTURES.keys()),
        "script": attr.label(default = Label("//tools/platforms:sysroot.sh"), allow_single_file = True),
    },
    configure = True,
    environ = ["HOME", "XDG_CACHE_HOME"],
)
