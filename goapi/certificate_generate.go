// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"math/big"
	"time"

	"github.com/nativertc/nativertc/cgo"
)

// selfSignedLifetime is how long a certificate that was made for a key is
// valid: as long as libwebrtc's own.
const selfSignedLifetime = 30 * 24 * time.Hour

// GenerateCertificate makes a self-signed certificate for a private key:
// *ecdsa.PrivateKey on P-256 or P-384, or *rsa.PrivateKey of 1024 to 8192 bits.
// Another key is a NotSupportedError. The certificate is valid for 30 days.
//
// To have the key made too, and to choose the lifetime, use
// GenerateCertificateFromAlgorithm.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-generatecertificate
func GenerateCertificate(secretKey crypto.PrivateKey) (*Certificate, error) {
	origin := make([]byte, 16)
	if _, err := rand.Read(origin); err != nil {
		return nil, newError(unknownError, "", err)
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, newError(unknownError, "", err)
	}
	now := time.Now()
	return NewCertificate(secretKey, x509.Certificate{
		SerialNumber: serial,
		Subject:      pkix.Name{CommonName: hex.EncodeToString(origin)},
		NotBefore:    now.Add(-24 * time.Hour), // the other peer's clock may be slow
		NotAfter:     now.Add(selfSignedLifetime),
	})
}

// NewCertificate makes a self-signed certificate for a private key from a
// template, as x509.CreateCertificate does. It fails as GenerateCertificate
// does.
func NewCertificate(key crypto.PrivateKey, template x509.Certificate) (*Certificate, error) {
	public, err := publicKeyOf(key)
	if err != nil {
		return nil, err
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, public, key)
	if err != nil {
		return nil, newError(operationError, "certificate", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, newError(operationError, "certificate", err)
	}
	return CertificateFromX509(key, cert)
}

// CertificateExpiration are the options of GenerateCertificateFromAlgorithm.
//
// https://www.w3.org/TR/webrtc/#dom-rtccertificateexpiration
type CertificateExpiration struct {
	// Expires is how long the certificate shall be valid, at most a year: more
	// is cut. Zero is libwebrtc's default of 30 days. It counts in seconds.
	Expires time.Duration
}

// GenerateCertificateFromAlgorithm makes a key and a self-signed certificate for
// it, with libwebrtc: the W3C's generateCertificate. An algorithm that is not
// offered is a NotSupportedError, a negative expiration a TypeError.
//
// It blocks while the key is made, which for RSA takes up to seconds.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-generatecertificate
func GenerateCertificateFromAlgorithm(algorithm KeyAlgorithm, options ...CertificateExpiration) (*Certificate, error) {
	algorithm, err := algorithm.normalize()
	if err != nil {
		return nil, err
	}
	var in cgo.Writer
	in.Str(algorithm.Name)
	in.I32(int32(algorithm.ModulusLength))
	in.I32(int32(algorithm.PublicExponent))
	var lifetime *uint64
	for _, o := range options {
		switch {
		case o.Expires < 0:
			return nil, newError(typeError, "negative expiration", nil)
		case o.Expires > 0:
			ms := uint64(o.Expires.Milliseconds())
			lifetime = &ms
		}
	}
	cgo.WriteOpt(&in, lifetime, in.U64)
	return newCertificate(cgo.CertificateGenerate(&in))
}
