// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	goruntime "runtime"
	"slices"
	"strings"
	"time"

	"github.com/nativertc/nativertc/cgo"
)

// Certificate is a certificate with its private key, by which a connection
// proves itself in DTLS.
//
// It is an immutable value: copies stand for the same certificate, any number of
// connections may use it at a time, and all methods may be called from any
// goroutine. It belongs to no connection and needs no closing. The zero value is
// no certificate; a Configuration with it is refused as if it had expired.
//
// https://www.w3.org/TR/webrtc/#rtccertificate-interface
type Certificate struct{ c *certificate }

type certificate struct {
	ref         *cgo.Ref
	key         string // PEM
	cert        string // PEM
	x509        *x509.Certificate
	algorithm   KeyAlgorithm
	fingerprint DTLSFingerprint
}

// newCertificate takes over what the bridge gave.
func newCertificate(v cgo.CertificateValues, err error) (*Certificate, error) {
	if err != nil {
		return nil, nativeError(err)
	}
	c := &certificate{ref: cgo.NewRef(v.Handle, nil), key: v.PrivateKey, cert: v.Certificate}
	goruntime.AddCleanup(c, func(ref *cgo.Ref) { ref.Close() }, c.ref)
	if c.x509, err = x509.ParseCertificate(v.DER); err != nil {
		return nil, newError(operationError, "certificate", err)
	}
	if c.algorithm, err = keyAlgorithmOf(c.x509.PublicKey); err != nil {
		return nil, err
	}
	c.fingerprint = DTLSFingerprint{
		Algorithm: v.FingerprintAlgorithm,
		Value:     strings.ToLower(v.Fingerprint),
	}
	return &Certificate{c}, nil
}

// Expires returns when the certificate ceases to be valid; a connection cannot
// be made with it any more after that. For the zero Certificate it is the
// beginning of 1970.
//
// https://www.w3.org/TR/webrtc/#dom-rtccertificate-expires
func (c Certificate) Expires() time.Time {
	if c.c == nil {
		return time.Unix(0, 0).UTC()
	}
	return c.c.x509.NotAfter
}

// GetAlgorithm returns what kind of key the certificate has. It is the zero
// KeyAlgorithm for the zero Certificate.
//
// https://www.w3.org/TR/webrtc/#dom-rtccertificate-getalgorithm
func (c Certificate) GetAlgorithm() KeyAlgorithm {
	if c.c == nil {
		return KeyAlgorithm{}
	}
	return c.c.algorithm
}

// GetFingerprints returns the certificate's fingerprint, the one that
// descriptions carry, with its digits in lower case. The zero Certificate gives
// an InvalidStateError.
//
// https://www.w3.org/TR/webrtc/#dom-rtccertificate-getfingerprints
func (c Certificate) GetFingerprints() ([]DTLSFingerprint, error) {
	if c.c == nil {
		return nil, errNoCertificate()
	}
	return []DTLSFingerprint{c.c.fingerprint}, nil
}

// X509 returns the certificate without its private key, or nil for the zero
// Certificate. The result is shared and must not be changed.
func (c Certificate) X509() *x509.Certificate {
	if c.c == nil {
		return nil
	}
	return c.c.x509
}

// Equals tells whether both have the same certificate and key. Two zero
// Certificates are equal.
func (c Certificate) Equals(other Certificate) bool {
	if c.c == nil || other.c == nil {
		return c.c == other.c
	}
	return c.c == other.c || c.c.key == other.c.key && slices.Equal(c.c.x509.Raw, other.c.x509.Raw)
}

// PEM returns the certificate and its private key (PKCS #8), which
// CertificateFromPEM reads. Keep it secret. The zero Certificate gives an
// InvalidStateError.
func (c Certificate) PEM() (string, error) {
	if c.c == nil {
		return "", errNoCertificate()
	}
	return c.c.cert + c.c.key, nil
}

// CertificateFromPEM reads a certificate and its private key in PEM, in either
// order. The key may be in PKCS #8, PKCS #1 or SEC 1. Text that is no such pair
// is a SyntaxError, a key of another kind than GenerateCertificate allows a
// NotSupportedError.
func CertificateFromPEM(pems string) (*Certificate, error) {
	cert, key, err := parseCertificatePEM(pems)
	if err != nil {
		return nil, err
	}
	return CertificateFromX509(key, cert)
}

// CertificateFromX509 makes a Certificate of a certificate and its private key.
// It fails as CertificateFromPEM does.
func CertificateFromX509(privateKey crypto.PrivateKey, certificate *x509.Certificate) (*Certificate, error) {
	if certificate == nil {
		return nil, newError(typeError, "no certificate", nil)
	}
	public, err := publicKeyOf(privateKey)
	if err != nil {
		return nil, err
	}
	if !public.Equal(certificate.PublicKey) {
		return nil, newError(syntaxError, "the private key is not that of the certificate", nil)
	}
	encoded, err := x509.MarshalPKCS8PrivateKey(privateKey)
	if err != nil {
		return nil, newError(notSupportedError, "private key", err)
	}
	var in cgo.Writer
	in.Str(string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded})))
	in.Str(string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw})))
	return newCertificate(cgo.CertificateFromPEM(&in))
}

func errNoCertificate() error { return newError(invalidStateError, "the zero Certificate", nil) }
