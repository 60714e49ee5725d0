// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// PeerConnection is a connection to another peer.
//
// All methods may be called from any goroutine and from every handler, Close
// included. The handlers of one connection run one after another, in the order
// in which the events came about, on a goroutine of the connection's own: a slow
// handler delays the other handlers of its connection and nothing else. A panic
// in a handler is not recovered.
//
// A connection holds resources until Close.
//
// https://www.w3.org/TR/webrtc/#rtcpeerconnection-interface
type PeerConnection struct {
	rt    *engine
	ref   *cgo.Ref
	queue *cgo.EventQueue
	d     *dispatcher

	closed                                atomic.Bool
	signaling, ice, connection, gathering atomic.Int32

	chain *operationsChain

	mu            sync.Mutex
	configuration Configuration
	localSet      bool // a local description was applied
	lastOffer     string
	lastAnswer    string
	last          descriptions // once closed
	channels      map[*DataChannel]struct{}
	handlers      peerConnectionHandlers
	gatherers     []gatherer
	gatheringEnds uint64 // how often gathering has ended

	subjects subjects
	page     page  // what the application sees, if it has an event loop
	arena    arena // of the pump
	rtp      rtpObjects
	transports
	identity identityState
}

// NewPeerConnection makes a connection with the default API.
//
// It fails with the W3C's error for a configuration that is not valid:
// SyntaxError for a URL, InvalidAccessError for credentials or an expired
// certificate, TypeError for an enum.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-constructor
func NewPeerConnection(configuration Configuration) (*PeerConnection, error) {
	return defaultAPI.NewPeerConnection(configuration)
}

// NewPeerConnection makes a connection with a's settings. See the function of
// this name.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-constructor
func (a *API) NewPeerConnection(configuration Configuration) (*PeerConnection, error) {
	if err := configuration.validate(time.Now()); err != nil {
		return nil, err
	}
	rt, err := a.acquire()
	if err != nil {
		return nil, err
	}
	defer rt.release()
	if err := rt.settings.validateICETimeouts(); err != nil {
		return nil, err
	}
	if err := rt.settings.validateMulticastDNS(); err != nil {
		return nil, err
	}
	var networks cgo.Writer
	if rt.settings.networksArgs(&networks) {
		cgo.FactorySetNetworks(rt.factory.Acquire(), &networks)
		rt.factory.Release()
	}

	pc := &PeerConnection{
		rt:            rt,
		queue:         cgo.NewEventQueue(rt.settings.dataChannelReceiveLimit()),
		configuration: configuration.withDefaults(),
		channels:      map[*DataChannel]struct{}{},
	}
	pc.signaling.Store(int32(SignalingStateStable))
	pc.ice.Store(int32(ICEConnectionStateNew))
	pc.connection.Store(int32(PeerConnectionStateNew))
	pc.gathering.Store(int32(ICEGatheringStateNew))
	pc.d = newDispatcher(pc.queue, pc.decode, rt.loop)
	if pc.onLoop() {
		pc.queue.Stamp()
	}
	pc.chain = newOperationsChain(pc.d)
	if err := pc.initIdentity(); err != nil {
		pc.queue.Stop()
		pc.queue.Close()
		return nil, err
	}

	var in cgo.Writer
	release := writeConfiguration(&in, &pc.configuration, rt.settings)
	native, err := cgo.NewPeerConnection(rt.factory.Acquire(), pc.queue.Acquire(), &in)
	release()
	rt.factory.Release()
	pc.queue.Release()
	if err != nil {
		pc.queue.Stop()
		pc.queue.Close()
		return nil, nativeError(err)
	}
	pc.ref = rt.newRef(native)
	trackLive(pc)
	if pc.onLoop() {
		cgo.PeerConnectionReportDescriptions(native)
		rt.loop.join(pc.d)
	}
	pc.d.start()
	if err := pc.applyBitrate(rt.settings); err != nil {
		_ = pc.Close()
		return nil, err
	}
	return pc, nil
}

// Close ends the connection for good. Operations under way fail with
// ErrConnectionClosed, data channels and their transport become closed and say so,
// and no other event follows. It does not wait for a handler that is running, so that it can
// be called from one. Closing twice is fine. The error is always nil.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-close
func (pc *PeerConnection) Close() error {
	if !pc.closed.CompareAndSwap(false, true) {
		return nil
	}
	last := pc.descriptions()
	pc.chain.close()
	pc.identity.close()
	p := pc.ref.Acquire()
	cgo.PeerConnectionClose(p)
	pc.ref.Release()

	pc.mu.Lock()
	pc.last = last
	channels := make([]*DataChannel, 0, len(pc.channels))
	for c := range pc.channels {
		channels = append(channels, c)
	}
	pc.channels = nil
	pc.mu.Unlock()
	sortChannels(channels)

	pc.signaling.Store(int32(SignalingStateClosed))
	pc.ice.Store(int32(ICEConnectionStateClosed))
	pc.connection.Store(int32(PeerConnectionStateClosed))
	var abrupt []*DataChannel
	for _, c := range channels {
		if c.abort() {
			abrupt = append(abrupt, c)
		}
	}
	aborted := pc.abortSCTP()
	pc.d.close(ErrConnectionClosed, func() {
		for _, c := range abrupt {
			c.fireAborted()
		}
		runAll(aborted)
	})
	for _, c := range channels {
		c.release()
	}
	pc.gathered(everyEnd)
	pc.page.close()
	if pc.onLoop() {
		pc.rt.loop.part(pc.d)
	}
	pc.closeTransports()
	pc.closeRTP()
	pc.queue.Stop()
	pc.queue.Close()
	pc.ref.Close()
	untrackLive(pc)
	return nil
}

// GracefulClose is Close, and then waits until no handler of the connection is
// running. It must not be called from one.
func (pc *PeerConnection) GracefulClose() error {
	err := pc.Close()
	pc.d.wait()
	return err
}

// use lends the native connection for one call. done must be called if err is
// nil.
func (pc *PeerConnection) use() (p unsafe.Pointer, done func(), err error) {
	if pc == nil || pc.closed.Load() {
		return nil, nil, ErrConnectionClosed
	}
	if p = pc.ref.Acquire(); p == nil {
		return nil, nil, ErrConnectionClosed
	}
	return p, pc.ref.Release, nil
}

// operate begins an operation and waits for its completion.
func (pc *PeerConnection) operate(begin func(p unsafe.Pointer, op uint64)) (*cgo.Reader, error) {
	p, done, err := pc.use()
	if err != nil {
		return nil, err
	}
	op, result, ok := pc.d.begin()
	if !ok {
		done()
		return nil, ErrConnectionClosed
	}
	begin(p, op)
	done()
	c := <-result
	return c.values, c.err
}

// SignalingState returns the state of offer and answer.
//
// https://www.w3.org/TR/webrtc/#dom-peerconnection-signaling-state
func (pc *PeerConnection) SignalingState() SignalingState {
	return SignalingState(pc.signaling.Load())
}

// ICEConnectionState returns the state of ICE over all transports.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-iceconnectionstate
func (pc *PeerConnection) ICEConnectionState() ICEConnectionState {
	return ICEConnectionState(pc.ice.Load())
}

// ConnectionState returns the state of ICE and DTLS over all transports.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-connectionstate
func (pc *PeerConnection) ConnectionState() PeerConnectionState {
	return PeerConnectionState(pc.connection.Load())
}

// ICEGatheringState returns how far the gathering of candidates is.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-icegatheringstate
func (pc *PeerConnection) ICEGatheringState() ICEGatheringState {
	return ICEGatheringState(pc.gathering.Load())
}
