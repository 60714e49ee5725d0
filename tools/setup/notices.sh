#!/usr/bin/env bash
# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.
#
# Collects into one file the licences of everything that a built program links,
# for whoever passes the program on.
#
#   tools/setup/notices.sh PROGRAM OUTPUT        (make notices)
#
# PROGRAM is asked itself: which Go modules it holds, whether it was built with the
# tag m150, and which shared libraries it needs. third_party/NOTICES.md says what
# the parts are.
#
# For a program built with m150, pkg-config must find the prefix, or the prefix in
# the user's cache (tools/setup/prefix.sh) is taken.
set -euo pipefail

if (($# != 2)); then
	echo "usage: $0 PROGRAM OUTPUT" >&2
	exit 2
fi
program=$1
output=$2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

die() {
	echo "notices: $*" >&2
	exit 1
}
[ -f "$program" ] || die "there is no program $program"
info=$(go version -m "$program") || die "$program was not built by Go"

# section prints a heading and the text of a licence file.
section() {
	local title=$1 file=$2
	[ -r "$file" ] || die "no licence text for $title: $file cannot be read"
	printf '\n%s\n%s\n\n' '================================================================================' "$title"
	cat "$file"
}

# go_modules prints the licences of Go itself and of each module in the program.
go_modules() {
	local word path version dir file found cache
	file=$(go env GOROOT)/LICENSE
	[ -r "$file" ] || file=/usr/share/doc/golang/copyright # Debian's own Go
	section "Go standard library and runtime" "$file"
	cache=$(go env GOMODCACHE)
	while read -r word path version _; do
		[ "$word" = dep ] || continue
		# The module cache writes a capital letter as ! and the small one.
		dir=$cache/$(sed 's/[A-Z]/!\l&/g' <<<"$path@$version")
		found=
		for file in "$dir"/LICEN[SC]E* "$dir"/COPYING* "$dir"/NOTICE* "$dir"/PATENTS*; do
			[ -f "$file" ] || continue
			section "Go module $path $version: ${file##*/}" "$file"
			found=1
		done
		[ -n "$found" ] || die "no licence text for the Go module $path $version in $dir"
	done <<<"$info"
}

# package_of prints the Debian package that owns a file. Packages of before the
# merge of /usr list their libraries under /lib.
package_of() {
	local owner
	owner=$(dpkg-query -S "$1" 2>/dev/null) || owner=$(dpkg-query -S "${1#/usr}" 2>/dev/null) ||
		owner=$(dpkg-query -S "/usr$1" 2>/dev/null) || return 1
	owner=${owner%%: *}
	printf '%s\n' "${owner%%:*}"
}

# debian_packages prints the packages whose code the program contains or needs.
debian_packages() {
	local name arrow path needed
	if [ -z "$m150" ]; then
		# The static archive, and the headers whose code is inlined.
		printf '%s\n' libtgowt-dev libabsl-dev
	fi
	needed=$(readelf -d "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
	while read -r name arrow path _; do
		[ "$arrow" = "=>" ] || continue
		grep -qxF -- "$name" <<<"$needed" || continue
		package_of "$(readlink -f "$path")" || die "no package owns $path"
	done < <(ldd "$program")
}

m150=
if grep -q 'build[[:space:]]-tags=.*\bm150\b' <<<"$info"; then
	m150=1
fi

{
	cat <<-TEXT
		This program is made with nativertc and contains, or is linked with, the works
		below. Each is followed by its own licence.
	TEXT
	section "nativertc" "$root/LICENSE"
	go_modules
	if [ -n "$m150" ]; then
		libs=$("$root/tools/setup/prefix.sh")
		licences=$(cd "$libs/../../LICENSES" && pwd) || die "the prefix of $libs holds no LICENSES"
		while IFS= read -r file; do
			section "libwebrtc m150: ${file#"$licences"/}" "$file"
		done < <(find "$licences" -type f | LC_ALL=C sort)
	fi
	packages=$(debian_packages)
	while read -r package; do
		version=$(dpkg-query -W -f '${Version}' "$package")
		section "Debian package $package $version" "/usr/share/doc/$package/copyright"
	done < <(sort -u <<<"$packages")
} >"$output.new"
mv "$output.new" "$output"
echo "notices: wrote $output: $(grep -c '^======' "$output") works"
