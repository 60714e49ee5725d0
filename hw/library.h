// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Shared libraries that are opened when they are needed: a program that holds this
// code starts on a machine without them.

#ifndef NRTC_HW_LIBRARY_H_
#define NRTC_HW_LIBRARY_H_

#include <string>

namespace nrtc::hw {

// Opened once and, being drivers, never closed.
class Library {
 public:
  // Sets error where it cannot be opened.
  bool Open(const char* name, std::string& error);

  // Looks a function up. Sets error, if nothing was wrong before, where there is none.
  template <typename F>
  void Find(const char* name, F*& function, std::string& error) const {
    function = reinterpret_cast<F*>(Symbol(name));
    if (function == nullptr && error.empty()) error = name_ + " is too old: it has no " + name;
  }
  // nullptr if there is none.
  template <typename F>
  void FindOptional(const char* name, F*& function) const {
    function = reinterpret_cast<F*>(Symbol(name));
  }

 private:
  void* Symbol(const char* name) const;

  std::string name_;
  void* handle_ = nullptr;
};

}  // namespace nrtc::hw

#endif  // NRTC_HW_LIBRARY_H_
