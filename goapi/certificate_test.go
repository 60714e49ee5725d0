// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// fingerprintOf is the fingerprint of RFC 8122, computed by Go.
func fingerprintOf(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	var parts []string
	for _, b := range sum {
		parts = append(parts, fmt.Sprintf("%02x", b))
	}
	return strings.Join(parts, ":")
}

func TestGenerateCertificateFromAlgorithmMakesBothRequiredKinds(t *testing.T) {
	for _, algorithm := range []KeyAlgorithm{KeyAlgorithmECDSA(), KeyAlgorithmRSA()} {
		t.Run(algorithm.Name, func(t *testing.T) {
			before := time.Now()
			c, err := GenerateCertificateFromAlgorithm(algorithm, CertificateExpiration{Expires: 2 * time.Hour})
			require.NoError(t, err)
			require.Equal(t, algorithm, c.GetAlgorithm())
			require.WithinRange(t, c.Expires(), before.Add(2*time.Hour-time.Second), time.Now().Add(2*time.Hour+time.Second))

			fingerprints, err := c.GetFingerprints()
			require.NoError(t, err)
			require.Equal(t, []DTLSFingerprint{{Algorithm: "sha-256", Value: fingerprintOf(c.X509())}}, fingerprints)
		})
	}
}

func TestGenerateCertificateFromAlgorithmBounds(t *testing.T) {
	c, err := GenerateCertificateFromAlgorithm(KeyAlgorithm{Name: "ecdsa", NamedCurve: "P-256"})
	require.NoError(t, err)
	require.Equal(t, KeyAlgorithmECDSA(), c.GetAlgorithm(), "names of algorithms have no case")
	require.WithinRange(t, c.Expires(), time.Now().Add(29*24*time.Hour), time.Now().Add(31*24*time.Hour))

	c, err = GenerateCertificateFromAlgorithm(KeyAlgorithmECDSA(), CertificateExpiration{Expires: 100 * 365 * 24 * time.Hour})
	require.NoError(t, err)
	require.True(t, c.Expires().Before(time.Now().Add(366*24*time.Hour)), "cut to a year")

	_, err = GenerateCertificateFromAlgorithm(KeyAlgorithmECDSA(), CertificateExpiration{Expires: -1})
	var typeErr *TypeError
	require.ErrorAs(t, err, &typeErr)

	rsaWith := func(change func(*KeyAlgorithm)) KeyAlgorithm {
		a := KeyAlgorithmRSA()
		change(&a)
		return a
	}
	for _, algorithm := range []KeyAlgorithm{
		{},
		{Name: "ECDSA"},
		{Name: "ECDSA", NamedCurve: "P-521"},
		{Name: "Ed25519"},
		rsaWith(func(a *KeyAlgorithm) { a.ModulusLength = 512 }),
		rsaWith(func(a *KeyAlgorithm) { a.ModulusLength = 1 << 30 }),
		rsaWith(func(a *KeyAlgorithm) { a.ModulusLength = 2047 }),
		rsaWith(func(a *KeyAlgorithm) { a.PublicExponent = 4 }),
		rsaWith(func(a *KeyAlgorithm) { a.Hash = "SHA-1" }),
	} {
		_, err := GenerateCertificateFromAlgorithm(algorithm)
		var unsupported *NotSupportedError
		require.ErrorAs(t, err, &unsupported, "%+v", algorithm)
	}
}

func TestGenerateCertificateTakesKeysOfGo(t *testing.T) {
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	require.NoError(t, err)
	r2048, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	for _, key := range []crypto.Signer{p256, p384, r2048} {
		c, err := GenerateCertificate(key)
		require.NoError(t, err)
		require.Equal(t, key.Public(), c.X509().PublicKey)
		require.NoError(t, c.X509().CheckSignature(c.X509().SignatureAlgorithm, c.X509().RawTBSCertificate, c.X509().Signature))
	}

	p521, err := ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	require.NoError(t, err)
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	for _, key := range []crypto.PrivateKey{nil, "key", (*ecdsa.PrivateKey)(nil), (*rsa.PrivateKey)(nil), &ecdsa.PrivateKey{}, &rsa.PrivateKey{}, p521, ed} {
		_, err := GenerateCertificate(key)
		var unsupported *NotSupportedError
		require.ErrorAs(t, err, &unsupported, "%T", key)
	}
}

func TestCertificatePEMRoundTrip(t *testing.T) {
	for _, algorithm := range []KeyAlgorithm{KeyAlgorithmECDSA(), KeyAlgorithmRSA()} {
		c, err := GenerateCertificateFromAlgorithm(algorithm)
		require.NoError(t, err)
		text, err := c.PEM()
		require.NoError(t, err)
		again, err := CertificateFromPEM(text)
		require.NoError(t, err)
		require.True(t, c.Equals(*again))
		require.Equal(t, c.Expires(), again.Expires())
		require.Equal(t, c.GetAlgorithm(), again.GetAlgorithm())

		other, err := GenerateCertificateFromAlgorithm(algorithm)
		require.NoError(t, err)
		require.False(t, c.Equals(*other))
	}
}

func TestCertificateFromPEMReadsOtherFormats(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	c, err := GenerateCertificate(key)
	require.NoError(t, err)
	sec1, err := x509.MarshalECPrivateKey(key)
	require.NoError(t, err)
	block := func(name string, bytes []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: name, Bytes: bytes}))
	}
	keyText := block("EC PRIVATE KEY", sec1)
	certText := block("CERTIFICATE", c.X509().Raw)
	pionText := block("CERTIFICATE", []byte(base64.StdEncoding.EncodeToString(c.X509().Raw)))
	for _, text := range []string{certText + keyText, keyText + certText, pionText + keyText} {
		read, err := CertificateFromPEM(text)
		require.NoError(t, err)
		require.Equal(t, c.X509().Raw, read.X509().Raw)
	}

	other, err := GenerateCertificateFromAlgorithm(KeyAlgorithmECDSA())
	require.NoError(t, err)
	for name, text := range map[string]string{
		"empty":             "",
		"no PEM":            "hello\x00",
		"key only":          keyText,
		"certificate only":  certText,
		"wrong key":         block("CERTIFICATE", other.X509().Raw) + keyText,
		"broken":            block("CERTIFICATE", c.X509().Raw[:40]) + keyText,
		"broken key":        certText + block("EC PRIVATE KEY", sec1[:20]),
		"not a certificate": block("CERTIFICATE", []byte("!")) + keyText,
	} {
		_, err := CertificateFromPEM(text)
		var syntax *SyntaxError
		require.ErrorAs(t, err, &syntax, name)
	}
}

func TestZeroCertificate(t *testing.T) {
	var zero Certificate
	var state *InvalidStateError
	_, err := zero.PEM()
	require.ErrorAs(t, err, &state)
	_, err = zero.GetFingerprints()
	require.ErrorAs(t, err, &state)
	require.Nil(t, zero.X509())
	require.Zero(t, zero.GetAlgorithm())
	require.True(t, zero.Equals(Certificate{}))
	c, err := GenerateCertificateFromAlgorithm(KeyAlgorithmECDSA())
	require.NoError(t, err)
	require.False(t, zero.Equals(*c))
	require.False(t, c.Equals(zero))

	_, err = NewPeerConnection(Configuration{Certificates: []Certificate{zero}})
	var access *InvalidAccessError
	require.ErrorAs(t, err, &access)

	_, err = CertificateFromX509(nil, nil)
	var typeErr *TypeError
	require.ErrorAs(t, err, &typeErr)
}

func TestExpiredCertificateIsRefused(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	expired, err := NewCertificate(key, x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotBefore:    time.Now().Add(-2 * time.Hour),
		NotAfter:     time.Now().Add(-time.Hour),
	})
	require.NoError(t, err)
	_, err = NewPeerConnection(Configuration{Certificates: []Certificate{*expired}})
	var access *InvalidAccessError
	require.ErrorAs(t, err, &access)
	require.ErrorIs(t, err, ErrCertificateExpired)
}

func TestConnectionsProveThemselvesByTheirCertificates(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	certA, err := GenerateCertificate(key)
	require.NoError(t, err)
	certB, err := GenerateCertificateFromAlgorithm(KeyAlgorithmRSA())
	require.NoError(t, err)
	api := loopbackAPI()
	a, b := newPairOf(t, api, api,
		Configuration{Certificates: []Certificate{*certA}},
		Configuration{Certificates: []Certificate{*certB}})
	channelPair(t, a, b, nil)

	for _, side := range []struct {
		pc           *PeerConnection
		ours, theirs *Certificate
	}{{a, certA, certB}, {b, certB, certA}} {
		require.Contains(t, strings.ToLower(side.pc.LocalDescription().SDP), "a=fingerprint:sha-256 "+fingerprintOf(side.ours.X509()))
		require.Equal(t, side.theirs.X509().Raw, side.pc.SCTP().Transport().GetRemoteCertificate())
		require.True(t, side.pc.GetConfiguration().Certificates[0].Equals(*side.ours))
	}
	require.NoError(t, a.SetConfiguration(Configuration{}), "certificates that are not given stay")
}
