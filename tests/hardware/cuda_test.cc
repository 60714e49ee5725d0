// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

// Pictures in the memory of a GPU of NVIDIA: what the NVENC encoder makes of them without a
// copy, over the test doubles, and what is read of them.

#include <dlfcn.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>

#include "hw/nvenc.h"
#include "hw/picture_copy.h"
#include "hw/session_count.h"
#include "tests/hardware/cuda_picture.h"

namespace nrtc::hw {
namespace {

constexpr char kGpu[] = "0";

class Cuda : public DoubledTest {
 protected:
  Cuda() : DoubledTest("NVENC", "") {}

  static std::unique_ptr<WatchedSession> Open(const StreamConfig& config, const Deadlines& deadlines = kPatient) {
    Status status;
    auto s = WatchedSession::Open(kGpu, NvencOpener(kGpu), config, deadlines, status);
    EXPECT_TRUE(s) << status.message();
    return s;
  }
  // Encodes pictures of a format, none of which is copied.
  static Encoded RunNative(Session& s, int width, int height, int count, PixelFormat format, int more_rows = 0) {
    Encoded e;
    const uint64_t before = PicturesCopied();
    for (int i = 0; i < count; ++i) {
      Frame f(width, height, i, format);
      Output out;
      Status status = s.Encode(CudaFrame(f, more_rows).input(), false, {20'000'000, 30}, out);
      EXPECT_TRUE(status.ok()) << status.message();
      e.outputs.push_back(out);
      e.shown.push_back(f.shown());
    }
    EXPECT_EQ(PicturesCopied(), before);
    return e;
  }
  // The session's buffers and the memory are given back.
  void ExpectNothingLeft() {
    std::string log = Log();
    EXPECT_FALSE(std::regex_search(log, std::regex("destroy buffers=[1-9]"))) << log;
    EXPECT_NE(log.find("memory blocks=0"), std::string::npos) << log;
    EXPECT_EQ(log.rfind("memory blocks="), log.rfind("memory blocks=0")) << log;
    EXPECT_EQ(OpenSessions(kGpu), 0);
  }
  void ExpectRefused(Session& s, const Input& input, const char* why) {
    Output out;
    Status status = s.Encode(input, false, {20'000'000, 30}, out);
    EXPECT_FALSE(status.ok());
    EXPECT_TRUE(status.of_picture()) << status.message();
    EXPECT_NE(status.message().find(why), std::string::npos) << status.message();
    Judge(Run(s, input.width, input.height, 2, {0}));
  }
};

TEST_F(Cuda, EncodedAsItIs) {
  const int sizes[][2] = {{64, 64}, {322, 182}, {16, 16}, {18, 34}, {130, 2}};
  for (auto format : {PixelFormat::kNV12, PixelFormat::kI420}) {
    for (const auto& size : sizes) {
      SCOPED_TRACE(std::to_string(size[0]) + "x" + std::to_string(size[1]));
      auto s = Open(Config(size[0], size[1]));
      ASSERT_TRUE(s);
      Judge(RunNative(*s, size[0], size[1], 4, format));
    }
    // Chroma behind rows that are no part of the picture, as decoders leave them.
    auto s = Open(Config(100, 60));
    ASSERT_TRUE(s);
    Judge(RunNative(*s, 100, 60, 3, format, 4));
  }
  std::string log = Log();
  EXPECT_EQ(log.find("device=0"), std::string::npos) << log;
  EXPECT_EQ(log.find("refused"), std::string::npos) << log;
  ExpectNothingLeft();
}

TEST_F(Cuda, WhatASessionTakes) {
  auto s = Open(Config(64, 48));
  ASSERT_TRUE(s);
  EXPECT_EQ(s->info().native_formats, (std::vector<NativeFormat>{{"cuda", "NV12", false}, {"cuda", "I420", false}}));
  EXPECT_EQ(s->info().cuda_device, 0);
  auto odd = Open(Config(63, 48));
  ASSERT_TRUE(odd);
  EXPECT_TRUE(odd->info().native_formats.empty());
}

TEST_F(Cuda, WhatIsNotTakenIsThePicturesFault) {
  Frame f(64, 48, 0, PixelFormat::kNV12);
  {
    auto s = Open(Config(64, 48));
    ASSERT_TRUE(s);
    CudaFrame good(f);
    auto wrong = [&](const char* why, auto change) {
      SCOPED_TRACE(why);
      CudaFrame picture(f);
      change(picture.cuda());
      ExpectRefused(*s, picture.input(), why);
    };
    wrong("follow each other", [](CudaPicture& c) { c.data[1] += 2; });
    wrong("follow each other", [](CudaPicture& c) { c.data[1] = c.data[0]; });
    wrong("follow each other", [](CudaPicture& c) { c.data[1] = c.data[0] + 49 * c.pitch[0]; });
    wrong("follow each other", [](CudaPicture& c) { c.pitch[1] *= 2; });
    wrong("another GPU", [](CudaPicture& c) { c.device = 1; });
    wrong("another context", [](CudaPicture& c) { c.context = nullptr; });
    wrong("take memory", [](CudaPicture& c) {
      c.data[0] += 1 << 30;
      c.data[1] += 1 << 30;
    });
    Input part = good.input();
    part.part = {0, 0, 32, 24};
    ExpectRefused(*s, part, "does not scale");
    for (const char* fault : {"register", "map"}) {
      Fault(fault);
      ExpectRefused(*s, good.input(), "a fault as ordered");
      Fault("");
    }
    Output out;
    EXPECT_TRUE(s->Encode(good.input(), false, {20'000'000, 30}, out).ok()) << "it still takes what is right";
  }
  ExpectNothingLeft();
}

// A context that the application made, as GStreamer does.
TEST_F(Cuda, MemoryOfAnotherContext) {
  void* library = dlopen("libcuda.so.1", RTLD_NOW);
  ASSERT_TRUE(library);
  auto create = reinterpret_cast<int (*)(void**, unsigned, int)>(dlsym(library, "cuCtxCreate_v2"));
  auto allocate = reinterpret_cast<int (*)(uint64_t*, size_t*, size_t, size_t, unsigned)>(dlsym(library, "cuMemAllocPitch_v2"));
  auto release = reinterpret_cast<int (*)(uint64_t)>(dlsym(library, "cuMemFree_v2"));
  auto pop = reinterpret_cast<int (*)(void**)>(dlsym(library, "cuCtxPopCurrent_v2"));
  auto destroy = reinterpret_cast<int (*)(void*)>(dlsym(library, "cuCtxDestroy_v2"));
  ASSERT_TRUE(create && allocate && release && pop && destroy);
  void* context = nullptr;
  ASSERT_EQ(create(&context, 0, 0), 0);
  uint64_t memory = 0;
  size_t pitch = 0;
  ASSERT_EQ(allocate(&memory, &pitch, 64, 72, 16), 0);
  NativePicture native;
  CudaPicture c;
  c.width = 64;
  c.height = 48;
  c.data[0] = memory;
  c.data[1] = memory + pitch * 48;
  c.pitch[0] = c.pitch[1] = static_cast<uint32_t>(pitch);
  EXPECT_TRUE(CheckCuda(c).ok()) << CheckCuda(c).message();
  EXPECT_EQ(c.context, context) << "CUDA tells it";
  native.memory = c;
  Input in;
  in.native = &native;
  in.width = in.part.width = 64;
  in.height = in.part.height = 48;
  {
    auto s = Open(Config(64, 48));
    ASSERT_TRUE(s);
    EXPECT_NE(s->info().cuda_context, context);
    ExpectRefused(*s, in, "another context");
  }
  StreamConfig there = Config(64, 48);
  there.cuda_context = context;
  {
    auto s = Open(there);
    ASSERT_TRUE(s);
    EXPECT_EQ(s->info().cuda_context, context);
    Output out;
    Status status = s->Encode(in, true, {20'000'000, 30}, out);
    EXPECT_TRUE(status.ok()) << status.message();
    Judge(Run(*s, 64, 48, 2, {0}));
  }
  Bytes y(64 * 48), u(32 * 24), v(32 * 24);
  EXPECT_TRUE(ReadCuda(c, {{y.data(), u.data(), v.data()}, {64, 32, 32}}).ok());
  void* popped = nullptr;
  EXPECT_EQ(release(memory), 0);
  EXPECT_EQ(pop(&popped), 0);
  EXPECT_EQ(destroy(context), 0);
  // One that is gone, or of another GPU, is not used.
  auto s = Open(there);
  ASSERT_TRUE(s);
  EXPECT_NE(s->info().cuda_context, context);
}

TEST_F(Cuda, AHangingGpuKeepsThePicture) {
  auto s = Open(Config(64, 48), {kPatient.open, std::chrono::milliseconds(1000)});
  ASSERT_TRUE(s);
  Fault("hang");
  CudaFrame picture(Frame(64, 48, 0, PixelFormat::kNV12));
  Input in = picture.input();
  const long owners = in.owner.use_count();
  Output out;
  EXPECT_FALSE(s->Encode(in, true, {1'000'000, 30}, out).ok());
  EXPECT_GT(in.owner.use_count(), owners) << "the driver still reads it";
  s.reset();
  Fault("");
  for (int i = 0; i < 6000 && OpenSessions(kGpu) > 0; ++i) usleep(10'000);
  EXPECT_EQ(in.owner.use_count(), owners);
}

TEST_F(Cuda, Read) {
  for (auto format : {PixelFormat::kNV12, PixelFormat::kI420}) {
    for (int width : {64, 35}) {
      Frame f(width, 34, 2, format);
      CudaFrame picture(f, 6);
      const int chroma_width = (width + 1) / 2;
      Bytes y(static_cast<size_t>(width * 34)), u(static_cast<size_t>(chroma_width * 17)), v(u.size());
      const uint64_t before = PicturesCopied();
      Status status = ReadCuda(picture.cuda(), {{y.data(), u.data(), v.data()}, {width, chroma_width, chroma_width}});
      ASSERT_TRUE(status.ok()) << status.message();
      EXPECT_GT(PicturesCopied(), before);
      const Input want = Frame(width, 34, 2).input();
      Frame planar(width, 34, 2);
      const Input in = planar.input();
      for (int row = 0; row < 34; ++row) {
        EXPECT_TRUE(std::equal(y.begin() + row * width, y.begin() + (row + 1) * width, in.data[0] + row * in.stride[0]));
      }
      for (int row = 0; row < 17; ++row) {
        const int at = row * chroma_width;
        EXPECT_TRUE(std::equal(u.begin() + at, u.begin() + at + chroma_width, in.data[1] + row * in.stride[1]));
        EXPECT_TRUE(std::equal(v.begin() + at, v.begin() + at + chroma_width, in.data[2] + row * in.stride[2]));
      }
    }
  }
  CudaPicture gone;
  {
    CudaFrame picture(Frame(64, 48, 0, PixelFormat::kNV12));
    gone = picture.cuda();
  }
  Bytes y(64 * 48), u(32 * 24), v(32 * 24);
  EXPECT_NE(ReadCuda(gone, {{y.data(), u.data(), v.data()}, {64, 32, 32}}).message().find("read a picture"),
            std::string::npos);
}

TEST_F(Cuda, Checked) {
  CudaFrame good(Frame(66, 50, 0, PixelFormat::kI420));
  auto wrong = [&](const char* why, auto change) {
    SCOPED_TRACE(why);
    CudaPicture c = good.cuda();
    change(c);
    Status status = CheckCuda(c);
    EXPECT_FALSE(status.ok());
    EXPECT_NE(status.message().find(why), std::string::npos) << status.message();
  };
  wrong("size", [](CudaPicture& c) { c.width = 0; });
  wrong("size", [](CudaPicture& c) { c.height = 1 << 20; });
  wrong("pitch", [](CudaPicture& c) { c.pitch[2] = 32; });
  wrong("pitch", [](CudaPicture& c) { c.pitch[0] = 0xffffffff; });
  wrong("address", [](CudaPicture& c) { c.data[1] = 0; });
  wrong("not memory of a GPU", [](CudaPicture& c) { c.data[0] = 4096; });
  wrong("longer than its memory", [](CudaPicture& c) { c.height = 500; });
  wrong("longer than its memory", [](CudaPicture& c) { c.pitch[0] = 1 << 19; });
  wrong("no GPU", [](CudaPicture& c) { c.device = -1; });
  wrong("no GPU", [](CudaPicture& c) {
    c.device = 7;
    c.context = nullptr;
  });
  wrong("memory of the GPU 0", [](CudaPicture& c) { c.device = 1; });
  static char no_context;
  wrong("use a context", [](CudaPicture& c) { c.context = &no_context; });
}

TEST_F(Cuda, Memory) {
  Status status;
  EXPECT_FALSE(CudaMemory::Allocate(9, 64, 48, status));
  EXPECT_NE(status.message().find("no GPU 9"), std::string::npos);
  EXPECT_FALSE(CudaMemory::Allocate(0, 0, 48, status));
  EXPECT_NE(status.message().find("allocate"), std::string::npos);
  auto memory = CudaMemory::Allocate(0, 64, 48, status);
  ASSERT_TRUE(memory);
  Bytes rows(64 * 48);
  EXPECT_TRUE(memory->Write(0, 48, rows.data(), 64, 64).ok());
  EXPECT_FALSE(memory->Write(1, 48, rows.data(), 64, 64).ok());
  EXPECT_FALSE(memory->Write(0, 1, rows.data(), 65, 65).ok());
  EXPECT_FALSE(memory->Write(~size_t{0}, 2, rows.data(), 64, 64).ok());
  memory.reset();
  ExpectNothingLeft();
}

}  // namespace
}  // namespace nrtc::hw
