// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/cuda_memory.h"

#include <map>
#include <mutex>
#include <vector>

#include "hw/nvenc_internal.h"
#include "hw/picture_copy.h"

namespace nrtc::hw {

#if defined(NRTC_HW_NVENC)

namespace {

constexpr int kLargestCudaPicture = 16383;
constexpr uint32_t kLargestCudaPitch = 1 << 20;

// Of CUpointer_attribute and CUmemorytype.
constexpr int kPointerContext = 1, kPointerMemoryType = 2, kPointerDevice = 9, kPointerRangeStart = 11,
              kPointerRangeSize = 12;
constexpr unsigned kMemoryOfDevice = 2;

Status CudaFailed(int result, const char* what) {
  return result == 0 ? Status()
                     : Status(std::string("CUDA could not ") + what + ": error " + std::to_string(result));
}

// The primary context of a device, which stays as long as the process once it was used:
// to make it takes long.
void* PrimaryContext(const CudaFunctions& cuda, int device, Status& status) {
  static auto* mutex = new std::mutex;
  static auto* contexts = new std::map<int, void*>;
  std::lock_guard<std::mutex> lock(*mutex);
  auto found = contexts->find(device);
  if (found != contexts->end()) return found->second;
  int handle = 0;
  if (cuda.DeviceGet(&handle, device) != 0) {
    status = Status("there is no GPU " + std::to_string(device));
    return nullptr;
  }
  void* context = nullptr;
  status = CudaFailed(cuda.DevicePrimaryCtxRetain(&context, handle), "make a context");
  if (status.ok()) (*contexts)[device] = context;
  return context;
}

// Makes a context current while it exists.
class CudaScope {
 public:
  // The primary one of the device if it is nullptr.
  CudaScope(int device, void* context) : cuda_(LoadCuda(error_)) {
    if (cuda_ == nullptr) {
      status_ = Status(error_);
      return;
    }
    if (context == nullptr) context = PrimaryContext(*cuda_, device, status_);
    if (status_.ok()) status_ = CudaFailed(cuda_->CtxPushCurrent(context), "use a context");
    pushed_ = status_.ok();
  }
  ~CudaScope() {
    void* context = nullptr;
    if (pushed_) cuda_->CtxPopCurrent(&context);
  }
  CudaScope(const CudaScope&) = delete;

  const Status& status() const { return status_; }
  const CudaFunctions& cuda() const { return *cuda_; }

 private:
  std::string error_;
  const CudaFunctions* cuda_;
  Status status_;
  bool pushed_ = false;
};

size_t CudaRow(const CudaPicture& p, int plane) {
  const auto chroma = static_cast<size_t>((p.width + 1) / 2);
  if (plane == 0) return static_cast<size_t>(p.width);
  return p.format == PixelFormat::kNV12 ? chroma * 2 : chroma;
}

size_t CudaRows(const CudaPicture& p, int plane) {
  return static_cast<size_t>(plane == 0 ? p.height : (p.height + 1) / 2);
}

// Whether the memory of a plane is what it is said to be.
Status CheckCudaPlane(const CudaFunctions& cuda, const CudaPicture& p, int plane) {
  const std::string name = "plane " + std::to_string(plane);
  const uint64_t address = p.data[plane];
  unsigned type = 0;
  if (cuda.PointerGetAttribute(&type, kPointerMemoryType, address) != 0 || type != kMemoryOfDevice) {
    return Status(name + " is not memory of a GPU");
  }
  int device = 0;
  if (cuda.PointerGetAttribute(&device, kPointerDevice, address) == 0 && device != p.device) {
    return Status(name + " is memory of the GPU " + std::to_string(device));
  }
  uint64_t start = 0;
  size_t size = 0;
  if (cuda.PointerGetAttribute(&start, kPointerRangeStart, address) != 0 ||
      cuda.PointerGetAttribute(&size, kPointerRangeSize, address) != 0) {
    return Status();  // not all memory has a range
  }
  const uint64_t end = address - start + uint64_t{p.pitch[plane]} * (CudaRows(p, plane) - 1) + CudaRow(p, plane);
  if (end > size) return Status(name + " is longer than its memory");
  return Status();
}

Status CopyCudaPlane(const CudaFunctions& cuda, const CudaPicture& p, int plane, uint8_t* to, size_t stride) {
  CUDA_MEMCPY2D copy{};
  copy.srcMemoryType = CU_MEMORYTYPE_DEVICE;
  copy.srcDevice = p.data[plane];
  copy.srcPitch = p.pitch[plane];
  copy.dstMemoryType = CU_MEMORYTYPE_HOST;
  copy.dstHost = to;
  copy.dstPitch = stride;
  copy.WidthInBytes = CudaRow(p, plane);
  copy.Height = CudaRows(p, plane);
  return CudaFailed(cuda.Memcpy2D(&copy), "read a picture");
}

}  // namespace

Status CheckCuda(CudaPicture& p) {
  if (p.width < 1 || p.height < 1 || p.width > kLargestCudaPicture || p.height > kLargestCudaPicture) {
    return Status("a size of " + std::to_string(p.width) + "x" + std::to_string(p.height) + " is not within 1x1 and " +
                  std::to_string(kLargestCudaPicture) + "x" + std::to_string(kLargestCudaPicture));
  }
  for (int i = 0; i < p.planes(); ++i) {
    if (p.pitch[i] < CudaRow(p, i) || p.pitch[i] > kLargestCudaPitch) {
      return Status("plane " + std::to_string(i) + " has a pitch of " + std::to_string(p.pitch[i]) +
                    " bytes, of at least " + std::to_string(CudaRow(p, i)));
    }
    if (p.data[i] == 0) return Status("plane " + std::to_string(i) + " has no address");
  }
  if (p.device < 0) return Status("there is no GPU " + std::to_string(p.device));
  CudaScope scope(p.device, p.context);
  Status status = scope.status();
  for (int i = 0; status.ok() && i < p.planes(); ++i) status = CheckCudaPlane(scope.cuda(), p, i);
  if (status.ok() && p.context == nullptr) {
    void* context = nullptr;
    // Memory of a pool has none: any context of the device will do.
    if (scope.cuda().PointerGetAttribute(&context, kPointerContext, p.data[0]) != 0 || context == nullptr) {
      context = PrimaryContext(scope.cuda(), p.device, status);
    }
    p.context = context;
  }
  return status;
}

Status ReadCuda(const CudaPicture& p, const I420Planes& to) {
  CudaScope scope(p.device, p.context);
  Status status = scope.status();
  if (!status.ok()) return status;
  const CudaFunctions& cuda = scope.cuda();
  if (p.format == PixelFormat::kI420) {
    for (int i = 0; status.ok() && i < 3; ++i) {
      status = CopyCudaPlane(cuda, p, i, to.data[i], static_cast<size_t>(to.stride[i]));
    }
    CountPictureCopied();
    return status;
  }
  // A look at memory of the device from here would take a transfer for each row.
  std::vector<uint8_t> picture(CudaRow(p, 0) * CudaRows(p, 0) + CudaRow(p, 1) * CudaRows(p, 1));
  uint8_t* chroma = picture.data() + CudaRow(p, 0) * CudaRows(p, 0);
  status = CopyCudaPlane(cuda, p, 0, picture.data(), CudaRow(p, 0));
  if (status.ok()) status = CopyCudaPlane(cuda, p, 1, chroma, CudaRow(p, 1));
  if (!status.ok()) return status;
  CopyToI420({picture.data(), static_cast<ptrdiff_t>(CudaRow(p, 0))},
             {chroma, static_cast<ptrdiff_t>(CudaRow(p, 1))}, 1, p.width, p.height, to);
  CountPictureCopied();
  return status;
}

std::unique_ptr<CudaMemory> CudaMemory::Allocate(int device, size_t row, size_t rows, Status& status) {
  CudaScope scope(device, nullptr);
  status = scope.status();
  if (!status.ok()) return nullptr;
  std::unique_ptr<CudaMemory> memory(new CudaMemory);
  CUdeviceptr address = 0;
  status = CudaFailed(scope.cuda().MemAllocPitch(&address, &memory->pitch_, row, rows, 16), "allocate memory");
  if (!status.ok()) return nullptr;
  memory->device_ = device;
  memory->address_ = address;
  memory->row_ = row;
  memory->rows_ = rows;
  return memory;
}

CudaMemory::~CudaMemory() {
  if (address_ == 0) return;
  CudaScope scope(device_, nullptr);
  if (scope.status().ok()) scope.cuda().MemFree(static_cast<CUdeviceptr>(address_));
}

Status CudaMemory::Write(size_t first, size_t rows, const uint8_t* data, size_t row, size_t stride) {
  if (rows == 0 || row == 0 || row > row_ || row > stride || rows > rows_ || first > rows_ - rows) {
    return Status("the rows are not within the memory");
  }
  CudaScope scope(device_, nullptr);
  if (!scope.status().ok()) return scope.status();
  CUDA_MEMCPY2D copy{};
  copy.srcMemoryType = CU_MEMORYTYPE_HOST;
  copy.srcHost = data;
  copy.srcPitch = stride;
  copy.dstMemoryType = CU_MEMORYTYPE_DEVICE;
  copy.dstDevice = static_cast<CUdeviceptr>(address_);
  copy.dstY = first;
  copy.dstPitch = pitch_;
  copy.WidthInBytes = row;
  copy.Height = rows;
  return CudaFailed(scope.cuda().Memcpy2D(&copy), "write memory");
}

#else  // no headers

namespace {

constexpr char kNoCudaMemory[] =
    "built without NVENC: install its headers (libffmpeg-nvenc-dev) and build again with go build -a";

}  // namespace

Status CheckCuda(CudaPicture&) {
  return Status(kNoCudaMemory);
}

Status ReadCuda(const CudaPicture&, const I420Planes&) {
  return Status(kNoCudaMemory);
}

std::unique_ptr<CudaMemory> CudaMemory::Allocate(int, size_t, size_t, Status& status) {
  status = Status(kNoCudaMemory);
  return nullptr;
}

CudaMemory::~CudaMemory() = default;

Status CudaMemory::Write(size_t, size_t, const uint8_t*, size_t, size_t) {
  return Status(kNoCudaMemory);
}

#endif

}  // namespace nrtc::hw
