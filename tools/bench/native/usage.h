// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What the process takes from the machine.

#ifndef NATIVE_USAGE_H_
#define NATIVE_USAGE_H_

#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstring>

namespace bench {

// CPU time of all threads, by the program and by the kernel for it.
inline double CpuSeconds() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// A number of /proc/self/status, such as VmRSS (in KiB) or Threads.
inline double StatusField(const char* name) {
  double value = 0;
  FILE* file = std::fopen("/proc/self/status", "r");
  if (file == nullptr) return 0;
  char line[256];
  size_t length = std::strlen(name);
  while (std::fgets(line, sizeof line, file) != nullptr) {
    if (std::strncmp(line, name, length) == 0 && line[length] == ':') std::sscanf(line + length + 1, "%lf", &value);
  }
  std::fclose(file);
  return value;
}

inline double Now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace bench

#endif  // NATIVE_USAGE_H_
