// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package browser_test

import (
	"context"
	_ "embed"

	"github.com/nativertc/nativertc/tests/internal/browser"
)

//go:embed driver.js
var driverScript string

// pageDriver does the steps in a page of the browser.
type pageDriver struct{ page *browser.Page }

func newPageDriver(ctx context.Context, page *browser.Page) (*pageDriver, error) {
	// The script's names must outlive the evaluation, so it becomes part of the page.
	err := page.Eval(ctx, `const script = document.createElement('script');
		script.textContent = args;
		document.head.append(script);
		reset();
		await media.track('audio');
		await media.track('video');`, driverScript, nil)
	return &pageDriver{page}, err
}

func (d *pageDriver) do(ctx context.Context, c call) (o outcome, err error) {
	err = d.page.Eval(ctx, `return call(args)`, c, &o)
	return o, err
}

func (d *pageDriver) events(ctx context.Context) (events []event, err error) {
	err = d.page.Eval(ctx, `return log`, nil, &events)
	return events, err
}

func (d *pageDriver) reset(ctx context.Context) error {
	return d.page.Eval(ctx, `reset()`, nil, nil)
}
