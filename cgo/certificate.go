// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cgo

/*
#include "bridge/certificate.h"
*/
import "C"

import "unsafe"

// CertificateValues are what bridge/certificate.h gives of a new certificate.
// The reference to Handle passes to the caller.
type CertificateValues struct {
	Handle               unsafe.Pointer
	PrivateKey           string // PEM
	Certificate          string // PEM
	DER                  []byte
	FingerprintAlgorithm string
	Fingerprint          string
}

func readCertificate(r *Reader, err error) (CertificateValues, error) {
	if err != nil {
		return CertificateValues{}, err
	}
	return CertificateValues{
		Handle:               r.Ptr(),
		PrivateKey:           r.Str(),
		Certificate:          r.Str(),
		DER:                  r.Bytes(),
		FingerprintAlgorithm: r.Str(),
		Fingerprint:          r.Str(),
	}, r.Err()
}

// CertificateGenerate makes a certificate with a fresh key.
func CertificateGenerate(in *Writer) (CertificateValues, error) {
	p, n := in.view()
	return readCertificate(call(func(o reply) C.size_t {
		return C.nrtc_certificate_generate(p, n, o.out, o.size, o.more)
	}))
}

// CertificateFromPEM makes a certificate of a key and its certificate.
func CertificateFromPEM(in *Writer) (CertificateValues, error) {
	p, n := in.view()
	return readCertificate(call(func(o reply) C.size_t {
		return C.nrtc_certificate_from_pem(p, n, o.out, o.size, o.more)
	}))
}
