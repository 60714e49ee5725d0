#!/usr/bin/env bash
# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.
#
# Makes the libwebrtc prefix of the revision m150 ready and prints the
# PKG_CONFIG_PATH with which `go build -tags m150` finds it:
#
#   export PKG_CONFIG_PATH="$(tools/setup/prefix.sh)"
#
# A libwebrtc that pkg-config finds already is taken as it is; or else one that
# `make libwebrtc` built. Otherwise the archive (include/, lib/libwebrtc.a, LICENSES/)
# is unpacked, once, into the user's cache:
#   NATIVERTC_LIBWEBRTC_ARCHIVE  the archive to unpack, before all others; default:
#                                ../shared/libwebrtc/libwebrtc-m150-linux-amd64.tar.zst
#                                beside the checkout
#   XDG_CACHE_HOME               the cache; default: ~/.cache
#
# Exit status: 0 ready; 3 there is no archive; 1 anything else. Only the path goes
# to standard output.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
archive=${NATIVERTC_LIBWEBRTC_ARCHIVE:-$root/../shared/libwebrtc/libwebrtc-m150-linux-amd64.tar.zst}
cache=${XDG_CACHE_HOME:-$HOME/.cache}/nativertc
prefix=$cache/libwebrtc-m150
# What tools/libwebrtc makes, by the name that it gives it.
machine=$(uname -m)
case "$machine" in
x86_64) machine=amd64 ;;
aarch64) machine=arm64 ;;
esac
built=$cache/libwebrtc-150.0.7871.100-linux-$machine

say() { printf 'prefix: %s\n' "$*" >&2; }

command -v pkg-config >/dev/null || {
	say "error: there is no pkg-config; run: tools/setup/setup.sh build"
	exit 1
}
if [ -z "${NATIVERTC_LIBWEBRTC_ARCHIVE:-}" ] && pkg-config --exists libwebrtc; then
	say "using the libwebrtc at $(pkg-config --variable=pcfiledir libwebrtc)"
	pkg-config --variable=pcfiledir libwebrtc
	exit 0
fi
if [ -z "${NATIVERTC_LIBWEBRTC_ARCHIVE:-}" ] && [ -e "$built/lib/libwebrtc.a" ]; then
	say "using the libwebrtc built in $built"
	"$root/third_party/libwebrtc/pkgconfig.sh" "$built" >/dev/null
	printf '%s\n' "$built/lib/pkgconfig"
	exit 0
fi
if [ ! -f "$archive" ]; then
	say "there is no archive at $archive"
	say "name one with NATIVERTC_LIBWEBRTC_ARCHIVE, or build it with: make libwebrtc"
	exit 3
fi

mkdir -p "$(dirname "$prefix")"
# One at a time: two builds of the same user may both find the prefix missing.
exec 9>"$prefix.lock"
flock 9

sum=$(sha256sum <"$archive")
sum=${sum%% *}
if [ "$(cat "$prefix/.archive.sha256" 2>/dev/null || true)" != "$sum" ]; then
	case "$archive" in
	*.zst) command -v zstd >/dev/null || {
		say "error: there is no zstd to unpack $archive; run: tools/setup/setup.sh m150"
		exit 1
	} ;;
	esac
	say "unpacking $archive into $prefix"
	fresh=$(mktemp -d "$prefix.XXXXXX")
	trap 'rm -rf "$fresh"' EXIT
	tar --no-same-owner -xaf "$archive" -C "$fresh"
	"$root/third_party/libwebrtc/pkgconfig.sh" "$fresh" >/dev/null
	printf '%s\n' "$sum" >"$fresh/.archive.sha256"
	chmod 755 "$fresh"
	# The stamp is inside, so the folder is whole from the moment it has its name.
	rm -rf "$prefix"
	mv "$fresh" "$prefix"
	trap - EXIT
else
	# The flags belong to the checkout, not to the archive.
	"$root/third_party/libwebrtc/pkgconfig.sh" "$prefix" >/dev/null
fi
printf '%s\n' "$prefix/lib/pkgconfig"
