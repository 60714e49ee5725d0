// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The flat encoding of arguments, results and event records. C++ side; the Go
// side is package cgo's wire.go. Integers are in the machine's own order, both
// sides being one process. A string is a uint32 length and its bytes, which may
// hold NUL. A list is a uint32 count and its elements. An optional is a byte 0,
// or 1 and the value. An enum is its W3C string: the numbers behind libwebrtc's
// enums differ between revisions, their W3C names do not.

#ifndef NRTC_BRIDGE_WIRE_H_
#define NRTC_BRIDGE_WIRE_H_

#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "bridge/base.h"
#include "bridge/compat/compat.h"

namespace nrtc {

class Writer {
 public:
  template <typename T>
  void Num(T value) {
    static_assert(std::is_arithmetic_v<T>);
    Bytes(&value, sizeof value);
  }
  void U8(uint8_t v) { Num(v); }
  void Bool(bool v) { Num<uint8_t>(v ? 1 : 0); }
  void U16(uint16_t v) { Num(v); }
  void U32(uint32_t v) { Num(v); }
  void U64(uint64_t v) { Num(v); }
  void I32(int32_t v) { Num(v); }
  void I64(int64_t v) { Num(v); }
  void F64(double v) { Num(v); }
  void Str(const char* data, size_t size) {
    U32(static_cast<uint32_t>(size));
    Bytes(data, size);
  }
  template <typename S>
  void Str(const S& s) {
    Str(s.data(), s.size());
  }
  void Str(const char* s) { Str(s, std::strlen(s)); }
  // Any optional type: revisions differ in which one they use.
  template <typename O, typename F>
  void Opt(const O& o, F write) {
    Bool(o.has_value());
    if (o.has_value()) write(*o);
  }
  template <typename L, typename F>
  void List(const L& list, F write) {
    U32(static_cast<uint32_t>(list.size()));
    for (const auto& e : list) write(e);
  }
  // A reference to a reference-counted object: it passes to the reader.
  template <typename T>
  void Ref(webrtc::scoped_refptr<T> object) {
    webrtc::RefCountInterface* base = object.release();
    U64(reinterpret_cast<uintptr_t>(base));
  }
  void Bytes(const void* data, size_t size) {
    const auto* p = static_cast<const uint8_t*>(data);
    buffer_.insert(buffer_.end(), p, p + size);
  }
  std::vector<uint8_t>& buffer() { return buffer_; }

 private:
  std::vector<uint8_t> buffer_;
};

// Never reads past its input: what is missing reads as zero, and ok() tells.
class Reader {
 public:
  Reader(const uint8_t* data, size_t size) : p_(data), end_(data + size) {}
  template <typename T>
  T Num() {
    T v{};
    if (Has(sizeof v)) {
      std::memcpy(&v, p_, sizeof v);
      p_ += sizeof v;
    }
    return v;
  }
  uint8_t U8() { return Num<uint8_t>(); }
  bool Bool() { return U8() != 0; }
  uint16_t U16() { return Num<uint16_t>(); }
  uint32_t U32() { return Num<uint32_t>(); }
  uint64_t U64() { return Num<uint64_t>(); }
  int32_t I32() { return Num<int32_t>(); }
  int64_t I64() { return Num<int64_t>(); }
  double F64() { return Num<double>(); }
  std::string Str() {
    size_t n = U32();
    if (!Has(n)) return {};
    std::string s(reinterpret_cast<const char*>(p_), n);
    p_ += n;
    return s;
  }
  template <typename F>
  auto Opt(F read) -> std::optional<decltype(read())> {
    if (!Bool()) return std::nullopt;
    return read();
  }
  template <typename F>
  auto List(F read) -> std::vector<decltype(read())> {
    std::vector<decltype(read())> out;
    for (uint32_t n = U32(); n > 0 && ok_; --n) out.push_back(read());
    return out;
  }
  // A borrowed object: the caller keeps its reference.
  template <typename T>
  T* Borrow() {
    auto* base = reinterpret_cast<webrtc::RefCountInterface*>(static_cast<uintptr_t>(U64()));
    return static_cast<T*>(base);
  }
  bool ok() const { return ok_; }

 private:
  bool Has(size_t n) {
    if (ok_ && static_cast<size_t>(end_ - p_) >= n) return true;
    ok_ = false;
    return false;
  }
  const uint8_t* p_;
  const uint8_t* end_;
  bool ok_ = true;
};

// An error on the wire: RTCErrorType's own name, message, RTCErrorDetailType's
// W3C name, the SCTP cause code if any, and the line of SDP at fault if known.
void WriteError(Writer& w, const webrtc::RTCError& error, std::string_view sdp_line = {});

// Hands a finished result to the caller as NRTC_OUT says.
size_t Deliver(const Writer& w, uint8_t* out, size_t out_cap, uint8_t** out_more);

// Runs body(writer), which writes the values and returns webrtc::RTCError, and
// delivers what it wrote or the error.
template <typename F>
size_t Reply(uint8_t* out, size_t out_cap, uint8_t** out_more, F body) {
  Writer w;
  w.U8(0);
  webrtc::RTCError error = body(w);
  if (!error.ok()) {
    w = Writer();
    w.U8(1);
    WriteError(w, error);
  }
  return Deliver(w, out, out_cap, out_more);
}

// From a handle to the object and back. Handles are always the address of the
// RefCountInterface inside the object, so that one nrtc_unref serves all.
template <typename T>
T* FromHandle(void* handle) {
  return static_cast<T*>(reinterpret_cast<webrtc::RefCountInterface*>(handle));
}

template <typename H, typename T>
H* ToHandle(webrtc::scoped_refptr<T> object) {
  webrtc::RefCountInterface* base = object.release();
  return reinterpret_cast<H*>(base);
}

}  // namespace nrtc

#endif  // NRTC_BRIDGE_WIRE_H_
