// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// engine is one libwebrtc factory and its threads, shared by everything that
// was made with it. It ends with its last holder: libwebrtc's objects must be
// released while the threads that they live on still run.
type engine struct {
	settings *SettingEngine
	factory  *cgo.Ref
	mdns     *multicastDNS // nil: that is the system's
	loop     *eventLoop    // nil: connections have goroutines of their own

	mu      sync.Mutex
	holders int // 0: ended
}

// newEngine starts a factory, which the caller holds.
func newEngine(settings *SettingEngine) (*engine, error) {
	rt := &engine{settings: settings, mdns: settings.newMulticastDNS(), loop: newEventLoop(settings.eventLoop), holders: 1}
	var in cgo.Writer
	settings.factoryArgs(&in, rt.mdns)
	factory, err := cgo.NewFactory(&in)
	if rt.mdns != nil {
		rt.mdns.queue.Release()
	}
	if err != nil {
		if rt.mdns != nil {
			rt.mdns.abandon()
		}
		return nil, nativeError(err)
	}
	rt.factory = cgo.NewRef(factory, nil)
	if rt.mdns != nil {
		rt.mdns.start(rt.factory)
	}
	return rt, nil
}

// hold adds a holder, unless the engine has ended.
func (rt *engine) hold() bool {
	rt.mu.Lock()
	defer rt.mu.Unlock()
	if rt.holders == 0 {
		return false
	}
	rt.holders++
	return true
}

// release removes a holder. The last one waits here for the threads to end.
func (rt *engine) release() {
	rt.mu.Lock()
	rt.holders--
	last := rt.holders == 0
	rt.mu.Unlock()
	if last {
		rt.factory.Close()
		if rt.mdns != nil {
			rt.mdns.close()
		}
	}
}

// newRef takes over a reference to an object of libwebrtc and keeps the engine
// as long as that is held. The engine must be held by the caller.
func (rt *engine) newRef(ptr unsafe.Pointer) *cgo.Ref {
	rt.hold()
	return cgo.NewRef(ptr, rt.release)
}
