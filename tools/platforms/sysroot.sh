#!/usr/bin/env bash
# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.
#
# Assembles a sysroot of another Debian architecture: headers and libraries of
# packages and all that they depend on. Nothing is installed on this machine; apt
# works in folders of its own, with the sources that this machine has.
#
#   tools/platforms/sysroot.sh ARCHITECTURE PACKAGE...
#
# Prints the folder, the only thing on standard output. In it, packages.txt lists the
# packages and owners.txt the shared libraries with the package of each. Its name holds a digest of
# the packages' versions and of this script, so that a build that has it among its flags cannot take
# what it compiled against other versions for up to date. All is kept in
# $XDG_CACHE_HOME/nativertc (~/.cache/nativertc): with the same versions a second
# call has only apt's lists to read, and without a network it uses the lists it has.
set -euo pipefail

if (($# < 2)); then
	echo "usage: $0 ARCHITECTURE PACKAGE..." >&2
	exit 2
fi
arch=$1
shift

say() { printf 'sysroot: %s\n' "$*" >&2; }
for program in apt-get dpkg-deb; do
	command -v "$program" >/dev/null || {
		say "error: there is no $program: this needs Debian"
		exit 1
	}
done

# Of the packages, what no build needs; their licences stay.
left_out=(
	./bin ./boot ./etc ./sbin ./var ./usr/bin ./usr/games ./usr/sbin './usr/lib/python*' ./usr/lib/systemd
	'./usr/share/[!d]*' './usr/share/d[!o]*' './usr/share/doc/*/[!c]*' './usr/share/doc/*/changelog*'
)

base=${XDG_CACHE_HOME:-$HOME/.cache}/nativertc/sysroot-$arch
apt=$base/apt
mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial"
exec 9>"$base/lock"
flock 9
: >"$apt/status" # nothing is installed

apt() {
	apt-get -q -y -o "APT::Architecture=$arch" -o "APT::Architectures=$arch" \
		-o "Dir::State=$apt/state" -o "Dir::State::status=$apt/status" -o "Dir::Cache=$apt/cache" \
		-o APT::Install-Recommends=false -o Acquire::Languages=none \
		-o APT::Sandbox::User="$(id -un)" -o Binary::apt-get::APT::Keep-Downloaded-Packages=true \
		-o APT::Update::Post-Invoke::= -o DPkg::Post-Invoke::= "$@"
}

apt update >&2 || say "note: apt could not refresh its lists, going on with those it has"
# The files of the packages, from: Inst NAME (VERSION ORIGIN [ARCHITECTURE])
packages=$(apt --simulate install "$@" |
	sed -nE 's/^Inst ([^ ]+) \(([^ ]+) .*\[([^]]+)\].*/\1_\2_\3.deb/p' | sed 's/:/%3a/' | LC_ALL=C sort)
[ -n "$packages" ] || {
	say "error: apt finds nothing to unpack for $arch: $*"
	exit 1
}
digest=$(cat - "$0" <<<"$packages" | sha256sum)
root=$base/${digest:0:16}
if [ ! -d "$root" ]; then
	say "fetching $(wc -l <<<"$packages") packages for $arch"
	apt --download-only install "$@" >&2
	fresh=$(mktemp -d "$base/new.XXXXXX")
	trap 'rm -rf "$fresh"' EXIT
	mkdir -p "$fresh/usr/lib" "$fresh/usr/lib64"
	ln -s usr/lib usr/lib64 "$fresh" # as on a system where /usr is merged
	while read -r file; do
		dpkg-deb --fsys-tarfile "$apt/cache/archives/$file" |
			tar -xv -C "$fresh" --no-same-owner --keep-directory-symlink "${left_out[@]/#/--exclude=}" |
			sed -n "/\.so/s/\$/ ${file%%_*}/p" >>"$fresh/owners.txt"
	done <<<"$packages"
	# A link to /lib would leave the sysroot.
	while IFS= read -r -d '' link; do
		target=$(readlink "$link")
		ln -sfn "$(realpath -m -s --relative-to="$(dirname "$link")" "$fresh$target")" "$link"
	done < <(find "$fresh" -lname '/*' -print0)
	printf '%s\n' "$packages" >"$fresh/packages.txt"
	chmod 755 "$fresh"
	mv "$fresh" "$root"
	trap - EXIT
fi
printf '%s\n' "$root"
