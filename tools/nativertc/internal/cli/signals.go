// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package cli

import (
	"context"
	"os/signal"
	"syscall"
)

// Signals returns a context that ends with the first SIGINT (Ctrl-C) or SIGTERM.
// From then on the signals have their usual effect again: a second Ctrl-C kills a
// program that does not end by itself. stop gives the signals back in any case and
// ends the context.
func Signals(parent context.Context) (ctx context.Context, stop context.CancelFunc) {
	ctx, stop = signal.NotifyContext(parent, syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
