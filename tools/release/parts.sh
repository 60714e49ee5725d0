#!/usr/bin/env bash
# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.
#
# Prints what a program's size is made of: its parts, by the names of its symbols, and
# the shared libraries that it loads, with what is there for one of them alone. docs/embedded.md has
# the results.
#
#   tools/release/parts.sh PROGRAM [SYSROOT]
#
# PROGRAM has its symbols still. SYSROOT is where its libraries are, if that is not this
# machine; NM reads the symbols of its architecture.
set -euo pipefail

(($# == 1 || $# == 2)) || {
	echo "usage: $0 PROGRAM [SYSROOT]" >&2
	exit 2
}
program=$1 sysroot=${2:-}
sysroot=${sysroot%/}
nm=${NM:-nm}

# The first expression that a name matches says whose it is. Static functions and
# assembler have names that match none: they are the rest.
symbols=$("$nm" -S -C --defined-only "$program")
[ -n "$symbols" ] || {
	echo "parts: $program has no symbols" >&2
	exit 1
}
printf '%-44s %9s\n' "part, by its symbols" bytes
awk '
	function hex(s, n, i) {
		for (i = 1; i <= length(s); i++) n = n * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
		return n
	}
	function part(name) {
		if (name ~ /^(aom|av1_)|^[a-z_]*av1_/) return "AV1 encoder, libaom"
		if (name ~ /^dav1d/) return "AV1 decoder, dav1d"
		if (name ~ /^(vp8|vp9|vpx)/) return "VP8 and VP9, libvpx"
		if (name ~ /Wels|^McHor|^Deblock/) return "H.264 encoder, OpenH264"
		if (name ~ /^(ff_|av_|avcodec|avpriv|h264_|avio)/) return "H.264 decoder, FFmpeg"
		if (name ~ /^(silk|celt|opus|ec_|pitch_|clt_)/) return "Opus"
		if (name ~ /^(libyuv::|I420|ARGB)|Row_/) return "libyuv"
		if (name ~ /^(bssl::|SSL_|EVP_|BN_|bn_|EC_|CRYPTO_|X509|ASN1|RSA_|aes|sha|ecp|bcm_|curve|PEM|OBJ|OPENSSL|CBS|CBB|md5|ge_|x25519)/) return "TLS, BoringSSL"
		if (name ~ /^webrtc::(Desktop|Screen(Capturer|cast)|Window(Capturer|Finder)|X11|XServer|BaseCapturerPipeWire)/) return "desktop capture, X11, PipeWire"
		if (name ~ /webrtc|rtc::|cricket::|dcsctp|WebRtc|nrtc|absl::|^srtp/) return "libwebrtc and the bridge"
		if (name ~ /^(runtime|type:|go:|crypto\/|net|encoding|internal\/|fmt|reflect|os|math|github.com|golang.org|vendor|main|unicode|sync|time|bufio|bytes|strings|regexp|image|html|text|compress|mime|errors|context|iter|slices|log|path|sort|strconv|flag|hash|io|cgo|debug|embed)/) return "Go"
		return "the rest"
	}
	# Value, size, type and name; what begins as zeros takes no room in the file.
	$1 in seen || length($2) < 8 || $3 ~ /^[bB]$/ { next }
	{
		seen[$1]
		name = $0
		sub(/^[^ ]+ [^ ]+ [^ ]+ /, "", name)
		bytes[part(name)] += hex($2)
	}
	END { for (p in bytes) printf "%-44s %9d\n", p, bytes[p] }
' <<<"$symbols" | sort -t "$(printf '\t')" -k 1.45nr

# needed prints the names of the libraries that a file asks for.
needed() { readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }

triplet=$("${nm%nm}gcc" -dumpmachine)
# find_library prints the path of one.
find_library() {
	local folder
	for folder in "$sysroot/usr/lib/$triplet" "$sysroot/lib/$triplet" "$sysroot/usr/lib/$triplet"/*/ "$sysroot/lib" "$sysroot/lib64"; do
		if [ -e "$folder/$1" ]; then
			printf '%s\n' "${folder%/}/$1"
			return
		fi
	done
	echo "parts: there is no $1 in ${sysroot:-/}" >&2
	return 1
}

# closure prints all libraries that those on standard input load, with themselves.
closure() {
	local -A found=()
	local queue=() name path
	mapfile -t queue
	while ((${#queue[@]} > 0)); do
		name=${queue[0]}
		queue=("${queue[@]:1}")
		[ -z "${found[$name]:-}" ] || continue
		path=$(find_library "$name")
		found[$name]=$path
		mapfile -t -O "${#queue[@]}" queue < <(needed "$path")
	done
	printf '%s\n' "${found[@]}"
}

# total prints the number and the bytes of the files on standard input.
total() { xargs stat -L -c %s | awk '{ n++; sum += $1 } END { printf "%4d %9d\n", n, sum }'; }

libraries=$(needed "$program")
with=$(closure <<<"$libraries" | total)
echo
printf '%-39s %4s %9s\n' "shared libraries, with all they load" files bytes
printf '%-39s %s\n' "all" "$with"
# What would not be loaded without it.
for library in $libraries; do
	without=$(grep -v -x -F "$library" <<<"$libraries" | closure | total)
	awk -v name="$library" -v with="$with" -v without="$without" 'BEGIN {
		split(with, a, " "); split(without, b, " ")
		if (a[1] > b[1]) printf "%-39s %4d %9d\n", "for " name " alone", a[1] - b[1], a[2] - b[2]
	}'
done
