// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// implementation is one of the three that are compared.
type implementation int

const (
	ours implementation = iota
	native
	pion
)

func (i implementation) String() string { return [...]string{"ours", "C++", "pion"}[i] }

// program is a built program.
type program struct {
	implementation
	path string
}

// runLimit is how long a program may take for a workload before it is ended.
const runLimit = 5 * time.Minute

// run runs a workload and returns what it measured.
func (p program) run(ctx context.Context, args []string) (map[string]float64, error) {
	ctx, cancel := context.WithTimeout(ctx, runLimit)
	defer cancel()
	out, err := output(exec.CommandContext(ctx, p.path, args...))
	if err != nil {
		return nil, fmt.Errorf("bench: %v, %s: %w", p.implementation, strings.Join(args, " "), err)
	}
	var values map[string]float64
	if err := json.Unmarshal([]byte(out), &values); err != nil {
		return nil, fmt.Errorf("bench: %v, %s: result: %w", p.implementation, args[0], err)
	}
	return values, nil
}

// output runs a command and returns its standard output without spaces around.
// An error tells what it wrote to its standard error.
func output(c *exec.Cmd) (string, error) {
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	// Where the context ends it, what it had started may hold the pipes.
	c.WaitDelay = time.Second
	if err := c.Run(); err != nil {
		if said := tail(errs.String()); said != "" {
			return "", fmt.Errorf("%w: %s", err, said)
		}
		return "", err
	}
	return strings.TrimSpace(out.String()), nil
}

// tail returns the last lines of a text.
func tail(s string) string {
	const limit = 2000
	s = strings.TrimSpace(s)
	if len(s) > limit {
		s = "… " + s[len(s)-limit:]
	}
	return s
}
