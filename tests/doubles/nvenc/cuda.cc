// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// A libcuda.so.1 in software, for tests: it counts GPUs that are none, whose memory
// is that of the process, and keeps track of whose context is current.
//
// Environment:
//   NATIVERTC_CUDA_DOUBLE_GPUS   how many GPUs it counts, 1 if not set; -1 fails
//                                in cuInit
//   NATIVERTC_NVENC_DOUBLE_LOG   a file to which it appends how much memory is left
//                                whenever some is given back

#include <ffnvcodec/dynlink_cuda.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

int Gpus() {
  const char* text = std::getenv("NATIVERTC_CUDA_DOUBLE_GPUS");
  return text ? std::atoi(text) : 1;
}

constexpr int kSuccess = 0, kInvalidValue = 1, kNoDevice = 100, kInvalidDevice = 101, kInvalidContext = 201,
              kNotSupported = 801;
char contexts[16];
thread_local std::vector<void*> current;

// Memory belongs to the context in which it was allocated.
struct Block {
  size_t size = 0;
  void* context = nullptr;
};

struct Memory {
  std::mutex mutex;
  std::map<uintptr_t, Block> blocks;
  std::map<void*, int> devices;  // of contexts that are not primary
};

Memory& TheMemory() {
  static auto* memory = new Memory;
  return *memory;
}

// The block in which the address is, and where it begins; none of size 0.
std::pair<uintptr_t, Block> BlockOf(uintptr_t address) {
  std::lock_guard<std::mutex> lock(TheMemory().mutex);
  auto after = TheMemory().blocks.upper_bound(address);
  if (after == TheMemory().blocks.begin()) return {};
  auto found = std::prev(after);
  if (address >= found->first + found->second.size) return {};
  return *found;
}

bool Owns(uintptr_t address, size_t size, const void* context) {
  auto [start, block] = BlockOf(address);
  return block.size > 0 && block.context == context && address + size <= start + block.size;
}

// The number of the device of a context; -1 if it is none.
int DeviceOf(void* context) {
  for (int i = 0; i < 16; ++i) {
    if (context == &contexts[i]) return i;
  }
  std::lock_guard<std::mutex> lock(TheMemory().mutex);
  auto found = TheMemory().devices.find(context);
  return found == TheMemory().devices.end() ? -1 : found->second;
}

}  // namespace

// For the double of NVENC.
EXPORT int cuDoubleOwns(const void* memory, size_t size, const void* context) {
  return Owns(reinterpret_cast<uintptr_t>(memory), size, context);
}

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

EXPORT int cuDeviceComputeCapability(int* major, int* minor, int) {
  *major = 7;
  *minor = 5;
  return kSuccess;
}

EXPORT int cuDevicePrimaryCtxRetain(void** context, int device) {
  *context = &contexts[device];
  return kSuccess;
}

EXPORT int cuDevicePrimaryCtxRelease(int) {
  return kSuccess;
}

EXPORT int cuCtxCreate_v2(void** context, unsigned, int device) {
  if (device < 0 || device >= Gpus()) return kInvalidDevice;
  *context = new char;
  current.push_back(*context);
  std::lock_guard<std::mutex> lock(TheMemory().mutex);
  TheMemory().devices[*context] = device;
  return kSuccess;
}

EXPORT int cuCtxDestroy_v2(void* context) {
  {
    std::lock_guard<std::mutex> lock(TheMemory().mutex);
    if (!TheMemory().devices.erase(context)) return kInvalidContext;
  }
  delete static_cast<char*>(context);
  return kSuccess;
}

EXPORT int cuCtxPushCurrent_v2(void* context) {
  if (DeviceOf(context) < 0) return kInvalidContext;
  current.push_back(context);
  return kSuccess;
}

EXPORT int cuCtxPopCurrent_v2(void** context) {
  if (current.empty()) return kInvalidContext;
  if (context) *context = current.back();
  current.pop_back();
  return kSuccess;
}

EXPORT int cuCtxGetCurrent(void** context) {
  *context = current.empty() ? nullptr : current.back();
  return kSuccess;
}

EXPORT int cuCtxGetDevice(int* device) {
  if (current.empty()) return kInvalidContext;
  *device = DeviceOf(current.back());
  return kSuccess;
}

EXPORT int cuPointerGetAttribute(void* value, int attribute, uintptr_t memory) {
  auto [start, block] = BlockOf(memory);
  if (block.size == 0) return kInvalidValue;
  const unsigned type = CU_MEMORYTYPE_DEVICE;
  const int device = DeviceOf(block.context);
  switch (attribute) {
    case 1:  // CU_POINTER_ATTRIBUTE_CONTEXT
      std::memcpy(value, &block.context, sizeof block.context);
      return kSuccess;
    case 2:  // CU_POINTER_ATTRIBUTE_MEMORY_TYPE
      std::memcpy(value, &type, sizeof type);
      return kSuccess;
    case 9:  // CU_POINTER_ATTRIBUTE_DEVICE_ORDINAL
      std::memcpy(value, &device, sizeof device);
      return kSuccess;
    case 11:  // CU_POINTER_ATTRIBUTE_RANGE_START_ADDR
      std::memcpy(value, &start, sizeof start);
      return kSuccess;
    case 12:  // CU_POINTER_ATTRIBUTE_RANGE_SIZE
      std::memcpy(value, &block.size, sizeof block.size);
      return kSuccess;
    default:
      return kNotSupported;
  }
}

EXPORT int cuMemAllocPitch_v2(uintptr_t* memory, size_t* pitch, size_t width, size_t height, unsigned) {
  if (current.empty()) return kInvalidContext;
  if (width == 0 || height == 0) return kInvalidValue;
  *pitch = (width + 511) / 512 * 512;
  *memory = reinterpret_cast<uintptr_t>(std::malloc(*pitch * height));
  std::memset(reinterpret_cast<void*>(*memory), 0xee, *pitch * height);
  std::lock_guard<std::mutex> lock(TheMemory().mutex);
  TheMemory().blocks[*memory] = {*pitch * height, current.back()};
  return kSuccess;
}

EXPORT int cuMemFree_v2(uintptr_t memory) {
  if (current.empty()) return kInvalidContext;
  std::lock_guard<std::mutex> lock(TheMemory().mutex);
  if (!TheMemory().blocks.erase(memory)) return kInvalidValue;
  std::free(reinterpret_cast<void*>(memory));
  const char* path = std::getenv("NATIVERTC_NVENC_DOUBLE_LOG");
  if (FILE* f = path ? std::fopen(path, "a") : nullptr) {
    std::fprintf(f, "memory blocks=%zu\n", TheMemory().blocks.size());
    std::fclose(f);
  }
  return kSuccess;
}

EXPORT int cuMemcpy2D_v2(const CUDA_MEMCPY2D* c) {
  if (current.empty()) return kInvalidContext;
  auto end = [&](uintptr_t base, size_t y, size_t pitch) {
    return Owns(base, pitch * (y + c->Height - 1) + c->WidthInBytes, current.back());
  };
  const auto* from = static_cast<const uint8_t*>(c->srcHost);
  auto* to = static_cast<uint8_t*>(c->dstHost);
  if (c->srcMemoryType == CU_MEMORYTYPE_DEVICE) {
    if (!end(c->srcDevice, c->srcY, c->srcPitch)) return kInvalidValue;
    from = reinterpret_cast<const uint8_t*>(c->srcDevice);
  } else if (c->srcMemoryType != CU_MEMORYTYPE_HOST) {
    return kNotSupported;
  }
  if (c->dstMemoryType == CU_MEMORYTYPE_DEVICE) {
    if (!end(c->dstDevice, c->dstY, c->dstPitch)) return kInvalidValue;
    to = reinterpret_cast<uint8_t*>(c->dstDevice);
  } else if (c->dstMemoryType != CU_MEMORYTYPE_HOST) {
    return kNotSupported;
  }
  for (size_t row = 0; row < c->Height; ++row) {
    std::memcpy(to + (c->dstY + row) * c->dstPitch + c->dstXInBytes,
                from + (c->srcY + row) * c->srcPitch + c->srcXInBytes, c->WidthInBytes);
  }
  return kSuccess;
}

// What other programs look up and need not call to encode.
#define UNSUPPORTED(name) \
  EXPORT int name() { return kNotSupported; }
UNSUPPORTED(cuDeviceGetAttribute)
UNSUPPORTED(cuCtxSetLimit)
UNSUPPORTED(cuMemAlloc_v2)
UNSUPPORTED(cuMemAllocManaged)
UNSUPPORTED(cuMemsetD8Async)
UNSUPPORTED(cuMemcpy)
UNSUPPORTED(cuMemcpyAsync)
UNSUPPORTED(cuMemcpy2DAsync_v2)
UNSUPPORTED(cuMemcpyHtoD_v2)
UNSUPPORTED(cuMemcpyHtoDAsync_v2)
UNSUPPORTED(cuMemcpyDtoH_v2)
UNSUPPORTED(cuMemcpyDtoHAsync_v2)
UNSUPPORTED(cuMemcpyDtoD_v2)
UNSUPPORTED(cuMemcpyDtoDAsync_v2)
UNSUPPORTED(cuGetErrorName)
UNSUPPORTED(cuGetErrorString)
UNSUPPORTED(cuDevicePrimaryCtxSetFlags)
UNSUPPORTED(cuDevicePrimaryCtxGetState)
UNSUPPORTED(cuDevicePrimaryCtxReset)
UNSUPPORTED(cuStreamCreate)
UNSUPPORTED(cuStreamQuery)
UNSUPPORTED(cuStreamSynchronize)
UNSUPPORTED(cuStreamDestroy_v2)
UNSUPPORTED(cuStreamAddCallback)
UNSUPPORTED(cuEventCreate)
UNSUPPORTED(cuEventDestroy_v2)
UNSUPPORTED(cuEventSynchronize)
UNSUPPORTED(cuEventQuery)
UNSUPPORTED(cuEventRecord)
UNSUPPORTED(cuLaunchKernel)
UNSUPPORTED(cuLinkCreate)
UNSUPPORTED(cuLinkAddData)
UNSUPPORTED(cuLinkComplete)
UNSUPPORTED(cuLinkDestroy)
UNSUPPORTED(cuModuleLoadData)
UNSUPPORTED(cuModuleUnload)
UNSUPPORTED(cuModuleGetFunction)
UNSUPPORTED(cuModuleGetGlobal)
UNSUPPORTED(cuTexObjectCreate)
UNSUPPORTED(cuTexObjectDestroy)
UNSUPPORTED(cuGLGetDevices_v2)
UNSUPPORTED(cuGraphicsGLRegisterImage)
UNSUPPORTED(cuGraphicsUnregisterResource)
UNSUPPORTED(cuGraphicsMapResources)
UNSUPPORTED(cuGraphicsUnmapResources)
UNSUPPORTED(cuGraphicsSubResourceGetMappedArray)
UNSUPPORTED(cuGraphicsResourceGetMappedPointer_v2)
UNSUPPORTED(cuArray3DCreate_v2)
UNSUPPORTED(cuArrayDestroy)
