// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

// The bodies of rtc_base/weak_ptr.h, which take the place of the library's own:
// a linker takes an object out of an archive only for what is still undefined.
//
// The library is built with its debugging checks, and one of them, in its
// weak_ptr.cc, ends the process by a bug of its own: a PeerConnection has a weak
// pointer looked at on the network thread when a DTLS handshake fails, and
// invalidates it on the signaling thread when it is destroyed. Any peer could
// bring that about with a wrong fingerprint. So these bodies do not check the
// thread.

#include "rtc_base/weak_ptr.h"

namespace rtc::internal {

WeakReference::Flag::Flag() : is_valid_(true) {}
WeakReference::Flag::~Flag() = default;
void WeakReference::Flag::Invalidate() { is_valid_ = false; }
bool WeakReference::Flag::IsValid() const { return is_valid_; }

WeakReference::WeakReference() = default;
WeakReference::WeakReference(const Flag* flag) : flag_(flag) {}
WeakReference::~WeakReference() = default;
WeakReference::WeakReference(WeakReference&& other) = default;
WeakReference::WeakReference(const WeakReference& other) = default;
bool WeakReference::is_valid() const { return flag_ && flag_->IsValid(); }

WeakReferenceOwner::WeakReferenceOwner() = default;
WeakReferenceOwner::~WeakReferenceOwner() { Invalidate(); }

WeakReference WeakReferenceOwner::GetRef() const {
  if (!HasRefs()) flag_ = new RefCountedObject<WeakReference::Flag>();
  return WeakReference(flag_.get());
}

void WeakReferenceOwner::Invalidate() {
  if (!flag_) return;
  flag_->Invalidate();
  flag_ = nullptr;
}

WeakPtrBase::WeakPtrBase() = default;
WeakPtrBase::~WeakPtrBase() = default;
WeakPtrBase::WeakPtrBase(const WeakReference& ref) : ref_(ref) {}

}  // namespace rtc::internal
