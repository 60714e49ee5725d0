// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import "context"

func (b *builder) pack(context.Context) error    { return nil }
func (b *builder) smoke(context.Context) error   { return nil }
func (b *builder) install(context.Context) error { return nil }
