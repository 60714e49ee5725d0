// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The workloads. Each prints its result, one JSON object of numbers.

#ifndef NATIVE_WORKLOADS_H_
#define NATIVE_WORKLOADS_H_

#include <string>
#include <vector>

namespace bench {

using Arguments = std::vector<std::string>;

void Throughput(const Arguments& arguments);   // SIZE COUNT HIGH LOW
void Latency(const Arguments& arguments);      // SIZE COUNT
void Connections(const Arguments& arguments);  // COUNT
void Memory(const Arguments& arguments);       // COUNT
void Video(const Arguments& arguments);        // FILE WIDTH HEIGHT FPS SECONDS BITRATE

struct Value {
  const char* name;
  double value;
};
void Print(const std::vector<Value>& values);

}  // namespace bench

#endif  // NATIVE_WORKLOADS_H_
