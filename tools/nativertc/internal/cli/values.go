// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cli

import (
	"flag"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Size is a flag value of the form 1280x720; "" and the zero value mean that no
// size is given.
type Size struct{ Width, Height int }

var _ flag.Value = (*Size)(nil)

// String returns the form that Set takes.
func (s *Size) String() string {
	if s == nil || *s == (Size{}) {
		return ""
	}
	return fmt.Sprintf("%dx%d", s.Width, s.Height)
}

// Set parses a size.
func (s *Size) Set(text string) error {
	w, h, ok := strings.Cut(strings.ToLower(text), "x")
	width, err1 := strconv.Atoi(w)
	height, err2 := strconv.Atoi(h)
	if !ok || err1 != nil || err2 != nil || width < 1 || height < 1 || width > 16384 || height > 16384 {
		return fmt.Errorf("not a size such as 1280x720")
	}
	*s = Size{width, height}
	return nil
}

// Bitrate is a flag value in bits per second, with k, M or G for thousands: 500k,
// 2.5M. 0 means that none is given.
type Bitrate int64

var _ flag.Value = (*Bitrate)(nil)

// units are the letters of Bitrate, largest first.
var units = []struct {
	letter string
	factor float64
}{{"G", 1e9}, {"M", 1e6}, {"k", 1e3}}

// String returns the shortest exact form that Set takes.
func (b *Bitrate) String() string {
	if b == nil || *b == 0 {
		return "0"
	}
	for _, u := range units {
		if float64(*b) >= u.factor && int64(*b)%int64(u.factor/1000) == 0 {
			return strconv.FormatFloat(float64(*b)/u.factor, 'f', -1, 64) + u.letter
		}
	}
	return strconv.FormatInt(int64(*b), 10)
}

// Set parses a bitrate.
func (b *Bitrate) Set(text string) error {
	number, factor := text, 1.0
	for _, u := range units {
		if n := len(text) - 1; n > 0 && strings.EqualFold(text[n:], u.letter) {
			number, factor = text[:n], u.factor
		}
	}
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || !(v >= 0) || v*factor > 1e12 {
		return fmt.Errorf("not a bitrate such as 500k or 2.5M")
	}
	*b = Bitrate(math.Round(v * factor))
	return nil
}

// Percent is a flag value that is a share of all, given as 5 or 5% or 0.5%; its
// own range is 0 to 1.
type Percent float64

var _ flag.Value = (*Percent)(nil)

// String returns the form that Set takes.
func (p *Percent) String() string {
	if p == nil || *p == 0 {
		return "0"
	}
	return strconv.FormatFloat(math.Round(float64(*p)*1e8)/1e6, 'f', -1, 64) + "%"
}

// Set parses a percentage of 0 to 100.
func (p *Percent) Set(text string) error {
	v, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
	if err != nil || !(v >= 0 && v <= 100) {
		return fmt.Errorf("not a percentage such as 5%%")
	}
	*p = Percent(v / 100)
	return nil
}

// Choice is a flag value that is one of several words.
type Choice struct {
	// Value is the word chosen, at first the default.
	Value string
	// Of are the words to choose from.
	Of []string
}

var _ flag.Value = (*Choice)(nil)

// String returns the word chosen.
func (c *Choice) String() string {
	if c == nil {
		return ""
	}
	return c.Value
}

// Set chooses a word, in upper or lower case, in the spelling of Of.
func (c *Choice) Set(text string) error {
	for _, word := range c.Of {
		if strings.EqualFold(word, text) {
			c.Value = word
			return nil
		}
	}
	return fmt.Errorf("not one of %s", strings.Join(c.Of, ", "))
}
