// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "hw/dmabuf.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include "hw/picture_copy.h"
#include "hw/vaapi.h"

#if defined(__linux__)
#include <fcntl.h>
#include <linux/dma-buf.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace nrtc::hw {

#if defined(__linux__)

namespace {

constexpr int kLargestDmabuf = 16383;
constexpr uint32_t kLargestDmabufPitch = 1 << 20;

int BytesASample(uint32_t fourcc) {
  return fourcc == kDrmP010 ? 2 : 1;
}

// The bytes of a row that hold pixels, and the rows, of a plane.
int DmabufRow(const Dmabuf& p, int plane) {
  return (plane == 0 ? p.width : (p.width + 1) / 2 * 2) * BytesASample(p.fourcc);
}

int DmabufRows(const Dmabuf& p, int plane) {
  return plane == 0 ? p.height : (p.height + 1) / 2;
}

// Where a plane ends if it is laid out row by row.
uint64_t DmabufEnd(const Dmabuf& p, int plane) {
  const Dmabuf::Plane& at = p.planes[plane];
  return uint64_t{at.offset} + uint64_t{at.pitch} * static_cast<uint64_t>(DmabufRows(p, plane) - 1) +
         static_cast<uint64_t>(DmabufRow(p, plane));
}

int64_t SizeOfDescriptor(int fd) {
  struct stat about{};
  if (fstat(fd, &about) == 0 && about.st_size > 0) return about.st_size;
  // Older kernels tell the size of a dmabuf so alone.
  return lseek(fd, 0, SEEK_END);
}

// A plane, readable while this exists.
class MappedDmabuf {
 public:
  explicit MappedDmabuf(int fd) : fd_(fd) {}
  ~MappedDmabuf() {
    if (bytes_ == MAP_FAILED) return;
    Sync(DMA_BUF_SYNC_END | DMA_BUF_SYNC_READ);
    munmap(bytes_, size_);
  }
  MappedDmabuf(const MappedDmabuf&) = delete;

  Status Map(uint64_t end) {
    const int64_t size = SizeOfDescriptor(fd_);
    if (size < 0) return Status(std::string("the memory cannot be read: ") + std::strerror(errno));
    if (static_cast<uint64_t>(size) < end) return Status("the memory is shorter than the picture");
    size_ = static_cast<size_t>(size);
    bytes_ = mmap(nullptr, size_, PROT_READ, MAP_SHARED, fd_, 0);
    if (bytes_ == MAP_FAILED) return Status(std::string("the memory cannot be mapped: ") + std::strerror(errno));
    Sync(DMA_BUF_SYNC_START | DMA_BUF_SYNC_READ);
    return Status();
  }
  const uint8_t* bytes() const { return static_cast<const uint8_t*>(bytes_); }

 private:
  // Waits for the device and makes what it wrote visible. What is no dmabuf refuses, and
  // needs none.
  void Sync(uint64_t what) const {
    dma_buf_sync sync{};
    sync.flags = what;
    while (ioctl(fd_, DMA_BUF_IOCTL_SYNC, &sync) != 0 && (errno == EINTR || errno == EAGAIN)) {
    }
  }

  const int fd_;
  size_t size_ = 0;
  void* bytes_ = MAP_FAILED;
};

}  // namespace

Status CheckDmabuf(const Dmabuf& p) {
  if (p.fourcc != kDrmNv12 && p.fourcc != kDrmP010) return Status("the format is neither NV12 nor P010");
  if (p.width < 1 || p.height < 1 || p.width > kLargestDmabuf || p.height > kLargestDmabuf) {
    return Status("a size of " + std::to_string(p.width) + "x" + std::to_string(p.height) + " is not within 1x1 and " +
                  std::to_string(kLargestDmabuf) + "x" + std::to_string(kLargestDmabuf));
  }
  for (int i = 0; i < 2; ++i) {
    const Dmabuf::Plane& plane = p.planes[i];
    const std::string name = "plane " + std::to_string(i);
    if (plane.pitch < static_cast<uint32_t>(DmabufRow(p, i)) || plane.pitch > kLargestDmabufPitch) {
      return Status(name + " has a pitch of " + std::to_string(plane.pitch) + " bytes, of at least " +
                    std::to_string(DmabufRow(p, i)));
    }
    const int flags = fcntl(plane.fd, F_GETFL);
    if (flags < 0) return Status(name + " has a file descriptor that is not open");
    const int64_t size = SizeOfDescriptor(plane.fd);
    if (size < 0) return Status(name + " has a file descriptor that is no memory");
    // How long another layout is only the driver knows; it is not shorter.
    if (static_cast<uint64_t>(size) < DmabufEnd(p, i)) {
      return Status(name + " needs " + std::to_string(DmabufEnd(p, i)) + " bytes, and its memory has " +
                    std::to_string(size));
    }
  }
  return Status();
}

Status ReadLinearDmabuf(const Dmabuf& p, const I420Planes& to) {
  MappedDmabuf luma(p.planes[0].fd);
  MappedDmabuf chroma(p.planes[1].fd);
  Status status = luma.Map(DmabufEnd(p, 0));
  if (status.ok()) status = chroma.Map(DmabufEnd(p, 1));
  if (!status.ok()) return status;
  CopyToI420({luma.bytes() + p.planes[0].offset, static_cast<ptrdiff_t>(p.planes[0].pitch)},
             {chroma.bytes() + p.planes[1].offset, static_cast<ptrdiff_t>(p.planes[1].pitch)},
             BytesASample(p.fourcc), p.width, p.height, to);
  return Status();
}

Status DmabufReader::ReadByDriver(const Dmabuf& p, const I420Planes& to) {
  std::lock_guard<std::mutex> lock(mutex_);
  Status status;
  if (reader_ && (p.node.empty() || p.node == node_)) {
    status = reader_->Read(p, to);
    if (status.ok()) return status;
  }
  reader_.reset();
  std::string reason;
  std::vector<std::string> nodes = {p.node};
  if (p.node.empty()) nodes = VaapiNodes("/dev/dri", reason);
  status = Status(reason);
  for (const std::string& node : nodes) {
    auto reader = OpenVaapiReader(node, status);
    if (!reader) continue;
    status = reader->Read(p, to);
    if (!status.ok()) continue;
    node_ = node;
    reader_ = std::move(reader);
    return status;
  }
  return status;
}

Status DmabufReader::Read(const Dmabuf& p, const I420Planes& to) {
  if (p.modifier == kDrmLinear) {
    Status status = ReadLinearDmabuf(p, to);
    // Some memory cannot be mapped.
    return status.ok() ? status : ReadByDriver(p, to);
  }
  Status status = ReadByDriver(p, to);
  // Those who do not tell the layout mean rows, unless a driver knows better.
  if (!status.ok() && p.modifier == kDrmModifierUnknown) return ReadLinearDmabuf(p, to);
  return status;
}

#else  // only Linux has it

Status CheckDmabuf(const Dmabuf&) {
  return Status("only Linux has such memory");
}

Status ReadLinearDmabuf(const Dmabuf&, const I420Planes&) {
  return Status("only Linux has such memory");
}

Status DmabufReader::Read(const Dmabuf&, const I420Planes&) {
  return Status("only Linux has such memory");
}

#endif

}  // namespace nrtc::hw
