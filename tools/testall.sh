#!/usr/bin/env bash
# Copyright 2026 The nativertc Authors. All rights reserved.
# Use of this source code is governed by a BSD-style licence that can be
# found in the LICENSE file.
#
# Runs the whole test suite, stage after stage, and stops at the first stage that
# fails. `make test` calls it when everything it needs is installed.
#
#   tools/testall.sh
#   NATIVERTC_STAGES="lint unit" tools/testall.sh
#
#   lint      gofmt, go vet, bash -n
#   build     go build ./... over the revision debian, with nothing set
#   unit      the tests of the main module, of the module mdns and of the example that is
#             a module
#   system    the tests of the module tests/: other peers, a browser, relays, soak
#   m150      vet, unit and system again over the libwebrtc revision m150
#   conformance  the comparison with a browser and the W3C's Web Platform Tests, over
#             m150 (docs/conformance.md)
#   race      the Go side under the race detector
#   asan      the C++ side under AddressSanitizer and LeakSanitizer: the API, calls with
#             encoders on devices, and these alone
#   videotoolbox  calls over the double of VideoToolbox, which must be compiled into
#             the program in place of Apple's frameworks
#   gcstress  the main module with garbage collections forced while calls are under way
#   bazel     the build and the tests by Bazel, some of them for arm64 under qemu-user,
#             a call with a process of arm64, and the example workspace (docs/bazel.md)
#   fuzz      each fuzz target for a bounded number of inputs: NATIVERTC_FUZZ, by
#             default 10000x, 1000x for those that negotiate; a time such as 10m
#             serves to search by hand
#
# While the first tests run, what later stages need is compiled at the lowest priority.
# Its last line is "N passed, N failed": tests of all stages, subtests included.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
stages=${NATIVERTC_STAGES:-lint build unit system m150 conformance race asan videotoolbox gcstress bazel fuzz}
record=$root/build/test.jsonl
testcount=$root/build/testcount

# suite NAME DIR ARGS...: one go test command in a module, counted under a name; what go
# test told of it is kept. -p 2: most tests wait for media, which runs in real time, and
# more packages side by side would take it from each other. -count 1: the C++ headers and
# the peers outside are no inputs that the go command knows, so a cached result proves nothing.
suite() {
	local name=$1 dir=$2
	shift 2
	(cd "$dir" && go test -json -p 2 -count 1 -vet off "$@") 2>&1 | tee "$root/build/events/$name" |
		"$testcount" -stage "$name" -record "$record"
}

# library_packages lists the packages of the main module whose tests need the library: for
# others all builds of it are one.
library_packages() {
	go list -test -f '{{range .Deps}}{{if eq . "github.com/nativertc/nativertc/cgo"}}{{$.ImportPath}}{{"\n"}}{{end}}{{end}}' "$@" ./... |
		sed -n 's/\.test$//p'
}

# specification NAME SUITES ARGS...: holds the library to the W3C's list of members. Tests
# that passed in the suites named, if they ran, do not run again for it.
specification() {
	local name=$1 ran events=
	for ran in $2; do
		[ ! -e "$root/build/events/$ran" ] || events+=${events:+:}$root/build/events/$ran
	done
	shift 2
	NATIVERTC_TEST_EVENTS=$events suite "$name" tests -timeout 15m "$@" ./spec
}

stage_lint() {
	local wrong script
	wrong=$(find . -path ./build -prune -o -name '*.go' -print0 | xargs -0 gofmt -l)
	if [ -n "$wrong" ]; then
		printf 'gofmt would change:\n%s\n' "$wrong"
		return 1
	fi
	while IFS= read -r -d '' script; do
		bash -n "$script"
	done < <(find . -path ./build -prune -o -name '*.sh' -print0)
	bash -n .ci/run
	go vet ./...
	(cd tests && go vet -tags conformance ./...)
	(cd mdns && go vet ./...)
	(cd examples/identity && go vet ./...)
}

stage_build() { env -u PKG_CONFIG_PATH -u CGO_CXXFLAGS -u CGO_LDFLAGS go build ./...; }
stage_unit() {
	suite unit . -timeout 10m ./...
	suite unit-mdns mdns -timeout 5m ./...
	suite unit-identity examples/identity -timeout 5m ./...
}
# The encoders' own tests, which need no libwebrtc, run once, in the stage asan.
stage_system() {
	suite system tests -timeout 15m -skip TestNative $(system_packages)
	specification system-spec 'unit system'
}

# system_packages lists what the stages system are: all of tests/ but what the stage
# conformance and the function specification are.
system_packages() { (cd tests && go list ./... | grep -v -e /conformance/ -e '/spec$'); }

# find_m150 has pkg-config find the prefix of m150. Where there is none, the stage that
# needs it ends here, and the summary tells so.
find_m150() {
	local path rc=0
	path=$(tools/setup/prefix.sh) || rc=$?
	# Who names the stages, and continuous integration, wants them tested.
	((rc != 3)) || [ -n "${NATIVERTC_STAGES:-}${CI:-}" ] || : >"$m150_missing"
	((rc == 0)) || return "$rc"
	export PKG_CONFIG_PATH=$path${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
}

prepare_m150() {
	find_m150
	go build -tags m150 ./...
}
# The doubles of drivers under ffmpeg are the same over both revisions.
stage_m150() {
	find_m150 || return
	go vet -tags m150 ./...
	suite m150-unit . -tags m150 -timeout 10m $(library_packages -tags m150)
	suite m150-identity examples/identity -tags m150 -timeout 5m ./...
	suite m150-system tests -tags m150 -timeout 15m -skip 'TestNative|TestFFmpeg' $(system_packages)
	specification m150-spec 'm150-unit m150-system' -tags m150
}

# Half a minute for the browser, five for the rest, most of which wait for timers, so that
# several run at a time.
stage_conformance() {
	find_m150 || return
	suite conformance tests -tags m150,conformance -timeout 30m ./conformance/internal/... ./conformance/browser ./conformance/wpt
}

prepare_race() { go build -race ./goapi/...; }
# The events and choices of encoders are Go's part in hw/.
stage_race() {
	suite race . -race -timeout 15m ./goapi/...
	suite race-hardware tests -race -timeout 15m -run 'TestFallsBackOnTheVeryFrame|TestSimulcast|TestChoice|TestProbe' ./hardware
}

# -asan alone instruments what cgo compiles as C, not as C++.
asan_compiler() { export CC=gcc CXX=g++ CGO_CXXFLAGS="-g -O1 -fsanitize=address -fno-omit-frame-pointer"; }
prepare_asan() {
	asan_compiler
	go build -asan ./goapi/...
}
# Calls over the doubles: what is encoded, what falls back on the very frame, what hangs and is
# given up, layers, the memory of devices, and what senders choose.
asan_calls='TestCall$|TestFallsBackOnTheVeryFrame/(end|garbage)|TestCodecsFallBack/VP8|TestSimulcast$'
asan_calls+='|TestChoiceOfASender|TestZeroCopy|TestReadingThatHangs|TestRequiredLayers|TestH265$|TestAV1$'
# Each package is linked with -o because only then a test binary keeps the symbols that
# a report needs.
stage_asan() {
	local package rc=0
	asan_compiler
	# libwebrtc's archive is not instrumented: containers that it and the bridge
	# share would be taken for overflown.
	export ASAN_OPTIONS=detect_leaks=1:detect_container_overflow=0
	{
		for package in $(go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./cgo/... ./goapi/...); do
			go test -json -count 1 -vet off -asan -timeout 15m -o "$root/build/asan.test" "$package" || rc=$?
		done
		exit "$rc" # of this part of the pipe
	} 2>&1 | "$testcount" -stage asan -record "$record"
	# What encodes on devices, and the doubles below it. The double that is preloaded comes
	# before the sanitizer, and replaces nothing of it.
	export ASAN_OPTIONS=$ASAN_OPTIONS:detect_stack_use_after_return=1:verify_asan_link_order=0
	export LSAN_OPTIONS=suppressions=$root/tests/hardware/leaks.supp:print_suppressions=0
	export NATIVERTC_NATIVE_FLAGS="-O0 -fsanitize=address -fno-omit-frame-pointer"
	suite asan-calls tests -asan -timeout 15m -o "$root/build/asan.test" -run "$asan_calls" ./hardware
	# The encoders' own tests are a program in C++.
	unset CC CXX CGO_CXXFLAGS
	ASAN_OPTIONS=detect_leaks=1:verify_asan_link_order=0 suite asan-hardware tests -timeout 15m -run TestNative ./hardware
}

videotoolbox_double() {
	local double=$root/tests/doubles dir=$root/build/videotoolbox
	export CGO_CXXFLAGS="-g -O1 -DNRTC_HW_VIDEOTOOLBOX_STAND_IN -I$double/videotoolbox"
	export CGO_LDFLAGS="-L$dir -lvideotoolbox_double"
}
prepare_videotoolbox() {
	videotoolbox_double
	go build -tags videotoolbox_double ./goapi/...
}
stage_videotoolbox() {
	local double=$root/tests/doubles dir=$root/build/videotoolbox source
	rm -rf "$dir" && mkdir -p "$dir"
	for source in "$double"/videotoolbox/*.cc "$double/h264/slice_data.cc"; do
		g++ -std=c++20 -O1 -fPIC -fvisibility=hidden -I"$double/videotoolbox" -c "$source" -o "$dir/$(basename "$source").o"
	done
	ar rcs "$dir/libvideotoolbox_double.a" "$dir"/*.o
	videotoolbox_double
	suite videotoolbox tests -tags videotoolbox_double -timeout 15m -run TestVideoToolboxDouble ./hardware
}

prepare_gcstress() { go build -tags nativertc_gcstress ./...; }
stage_gcstress() { suite gcstress . -tags nativertc_gcstress -timeout 20m $(library_packages); }

bazel_targets="//... //tests/processes:processes_arm64_test //tools/platforms:arm64_tests"
# What actions made is kept in the user's cache, for the next build from nothing.
bazel_cache=${XDG_CACHE_HOME:-$HOME/.cache}/nativertc/bazel

# Bazel's server would keep the low priority, and is ended.
prepare_bazel() {
	bazel build --config=ci --disk_cache="$bazel_cache" $bazel_targets
	bazel shutdown
}
stage_bazel() {
	command -v bazel >/dev/null || {
		echo "testall: there is no bazel; run: tools/setup/setup.sh bazel" >&2
		return 1
	}
	tools/bazel/buildfiles.sh
	bazel_suite . --disk_cache="$bazel_cache" $bazel_targets
	bazel_suite examples/bazel-consumer --disk_cache="$bazel_cache" //...
}

# bazel_suite DIR ARGS...: one bazel test command in a workspace. Each of its targets
# counts as one test.
bazel_suite() {
	local dir=$1 rc=0 log=$root/build/bazel.log
	shift
	(cd "$dir" && bazel test --config=ci "$@") >"$log" 2>&1 || rc=$?
	sed -nE 's#^(//[^ ]+) +(\(cached\) )?PASSED.*#{"Action":"pass","Package":"bazel","Test":"\1"}#p
		s#^(//[^ ]+) +(FAILED|TIMEOUT|NO STATUS|INCOMPLETE).*#{"Action":"fail","Package":"bazel","Test":"\1"}#p' "$log" |
		"$testcount" -stage "bazel-$(basename "$(cd "$dir" && pwd)")" -record "$record" || rc=1
	((rc == 0)) || cat "$log"
	return "$rc"
}

# The bound is a number of inputs, because go test now and then reports a bound in
# time as a failure of its own ("context deadline exceeded", golang.org/issue/75804) at
# the moment it ends. Its -timeout does not hold while it fuzzes, so timeout(1) does.
stage_fuzz() {
	local target bound
	for target in FuzzRemoteCandidate FuzzRemoteDescription FuzzNegotiation FuzzParseICECandidate FuzzParseStatsReport; do
		bound=${NATIVERTC_FUZZ:-10000x}
		# These make connections for each input.
		case $target in FuzzRemoteDescription | FuzzNegotiation) bound=${NATIVERTC_FUZZ:-1000x} ;; esac
		timeout -k 10s 5m go test -json -vet off -run '^$' -fuzz "^$target\$" \
			-fuzzminimizetime 10x -fuzztime "$bound" ./goapi 2>&1 |
			"$testcount" -stage "fuzz-$target" -record "$record"
	done
}

# prepare compiles what later stages need, beside those that come first, whose tests wait
# for media and timers most of the time. It takes what they leave of the processors. What
# fails here fails in its stage too, which tells of it.
prepare() {
	local stage m150_missing=$prepared/m150-missing
	set +e
	renice -n 19 -p "$BASHPID" >/dev/null
	for stage in $stages; do
		if declare -F "prepare_$stage" >/dev/null; then
			(
				set -e
				"prepare_$stage"
			)
		fi
		: >"$prepared/$stage"
	done
}

# prepared_or_over waits until a stage is prepared.
prepared_or_over() {
	while [ ! -e "$prepared/$1" ] && kill -0 "$preparing" 2>/dev/null; do
		sleep 1
	done
}

mkdir -p build
rm -rf "$record" build/events && mkdir build/events
go build -o "$testcount" ./tools/testcount
prepared=$root/build/prepared
rm -rf "$prepared" && mkdir "$prepared"
preparing=

failed=
not_tested=
for stage in $stages; do
	if ! declare -F "stage_$stage" >/dev/null; then
		echo "testall: there is no stage '$stage'" >&2
		failed=$stage
		break
	fi
	echo "==== $stage"
	started=$SECONDS
	case $stage in
	lint | build) ;; # these only compile
	*)
		if [ -z "$preparing" ]; then
			set -m # a process group of its own, to end it whole
			prepare >build/prepare.log 2>&1 &
			set +m
			preparing=$!
			trap 'kill -- "-$preparing" 2>/dev/null || true' EXIT
		fi
		prepared_or_over "$stage"
		;;
	esac
	m150_missing=$root/build/m150-missing
	rm -f "$m150_missing"
	# A subshell that is no condition, so that errexit holds inside it and what
	# it exports stays there.
	set +e
	(
		set -e
		"stage_$stage"
	)
	rc=$?
	set -e
	if [ -e "$m150_missing" ]; then
		rc=0
		not_tested+=" $stage"
	fi
	echo "==== $stage: $((SECONDS - started)) s, status $rc"
	if ((rc != 0)); then
		failed=$stage
		break
	fi
done

echo "==== summary"
if [ -n "$not_tested" ]; then
	echo "NOT TESTED:$not_tested: there is no prefix of m150; name an archive with NATIVERTC_LIBWEBRTC_ARCHIVE (third_party/libwebrtc/README.md)"
fi
"$testcount" -summary "$record" ${failed:+-failed "$failed"}
