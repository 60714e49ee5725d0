#!/usr/bin/env bash
# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.
#
# Writes PREFIX/lib/pkgconfig/libwebrtc.pc for a libwebrtc of the revision M150.
#
#   third_party/libwebrtc/pkgconfig.sh PREFIX
#
# PREFIX holds include/ (the headers, with the folders api, rtc_base ... directly
# inside) and lib/libwebrtc.a. The file names no absolute path, so that the prefix
# may be moved afterwards.
#
# Where the C symbols of the archive have names of their own, the file
# lib/symbol-prefix says how those begin; and lib/definitions, one a line, what the
# archive was compiled with besides the usual. `make libwebrtc` writes both.
set -euo pipefail

if (($# != 1)) || [[ $1 == -* ]]; then
	echo "usage: $0 PREFIX" >&2
	exit 2
fi
prefix=$1

for part in include/api/peer_connection_interface.h lib/libwebrtc.a; do
	if [ ! -e "$prefix/$part" ]; then
		echo "pkgconfig.sh: $prefix is no libwebrtc prefix: it has no $part" >&2
		exit 1
	fi
done

definitions='' wrapped=''
if [ -e "$prefix/lib/definitions" ]; then
	while read -r definition; do
		definitions+=" -D$definition"
	done <"$prefix/lib/definitions"
fi
if [ -e "$prefix/lib/symbol-prefix" ]; then
	read -r symbols <"$prefix/lib/symbol-prefix"
	definitions+=" -DLIBWEBRTC_SYMBOL_PREFIX=$symbols"
	wrapped=" -Wl,--wrap=${symbols}WelsCreateSVCEncoder"
fi

mkdir -p "$prefix/lib/pkgconfig"
# The C++ standard is not named here: cgo gives these flags to its C compiler as
# well, and the package that compiles the bridge sets it for C++ alone.
cat >"$prefix/lib/pkgconfig/libwebrtc.pc.new" <<PC
prefix=\${pcfiledir}/../..
includedir=\${prefix}/include
libdir=\${prefix}/lib

Name: libwebrtc
Description: WebRTC native library, revision M150
URL: https://webrtc.org
Version: 150.0.7871.100
Cflags: -I\${includedir} -DWEBRTC_POSIX -DWEBRTC_LINUX -DNDEBUG -DWEBRTC_USE_H264$definitions
Libs: -L\${libdir}$wrapped -lwebrtc -ldl -lpthread -lm -lrt
PC
mv "$prefix/lib/pkgconfig/libwebrtc.pc.new" "$prefix/lib/pkgconfig/libwebrtc.pc"
echo "$prefix/lib/pkgconfig/libwebrtc.pc"
