// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Loads the shared library that it is given, into a program that has OpenSSL and FFmpeg
// already, and makes the library's call.

#include <dlfcn.h>

#include <cstdio>
#include <cstring>

#include "check.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <openssl/crypto.h>
}

int main(int argc, char** argv) {
  CHECK(argc == 2);
  CHECK(avcodec_version() == LIBAVCODEC_VERSION_INT);
  CHECK(std::strstr(OpenSSL_version(OPENSSL_VERSION), "OpenSSL 3") != nullptr);
  void* library = dlopen(argv[1], RTLD_NOW | RTLD_GLOBAL);
  if (library == nullptr) std::fprintf(stderr, "%s\n", dlerror());
  CHECK(library != nullptr);
  auto call = reinterpret_cast<int (*)()>(dlsym(library, "SmokeCall"));
  CHECK(call != nullptr);
  return call();
}
