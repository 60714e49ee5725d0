// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#ifndef SMOKE_CHECK_H_
#define SMOKE_CHECK_H_

#include <cstdio>
#include <cstdlib>

// CHECK ends the program with a message unless the condition holds.
#define CHECK(condition)                                                              \
  do {                                                                                \
    if (!(condition)) {                                                               \
      std::fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #condition);    \
      std::exit(1);                                                                   \
    }                                                                                 \
  } while (false)

#endif  // SMOKE_CHECK_H_
