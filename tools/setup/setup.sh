#!/usr/bin/env bash
# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.
#
# Installs the Debian packages that a task needs and that are missing.
#
#   tools/setup/setup.sh [group...]
#
# Groups: build (the default), run, test, bazel, m150, libwebrtc, conformance, dev.
#
# It says each package and the reason before it installs anything, asks apt
# only when something is missing (otherwise one dpkg-query, no network), and
# goes through sudo where it is not run by root.
#
# Environment:
#   NATIVERTC_CHROMIUM  the Chromium version that tests want; "any" takes what is
#                       installed, or else the newest. Default: the browser of the
#                       same revision as the m150 libwebrtc.
set -euo pipefail

readonly go_minimum=1.24
readonly chromium_version="${NATIVERTC_CHROMIUM:-150.0.7871.100-1~deb12u1}"

say() { printf 'setup: %s\n' "$*"; }
die() {
	printf 'setup: error: %s\n' "$1" >&2
	shift
	(($# == 0)) || printf 'setup:        %s\n' "$@" >&2
	exit 1
}

# packages prints "package|reason" for each package of one group.
packages() {
	case "$1" in
	build)
		cat <<-'LIST'
			make|runs the targets of the Makefile
			g++|compiles the C++ bridge (C++20)
			pkg-config|finds a libwebrtc prefix, used with the build tag m150
			libtgowt-dev|libwebrtc itself, the revision "debian", with the headers of all it links
			libffmpeg-nvenc-dev|the headers of the hardware encoders of NVIDIA; without them those are not used
			libva-dev|the headers of the hardware encoders of Intel and AMD; without them those are not used
			ca-certificates|the go command fetches modules over HTTPS
		LIST
		;;
	run)
		cat <<-'LIST'
			ffmpeg|reads the video file given and writes the received clip
		LIST
		;;
	test)
		cat <<-'LIST'
			ffmpeg|makes and checks the media of the tests
			chromium|the browser that the interoperability tests call, headless
			chromium-common|the part of chromium that must have the same version
			coturn|the STUN and TURN server of the relay tests, started by them on loopback
			libgtest-dev|runs the C++ tests of the hardware encoders
			libvpx-dev|the test double of a GPU's driver compresses VP8 and VP9 with it
			libaom-dev|the test double of a GPU's driver compresses AV1 with it
			libx265-dev|the test double of a GPU's driver compresses H265 with it
			libva-drm2|loads the test double of a GPU's driver
			libva2|loads the test double of a GPU's driver
			iproute2|shows links and sockets to the network tests
			zstd|unpacks the prefix of the libwebrtc revision m150
			debian-archive-keyring|verifies the source package that the Web Platform Tests are in
			xz-utils|unpacks it
		LIST
		;;
	bazel)
		cat <<-'LIST'
			bazel-bootstrap|builds the project by its BUILD files
			bazel-skylib|rules that those use
			googletest|the C++ unit tests are written with it
			g++-aarch64-linux-gnu|compiles for arm64
			qemu-user-static|runs what was built for arm64
		LIST
		;;
	m150)
		cat <<-'LIST'
			zstd|unpacks the prefix of the libwebrtc revision m150
		LIST
		;;
	libwebrtc)
		cat <<-'LIST'
			clang-19|compiles libwebrtc
			lld-19|links what generates code during the build
			llvm-19|makes the archive and renames its symbols
			generate-ninja|reads Chromium's build files
			ninja-build|runs the build
			ccache|makes a repeated build fast
			meson|builds dav1d
			nasm|assembles dav1d
			make|builds Opus and OpenH264
			patch|applies Debian's patches
			python3|runs Chromium's generators
			debian-archive-keyring|verifies the source packages
			xz-utils|unpacks them
			libasound2-dev|the headers of sound devices; the library is loaded only where one is used
			g++|compiles the smoke test
			pkg-config|finds the libraries during the build
			libssl-dev|for the smoke test, which uses OpenSSL beside libwebrtc
			libavcodec-dev|for the smoke test, which uses FFmpeg beside libwebrtc
		LIST
		;;
	conformance)
		cat <<-'LIST'
			debian-archive-keyring|verifies the source package that the Web Platform Tests are in
			xz-utils|unpacks it
		LIST
		;;
	dev)
		cat <<-'LIST'
			ccache|makes repeated C++ compiles fast
			clang-19|the second compiler that the bridge is checked with
			zstd|packs and unpacks a libwebrtc prefix
		LIST
		;;
	*) die "no group '$1'" "groups: build run test bazel m150 libwebrtc conformance dev" ;;
	esac
}

# check_go fails unless a Go of at least go_minimum is on PATH. GOTOOLCHAIN=local:
# the answer is about the Go installed, not one that it would download.
check_go() {
	local where="get it from https://go.dev/dl/ or from bookworm-backports (package golang-$go_minimum)"
	command -v go >/dev/null || die "there is no go command on PATH" "$where"
	local have
	have=$(cd / && GOTOOLCHAIN=local go env GOVERSION) || die "the go command does not work: $(command -v go)"
	have=${have#go}
	have=${have%%[!0-9.]*}
	[ "$(printf '%s\n' "$go_minimum" "$have" | sort -V | head -n 1)" = "$go_minimum" ] ||
		die "Go $have at $(command -v go) is too old, $go_minimum or later is needed" "$where"
}

# check_system fails where packages cannot be installed this way at all.
check_system() {
	local id=unknown version='' pretty=''
	if [ -r /etc/os-release ]; then
		id=$(. /etc/os-release && echo "${ID:-unknown}")
		version=$(. /etc/os-release && echo "${VERSION_ID:-}")
		pretty=$(. /etc/os-release && echo "${PRETTY_NAME:-}")
	fi
	if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
		die "this is ${pretty:-$id}, not Debian: there is no apt to install packages with" \
			"use Debian 12, or your own libwebrtc prefix with the build tag m150 (third_party/libwebrtc/README.md)"
	fi
	[ "$id $version" = "debian 12" ] ||
		say "note: this is ${pretty:-$id}; the package list is that of Debian 12 and may not fit"
}

# installed_version prints the version of an installed package, or nothing.
installed_version() { printf '%s\n' "${installed[$1]:-}"; }

# read_installed fills the table of installed packages with one dpkg-query.
declare -A installed
read_installed() {
	local name status version
	while read -r name status version; do
		[ "$status" != installed ] || installed[$name]=$version
	done <<<"$(dpkg-query -W -f '${Package} ${db:Status-Status} ${Version}\n' "$@" 2>/dev/null || true)"
}

# as_root runs a command as root, through sudo where that is needed.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

# apt runs apt-get so that it never asks.
apt() {
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 "$@"
}

# has_candidate tells whether apt can install the package (of that version, if given).
has_candidate() {
	apt-cache show --no-all-versions "$1${2:+=$2}" >/dev/null 2>&1
}

# without_services runs a command while no package may start a service: coturn
# would otherwise open a relay on all interfaces of this machine. The tests start
# their own, on loopback. The policy goes away also when the script is interrupted.
without_services() {
	local policy=/usr/sbin/policy-rc.d
	if [ ! -e "$policy" ]; then
		trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
		printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
		as_root chmod 755 "$policy"
	fi
	"$@"
}

groups=("$@")
((${#groups[@]} > 0)) || groups=(build)

declare -A reason
order=()
for group in "${groups[@]}"; do
	list=$(packages "$group")
	while IFS='|' read -r name why; do
		[ -n "${reason[$name]:-}" ] || order+=("$name")
		reason[$name]=$why
	done <<<"$list"
	[ "$group" != build ] || check_go
done

check_system
read_installed "${order[@]}"

missing=()
for name in "${order[@]}"; do
	have=$(installed_version "$name")
	case "$name" in
	chromium | chromium-common)
		# Another version is only replaced where apt can really give the wanted one.
		if [ -z "$have" ]; then
			missing+=("$name")
		elif [ "$chromium_version" != any ] && [ "$have" != "$chromium_version" ] && has_candidate "$name" "$chromium_version"; then
			missing+=("$name")
		fi
		;;
	*) [ -n "$have" ] || missing+=("$name") ;;
	esac
done

if ((${#missing[@]} == 0)); then
	say "nothing is missing for: ${groups[*]}"
	exit 0
fi

say "these Debian packages are missing for: ${groups[*]}"
for name in "${missing[@]}"; do
	printf '         %-16s %s\n' "$name" "${reason[$name]}"
done

if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || die "installing needs root, and there is no sudo here" \
		"as root: apt-get install --no-install-recommends ${missing[*]}"
	say "installing needs root: sudo may ask for your password"
fi

say "asking apt for its newest package lists"
apt update || say "note: apt could not refresh all of its lists, going on with those it has"

wanted=()
for name in "${missing[@]}"; do
	has_candidate "$name" || die "apt knows no package $name" \
		"either this machine is offline and apt has no package lists, or its sources are not those of Debian 12 (main)"
	case "$name" in
	chromium | chromium-common)
		have=$(installed_version "$name")
		if [ "$chromium_version" != any ] && has_candidate "$name" "$chromium_version"; then
			wanted+=("$name=$chromium_version")
			[ -z "$have" ] ||
				say "note: $name $have is replaced by $chromium_version; to keep yours, set NATIVERTC_CHROMIUM=any"
		else
			wanted+=("$name")
		fi
		;;
	*) wanted+=("$name") ;;
	esac
done

say "installing"
without_services apt install --no-install-recommends --allow-downgrades "${wanted[@]}" ||
	die "apt could not install: ${wanted[*]}" \
		"its reason stands above; where it could not fetch a file, check that this machine reaches Debian's archive"

# The package enables its service for the next boot; nobody asked for that here.
if [[ " ${missing[*]} " == *" coturn "* ]] && command -v systemctl >/dev/null; then
	as_root systemctl disable --quiet coturn.service 2>/dev/null ||
		say "note: the service coturn could not be disabled; 'systemctl disable coturn' keeps it from starting at boot"
fi
say "done"
