// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/library.h"

#include <dlfcn.h>

namespace nrtc::hw {

bool Library::Open(const char* name, std::string& error) {
  name_ = name;
  handle_ = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (handle_ != nullptr) return true;
  const char* reason = dlerror();
  error = reason != nullptr ? reason : "cannot open " + name_;
  return false;
}

void* Library::Symbol(const char* name) const {
  return dlsym(handle_, name);
}

}  // namespace nrtc::hw
