// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The benchmark's peers as a C++ program over libwebrtc, without the bridge and
// without Go: what the Go library is measured against.

#include <cstdio>
#include <cstdlib>

#include "revision.h"
#include "workloads.h"

namespace bench {

void Fail(const std::string& what) {
  std::fprintf(stderr, "native: %s\n", what.c_str());
  // Not exit: other threads still run.
  std::_Exit(1);
}

void Print(const std::vector<Value>& values) {
  const char* separator = "{";
  for (const auto& v : values) {
    std::printf("%s\"%s\":%.9g", separator, v.name, v.value);
    separator = ",";
  }
  std::printf("}\n");
  std::fflush(stdout);
}

}  // namespace bench

int main(int argc, char** argv) {
  static const struct {
    const char* name;
    void (*run)(const bench::Arguments&);
    size_t arguments;
  } kWorkloads[] = {
      {"throughput", bench::Throughput, 4}, {"latency", bench::Latency, 2}, {"connections", bench::Connections, 1},
      {"memory", bench::Memory, 1},         {"video", bench::Video, 6},
  };
  webrtc::LogMessage::LogToDebug(webrtc::LS_NONE);
  webrtc::LogMessage::SetLogToStderr(false);
  if (!bench::InitializeSSL()) bench::Fail("libwebrtc's TLS does not start");
  bench::Arguments arguments(argv + 1, argv + argc);
  for (const auto& workload : kWorkloads) {
    if (arguments.empty() || arguments[0] != workload.name || arguments.size() != workload.arguments + 1) continue;
    arguments.erase(arguments.begin());
    workload.run(arguments);
    return 0;
  }
  bench::Fail("usage: native WORKLOAD ARGUMENT...");
}
