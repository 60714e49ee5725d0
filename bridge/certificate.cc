// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

//go:build ignore

#include "bridge/certificate.h"

#include "bridge/certificate_internal.h"
#include "rtc_base/ssl_fingerprint.h"

namespace nrtc {
namespace {

webrtc::RTCError WriteCertificate(Writer& w, webrtc::scoped_refptr<webrtc::RTCCertificate> native, const char* failure) {
  if (!native) return webrtc::RTCError(webrtc::RTCErrorType::INVALID_PARAMETER, failure);
  auto fingerprint = webrtc::SSLFingerprint::CreateFromCertificate(*native);
  if (!fingerprint) return webrtc::RTCError(webrtc::RTCErrorType::INVALID_PARAMETER, "no fingerprint of the certificate");
  webrtc::RTCCertificatePEM pem = native->ToPEM();
  webrtc::Buffer der;
  native->GetSSLCertificate().ToDER(&der);
  w.Ref(webrtc::scoped_refptr<Certificate>(webrtc::make_ref_counted<Certificate>(std::move(native))));
  w.Str(pem.private_key());
  w.Str(pem.certificate());
  w.Str(reinterpret_cast<const char*>(der.data()), der.size());
  w.Str(fingerprint->algorithm);
  w.Str(fingerprint->GetRfc4572Fingerprint());
  return webrtc::RTCError::OK();
}

}  // namespace
}  // namespace nrtc

size_t nrtc_certificate_generate(NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::Reader r(in, in_len);
    std::string algorithm = r.Str();
    int modulus = r.I32();
    int exponent = r.I32();
    auto lifetime = r.Opt([&] { return r.U64(); });
    webrtc::KeyParams key =
        algorithm == "ECDSA" ? webrtc::KeyParams::ECDSA() : webrtc::KeyParams::RSA(modulus, exponent);
    if (!r.ok() || !key.IsValid() || !nrtc::compat::InitializeSSL())
      return webrtc::RTCError(webrtc::RTCErrorType::UNSUPPORTED_PARAMETER, "no key can be made with these parameters");
    nrtc::compat::Optional<uint64_t> expires;
    if (lifetime) expires = *lifetime;
    return nrtc::WriteCertificate(w, webrtc::RTCCertificateGenerator::GenerateCertificate(key, expires),
                                  "no certificate could be made");
  });
}

size_t nrtc_certificate_from_pem(NRTC_IN, NRTC_OUT) {
  return nrtc::Reply(out, out_cap, out_more, [&](nrtc::Writer& w) {
    nrtc::Reader r(in, in_len);
    std::string key = r.Str();
    std::string certificate = r.Str();
    nrtc::compat::InitializeSSL();
    return nrtc::WriteCertificate(w, webrtc::RTCCertificate::FromPEM(webrtc::RTCCertificatePEM(key, certificate)),
                                  "not a private key and a certificate");
  });
}
