#!/usr/bin/env bash
# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.
#
# Checks that the BUILD files agree with the Go packages, as gazelle would write them,
# and that all of Bazel's files are in buildifier's form and free of its warnings.
# A file that is in one build and not in the other is found so; that the bodies of
# the bridge are those of bridge/sources.txt needs no check, Bazel reads that list.
#
#   tools/bazel/buildfiles.sh [--fix]
#
# Both programs come from tools/bazel/go.mod. BAZEL names the bazel to ask, with its
# startup options.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
read -ra bazel <<<"${BAZEL:-bazel}"
case "${1:-}" in
--fix) mode=fix buildifier=(-mode=fix -lint=fix) ;;
'') mode=diff buildifier=(-mode=check -lint=warn) ;;
*)
	echo "usage: $0 [--fix]" >&2
	exit 2
	;;
esac

# tool prints the path of a program of tools/bazel/go.mod, built if need be.
tool() { (cd tools/bazel && GOFLAGS=-mod=readonly go tool -n "$1"); }

# To name a repository gazelle must know which modules there are.
"${bazel[@]}" build --noshow_progress --ui_event_filters=-info @nativertc_go_modules//:modules.WORKSPACE
modules=$("${bazel[@]}" info output_base 2>/dev/null)/external/nativertc_go_modules/modules.WORKSPACE

rc=0
"$(tool gazelle)" update "-mode=$mode" -external=static "-repo_config=$modules" || rc=$?
mapfile -t files < <(git ls-files --cached --others --exclude-standard -- \
	'*.bzl' '*.bazel' '*WORKSPACE')
# The macros for a WORKSPACE make many repositories, so that none has a name to take.
"$(tool buildifier)" "${buildifier[@]}" -warnings=-unnamed-macro "${files[@]}" || rc=$?
if ((rc != 0)) && [ "$mode" = diff ]; then
	echo "buildfiles: the BUILD files differ from what they should be; run: tools/bazel/buildfiles.sh --fix" >&2
fi
exit "$rc"
