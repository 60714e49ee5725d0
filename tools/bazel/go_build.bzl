# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

"""What the go command's build says, for Bazel: so that no list is written twice.

The repository that the rule makes has a file lists.bzl with

    BRIDGE_BODIES, BRIDGE_BODIES_DEBIAN, BRIDGE_BODIES_M150
        the bodies of the bridge, from bridge/sources.txt, as labels in package //bridge
    BRIDGE_COPTS, BRIDGE_LINKOPTS
        flags for every revision of libwebrtc, from cgo/build.go
    DARWIN_COPTS, DARWIN_LINKOPTS
        those for macOS, from cgo/build_darwin.go
    DEBIAN_DEFINES, DEBIAN_LINKOPTS
        those of the revision `debian`, from cgo/build_debian.go
    PREFIX_DEFINES
        what marks the revision of a prefix, from cgo/build_m150.go

The files are inputs of the repository: it is made anew when one of them changes.
"""

def _flags(text, variable):
    """The words of all lines `#cgo VARIABLE: ...`."""
    words = []
    for line in text.split("\n"):
        head, found, rest = line.partition(":")
        if found and head == "#cgo " + variable:
            words += [w for w in rest.split(" ") if w]
    if not words:
        fail("found no '#cgo %s:'" % variable)
    return words

def _defines(text):
    return [f[2:] for f in _flags(text, "CXXFLAGS") if f.startswith("-D")]

def _label(path):
    folder, _, name = path.rpartition("/")
    return name if folder == "bridge" else "//%s:%s" % (folder, name)

def _go_build_impl(ctx):
    lists = {"BRIDGE_BODIES": [], "BRIDGE_BODIES_DEBIAN": [], "BRIDGE_BODIES_M150": []}
    for line in ctx.read(ctx.path(ctx.attr.sources)).split("\n"):
        path = line.strip()
        if not path or path.startswith("#"):
            continue
        revision = ""
        if path.startswith("bridge/compat/"):
            for r in ["debian", "m150"]:
                if path.endswith(r + ".cc"):
                    revision = "_" + r.upper()
        lists["BRIDGE_BODIES" + revision].append(_label(path))

    # Where the headers are is for each build to say.
    common = ctx.read(ctx.path(ctx.attr.common))
    lists["BRIDGE_COPTS"] = [f for f in _flags(common, "CXXFLAGS") if not f.startswith("-I")]
    lists["BRIDGE_LINKOPTS"] = _flags(common, "LDFLAGS")
    darwin = ctx.read(ctx.path(ctx.attr.darwin))
    lists["DARWIN_COPTS"] = _flags(darwin, "CXXFLAGS")
    lists["DARWIN_LINKOPTS"] = _flags(darwin, "LDFLAGS")
    debian = ctx.read(ctx.path(ctx.attr.debian))
    lists["DEBIAN_DEFINES"] = _defines(debian)
    lists["DEBIAN_LINKOPTS"] = _flags(debian, "LDFLAGS")
    lists["PREFIX_DEFINES"] = _defines(ctx.read(ctx.path(ctx.attr.m150)))

    ctx.file("BUILD.bazel", "", executable = False)
    ctx.file(
        "lists.bzl",
        "".join(["%s = %r\n" % item for item in lists.items()]),
        executable = False,
    )

go_build = repository_rule(
    implementation = _go_build_impl,
    attrs = {
        "common": attr.label(default = Label("//cgo:build.go"), allow_single_file = True),
        "darwin": attr.label(default = Label("//cgo:build_darwin.go"), allow_single_file = True),
        "debian": attr.label(default = Label("//cgo:build_debian.go"), allow_single_file = True),
        "m150": attr.label(default = Label("//cgo:build_m150.go"), allow_single_file = True),
        "sources": attr.label(default = Label("//bridge:sources.txt"), allow_single_file = True),
    },
)
