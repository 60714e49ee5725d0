// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

// Pictures in memory that descriptors stand for: what the VAAPI encoder makes of them
// without a copy, over the test double, and what is read of them.

#include <gtest/gtest.h>

#include <fcntl.h>

#include <cstdlib>
#include <regex>

#include "hw/picture_copy.h"
#include "hw/session_count.h"
#include "hw/vaapi.h"
#include "tests/hardware/device_picture.h"

namespace nrtc::hw {
namespace {

constexpr char kNode[] = "/dev/null";

class DmabufTest : public DoubledTest {
 protected:
  DmabufTest() : DoubledTest("VA", "intel") {}

  static std::unique_ptr<WatchedSession> Open(const StreamConfig& config, const Deadlines& deadlines = kPatient) {
    Status status;
    auto s = WatchedSession::Open(kNode, VaapiOpener(kNode), config, deadlines, status);
    EXPECT_TRUE(s) << status.message();
    return s;
  }
  // Encodes pictures of a layout, none of which is copied.
  Encoded RunNative(Session& s, int width, int height, int count, const DmabufLayout& layout) {
    Encoded e;
    const uint64_t before = PicturesCopied();
    for (int i = 0; i < count; ++i) {
      Frame f(width, height, i, PixelFormat::kNV12);
      Output out;
      Status status = s.Encode(DmabufFrame(f, layout).input(), false, {20'000'000, 30}, out);
      EXPECT_TRUE(status.ok()) << status.message();
      e.outputs.push_back(out);
      e.shown.push_back(f.shown());
    }
    EXPECT_EQ(PicturesCopied(), before);
    EXPECT_EQ(Log().find("map an image"), std::string::npos) << "by no other way";
    return e;
  }
  void ExpectNothingLeft() {
    std::string log = Log();
    EXPECT_EQ(log.find("refused"), std::string::npos) << log;
    EXPECT_FALSE(std::regex_search(log, std::regex("terminate.*=[1-9]"))) << log;
    EXPECT_EQ(OpenSessions(kNode), 0);
  }
  // A failure that is the picture's: the session goes on with another.
  void ExpectRefused(Session& s, const Input& input) {
    Output out;
    Status status = s.Encode(input, false, {20'000'000, 30}, out);
    EXPECT_FALSE(status.ok());
    EXPECT_TRUE(status.of_picture()) << status.message();
    EXPECT_FALSE(status.message().empty());
    Judge(Run(s, input.width, input.height, 2, {0}));
  }
};

TEST_F(DmabufTest, EncodedAsItIs) {
  const size_t descriptors = OpenDescriptors();
  const int sizes[][2] = {{64, 64}, {322, 182}, {16, 16}, {18, 34}, {130, 2}};
  for (auto profile : {Profile::kH264ConstrainedBaseline, Profile::kH264High}) {
    for (const auto& size : sizes) {
      SCOPED_TRACE(std::string(Name(profile)) + " " + std::to_string(size[0]) + "x" + std::to_string(size[1]));
      StreamConfig c = Config(size[0], size[1]);
      c.profile = profile;
      auto s = Open(c);
      ASSERT_TRUE(s);
      Judge(RunNative(*s, size[0], size[1], 4, {}));
    }
  }
  EXPECT_NE(Log().find("imported=1"), std::string::npos);
  EXPECT_EQ(Log().find("scale "), std::string::npos);
  ExpectNothingLeft();
  EXPECT_EQ(OpenDescriptors(), descriptors);
}

TEST_F(DmabufTest, EveryLayout) {
  for (const DmabufLayout& layout :
       {DmabufLayout{kDrmNv12, kDrmLinear, 64, 0, false}, DmabufLayout{kDrmNv12, kDrmLinear, 512, 4096, false},
        DmabufLayout{kDrmNv12, kDrmLinear, 256, 128, true}, DmabufLayout{kDrmNv12, kDrmModifierUnknown, 256, 0, false},
        DmabufLayout{kDrmNv12, doubles::kTiled, 64, 0, false}, DmabufLayout{kDrmNv12, doubles::kTiled, 128, 512, true},
        DmabufLayout{kDrmP010, kDrmLinear, 64, 0, false}, DmabufLayout{kDrmP010, doubles::kTiled, 64, 0, true}}) {
    SCOPED_TRACE(std::to_string(layout.fourcc) + " " + std::to_string(layout.modifier));
    auto s = Open(Config(100, 60));
    ASSERT_TRUE(s);
    Judge(RunNative(*s, 100, 60, 3, layout));
  }
  ExpectNothingLeft();
}

// What the device scales is what the mean of the pixels is; here blocks have one colour.
TEST_F(DmabufTest, ScaledOnTheDevice) {
  Bytes y(static_cast<size_t>(64 * 48)), uv(static_cast<size_t>(64 * 24));
  auto colour = [](int block_x, int block_y, int plane) {
    return static_cast<uint8_t>(16 + block_x * 20 + block_y * 7 + plane * 31);
  };
  auto memory = std::make_unique<Memfd>(size_t{256 * 72});
  for (int row = 0; row < 72; ++row) {
    for (int x = 0; x < 64; ++x) {
      memory->bytes()[row * 256 + x] =
          row < 48 ? colour(x / 8, row / 8, 0) : colour(x / 8, (row - 48) / 4, 1 + x % 2);
    }
  }
  NativePicture native;
  Dmabuf d;
  d.width = 64;
  d.height = 48;
  d.planes[0] = {memory->fd(), 0, 256};
  d.planes[1] = {memory->fd(), 256 * 48, 256};
  native.memory = d;
  struct Case {
    Rect part;
    int width, height, block;
  };
  for (const Case& c : {Case{{0, 0, 64, 48}, 32, 24, 4}, Case{{0, 0, 64, 48}, 16, 12, 2},
                        Case{{16, 8, 32, 32}, 32, 32, 8}, Case{{16, 16, 32, 32}, 64, 64, 16}}) {
    SCOPED_TRACE(c.width);
    auto s = Open(Config(c.width, c.height));
    ASSERT_TRUE(s);
    Input in;
    in.native = &native;
    in.part = c.part;
    in.width = c.width;
    in.height = c.height;
    const uint64_t before = PicturesCopied();
    Output out;
    Status status = s->Encode(in, true, {20'000'000, 30}, out);
    ASSERT_TRUE(status.ok()) << status.message();
    EXPECT_EQ(PicturesCopied(), before);
    Bytes want;
    for (int plane = 0; plane < 3; ++plane) {
      const int share = plane == 0 ? 1 : 2;
      for (int row = 0; row < c.height / share; ++row) {
        for (int x = 0; x < c.width / share; ++x) {
          want.push_back(colour(c.part.x / 8 + x * share / c.block, c.part.y / 8 + row * share / c.block, plane));
        }
      }
    }
    EXPECT_TRUE(Decode(out.data) == want);
  }
  EXPECT_NE(Log().find("scale 64x48+0+0 to 16x12"), std::string::npos) << Log();
  EXPECT_EQ(Log().find("map an image"), std::string::npos);
  ExpectNothingLeft();
}

TEST_F(DmabufTest, WhatASessionTakes) {
  struct Case {
    const char* persona;
    std::vector<NativeFormat> formats;
  };
  for (const Case& c : {Case{"intel", {{"dmabuf", "NV12", true}, {"dmabuf", "P010", true}}},
                        Case{"no-scale", {{"dmabuf", "NV12", false}}}, Case{"no-import", {}}}) {
    SCOPED_TRACE(c.persona);
    Persona(c.persona);
    auto s = Open(Config(64, 48));
    ASSERT_TRUE(s);
    EXPECT_EQ(s->info().native_formats, c.formats);
    auto odd = Open(Config(63, 48));
    ASSERT_TRUE(odd);
    EXPECT_TRUE(odd->info().native_formats.empty());
  }
}

TEST_F(DmabufTest, WhatIsNotTakenIsThePicturesFault) {
  Frame f(64, 48, 0, PixelFormat::kNV12);
  const DmabufFrame picture(f);
  {
    SCOPED_TRACE("import");
    auto s = Open(Config(64, 48));
    ASSERT_TRUE(s);
    Fault("import");
    ExpectRefused(*s, picture.input());
    Fault("");
    DmabufFrame closed(f);
    closed.dmabuf().planes[0].fd = closed.dmabuf().planes[1].fd = 987654;
    ExpectRefused(*s, closed.input());
    DmabufFrame short_of(f);
    short_of.dmabuf().planes[1].offset += 1 << 20;
    ExpectRefused(*s, short_of.input());
    ExpectRefused(*s, DmabufFrame(f, {kDrmNv12, 0x1234, 256, 0, false}).input());
    NativePicture cuda;
    cuda.memory = CudaPicture{};
    Input in = picture.input();
    in.native = &cuda;
    ExpectRefused(*s, in);
    Output out;
    EXPECT_TRUE(s->Encode(picture.input(), false, {20'000'000, 30}, out).ok()) << "it still takes what is right";
  }
  {
    SCOPED_TRACE("scale");
    Fault("scale");
    auto s = Open(Config(32, 24));
    ASSERT_TRUE(s);
    ExpectRefused(*s, picture.scaled({0, 0, 64, 48}, 32, 24));
    Fault("");
  }
  Persona("no-scale");
  {
    auto s = Open(Config(32, 24));
    ASSERT_TRUE(s);
    ExpectRefused(*s, picture.scaled({0, 0, 64, 48}, 32, 24));
  }
  Persona("no-import");
  {
    auto s = Open(Config(64, 48));
    ASSERT_TRUE(s);
    ExpectRefused(*s, picture.input());
  }
  Persona("mesa");  // wants pitches of 256
  {
    auto s = Open(Config(64, 48));
    ASSERT_TRUE(s);
    ExpectRefused(*s, DmabufFrame(f, {kDrmNv12, kDrmLinear, 64, 0, false}).input());
  }
  ExpectNothingLeft();
}

TEST_F(DmabufTest, AHangingGpuKeepsThePicture) {
  Persona("mesa");  // waits for ever
  auto s = Open(Config(64, 48), {kPatient.open, std::chrono::milliseconds(1500)});
  ASSERT_TRUE(s);
  Fault("hang");
  std::weak_ptr<const void> owner;
  {
    auto picture = std::make_shared<DmabufFrame>(Frame(64, 48, 0, PixelFormat::kNV12));
    Input in = picture->input();
    in.owner = picture;
    owner = picture;
    Output out;
    EXPECT_FALSE(s->Encode(in, true, {1'000'000, 30}, out).ok());
  }
  EXPECT_FALSE(owner.expired()) << "the driver still reads it";
  s.reset();
  Fault("");
  for (int i = 0; i < 6000 && OpenSessions(kNode) > 0; ++i) usleep(10'000);
  EXPECT_TRUE(owner.expired());
  ExpectNothingLeft();
}

// Reads a picture as I420.
Status ReadOf(DmabufReader& reader, const Dmabuf& d, Bytes& out) {
  const auto luma = static_cast<size_t>(d.width * d.height);
  const int chroma_width = (d.width + 1) / 2;
  const auto chroma = static_cast<size_t>(chroma_width * ((d.height + 1) / 2));
  out.assign(luma + 2 * chroma, 0);
  return reader.Read(
      d, {{out.data(), out.data() + luma, out.data() + luma + chroma}, {d.width, chroma_width, chroma_width}});
}

TEST_F(DmabufTest, Read) {
  const size_t descriptors = OpenDescriptors();
  {
    DmabufReader reader;
    for (const DmabufLayout& layout :
         {DmabufLayout{kDrmNv12, kDrmLinear, 64, 0, false}, DmabufLayout{kDrmNv12, kDrmLinear, 256, 128, true},
          DmabufLayout{kDrmP010, kDrmLinear, 64, 0, false}, DmabufLayout{kDrmNv12, doubles::kTiled, 64, 0, false},
          DmabufLayout{kDrmP010, doubles::kTiled, 64, 0, true},
          DmabufLayout{kDrmNv12, kDrmModifierUnknown, 64, 0, false}}) {
      SCOPED_TRACE(std::to_string(layout.fourcc) + " " + std::to_string(layout.modifier));
      Frame f(66, 50, 3, PixelFormat::kNV12);
      DmabufFrame picture(f, layout);
      const uint64_t before = PicturesCopied();
      Bytes out;
      Status status = ReadOf(reader, picture.dmabuf(), out);
      ASSERT_TRUE(status.ok()) << status.message();
      EXPECT_TRUE(out == f.shown());
      EXPECT_EQ(PicturesCopied() - before, 1u);
    }
    // The driver is asked for what is not rows, and opened once.
    std::string log = Log();
    const std::regex read("read 66x50");
    EXPECT_EQ(std::distance(std::sregex_iterator(log.begin(), log.end(), read), std::sregex_iterator()), 3) << log;
    EXPECT_EQ(log.find("terminate"), std::string::npos) << log;
    // Without a driver, a layout that is not told is rows; one that is told is none.
    Fault("import");
    Frame f(66, 50, 3, PixelFormat::kNV12);
    Bytes out;
    EXPECT_TRUE(ReadOf(reader, DmabufFrame(f, {kDrmNv12, kDrmModifierUnknown, 64, 0, false}).dmabuf(), out).ok());
    EXPECT_TRUE(out == f.shown());
    Status status = ReadOf(reader, DmabufFrame(f, {kDrmNv12, doubles::kTiled, 64, 0, false}).dmabuf(), out);
    EXPECT_FALSE(status.ok());
    EXPECT_FALSE(status.message().empty());
  }
  ExpectNothingLeft();
  EXPECT_EQ(OpenDescriptors(), descriptors);
}

TEST_F(DmabufTest, ReadWithoutADriver) {
  Fault("init");
  DmabufReader reader;
  Frame f(64, 48, 0, PixelFormat::kNV12);
  DmabufFrame picture(f, {kDrmNv12, doubles::kTiled, 64, 0, false});
  Bytes out;
  EXPECT_NE(ReadOf(reader, picture.dmabuf(), out).message().find("load a VA driver"), std::string::npos);
  picture.dmabuf().node = "/dev/dri/no-such-node";
  EXPECT_NE(ReadOf(reader, picture.dmabuf(), out).message().find("does not exist"), std::string::npos);
  picture.dmabuf().node = "";
  EXPECT_FALSE(ReadOf(reader, picture.dmabuf(), out).ok());
}

TEST_F(DmabufTest, Checked) {
  Frame f(66, 50, 0, PixelFormat::kNV12);
  DmabufFrame good(f);
  EXPECT_TRUE(CheckDmabuf(good.dmabuf()).ok()) << CheckDmabuf(good.dmabuf()).message();
  auto wrong = [&](const char* what, auto change) {
    SCOPED_TRACE(what);
    Dmabuf d = good.dmabuf();
    change(d);
    EXPECT_FALSE(CheckDmabuf(d).ok());
  };
  wrong("the format", [](Dmabuf& d) { d.fourcc = DrmFourcc('X', 'R', '2', '4'); });
  wrong("no width", [](Dmabuf& d) { d.width = 0; });
  wrong("a negative height", [](Dmabuf& d) { d.height = -2; });
  wrong("a great width", [](Dmabuf& d) { d.width = 16384; });
  wrong("another height than the memory has", [](Dmabuf& d) { d.height = 16383; });
  wrong("a small pitch", [](Dmabuf& d) { d.planes[1].pitch = 65; });
  wrong("no pitch", [](Dmabuf& d) { d.planes[0].pitch = 0; });
  wrong("a great pitch", [](Dmabuf& d) { d.planes[0].pitch = 0xffffffff; });
  wrong("a great offset", [](Dmabuf& d) { d.planes[1].offset = 0xffffffff; });
  wrong("a P010 for which the pitch is too small", [](Dmabuf& d) {
    d.fourcc = kDrmP010;
    d.planes[0].pitch = d.planes[1].pitch = 128;
  });
  wrong("no descriptor", [](Dmabuf& d) { d.planes[0].fd = -1; });
  wrong("a descriptor that is not open", [](Dmabuf& d) { d.planes[1].fd = 987654; });
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  wrong("a pipe", [&](Dmabuf& d) { d.planes[0].fd = ends[0]; });
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace nrtc::hw
