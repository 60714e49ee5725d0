// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// webrtc::RTCCertificate.

#ifndef NRTC_BRIDGE_CERTIFICATE_H_
#define NRTC_BRIDGE_CERTIFICATE_H_

#include "bridge/base.h"

#ifdef __cplusplus
extern "C" {
#endif

// Reference-counted, immutable, independent of any factory.
typedef struct nrtc_certificate nrtc_certificate;

// Both functions block the calling thread while they compute.
//
// out: u64 nrtc_certificate, str private key (PEM), str certificate (PEM), str certificate (DER),
//      str fingerprint algorithm, str fingerprint (RFC 4572)

// in: str algorithm ("ECDSA" for P-256, or "RSASSA-PKCS1-v1_5"), i32 modulus length in bits, i32 public exponent
//     (both ignored for ECDSA), opt u64 lifetime in ms, which is cut to a year
size_t nrtc_certificate_generate(NRTC_IN, NRTC_OUT);

// in: str private key (PEM), str certificate (PEM)
size_t nrtc_certificate_from_pem(NRTC_IN, NRTC_OUT);

#ifdef __cplusplus
}
#endif

#endif  // NRTC_BRIDGE_CERTIFICATE_H_
