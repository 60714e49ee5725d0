// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package table_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tools/nativertc/internal/table"
)

func render(t *testing.T, tab *table.Table) string {
	t.Helper()
	var out strings.Builder
	n, err := tab.WriteTo(&out)
	require.NoError(t, err)
	require.Equal(t, int64(out.Len()), n)
	return out.String()
}

func TestColumnsAlign(t *testing.T) {
	tab := table.New("video", "sent", "received", "PSNR")
	tab.Row("VP8 über RTP", "300", "298", "41.2 dB")
	tab.Row("H264", "1500", "-", "")
	tab.Rule()
	tab.Row("all", "1800", "298")
	require.Equal(t, ""+
		"video         sent  received     PSNR\n"+
		"------------  ----  --------  -------\n"+
		"VP8 über RTP   300       298  41.2 dB\n"+
		"H264          1500         -\n"+
		"------------  ----  --------  -------\n"+
		"all           1800       298\n", render(t, tab))
}

func TestWithoutHeader(t *testing.T) {
	var tab table.Table
	tab.Row("codec", "VP8")
	tab.Row("frames", "300")
	require.Equal(t, "codec   VP8\nframes  300\n", render(t, &tab), "a column with words stands to the left")
	require.Empty(t, render(t, &table.Table{}))
}

func TestCellsCannotBreakTheTable(t *testing.T) {
	var tab table.Table
	tab.Row("a\nb\x1b[31m", "\xff")
	require.Equal(t, "a b [31m  ?\n", render(t, &tab))
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestWriteErrorIsReturned(t *testing.T) {
	tab := table.New("x")
	_, err := tab.WriteTo(broken{})
	require.EqualError(t, err, "no room")
}
