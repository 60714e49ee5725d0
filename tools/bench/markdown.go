// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package bench

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// sectionMark begins the section of a revision.
const sectionMark = "## libwebrtc "

// WriteMarkdown writes the report as a part of a Markdown document.
func (r *Report) WriteMarkdown(w io.Writer) error {
	var out strings.Builder
	fmt.Fprintf(&out, "%s%s\n\n", sectionMark, r.Revision)
	fmt.Fprintf(&out, "Taken on %s on: %s.\n", r.Time.Format(time.DateOnly), r.Machine)
	fmt.Fprintf(&out, "Medians of %d rounds, in which the programs took turns; ratios are medians of the rounds' ratios (least–greatest).\n", r.Rounds)
	for _, s := range r.Sections {
		fmt.Fprintf(&out, "\n### %s\n\n%s.\n\n", s.Title, upperFirst(s.Detail))
		fmt.Fprintf(&out, "| %s |\n|%s\n", strings.Join(columns, " | "), "---|"+strings.Repeat("---:|", len(columns)-1))
		for _, row := range s.Rows {
			fmt.Fprintf(&out, "| %s |\n", strings.Join(row.cells(true), " | "))
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// MergeMarkdown returns a Markdown document with what WriteMarkdown writes in the
// place of the section that an earlier run over the same revision has left, or at
// its end if there is none.
func (r *Report) MergeMarkdown(document string) string {
	var section strings.Builder
	// A strings.Builder takes everything.
	_ = r.WriteMarkdown(&section)
	name, _, _ := strings.Cut(r.Revision, " ")

	var out strings.Builder
	merged, inside := false, false
	for line := range strings.Lines(document) {
		if strings.HasPrefix(line, "## ") || strings.HasPrefix(line, "# ") {
			words := strings.Fields(strings.TrimPrefix(line, sectionMark))
			inside = strings.HasPrefix(line, sectionMark) && len(words) > 0 && words[0] == name
			if !merged && inside {
				out.WriteString(section.String())
				merged = true
			} else if merged && !inside && !strings.HasSuffix(out.String(), "\n\n") {
				out.WriteString("\n")
			}
		}
		if !inside {
			out.WriteString(line)
		}
	}
	if !merged {
		if text := out.String(); text != "" {
			out.Reset()
			out.WriteString(strings.TrimRight(text, "\n") + "\n\n")
		}
		out.WriteString(section.String())
	}
	return out.String()
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
