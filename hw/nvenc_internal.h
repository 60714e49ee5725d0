// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// CUDA and NVENC, opened at run time. Only for bodies that know nvEncodeAPI.h.

#ifndef NRTC_HW_NVENC_INTERNAL_H_
#define NRTC_HW_NVENC_INTERNAL_H_

#if defined(__linux__) && __has_include(<ffnvcodec/nvEncodeAPI.h>)
#define NRTC_HW_NVENC 1

#include <ffnvcodec/dynlink_cuda.h>
#include <ffnvcodec/nvEncodeAPI.h>

#include <memory>
#include <string>

#include "hw/device.h"
#include "hw/library.h"

namespace nrtc::hw {

// The part of CUDA's driver interface that is needed: numbers and opaque pointers.
struct CudaFunctions {
  int (*Init)(unsigned flags);
  int (*DeviceGetCount)(int* count);
  int (*DeviceGet)(int* device, int ordinal);
  int (*DeviceGetName)(char* name, int size, int device);
  int (*DevicePrimaryCtxRetain)(void** context, int device);
  int (*DevicePrimaryCtxRelease)(int device);
  int (*CtxPushCurrent)(void* context);
  int (*CtxPopCurrent)(void** context);
  int (*CtxGetDevice)(int* device);
  int (*MemAllocPitch)(CUdeviceptr* memory, size_t* pitch, size_t row, size_t rows, unsigned element);
  int (*MemFree)(CUdeviceptr memory);
  int (*Memcpy2D)(const CUDA_MEMCPY2D* copy);
  int (*PointerGetAttribute)(void* value, int attribute, CUdeviceptr memory);
};

struct NvencLibraries {
  CudaFunctions cuda;
  NV_ENCODE_API_FUNCTION_LIST nvenc;
};

// nullptr, and says why, without CUDA and a driver that it works with.
const CudaFunctions* LoadCuda(std::string& error);
// nullptr, and says why, without CUDA and NVENC, or where it is too old.
const NvencLibraries* LoadNvenc(std::string& error);

// A session of the driver that encodes nothing yet.
class NvencSession {
 public:
  // With the context, if it is of that device, or else with the device's primary one.
  static std::unique_ptr<NvencSession> Open(const std::string& device, void* context, Status& status);
  ~NvencSession();
  NvencSession(const NvencSession&) = delete;

  // Makes CUDA's context current while it exists.
  class Current {
   public:
    explicit Current(const NvencSession& session);
    ~Current();

   private:
    const CudaFunctions& cuda_;
  };

  const NV_ENCODE_API_FUNCTION_LIST& api() const { return libraries_.nvenc; }
  void* encoder() const { return encoder_; }
  int device() const { return number_; }
  void* context() const { return context_; }
  const std::string& name() const { return name_; }
  Status Check(NVENCSTATUS result, const char* what) const;
  // What the codec and the device allow; 0 where that is not known.
  int Capability(const GUID& codec, NV_ENC_CAPS what) const;
  // How many it encodes, 1 to 3.
  int TemporalLayers(Codec codec) const;

 private:
  explicit NvencSession(const NvencLibraries& libraries) : libraries_(libraries) {}

  const NvencLibraries& libraries_;
  bool Enter(int handle, void* context);

  int number_ = 0;    // as CUDA counts
  int retained_ = -1;  // the device whose primary context it is
  void* context_ = nullptr;
  void* encoder_ = nullptr;
  std::string name_;
};

// As NVENC names it; of those that this interface has.
const GUID& NvencCodec(Codec codec);

std::unique_ptr<Session> OpenNvenc(std::unique_ptr<NvencSession> session, const StreamConfig& config, Status& status);

}  // namespace nrtc::hw

#endif  // <ffnvcodec/nvEncodeAPI.h>

#endif  // NRTC_HW_NVENC_INTERNAL_H_
