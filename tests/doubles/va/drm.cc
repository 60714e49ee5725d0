// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Preloaded by tests: makes libva's vaGetDisplayDRM take any file, /dev/null say,
// for a render node, on machines without a GPU.

extern "C" __attribute__((visibility("default"))) int drmGetNodeTypeFromFd(int) {
  return 2;  // DRM_NODE_RENDER
}
