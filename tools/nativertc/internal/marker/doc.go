// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package marker writes a frame's number into its picture, so that the receiver
// knows which frame it sees after any encoder and any change of size.
//
// The mark is a grid of 4 by 11 blocks of luma in the upper left corner. Four
// blocks, one in each corner of the grid, show black and white as they arrive; the
// others are 24 bits of number and 16 check bits. A block is 1/40 of the frame's
// width and 1/24 of its height: the grid shrinks and grows with the picture, the
// reader needs no other size than that of the frame before it. Blocks and check
// are made for what video codecs do at low bitrates (blur, coarse steps) and for
// an adapter that shrinks frames and cuts off a few rows.
package marker
