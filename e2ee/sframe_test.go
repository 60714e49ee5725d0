// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package e2ee

import (
	"bytes"
	"encoding/hex"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	require.NoError(t, err)
	return b
}

// TestVectors are those of RFC 9605, appendix C.
func TestVectors(t *testing.T) {
	const metadata, plaintext = "4945544620534672616d65205747", "64726166742d696574662d736672616d652d656e63"
	for _, c := range []struct {
		suite      CipherSuite
		base, want string
	}{
		{AES128GCM, "000102030405060708090a0b0c0d0e0f",
			"9901234567b7412c2513a1b66dbb48841bbaf17f598751176ad847681a69c6d0b091c07018ce4adb34eb"},
		{AES256GCM, "000102030405060708090a0b0c0d0e0f",
			"990123456794f509d36e9beacb0e261d99c7d1e972f1fed787d4049f17ca21353c1cc24d56ceabced279"},
	} {
		k, err := NewKeys(c.suite)
		require.NoError(t, err)
		derived, err := k.derive(0x123, unhex(t, c.base))
		require.NoError(t, err)
		got := derived.seal(nil, 0x4567, unhex(t, metadata), unhex(t, plaintext))
		assert.Equal(t, c.want, hex.EncodeToString(got))
		require.NoError(t, k.SetReceiveKey(0x123, unhex(t, c.base)))
		opened, err := k.Decrypt(nil, unhex(t, metadata), got)
		require.NoError(t, err)
		assert.Equal(t, plaintext, hex.EncodeToString(opened))
	}
}

func TestHeaders(t *testing.T) {
	numbers := []uint64{0, 1, 7, 8, 255, 256, 0x123456, 1 << 32, math.MaxUint64}
	for _, id := range numbers {
		for _, counter := range numbers {
			b := appendHeader([]byte("x"), id, counter)[1:]
			gotID, gotCounter, size, err := parseHeader(append(b, 0xff))
			require.NoError(t, err)
			assert.Equal(t, []uint64{id, counter}, []uint64{gotID, gotCounter})
			assert.Equal(t, len(b), size)
			for i := range b {
				_, _, _, err := parseHeader(b[:i])
				assert.ErrorIs(t, err, ErrMalformed)
			}
		}
	}
	// RFC 9605, appendix C.1.
	for _, v := range []struct {
		id, counter uint64
		want        string
	}{
		{0, 0, "00"}, {0, 255, "08ff"}, {0, 65536, "0a010000"}, {0, 1 << 56, "0f0100000000000000"}, {0, math.MaxUint64, "0fffffffffffffffff"},
		{1, 1, "11"}, {1, 256, "190100"}, {255, 0, "80ff"}, {255, 255, "88ffff"}, {256, 1<<40 - 1, "9c0100ffffffffff"},
		{65535, 1 << 40, "9dffff010000000000"}, {1<<24 - 1, 1 << 16, "aaffffff010000"}, {1 << 24, 1<<48 - 1, "bd01000000ffffffffffff"},
		{1<<32 - 1, 1 << 32, "bcffffffff0100000000"}, {1 << 32, math.MaxUint64, "cf0100000000ffffffffffffffff"},
	} {
		assert.Equal(t, v.want, hex.EncodeToString(appendHeader(nil, v.id, v.counter)))
	}
	// RFC 9605, section 4.3, figure 5.
	assert.Equal(t, []byte{0x17}, appendHeader(nil, 1, 7))
	assert.Equal(t, []byte{0x79, 0x01, 0x00}, appendHeader(nil, 7, 256))
}

func TestOneKeyForEachDirection(t *testing.T) {
	base := bytes.Repeat([]byte{7}, 32)
	for _, suite := range []CipherSuite{AES128GCM, AES256GCM} {
		alice, err := NewKeys(suite)
		require.NoError(t, err)
		bob, err := NewKeys(suite)
		require.NoError(t, err)
		_, err = alice.Encrypt(nil, nil, []byte("x"))
		require.ErrorIs(t, err, ErrNoKey)
		require.NoError(t, alice.SetSendKey(1, base))
		sealed, err := alice.Encrypt([]byte("clear"), []byte("clear"), []byte("secret"))
		require.NoError(t, err)
		assert.Equal(t, "clear", string(sealed[:5]))
		assert.NotContains(t, string(sealed), "secret")
		sealed = sealed[5:]
		again, err := alice.Encrypt(nil, []byte("clear"), []byte("secret"))
		require.NoError(t, err)
		assert.NotEqual(t, sealed, again)

		_, err = bob.Decrypt(nil, []byte("clear"), sealed)
		require.ErrorIs(t, err, ErrNoKey)
		var unknown *UnknownKeyError
		require.ErrorAs(t, err, &unknown)
		assert.Equal(t, uint64(1), unknown.ID)
		require.NoError(t, bob.SetReceiveKey(1, base))
		for i := range sealed[1:] {
			forged := bytes.Clone(sealed)
			forged[i+1] ^= 1
			_, err = bob.Decrypt(nil, []byte("clear"), forged)
			require.Error(t, err)
		}
		_, err = bob.Decrypt(nil, []byte("other"), sealed)
		require.ErrorIs(t, err, ErrNotAuthentic)
		got, err := bob.Decrypt([]byte("> "), []byte("clear"), sealed)
		require.NoError(t, err)
		assert.Equal(t, "> secret", string(got))
		_, err = bob.Decrypt(nil, []byte("clear"), sealed)
		require.ErrorIs(t, err, ErrReplayed)
		bob.RemoveReceiveKey(1)
		_, err = bob.Decrypt(nil, []byte("clear"), again)
		require.ErrorIs(t, err, ErrNoKey)

		alice.send.counter = math.MaxUint64
		_, err = alice.Encrypt(nil, nil, []byte("x"))
		require.ErrorIs(t, err, ErrExhausted)
		require.Error(t, alice.SetSendKey(1, base[:8]))
		require.Error(t, bob.SetReceiveKey(1, nil))
	}
	_, err := NewKeys(1)
	require.Error(t, err)
}

func TestReplays(t *testing.T) {
	var w window
	for _, c := range []struct {
		counter uint64
		ok      bool
	}{
		{0, true}, {0, false}, {5, true}, {3, true}, {3, false}, {4, true}, {5, false},
		{2000, true}, {976, false}, {977, true}, {977, false}, {1999, true}, {2000, false},
		{1 << 40, true}, {2000, false}, {1<<40 - 1, true}, {1<<40 - windowSize, false}, {1<<40 - windowSize + 1, true},
		{math.MaxUint64, false},
	} {
		assert.Equal(t, c.ok, w.admit(c.counter), "%d", c.counter)
	}
	var fresh window
	seen := map[uint64]bool{}
	for i := range uint64(5000) {
		counter := i*7%1000 + i/1000*1000
		assert.Equal(t, !seen[counter], fresh.admit(counter), "%d", counter)
		seen[counter] = true
	}
}
