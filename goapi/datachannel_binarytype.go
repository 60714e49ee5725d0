// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

// BinaryType tells as what a page gets binary messages. Go has one kind of bytes,
// so that BinaryTypeArrayBuffer is all there is.
//
// https://www.w3.org/TR/webrtc/#dom-datachannel-binarytype
type BinaryType int

const (
	// BinaryTypeUnknown is the zero value: no value was given.
	BinaryTypeUnknown BinaryType = iota

	// BinaryTypeBlob ("blob") is a Blob, which Go does not have.
	BinaryTypeBlob

	// BinaryTypeArrayBuffer ("arraybuffer") is an ArrayBuffer: in Go, a slice of
	// bytes.
	BinaryTypeArrayBuffer
)

var binaryTypeNames = newEnumTable("BinaryType", BinaryTypeBlob, "blob", "arraybuffer")

// ParseBinaryType returns the BinaryType that the W3C calls s; any other text is a
// TypeError that wraps ErrUnknownType.
func ParseBinaryType(s string) (BinaryType, error) { return binaryTypeNames.parse(s) }

// String returns the W3C name, or "unknown" for a value that has none.
func (b BinaryType) String() string { return binaryTypeNames.name(b) }

// MarshalText implements encoding.TextMarshaler, and by it JSON, with the W3C
// name.
func (b BinaryType) MarshalText() ([]byte, error) { return binaryTypeNames.marshal(b) }

// UnmarshalText implements encoding.TextUnmarshaler as ParseBinaryType reads.
func (b *BinaryType) UnmarshalText(text []byte) error { return binaryTypeNames.unmarshal(b, text) }

// BinaryType returns BinaryTypeArrayBuffer: DataChannelMessage.Data is a slice of
// bytes.
//
// https://www.w3.org/TR/webrtc/#dom-datachannel-binarytype
func (c *DataChannel) BinaryType() BinaryType { return BinaryTypeArrayBuffer }

// SetBinaryType takes BinaryTypeArrayBuffer, which changes nothing. It is a
// NotSupportedError for BinaryTypeBlob, as it was in browsers that had none, and
// a TypeError for what is no BinaryType.
//
// https://www.w3.org/TR/webrtc/#dom-datachannel-binarytype
func (c *DataChannel) SetBinaryType(b BinaryType) error {
	switch b {
	case BinaryTypeArrayBuffer:
		return nil
	case BinaryTypeBlob:
		return newError(notSupportedError, "there are no Blobs in Go", nil)
	default:
		_, err := b.MarshalText()
		return err
	}
}
