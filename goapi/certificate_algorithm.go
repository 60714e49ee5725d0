// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"fmt"
	"strings"
)

// KeyAlgorithm tells what kind of key a certificate has, in the terms of the Web
// Cryptography API. KeyAlgorithmECDSA and KeyAlgorithmRSA are the two that every
// implementation of WebRTC has.
//
// https://www.w3.org/TR/WebCryptoAPI/#key-algorithm-dictionary
type KeyAlgorithm struct {
	// Name is "ECDSA" or "RSASSA-PKCS1-v1_5". Letter case does not matter.
	Name string `json:"name"`

	// NamedCurve is the curve of an ECDSA key: "P-256" to make one; certificates
	// from elsewhere may also be on "P-384".
	NamedCurve string `json:"namedCurve,omitempty"`

	// ModulusLength is the size of an RSA key in bits: a multiple of 8 between
	// 1024 and 8192.
	ModulusLength int `json:"modulusLength,omitempty"`

	// PublicExponent is that of an RSA key: 3 or 65537.
	PublicExponent int `json:"publicExponent,omitempty"`

	// Hash is the hash function of an RSA signature: "SHA-256".
	Hash string `json:"hash,omitempty"`
}

const (
	nameECDSA = "ECDSA"
	nameRSA   = "RSASSA-PKCS1-v1_5"

	minModulusLength = 1024
	maxModulusLength = 8192
)

// KeyAlgorithmECDSA returns ECDSA on P-256, the default.
func KeyAlgorithmECDSA() KeyAlgorithm { return KeyAlgorithm{Name: nameECDSA, NamedCurve: "P-256"} }

// KeyAlgorithmRSA returns RSA of 2048 bits with the exponent 65537 and SHA-256.
func KeyAlgorithmRSA() KeyAlgorithm {
	return KeyAlgorithm{Name: nameRSA, ModulusLength: 2048, PublicExponent: 65537, Hash: "SHA-256"}
}

// GetSupportedAlgorithms returns the kinds of keys that certificates are made
// with by default parameters, the first being what a connection without
// certificates makes itself. RSA keys of other sizes can be made as well.
//
// https://w3c.github.io/webrtc-pc/#dom-rtccertificate-getsupportedalgorithms
func GetSupportedAlgorithms() []KeyAlgorithm {
	return []KeyAlgorithm{KeyAlgorithmECDSA(), KeyAlgorithmRSA()}
}

// normalize gives the name its own spelling, if a key can be made so.
//
// https://www.w3.org/TR/WebCryptoAPI/#algorithm-normalization-normalize-an-algorithm
func (a KeyAlgorithm) normalize() (KeyAlgorithm, error) {
	switch {
	case strings.EqualFold(a.Name, nameECDSA) && a.NamedCurve == "P-256":
		return KeyAlgorithmECDSA(), nil
	case strings.EqualFold(a.Name, nameRSA) && strings.EqualFold(a.Hash, "SHA-256") &&
		validModulusLength(a.ModulusLength) && (a.PublicExponent == 3 || a.PublicExponent == 65537):
		a.Name, a.NamedCurve, a.Hash = nameRSA, "", "SHA-256"
		return a, nil
	}
	return a, newError(notSupportedError, fmt.Sprintf("key algorithm %+v", a), nil)
}

func validModulusLength(bits int) bool {
	return bits >= minModulusLength && bits <= maxModulusLength && bits%8 == 0
}

// comparableKey is what every public key of the standard library is.
type comparableKey interface {
	Equal(crypto.PublicKey) bool
}

// publicKeyOf returns the public part of a private key that can be used.
func publicKeyOf(private crypto.PrivateKey) (comparableKey, error) {
	var public comparableKey
	switch k := private.(type) {
	case *ecdsa.PrivateKey:
		if k != nil && k.Curve != nil && k.X != nil {
			public = &k.PublicKey
		}
	case *rsa.PrivateKey:
		if k != nil && k.N != nil && k.Validate() == nil {
			public = &k.PublicKey
		}
	}
	if public == nil {
		return nil, newError(notSupportedError, fmt.Sprintf("a key of type %T", private), nil)
	}
	_, err := keyAlgorithmOf(public)
	return public, err
}

func keyAlgorithmOf(public crypto.PublicKey) (KeyAlgorithm, error) {
	switch k := public.(type) {
	case *ecdsa.PublicKey:
		if k.Curve == elliptic.P256() || k.Curve == elliptic.P384() {
			return KeyAlgorithm{Name: nameECDSA, NamedCurve: k.Curve.Params().Name}, nil
		}
	case *rsa.PublicKey:
		if bits := k.N.BitLen(); bits >= minModulusLength && bits <= maxModulusLength {
			return KeyAlgorithm{Name: nameRSA, ModulusLength: bits, PublicExponent: k.E, Hash: "SHA-256"}, nil
		}
	}
	return KeyAlgorithm{}, newError(notSupportedError, fmt.Sprintf("a key of type %T of this size", public), nil)
}
