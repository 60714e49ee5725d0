// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A libcuda.so.1 in software, for tests: it counts GPUs that are none and keeps
// track of whose context is current.
//
// Environment:
//   NATIVERTC_CUDA_DOUBLE_GPUS   how many GPUs it counts, 1 if not set; -1 fails
//                                in cuInit

#include <cstdlib>
#include <cstring>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

int Gpus() {
  const char* text = std::getenv("NATIVERTC_CUDA_DOUBLE_GPUS");
  return text ? std::atoi(text) : 1;
}

constexpr int kSuccess = 0, kInvalidValue = 1, kNoDevice = 100, kInvalidDevice = 101, kInvalidContext = 201;
char contexts[16];
thread_local std::vector<void*> current;

}  // namespace

EXPORT int cuInit(unsigned) {
  return Gpus() < 0 ? kNoDevice : kSuccess;
}

EXPORT int cuDeviceGetCount(int* count) {
  *count = Gpus();
  return kSuccess;
}

EXPORT int cuDeviceGet(int* device, int ordinal) {
  *device = ordinal;
  return ordinal >= 0 && ordinal < Gpus() ? kSuccess : kInvalidDevice;
}

EXPORT int cuDeviceGetName(char* name, int size, int) {
  std::strncpy(name, "nativertc test double, no hardware", static_cast<size_t>(size));
  return kSuccess;
}

EXPORT int cuDevicePrimaryCtxRetain(void** context, int device) {
  *context = &contexts[device];
  return kSuccess;
}

EXPORT int cuDevicePrimaryCtxRelease(int) {
  return kSuccess;
}

EXPORT int cuCtxPushCurrent_v2(void* context) {
  if (!context) return kInvalidContext;
  current.push_back(context);
  return kSuccess;
}

EXPORT int cuCtxPopCurrent_v2(void** context) {
  if (current.empty()) return kInvalidContext;
  *context = current.back();
  current.pop_back();
  return kSuccess;
}

EXPORT int cuCtxGetCurrent(void** context) {
  *context = current.empty() ? nullptr : current.back();
  return kSuccess;
}
