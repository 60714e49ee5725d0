// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

// edits are all the changes to the sources. Those to the build files make libwebrtc
// buildable by itself, with Debian's tools; those to the code, with Debian's compilers.
// None changes what it does.
var edits = append(buildEdits, codeEdits...)

var buildEdits = []edit{
	{
		name:   "standalone",
		why:    "libwebrtc's build files then stand for themselves and need nothing of the browser",
		file:   "build/config/gclient_args.gni",
		change: substitute{old: "build_with_chromium = true", new: "build_with_chromium = false"},
	},
	{
		name:   "standalone-abseil",
		why:    "Debian's patch for its GN lets libwebrtc be built only as a part of the browser",
		file:   "webrtc.gni",
		change: substitute{old: "assert(\"not building with chromium??\")", new: "# Abseil is named target by target.", times: 4},
	},
	{
		name:   "allowlist",
		why:    "Debian's GN knows the variable under its older name",
		file:   ".gn",
		change: substitute{old: "exec_script_allowlist = ", new: "exec_script_whitelist = "},
	},
	{
		name:   "tool-inputs",
		why:    "Debian's GN knows no inputs of a tool",
		file:   "build/toolchain/gcc_toolchain.gni",
		change: cut{from: "\n        # Add ar to inputs", upTo: "      }\n\n      # Almost all targets"},
	},
	{
		name: "pkg-config-path",
		why:  "for another architecture pkg-config would be sent to its sysroot, where the step libraries puts nothing",
		file: "build/config/linux/pkg_config.gni",
		change: substitute{
			old: "  common_pkg_config_args += [\n    \"-s\",\n    _rebased_sysroot,\n    \"-a\",\n    current_cpu,\n  ]\n",
			new: "  not_needed([ \"_rebased_sysroot\" ])\n",
		},
	},
	{
		name: "plain-relocations",
		why:  "only LLVM's own linker reads the compact relocations; users link with GNU's",
		file: "build/config/compiler/BUILD.gn",
		change: cut{
			from: "    if (is_linux && use_lld && current_cpu != \"arm\" && current_cpu != \"s390x\") {\n      cflags += [ \"-Wa,--crel",
			upTo: "  }\n\n  # C11/C++11 compiler flags setup.",
		},
	},
	{
		name: "no-compiler-library",
		why:  "programs are linked with the run-time library of their own compiler; Debian has clang's for this machine alone",
		file: "build/config/clang/BUILD.gn",
		change: cut{
			from: "  } else if (current_cpu != \"ppc64\" && current_cpu != \"s390x\") {\n    libname = \"builtins\"\n",
			upTo: "  }\n}\n\n# Adds a dependency on the Clang runtime library clang_rt.profile.",
		},
	},
	{
		name: "whole-library",
		why:  "the one archive is to hold also the codec factories and field trials that programs use",
		file: "BUILD.gn",
		change: substitute{
			old: "    deps = [\n      \"api:create_modular_peer_connection_factory\",\n",
			new: "    deps = [\n      \"api:create_modular_peer_connection_factory\",\n" +
				"      \"api:field_trials\",\n" +
				"      \"api/video_codecs:builtin_video_decoder_factory\",\n" +
				"      \"api/video_codecs:builtin_video_encoder_factory\",\n" +
				"      \"media:rtc_simulcast_encoder_adapter\",\n",
		},
	},
	{
		name: "no-perfetto",
		why:  "its tracing is switched off, and yet 1,400 files of it would be generated and compiled",
		file: "rtc_base/BUILD.gn",
		change: cut{
			from: "  all_dependent_configs = [ \"//third_party/perfetto/gn:public_config\" ]\n",
			upTo: "}\n\nrtc_library(\"histogram_percentile_counter\")",
		},
	},
	{
		name:   "no-zip",
		why:    "the target needs the browser's base library; nothing here needs it",
		file:   "third_party/zlib/BUILD.gn",
		change: cut{from: "static_library(\"zip\") {", upTo: "static_library(\"compression_utils\")"},
	},
	{
		name: "no-pulse",
		why:  "the sources for PulseAudio are compiled even where it is switched off",
		file: "modules/audio_device/BUILD.gn",
		change: cut{
			from: "        sources += [\n          \"linux/audio_device_pulse_linux.cc\",",
			upTo: "      }\n      if (is_mac) {",
		},
	},
}

var codeEdits = []edit{
	{
		name:   "map-key",
		why:    "libstdc++ 12 has no search in a map by a type other than its key that fits",
		file:   "call/payload_type_picker.cc",
		change: substitute{old: "find(std::pair{uri, encrypt})", new: "find(std::make_pair(std::string(uri), encrypt))", times: 2},
	},
	{
		name:   "nested-optional",
		why:    "libstdc++ 12 takes a nested struct with initializers for not default-constructible",
		file:   "call/rtp_config.cc",
		change: substitute{old: "stream_config.rtx.emplace();", new: "stream_config.rtx.emplace(RtpStreamConfig::Rtx());"},
	},
	{
		name:   "nullptr-type",
		why:    "the header names the type without its namespace, which libstdc++ has it in",
		file:   "rtc_base/ssl_stream_adapter.h",
		change: substitute{old: "      nullptr_t ", new: "      decltype(nullptr) "},
	},
	{
		name:   "network-type",
		why:    "for g++, a member of the name of its own type changes what the name means",
		file:   "p2p/base/port_interface.h",
		change: substitute{old: "virtual const Network* Network() const", new: "virtual const webrtc::Network* Network() const"},
	},
}
