# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.

"""Repository rules that need a Go installation and the Go module proxy, nothing else.

They are for the WORKSPACE build. A MODULE.bazel build uses the rules of the
Bazel Central Registry in their place.
"""

# An operation of the go command may download a module or compile a program.
_TIMEOUT = 600

def _go(ctx):
    goroot = ctx.os.environ.get("GOROOT")
    go = ctx.path(goroot + "/bin/go") if goroot else ctx.which("go")
    if not go or not go.exists:
        fail("no go command: put it on PATH, or set GOROOT")
    return go

def _run(ctx, arguments, **kwargs):
    result = ctx.execute(arguments, timeout = _TIMEOUT, **kwargs)
    if result.return_code != 0:
        fail("%s: exit status %d\n%s%s" % (
            " ".join([str(a) for a in arguments]),
            result.return_code,
            result.stdout,
            result.stderr,
        ))
    return result.stdout

def _write(ctx, files, executable = False):
    for path, content in files.items():
        ctx.file(path, content, executable = executable)

def _files_repository_impl(ctx):
    _write(ctx, ctx.attr.files)
    _write(ctx, ctx.attr.scripts, executable = True)

files_repository = repository_rule(
    implementation = _files_repository_impl,
    doc = "A repository of the files that its declaration holds.",
    attrs = {
        "files": attr.string_dict(mandatory = True),
        "scripts": attr.string_dict(doc = "As files, executable."),
    },
)

def _go_program_impl(ctx):
    # The go command wants both files in one folder, and may want to write there.
    ctx.symlink(ctx.attr.go_mod, "go.mod")
    ctx.symlink(ctx.attr.go_sum, "go.sum")
    _run(
        ctx,
        [_go(ctx), "build", "-o", "program", ctx.attr.package],
        environment = {"CGO_ENABLED": "0", "GOFLAGS": "-mod=readonly", "GOTOOLCHAIN": "local", "GOWORK": "off"},
    )
    ctx.file("BUILD.bazel", "exports_files([\"program\"])\n", executable = False)

go_program = repository_rule(
    implementation = _go_program_impl,
    doc = "A Go program, as the file `program`, built by the go command. Bazel cannot build " +
          "what it needs to know before it can build.",
    attrs = {
        "go_mod": attr.label(mandatory = True, allow_single_file = True),
        "go_sum": attr.label(mandatory = True, allow_single_file = True),
        "package": attr.string(mandatory = True),
    },
    environ = ["GOROOT", "GOCACHE", "GOMODCACHE", "GOPROXY"],
)

def _go_module_impl(ctx):
    ctx.file("go.mod", "module download\n", executable = False)
    info = json.decode(_run(
        ctx,
        [_go(ctx), "mod", "download", "-json", ctx.attr.module + "@" + ctx.attr.version],
        environment = {"GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local", "GOWORK": "off"},
    ))
    if info["Sum"] != ctx.attr.sum:
        fail("%s@%s has the sum %s, not %s" % (ctx.attr.module, ctx.attr.version, info["Sum"], ctx.attr.sum))
    ctx.delete("go.mod")
    _run(ctx, ["cp", "-R", info["Dir"] + "/.", "."])
    _run(ctx, ["chmod", "-R", "u+w", "."])
    for path, edits in ctx.attr.edits.items():
        text = ctx.read(path)
        for i in range(0, len(edits), 2):
            if edits[i] not in text:
                fail("%s@%s: there is no %r to edit in %s" % (ctx.attr.module, ctx.attr.version, edits[i], path))
            text = text.replace(edits[i], edits[i + 1])
        ctx.file(path, text, executable = False)
    if ctx.attr.gazelle:
        ctx.file("WORKSPACE", "workspace(name = %r)\n" % ctx.name, executable = False)
        _run(ctx, ["find", ".", "(", "-name", "BUILD", "-o", "-name", "BUILD.bazel", ")", "-type", "f", "-delete"])
        _run(ctx, [
            ctx.path(ctx.attr.gazelle),
            "update",
            "-repo_root=.",
            "-go_prefix=" + ctx.attr.module,
            "-go_naming_convention=import",
            "-go_naming_convention_external=import",
            "-external=static",
            "-repo_config=" + str(ctx.path(ctx.attr.modules)),
            "-proto=disable_global",
            "-build_file_name=BUILD.bazel",
        ])

go_module = repository_rule(
    implementation = _go_module_impl,
    doc = "A Go module, downloaded and kept by the go command.",
    attrs = {
        "module": attr.string(mandatory = True),
        "version": attr.string(mandatory = True),
        "sum": attr.string(mandatory = True, doc = "As in go.sum."),
        "edits": attr.string_list_dict(doc = "For each path: a text, what to put in its place, the next text, ..."),
        "gazelle": attr.label(doc = "The gazelle that writes its BUILD files. Without it, the module has its own.", allow_single_file = True),
        "modules": attr.label(doc = "For gazelle: a file that declares the modules that this one may import.", allow_single_file = True),
    },
    environ = ["GOROOT", "GOMODCACHE", "GOPROXY"],
)

def _repository_name(module):
    """The name that gazelle gives to the repository of a module."""
    host, _, path = module.partition("/")
    parts = host.split(".")[::-1] + ([path] if path else [])
    name = "_".join(parts).lower()
    for c in [".", "/", "-", "~"]:
        name = name.replace(c, "_")
    return name

def _requirements(text):
    """The modules and versions that a go.mod requires."""
    found = {}
    block = False
    for line in text.split("\n"):
        line = line.partition("//")[0].strip()
        if line == "require (":
            block = True
        elif line == ")":
            block = False
        elif block and line:
            module, _, version = line.partition(" ")
            found[module] = version
        elif line.startswith("require "):
            module, _, version = line[len("require "):].partition(" ")
            found[module] = version
    return found

_MODULES_HEAD = """load("@{rules}//tools/bazel:repositories.bzl", "go_module")

def go_modules():
"""

_MODULE = """    go_module(
        name = {name},
        module = {module},
        version = {version},
        sum = {sum},
        gazelle = {gazelle},
        modules = "@{here}//:modules.WORKSPACE",
    )
"""

def _go_modules_impl(ctx):
    sums = {}
    for line in ctx.read(ctx.path(ctx.attr.go_sum)).split("\n"):
        fields = line.split(" ")
        if len(fields) == 3:
            sums[fields[0], fields[1]] = fields[2]
    macro = _MODULES_HEAD.format(rules = ctx.attr.rules_workspace)
    config = ""
    for module, version in _requirements(ctx.read(ctx.path(ctx.attr.go_mod))).items():
        if module in ctx.attr.others:
            continue
        if (module, version) not in sums:
            fail("%s has no sum for %s %s" % (ctx.attr.go_sum, module, version))
        macro += _MODULE.format(
            name = repr(_repository_name(module)),
            module = repr(module),
            version = repr(version),
            sum = repr(sums[module, version]),
            gazelle = repr(ctx.attr.gazelle),
            here = ctx.name,
        )
        config += "go_repository(\n    name = {name},\n    importpath = {module},\n)\n\n".format(
            name = repr(_repository_name(module)),
            module = repr(module),
        )
    ctx.file("modules.bzl", macro, executable = False)
    ctx.file("modules.WORKSPACE", config, executable = False)
    ctx.file("BUILD.bazel", "exports_files([\"modules.WORKSPACE\"])\n", executable = False)

go_modules = repository_rule(
    implementation = _go_modules_impl,
    doc = "The requirements of a go.mod as a macro `go_modules` in modules.bzl, so that " +
          "they are written down nowhere else.",
    attrs = {
        "go_mod": attr.label(mandatory = True, allow_single_file = True),
        "go_sum": attr.label(mandatory = True, allow_single_file = True),
        "others": attr.string_list(doc = "Modules that are had in another way."),
        "gazelle": attr.string(mandatory = True),
        "rules_workspace": attr.string(mandatory = True, doc = "The repository that holds this file."),
    },
)
