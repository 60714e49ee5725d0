#!/usr/bin/env bash
# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.
#
# Checks that the bodies of hw/ that call VideoToolbox agree with Apple's headers: clang
# parses them for a Mac and compiles nothing. It needs no Mac, but the SDK of one
# (MacOSX.sdk of Xcode or of its command line tools), which Apple's licence lets nobody hand on.
#
#   tools/videotoolbox/syntax.sh SDK
#   make videotoolbox-syntax SDK=/path/to/MacOSX.sdk
#
# CXX names another clang++ than the one on PATH, TARGET another than arm64-apple-macos12.
set -euo pipefail

sdk=${1:+$(realpath -m "$1")}
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

die() {
	printf 'videotoolbox-syntax: %s\n' "$@" >&2
	exit 1
}

# any_clang prints the clang++ on PATH, or else that of the greatest version.
any_clang() {
	local name
	for name in clang++ $(compgen -c clang++- | grep -E '^clang\+\+-[0-9]+$' | sort -rVu); do
		if command -v "$name"; then return; fi
	done
}

[ -n "$sdk" ] || die "which SDK? make videotoolbox-syntax SDK=/path/to/MacOSX.sdk" \
	"On a Mac xcrun --show-sdk-path tells where one is; it can be copied from there."
header=$sdk/System/Library/Frameworks/VideoToolbox.framework/Headers/VideoToolbox.h
[ -f "$header" ] || die "$sdk is no SDK of macOS: there is no $header"
compiler=${CXX:-$(any_clang)}
[ -n "$compiler" ] || die "there is no clang++ on PATH (apt-get install clang-19)"
command -v "$compiler" >/dev/null || die "there is no $compiler"

bodies=(hw/annexb.cc hw/devices.cc hw/videotoolbox*.cc)
for body in "${bodies[@]}"; do
	"$compiler" -fsyntax-only -target "${TARGET:-arm64-apple-macos12}" -isysroot "$sdk" -std=c++20 -stdlib=libc++ \
		-fno-exceptions -Wall -Wextra -Werror -I. "$body"
done
printf 'videotoolbox-syntax: %d bodies agree with %s\n' "${#bodies[@]}" "$sdk"
