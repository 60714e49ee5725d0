#!/usr/bin/env bash
# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.
#
# Packs a program with the licences of what it contains and needs, and tells how
# large it is. Bazel calls it, see release.bzl.
#
#   pack.sh PROGRAM ARCHIVE STRIP GO SYSROOT LICENCE...
#
# ARCHIVE is the .tar.gz to write, STRIP the strip of the program's architecture, GO
# the go command that it was built with. SYSROOT is the sysroot that it was linked in
# (tools/platforms/sysroot.sh), or / for this machine. The LICENCEs are files of the
# project itself, and of a libwebrtc prefix.
set -euo pipefail

program=$1 archive=$2 strip=$3 go=$4 sysroot=${5%/}
shift 5
name=$(basename "$program")

die() {
	echo "pack: $*" >&2
	exit 1
}

# owner prints the Debian package of a shared library.
owner() {
	local name=$1 path line
	if [ -n "$sysroot" ]; then
		line=$(grep -m 1 -F -- "/$name " "$sysroot/owners.txt") || return 1
		printf '%s\n' "${line##* }"
		return
	fi
	path=$(find -L /lib /usr/lib -maxdepth 2 -name "$name" -print -quit)
	[ -n "$path" ] || return 1
	line=$(dpkg-query -S "$path" 2>/dev/null || dpkg-query -S "$(readlink -f "$path")" 2>/dev/null ||
		dpkg-query -S "/usr$path") || return 1
	printf '%s\n' "${line%%:*}"
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/$name/licences"
"$strip" -o "$folder/$name/$name" "$program"

for licence; do
	# The path tells what it is of; two files may have one name.
	to=${licence#external/}
	cp -L "$licence" "$folder/$name/licences/${to//\//-}"
done
# Go's is that of golang.org/x/sys as well.
goroot=$(dirname "$(dirname "$(readlink -f "$go")")")
for licence in "$goroot/LICENSE" /usr/share/doc/golang-go/copyright; do
	[ ! -r "$licence" ] || break
done
cp "$licence" "$folder/$name/licences/go" || die "no licence text for Go in $goroot"

needed=$(readelf -d "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
packages=()
if grep -q -F '[libavcodec.so' <<<"$(readelf -d "$program")"; then
	# The revision debian: the static archive, and what its headers inline.
	packages+=(libtgowt-dev libabsl-dev)
fi
for library in $needed; do
	package=$(owner "$library") || die "no package owns $library"
	packages+=("$package")
done
for package in $(printf '%s\n' "${packages[@]}" | sort -u); do
	cp -L "$sysroot/usr/share/doc/$package/copyright" "$folder/$name/licences/debian-$package" ||
		die "no licence text for the package $package"
done
printf '%s\n' "$needed" >"$folder/$name/shared-libraries.txt"

tar -C "$folder" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -c "$name" | gzip -9n >"$archive"
bytes() { stat -L -c %s "$1"; }
printf 'release: %s: %d bytes, %d stripped; %s: %d bytes; %d shared libraries, %d licences\n' \
	"$name" "$(bytes "$program")" "$(bytes "$folder/$name/$name")" "$(basename "$archive")" "$(bytes "$archive")" \
	"$(wc -l <<<"$needed")" "$(find "$folder/$name/licences" -type f | wc -l)"
