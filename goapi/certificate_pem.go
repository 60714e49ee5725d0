// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"crypto"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
)

// parseCertificatePEM takes the first certificate and the first private key.
func parseCertificatePEM(text string) (*x509.Certificate, crypto.PrivateKey, error) {
	var cert *x509.Certificate
	var key crypto.PrivateKey
	for rest := []byte(text); ; {
		var block *pem.Block
		var err error
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		switch {
		case block.Type == "CERTIFICATE" && cert == nil:
			cert, err = parseCertificateBlock(block.Bytes)
		case block.Type == "PRIVATE KEY" && key == nil:
			key, err = x509.ParsePKCS8PrivateKey(block.Bytes)
		case block.Type == "EC PRIVATE KEY" && key == nil:
			key, err = x509.ParseECPrivateKey(block.Bytes)
		case block.Type == "RSA PRIVATE KEY" && key == nil:
			key, err = x509.ParsePKCS1PrivateKey(block.Bytes)
		}
		if err != nil {
			return nil, nil, newError(syntaxError, block.Type, err)
		}
	}
	if cert == nil || key == nil {
		return nil, nil, newError(syntaxError, "PEM without a certificate and a private key", nil)
	}
	return cert, key, nil
}

// parseCertificateBlock also reads what pion writes, which encodes the
// certificate in base64 once more.
func parseCertificateBlock(der []byte) (*x509.Certificate, error) {
	cert, err := x509.ParseCertificate(der)
	if err == nil {
		return cert, nil
	}
	if inner, e := base64.StdEncoding.DecodeString(string(der)); e == nil {
		return x509.ParseCertificate(inner)
	}
	return nil, err
}
