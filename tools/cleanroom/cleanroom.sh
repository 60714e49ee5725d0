#!/usr/bin/env bash
# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.
#
# Proves that the two commands of the README work on a fresh Debian 12: makes a
# minimal Debian 12 in a folder, puts a Go toolchain, git, make and a clean clone of
# this repository into it, and runs the commands there.
#
#   sudo tools/cleanroom/cleanroom.sh FOLDER [command...]
#
#   FOLDER      must not exist or be empty, or be one that this script made: then
#               the system in it is kept and only the clone is made anew.
#               It needs 4 GB (8 GB with the build caches of a whole `make test`).
#   command     what to run in the clone, each one argument;
#               default: "make run" "make test"
#
# To repeat from nothing:  rm -rf --one-file-system FOLDER  and run it again.
# Everything mounted is mounted in a namespace of its own and is gone when the
# script ends, however it ends.
#
# Environment:
#   CLEANROOM_GO       the Go toolchain to copy: a folder or a .tar.gz of go.dev/dl
#                      (default: the GOROOT of the go command here)
#   CLEANROOM_MIRROR   the Debian mirror (default: http://deb.debian.org/debian)
#   CLEANROOM_SECURITY the mirror of its security updates
#                      (default: http://deb.debian.org/debian-security)
#   NATIVERTC_LIBWEBRTC_ARCHIVE
#                      the archive of the m150 prefix, copied beside the clone
#                      (default: the one beside this checkout, where there is one)
# Passed on: GOPROXY GOSUMDB GONOSUMDB GOFLAGS CI NATIVERTC_STAGES NATIVERTC_CHROMIUM
# and the proxy variables http_proxy https_proxy no_proxy; the certificates that were
# added to this machine (/usr/local/share/ca-certificates) are added there too.
# What is committed is tested, not what lies changed in the checkout.
#
# Needs: root, debootstrap, git, util-linux.
set -euo pipefail

usage() {
	sed -n '/^# Proves/,/^# Needs/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
	exit "$1"
}
die() {
	echo "cleanroom: error: $*" >&2
	exit 1
}
say() { echo "cleanroom: $*"; }

case "${1:-}" in
-h | --help) usage 0 ;;
'' | -*) usage 2 >&2 ;;
esac
folder=$1
shift
commands=("$@")
((${#commands[@]} > 0)) || commands=("make run" "make test")

source_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
mirror=${CLEANROOM_MIRROR:-http://deb.debian.org/debian}
security=${CLEANROOM_SECURITY:-http://deb.debian.org/debian-security}
archive=${NATIVERTC_LIBWEBRTC_ARCHIVE:-$source_root/../shared/libwebrtc/libwebrtc-m150-linux-amd64.tar.zst}

[ "$(id -u)" = 0 ] || die "making a root file system needs root"
for tool in debootstrap git unshare chroot; do
	command -v "$tool" >/dev/null || die "there is no $tool (apt-get install debootstrap git util-linux)"
done

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
[ "$folder" != / ] || die "FOLDER must not be the root of this system"
stamp=$folder/.nativertc-cleanroom

if [ ! -e "$stamp" ]; then
	[ -z "$(ls -A "$folder")" ] || die "$folder is not empty and was not made by this script"
	say "making a minimal Debian 12 in $folder"
	# git and make are what a developer's machine has; everything else is for the
	# set-up of the repository to find missing.
	debootstrap --variant=minbase --include=git,make,ca-certificates bookworm "$folder" "$mirror" >"$folder.log" 2>&1 ||
		die "debootstrap failed, see $folder.log"
	rm -f "$folder.log"
	cat >"$folder/etc/apt/sources.list" <<-LIST
		deb $mirror bookworm main
		deb $mirror bookworm-updates main
		deb $security bookworm-security main
	LIST
	go=${CLEANROOM_GO:-$(go env GOROOT)}
	say "copying Go from $go"
	if [ -d "$go" ]; then
		cp -a "$go/." "$folder/usr/local/go/"
	else
		tar -xzf "$go" -C "$folder/usr/local"
	fi
	: >"$stamp"
fi
cp -L /etc/resolv.conf "$folder/etc/resolv.conf"
# Where this machine sits behind a proxy that signs TLS itself, its administrator has
# added the proxy's certificate here; the go command needs it to fetch modules.
if compgen -G '/usr/local/share/ca-certificates/*.crt' >/dev/null; then
	cp /usr/local/share/ca-certificates/*.crt "$folder/usr/local/share/ca-certificates/"
	chroot "$folder" update-ca-certificates >/dev/null 2>&1 || die "the certificates of this machine could not be added"
fi

say "cloning $source_root at $(git -C "$source_root" rev-parse --short HEAD)"
rm -rf --one-file-system "$folder/root/src"
mkdir -p "$folder/root/src"
git clone --quiet --no-local "$source_root" "$folder/root/src/nativertc"
if [ -f "$archive" ]; then
	mkdir -p "$folder/root/src/shared/libwebrtc"
	cp "$archive" "$folder/root/src/shared/libwebrtc/libwebrtc-m150-linux-amd64.tar.zst"
fi

environment=(HOME=/root TERM="${TERM:-dumb}" LANG=C.UTF-8
	PATH=/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
	GOTOOLCHAIN=local)
for name in GOPROXY GOSUMDB GONOSUMDB GOFLAGS CI NATIVERTC_STAGES NATIVERTC_CHROMIUM \
	http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
	[ -z "${!name:-}" ] || environment+=("$name=${!name}")
done

# Runs inside the namespaces: $1 is the folder, the rest goes to chroot. The browser
# needs /dev/shm, the leak check /proc.
inside='
set -e
folder=$1
shift
mount -t proc proc "$folder/proc"
mount -t sysfs -o ro sys "$folder/sys"
mount --rbind /dev "$folder/dev"
exec chroot "$folder" "$@"
'
for command in "${commands[@]}"; do
	say "running: $command"
	started=$SECONDS
	unshare --mount --pid --fork --kill-child bash -c "$inside" cleanroom "$folder" \
		/usr/bin/env -i "${environment[@]}" bash -c "cd /root/src/nativertc && $command" ||
		die "failed with status $?: $command"
	say "passed in $((SECONDS - started)) s: $command"
done
