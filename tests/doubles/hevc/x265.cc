// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "x265.h"

#include <x265.h>

#include <algorithm>
#include <cstdlib>

namespace doubles {

struct X265::State {
  x265_param* parameters = nullptr;
  x265_encoder* encoder = nullptr;
  x265_picture picture{};
  std::vector<uint8_t> u, v;
  int64_t number = 0;

  ~State() {
    if (encoder) x265_encoder_close(encoder);
    if (parameters) x265_param_free(parameters);
  }
};

X265::X265(std::unique_ptr<State> state) : state_(std::move(state)) {}
X265::~X265() = default;

std::unique_ptr<X265> X265::Open(int width, int height) {
  auto s = std::make_unique<State>();
  s->parameters = x265_param_alloc();
  x265_param_default_preset(s->parameters, "superfast", "zerolatency");
  x265_param& p = *s->parameters;
  p.logLevel = X265_LOG_NONE;
  p.sourceWidth = width;
  p.sourceHeight = height;
  p.internalCsp = X265_CSP_I420;
  p.fpsNum = 30;
  p.fpsDenom = 1;
  p.maxCUSize = p.maxTUSize = 16;
  p.frameNumThreads = 1;
  p.bEnableWavefront = 0;
  p.bRepeatHeaders = 1;
  p.bAnnexB = 1;
  p.bEmitInfoSEI = 0;
  p.bOpenGOP = 0;
  p.bframes = 0;
  p.keyframeMax = -1;
  p.scenecutThreshold = 0;
  p.lookaheadDepth = 0;
  p.maxNumReferences = 1;
  p.rc.rateControlMode = X265_RC_CQP;
  p.rc.qp = 26;
  p.rc.aqMode = X265_AQ_NONE;
  p.rc.cuTree = 0;
  x265_param_parse(&p, "pools", "none");
  s->encoder = x265_encoder_open(&p);
  if (!s->encoder) return nullptr;
  x265_picture_init(&p, &s->picture);
  s->u.resize(static_cast<size_t>((width / 2) * (height / 2)));
  s->v.resize(s->u.size());
  return std::unique_ptr<X265>(new X265(std::move(s)));
}

bool X265::Encode(const uint8_t* luma, const uint8_t* chroma, int pitch, bool idr, int qp, Bytes& stream) {
  State& s = *state_;
  const int width = s.parameters->sourceWidth / 2;
  const int height = s.parameters->sourceHeight / 2;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      s.u[static_cast<size_t>(y * width + x)] = chroma[y * pitch + 2 * x];
      s.v[static_cast<size_t>(y * width + x)] = chroma[y * pitch + 2 * x + 1];
    }
  }
  s.picture.planes[0] = const_cast<uint8_t*>(luma);
  s.picture.planes[1] = s.u.data();
  s.picture.planes[2] = s.v.data();
  s.picture.stride[0] = pitch;
  s.picture.stride[1] = s.picture.stride[2] = width;
  s.picture.bitDepth = 8;
  s.picture.colorSpace = X265_CSP_I420;
  s.picture.sliceType = idr ? X265_TYPE_IDR : X265_TYPE_P;
  s.picture.forceqp = std::clamp(qp, 0, 51) + 1;
  s.picture.pts = s.number++;
  x265_nal* units = nullptr;
  uint32_t count = 0;
  if (x265_encoder_encode(s.encoder, &units, &count, &s.picture, nullptr) < 1) return false;
  stream.clear();
  for (uint32_t i = 0; i < count; ++i) {
    stream.insert(stream.end(), units[i].payload, units[i].payload + units[i].sizeBytes);
  }
  return !stream.empty();
}

}  // namespace doubles
