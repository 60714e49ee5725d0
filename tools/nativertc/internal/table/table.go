// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package table writes aligned tables of text, for results on standard output.
package table

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Table collects rows. The zero value is an empty table without a header.
type Table struct {
	header []string
	rows   [][]string
}

// New returns a table with the names of its columns.
func New(columns ...string) *Table { return &Table{header: clean(columns)} }

// Row adds a row. Rows may have different lengths.
func (t *Table) Row(cells ...string) { t.rows = append(t.rows, clean(cells)) }

// Rule adds a line across the table at this place.
func (t *Table) Rule() { t.rows = append(t.rows, nil) }

// WriteTo writes the table. Columns whose cells all begin with a digit or a sign,
// apart from empty ones and "-", stand to the right. No line ends in spaces.
func (t *Table) WriteTo(w io.Writer) (int64, error) {
	all := t.rows
	if len(t.header) > 0 {
		all = append([][]string{t.header}, all...)
	}
	var widths []int
	for _, row := range all {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	right := make([]bool, len(widths))
	for i := range right {
		right[i] = t.numeric(i)
	}
	var out strings.Builder
	if len(t.header) > 0 {
		writeRow(&out, t.header, widths, right)
		writeRule(&out, widths)
	}
	for _, row := range t.rows {
		if row == nil {
			writeRule(&out, widths)
		} else {
			writeRow(&out, row, widths, right)
		}
	}
	n, err := io.WriteString(w, out.String())
	return int64(n), err
}

// gap stands between columns.
const gap = "  "

func writeRow(out *strings.Builder, row []string, widths []int, right []bool) {
	var line strings.Builder
	for i, cell := range row {
		if i > 0 {
			line.WriteString(gap)
		}
		pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
		if right[i] {
			line.WriteString(pad + cell)
		} else {
			line.WriteString(cell + pad)
		}
	}
	out.WriteString(strings.TrimRight(line.String(), " "))
	out.WriteByte('\n')
}

func writeRule(out *strings.Builder, widths []int) {
	for i, w := range widths {
		if i > 0 {
			out.WriteString(gap)
		}
		out.WriteString(strings.Repeat("-", w))
	}
	out.WriteByte('\n')
}

// numeric says whether the column holds numbers, with or without units.
func (t *Table) numeric(column int) bool {
	numbers := 0
	for _, row := range t.rows {
		if column >= len(row) || row[column] == "" || row[column] == "-" {
			continue
		}
		digits := strings.TrimLeft(row[column], "+-−<>~.")
		if r, _ := utf8.DecodeRuneInString(digits); !unicode.IsDigit(r) {
			return false
		}
		numbers++
	}
	return numbers > 0
}

// clean copies the cells without control characters: some come from the other
// peer and go to a terminal.
func clean(cells []string) []string {
	out := make([]string, len(cells))
	for i, cell := range cells {
		out[i] = strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return ' '
			}
			return r
		}, strings.ToValidUTF8(cell, "?"))
	}
	return out
}
