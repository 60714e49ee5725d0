// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package e2ee encrypts media from end to end: between the encoder of one peer and the
// decoder of another, so that a server in between, which ends DTLS, sees ciphertext. It is
// SFrame (RFC 9605) with AES-GCM, as transforms for RTPSender.SetTransform and
// RTPReceiver.SetTransform. How the peers agree on keys is the application's business.
//
// A frame of audio or VP9 is one ciphertext. Of the other codecs of video, what
// libwebrtc's packetizers and depacketizers read stays readable, and is authenticated:
// of VP8 the frame header (3 bytes, of key frames 10), of H264 parameter sets and the
// beginning of slices, of AV1 the headers of OBUs and the sequence header. H264 and AV1
// are encrypted slice by slice and OBU by OBU. A page decrypts the same if its transform
// knows this format, which no standard has settled yet.
package e2ee

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"math"
	"sync"
)

// CipherSuite is one of RFC 9605, section 4.5.
type CipherSuite uint16

const (
	// AES128GCM is AES_128_GCM_SHA256_128.
	AES128GCM CipherSuite = 0x0004

	// AES256GCM is AES_256_GCM_SHA512_128.
	AES256GCM CipherSuite = 0x0005
)

func (s CipherSuite) parameters() (keySize int, h func() hash.Hash, err error) {
	switch s {
	case AES128GCM:
		return 16, sha256.New, nil
	case AES256GCM:
		return 32, sha512.New, nil
	}
	return 0, nil, fmt.Errorf("e2ee: no cipher suite %#04x", uint16(s))
}

var (
	// ErrNoKey is returned for a key ID that the ring has no key for, and by
	// Encrypt before SetSendKey.
	ErrNoKey = errors.New("e2ee: no key")

	// ErrNotAuthentic is returned for what was not encrypted with the key, or
	// changed since.
	ErrNotAuthentic = errors.New("e2ee: not authentic")

	// ErrReplayed is returned for what was decrypted before, or is older than what
	// can be told from that.
	ErrReplayed = errors.New("e2ee: replayed")

	// ErrExhausted is returned by Encrypt when the key has served its time.
	ErrExhausted = errors.New("e2ee: the key is used up")
)

// UnknownKeyError is ErrNoKey with the ID that a received frame has and the ring has not.
type UnknownKeyError struct{ ID uint64 }

// Error names the ID.
func (e *UnknownKeyError) Error() string { return fmt.Sprintf("%v with the ID %d", ErrNoKey, e.ID) }

// Unwrap returns ErrNoKey.
func (e *UnknownKeyError) Unwrap() error { return ErrNoKey }

// Keys is a ring of SFrame keys: one to send with and any number to receive with. Its
// methods may be called from any goroutine.
type Keys struct {
	suite CipherSuite

	mu      sync.Mutex
	send    *key
	receive map[uint64]*key
}

// key is a base key with what is derived from it (RFC 9605, section 4.4.2).
type key struct {
	id      uint64
	aead    cipher.AEAD
	salt    []byte
	counter uint64 // next to be sent
	window  window // of those received
}

// NewKeys makes a ring without keys.
func NewKeys(suite CipherSuite) (*Keys, error) {
	if _, _, err := suite.parameters(); err != nil {
		return nil, err
	}
	return &Keys{suite: suite, receive: map[uint64]*key{}}, nil
}

// SetSendKey sets the key that is sent with from now on. No two senders may use the
// same base key with the same ID, nor may one sender set the same twice: their frames
// would be encrypted alike. base is at least 16 bytes.
func (k *Keys) SetSendKey(id uint64, base []byte) error {
	derived, err := k.derive(id, base)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.send = derived
	return nil
}

// SetReceiveKey adds a key that others send with, or replaces the one with its ID.
func (k *Keys) SetReceiveKey(id uint64, base []byte) error {
	derived, err := k.derive(id, base)
	if err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.receive[id] = derived
	return nil
}

// RemoveReceiveKey removes a key that SetReceiveKey has added.
func (k *Keys) RemoveReceiveKey(id uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.receive, id)
}

const leastBase = 16

func (k *Keys) derive(id uint64, base []byte) (*key, error) {
	if len(base) < leastBase {
		return nil, fmt.Errorf("e2ee: a base key of %d bytes", len(base))
	}
	size, h, err := k.suite.parameters()
	if err != nil {
		return nil, err
	}
	secret, err := hkdf.Extract(h, base, nil)
	if err != nil {
		return nil, err
	}
	var suffix []byte
	suffix = binary.BigEndian.AppendUint64(suffix, id)
	suffix = binary.BigEndian.AppendUint16(suffix, uint16(k.suite))
	encryption, err := hkdf.Expand(h, secret, "SFrame 1.0 Secret key "+string(suffix), size)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(encryption)
	if err != nil {
		return nil, err
	}
	derived := &key{id: id}
	if derived.aead, err = cipher.NewGCM(block); err != nil {
		return nil, err
	}
	derived.salt, err = hkdf.Expand(h, secret, "SFrame 1.0 Secret salt "+string(suffix), derived.aead.NonceSize())
	return derived, err
}

// nonce is that of a counter.
func (k *key) nonce(counter uint64) []byte {
	nonce := make([]byte, len(k.salt))
	binary.BigEndian.PutUint64(nonce[len(nonce)-8:], counter)
	for i, s := range k.salt {
		nonce[i] ^= s
	}
	return nonce
}

// Encrypt appends the SFrame ciphertext of plaintext to dst. metadata is authenticated
// and not sent.
func (k *Keys) Encrypt(dst, metadata, plaintext []byte) ([]byte, error) {
	k.mu.Lock()
	send := k.send
	if send == nil {
		k.mu.Unlock()
		return dst, ErrNoKey
	}
	counter := send.counter
	if counter == math.MaxUint64 {
		k.mu.Unlock()
		return dst, ErrExhausted
	}
	send.counter++
	k.mu.Unlock()
	return send.seal(dst, counter, metadata, plaintext), nil
}

func (k *key) seal(dst []byte, counter uint64, metadata, plaintext []byte) []byte {
	begin := len(dst)
	dst = appendHeader(dst, k.id, counter)
	aad := append(append([]byte(nil), dst[begin:]...), metadata...)
	return k.aead.Seal(dst, k.nonce(counter), plaintext, aad)
}

// Decrypt appends the plaintext of an SFrame ciphertext to dst. Each can be decrypted
// once.
func (k *Keys) Decrypt(dst, metadata, ciphertext []byte) ([]byte, error) {
	id, counter, size, err := parseHeader(ciphertext)
	if err != nil {
		return dst, err
	}
	k.mu.Lock()
	receive := k.receive[id]
	k.mu.Unlock()
	if receive == nil {
		return dst, &UnknownKeyError{ID: id}
	}
	aad := append(append([]byte(nil), ciphertext[:size]...), metadata...)
	plaintext, err := receive.aead.Open(dst, receive.nonce(counter), ciphertext[size:], aad)
	if err != nil {
		return dst, ErrNotAuthentic
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if !receive.window.admit(counter) {
		return dst, ErrReplayed
	}
	return plaintext, nil
}

// appendHeader appends the header of RFC 9605, section 4.3.
func appendHeader(dst []byte, id, counter uint64) []byte {
	at := len(dst)
	dst = append(dst, 0)
	field := func(v uint64) (bits byte) {
		if v < 8 {
			return byte(v)
		}
		var b [8]byte
		binary.BigEndian.PutUint64(b[:], v)
		n := 8
		for b[8-n] == 0 {
			n--
		}
		dst = append(dst, b[8-n:]...)
		return 8 | byte(n-1)
	}
	high := field(id)
	dst[at] = high<<4 | field(counter)
	return dst
}

func parseHeader(b []byte) (id, counter uint64, size int, err error) {
	if len(b) == 0 {
		return 0, 0, 0, ErrMalformed
	}
	size = 1
	field := func(bits byte) (v uint64) {
		if bits&8 == 0 {
			return uint64(bits)
		}
		n := int(bits&7) + 1
		if len(b) < size+n {
			err = ErrMalformed
			return 0
		}
		for _, c := range b[size : size+n] {
			v = v<<8 | uint64(c)
		}
		size += n
		return v
	}
	id = field(b[0] >> 4)
	counter = field(b[0] & 0xf)
	return id, counter, size, err
}

// window remembers which of the last counters came.
type window struct {
	bits [16]uint64
	next uint64 // one more than the highest; 0 for none
}

const windowSize = 16 * 64

func (w *window) admit(counter uint64) bool {
	if counter == math.MaxUint64 {
		return false
	}
	if w.next > windowSize && counter < w.next-windowSize {
		return false
	}
	if counter >= w.next {
		for c := max(w.next, counter-min(counter, windowSize-1)); c < counter; c++ {
			w.bits[c/64%16] &^= 1 << (c % 64)
		}
		w.next = counter + 1
	} else if w.bits[counter/64%16]&(1<<(counter%64)) != 0 {
		return false
	}
	w.bits[counter/64%16] |= 1 << (counter % 64)
	return true
}
