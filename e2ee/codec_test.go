// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package e2ee

import (
	"bytes"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// plainly is a cryptor that shows what it is given: it neither hides nor checks.
func plainly(dst, _, text []byte) ([]byte, error) { return append(dst, text...), nil }

func sealed(t *testing.T, codec format, k *Keys, frame []byte) []byte {
	t.Helper()
	b, err := codec.seal([]byte(">"), frame, webrtc.EncodedFrameMetadata{}, k.Encrypt)
	require.NoError(t, err)
	require.Equal(t, byte('>'), b[0])
	return b[1:]
}

func pairOfKeys(t *testing.T) *Keys {
	t.Helper()
	k := keys(t)
	require.NoError(t, k.SetSendKey(1, base))
	require.NoError(t, k.SetReceiveKey(1, base))
	return k
}

func mustFormat(t *testing.T, mimeType string) format {
	t.Helper()
	codec, err := formatOf(mimeType)
	require.NoError(t, err)
	return codec
}

func concat(parts ...[]byte) []byte { return slices.Concat(parts...) }

// Units of H264: a sequence and a picture parameter set, slices of an IDR picture (first
// macroblock 0, type 7, parameter set 0) and of another (first macroblock 8, type 5).
var (
	sps = []byte{0x67, 0x42, 0xc0, 0x1f, 0x8c, 0x8d, 0x40}
	pps = []byte{0x68, 0xce, 0x3c, 0x80}
	idr = []byte{0x65, 0x88, 0x84, 0x00, 0x00, 0x03, 0x01, 0x42, 0x00, 0x00, 0x03}
	// 0001001 (8) 00110 (5) 1 (0)
	slice = []byte{0x41, 0x12, 0x68, 0x11, 0x22, 0x33}
	short = []byte{0, 0, 1}
)

func TestH264LeavesWhatPacketizersRead(t *testing.T) {
	codec, k := mustFormat(t, "video/h264"), pairOfKeys(t)
	frame := concat(startCode, sps, short, pps, startCode, idr, startCode, slice)
	got := sealed(t, codec, k, frame)
	assert.True(t, bytes.HasPrefix(got, concat(startCode, sps, startCode, pps, startCode, idr[:3])), "%x", got)
	units, err := nalUnits(got)
	require.NoError(t, err)
	require.Len(t, units, 4)
	assert.Equal(t, slice[:3], units[3].clear)
	assert.NotContains(t, string(got), string(idr[3:]))
	assert.NotContains(t, string(got), string(slice[3:]))
	opened, err := codec.open(nil, got, webrtc.EncodedFrameMetadata{}, k.Decrypt)
	require.NoError(t, err)
	assert.Equal(t, concat(startCode, sps, startCode, pps, startCode, idr, startCode, slice), opened)
}

// TestH264CiphertextHasNoStartCodes has every text be what the codec keeps apart.
func TestH264CiphertextHasNoStartCodes(t *testing.T) {
	codec := mustFormat(t, "video/H264")
	for _, text := range [][]byte{
		{}, {0}, {0, 0, 0, 1}, {0, 0, 1}, {0, 0, 2, 0, 0, 3, 0, 0, 0, 0, 0, 0}, {3}, {0, 0, 3, 3}, {1, 0, 0}, bytes.Repeat([]byte{0}, 50),
	} {
		for _, before := range [][]byte{slice[:3], {0x41, 0xe0}, {0x65, 0xc0, 0x00, 0x08, 0x00, 0x00}} {
			size, ok := sliceHeader(before)
			require.True(t, ok)
			u := []unit{{clear: before[:size], text: text}}
			nal := escape(slices.Clone(before[:size]), append(slices.Clone(text), endOfText))
			assert.NotContains(t, string(nal), string(short))
			assert.NotContains(t, string(nal), "\x00\x00\x00")
			opened, err := codec.open(nil, concat(startCode, nal), webrtc.EncodedFrameMetadata{}, plainly)
			require.NoError(t, err)
			assert.Equal(t, concat(startCode, u[0].clear, text), opened)
		}
	}
}

func TestSliceHeaders(t *testing.T) {
	for _, c := range []struct {
		nal  []byte
		size int
	}{
		{idr, 3}, {slice, 3}, {[]byte{0x41, 0xe0}, 2}, {[]byte{0x41, 0xc0, 0x80}, 3},
		{[]byte{0x41, 0x00, 0x00, 0x03, 0x00, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00}, 0}, // 32 zeros
		{[]byte{0x41}, 0}, {[]byte{0x41, 0xc0}, 0},
		// 17 zeros, a one and 17 bits; 1; 1. The three keeps a start code away.
		{[]byte{0x41, 0x00, 0x00, 0x03, 0x40, 0x00, 0x18, 0x77}, 7},
	} {
		size, ok := sliceHeader(c.nal)
		assert.Equal(t, c.size > 0, ok, "%x", c.nal)
		assert.Equal(t, c.size, size, "%x", c.nal)
	}
}

// OBUs of AV1: a temporal delimiter, a sequence header and frames with their sizes, one
// of them with an extension, padding, and a frame that goes to the end.
var (
	obuTD       = []byte{0x12, 0x00}
	obuSequence = []byte{0x0a, 0x03, 7, 8, 9}
	obuFrame    = []byte{0x32, 0x04, 1, 2, 3, 4}
	obuLayer    = []byte{0x36, 0x08, 0x02, 5, 6}
	obuFiller   = []byte{0x7a, 0x01, 0x80}
	obuLast     = []byte{0x30, 7, 7, 7}
)

func TestAV1LeavesWhatPacketizersRead(t *testing.T) {
	codec, k := mustFormat(t, "video/AV1"), pairOfKeys(t)
	got := sealed(t, codec, k, concat(obuTD, obuSequence, obuFrame, obuLayer, obuFiller, obuLast))
	assert.True(t, bytes.HasPrefix(got, concat(obuSequence, obuFrame[:1])), "%x", got)
	assert.NotContains(t, string(got), string(obuFrame[2:]))
	headers, units, err := obus(got)
	require.NoError(t, err)
	assert.Len(t, units, 4)
	assert.Equal(t, [][]byte{{0x08}, {0x30}, {0x34, 0x08}, {0x30}}, headers)
	opened, err := codec.open(nil, got, webrtc.EncodedFrameMetadata{}, k.Decrypt)
	require.NoError(t, err)
	assert.Equal(t, concat(obuSequence, obuFrame, obuLayer, []byte{0x32, 3, 7, 7, 7}), opened)
}

func TestUnitsCannotBeLeftOutNorExchanged(t *testing.T) {
	a, b := concat(startCode, idr[:3], []byte("first")), concat(startCode, idr[:3], []byte("other"))
	for _, c := range []struct {
		mimeType string
		frame    []byte
		split    func([]byte) [][]byte
	}{
		{"video/H264", concat(startCode, sps, a, b), func(frame []byte) (parts [][]byte) {
			units, err := nalUnits(frame)
			require.NoError(t, err)
			for _, u := range units {
				parts = append(parts, concat(startCode, u.clear, u.text))
			}
			return parts
		}},
		{"video/AV1", concat(obuSequence, obuFrame, obuFrame), func(frame []byte) (parts [][]byte) {
			n := (len(frame) - len(obuSequence)) / 2
			return [][]byte{frame[:len(obuSequence)], frame[len(obuSequence) : len(obuSequence)+n], frame[len(obuSequence)+n:]}
		}},
	} {
		codec, k := mustFormat(t, c.mimeType), pairOfKeys(t)
		parts := c.split(sealed(t, codec, k, c.frame))
		require.Len(t, parts, 3)
		other := bytes.Clone(parts[0])
		other[len(other)-1] ^= 1
		for _, forged := range [][][]byte{
			{parts[0], parts[1]}, {parts[1], parts[2]}, {parts[0], parts[2], parts[1]}, {other, parts[1], parts[2]},
		} {
			_, err := codec.open(nil, concat(forged...), webrtc.EncodedFrameMetadata{}, k.Decrypt)
			require.ErrorIs(t, err, ErrNotAuthentic, c.mimeType)
		}
		_, err := codec.open(nil, parts[0], webrtc.EncodedFrameMetadata{}, k.Decrypt)
		require.ErrorIs(t, err, ErrMalformed, "nothing vouches for what is readable")
		_, err = codec.open(nil, concat(parts...), webrtc.EncodedFrameMetadata{}, k.Decrypt)
		require.NoError(t, err)
	}
}

func TestMalformedFrames(t *testing.T) {
	k := pairOfKeys(t)
	for mimeType, frames := range map[string][][]byte{
		"video/H264": {{1}, sps, concat(short, short, idr), concat(startCode, []byte{0x41, 0}), concat(startCode, sps), startCode},
		"video/VP8":  {{1, 2}},
		"video/AV1":  {{0x36}, {0x32}, {0x32, 0x80}, {0x32, 5, 1}, obuTD, obuSequence},
	} {
		codec := mustFormat(t, mimeType)
		for _, frame := range frames {
			_, err := codec.seal(nil, frame, webrtc.EncodedFrameMetadata{}, k.Encrypt)
			require.ErrorIs(t, err, ErrMalformed, "%s %x", mimeType, frame)
			_, err = codec.open(nil, frame, webrtc.EncodedFrameMetadata{}, k.Decrypt)
			require.Error(t, err, "%s %x", mimeType, frame)
		}
	}
	for _, mimeType := range []string{"video/H265", "video/raw", ""} {
		_, err := formatOf(mimeType)
		var unsupported *UnsupportedCodecError
		require.ErrorAs(t, err, &unsupported)
		assert.Equal(t, mimeType, unsupported.MimeType)
	}
}

// FuzzFormats seals and opens what may be a frame, and opens what nobody has sealed.
func FuzzFormats(f *testing.F) {
	for _, frame := range [][]byte{
		concat(startCode, sps, short, pps, startCode, idr, startCode, slice), concat(obuTD, obuSequence, obuFrame, obuLayer, obuLast), {0},
	} {
		f.Add(frame)
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		for _, mimeType := range []string{"video/H264", "video/AV1", "video/VP8", "video/VP9", "audio/opus"} {
			codec, k := mustFormat(t, mimeType), pairOfKeys(t)
			m := webrtc.EncodedFrameMetadata{Type: webrtc.EncodedFrameTypeKey}
			_, err := codec.open(nil, frame, m, k.Decrypt)
			require.Error(t, err)
			once, err := codec.seal(nil, frame, m, k.Encrypt)
			if err != nil {
				continue
			}
			opened, err := codec.open(nil, once, m, k.Decrypt)
			require.NoError(t, err)
			// The frame as its codec's depacketizer writes it: the same again.
			twice, err := codec.seal(nil, opened, m, k.Encrypt)
			require.NoError(t, err)
			again, err := codec.open(nil, twice, m, k.Decrypt)
			require.NoError(t, err)
			assert.Equal(t, opened, again)
			if mimeType != "video/H264" && mimeType != "video/AV1" {
				assert.True(t, bytes.Equal(frame, opened))
			}
		}
	})
}
