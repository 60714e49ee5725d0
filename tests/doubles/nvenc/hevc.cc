// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

#include "nvenc.h"

namespace doubles {

bool EncodeHevc(Encoder& e, const Picture& picture, bool idr, Stream& out) {
  const double framerate = static_cast<double>(e.parameters.frameRateNum) / e.parameters.frameRateDen;
  const int qp = e.config.rcParams.rateControlMode == NV_ENC_PARAMS_RC_CONSTQP
                     ? static_cast<int>(e.config.rcParams.constQP.qpInterP)
                     : e.rate.Next(e.config.rcParams.averageBitRate, framerate);
  const uint8_t* chroma = picture.pixels + static_cast<ptrdiff_t>(picture.pitch) * picture.height;
  if (!e.x265->Encode(picture.pixels, chroma, picture.pitch, idr, qp, out.data)) return false;
  e.rate.Took(out.data.size(), idr);
  out.layer = 0;
  e.since_idr = idr ? 1 : e.since_idr + 1;
  return true;
}

}  // namespace doubles
