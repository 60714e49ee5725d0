// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"fmt"
	"sort"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// DataChannel carries messages between the peers, over SCTP.
//
// All methods may be called from any goroutine and from every handler. Handlers
// run on the goroutine of the connection (see PeerConnection).
//
// https://www.w3.org/TR/webrtc/#rtcdatachannel
type DataChannel struct {
	pc       *PeerConnection
	ref      *cgo.Ref
	buffered unsafe.Pointer // bytes queued, a counter of the bridge's
	order    uint64         // by age, within the process

	label             string
	protocol          string
	ordered           bool
	maxPacketLifeTime *uint16
	maxRetransmits    *uint16
	negotiated        bool
	priority          PriorityType

	state        atomic.Int32
	closeCalled  atomic.Bool  // by the application
	id           atomic.Int32 // -1: none yet
	lowThreshold atomic.Uint64
	lastBuffered atomic.Uint64 // once released

	mu          sync.Mutex
	handlers    dataChannelHandlers
	opened      bool // open was fired
	early       []DataChannelMessage
	earlySum    int
	conns       map[*DataChannelConn]struct{}
	unannounced bool  // the other peer has made it; the pump's
	cause       error // why the channel closed, if not by the closing handshake
}

type dataChannelHandlers struct {
	open, closing, close, bufferedAmountLow func()
	message                                 func(DataChannelMessage)
	err                                     func(error)
}

var dataChannelCount atomic.Uint64

// CreateDataChannel makes a channel. options may be nil: ordered and reliable.
//
// It is a TypeError for options that are out of range or contradict each other,
// and an OperationError for an id that is taken or cannot be had.
//
// https://www.w3.org/TR/webrtc/#dom-peerconnection-createdatachannel
func (pc *PeerConnection) CreateDataChannel(label string, options *DataChannelInit) (*DataChannel, error) {
	p, done, err := pc.use()
	if err != nil {
		return nil, err
	}
	defer done()
	if err := options.validate(label); err != nil {
		return nil, err
	}
	var in cgo.Writer
	writeDataChannelInit(&in, label, options)
	r, err := cgo.PeerConnectionCreateDataChannel(p, &in)
	if err != nil {
		return nil, dataChannelError(err)
	}
	c := pc.newDataChannel(r)
	c.attach()
	return c, nil
}

// dataChannelError names failures of createDataChannel as the W3C does.
func dataChannelError(err error) error {
	mapped := nativeError(err)
	if e, ok := mapped.(Error); ok && e.Name() == string(invalidStateError) {
		return mapped
	}
	return newError(operationError, "", mapped)
}

func writeDataChannelInit(w *cgo.Writer, label string, o *DataChannelInit) {
	if o == nil {
		o = &DataChannelInit{}
	}
	w.Str(label)
	w.Str(deref(o.Protocol))
	w.Bool(o.Ordered == nil || *o.Ordered)
	u16 := func(v uint16) { w.I32(int32(v)) }
	cgo.WriteOpt(w, o.MaxPacketLifeTime, u16)
	cgo.WriteOpt(w, o.MaxRetransmits, u16)
	negotiated := deref(o.Negotiated)
	w.Bool(negotiated)
	if negotiated {
		u16(*o.ID)
	} else {
		w.I32(-1)
	}
	if o.Priority == PriorityTypeUnknown {
		w.Str("")
	} else {
		w.Str(o.Priority.String())
	}
}

// newDataChannel takes over the channel that r holds, with its properties.
func (pc *PeerConnection) newDataChannel(r *cgo.Reader) *DataChannel {
	p := r.Ptr()
	c := &DataChannel{
		pc:       pc,
		ref:      pc.rt.newRef(p),
		buffered: cgo.DataChannelBufferedAmount(p),
		order:    dataChannelCount.Add(1),
		label:    r.Str(),
		protocol: r.Str(),
		ordered:  r.Bool(),
		conns:    map[*DataChannelConn]struct{}{},
	}
	u16 := func() uint16 { return uint16(r.I32()) }
	c.maxPacketLifeTime = cgo.ReadOpt(r, u16)
	c.maxRetransmits = cgo.ReadOpt(r, u16)
	c.negotiated = r.Bool()
	c.id.Store(r.I32())
	c.priority, _ = ParsePriorityType(r.Str())
	c.state.Store(int32(DataChannelStateConnecting))

	pc.mu.Lock()
	closed := pc.channels == nil
	if !closed {
		pc.channels[c] = struct{}{}
	}
	pc.mu.Unlock()
	if closed {
		c.state.Store(int32(DataChannelStateClosed))
		c.release()
		return c
	}
	pc.subjects.add(c.ref.ID(), c)
	return c
}

// attach begins the events of a channel that was made here.
func (c *DataChannel) attach() {
	if p := c.ref.Acquire(); p != nil {
		cgo.DataChannelAttach(p)
		c.ref.Release()
	}
}

// decodeDataChannel takes over a channel that the other peer has made. As the W3C
// has it, the application is told when the channel is open, not before.
func (pc *PeerConnection) decodeDataChannel(r *cgo.Reader) task {
	pc.newDataChannel(r).unannounced = true
	return task{}
}

// announce tells the application of a channel that the other peer has made.
func (c *DataChannel) announce() {
	c.pc.fireDataChannel(c)
}

// decode implements subject.
func (c *DataChannel) decode(kind cgo.EventKind, r *cgo.Reader) event {
	switch kind {
	case cgo.EventDataChannelState:
		return c.decodeState(r)
	case cgo.EventDataChannelBufferedAmountLow:
		low := r.Bool()
		return event{fire: func() {
			c.notifyConns()
			if low {
				c.call(func(h *dataChannelHandlers) func() { return h.bufferedAmountLow })
			}
		}}
	default:
		return event{}
	}
}

// advance changes the state to a later one. It reports whether it has.
func (c *DataChannel) advance(to DataChannelState) bool {
	for {
		s := c.state.Load()
		if s >= int32(to) {
			return false
		}
		if c.state.CompareAndSwap(s, int32(to)) {
			return true
		}
	}
}

func (c *DataChannel) decodeState(r *cgo.Reader) event {
	state, err := ParseDataChannelState(r.Str())
	id := r.I32()
	r.I64() // the bridge checks sizes itself
	failed := r.Bool()
	cause := nativeError(cgo.ReadError(r))
	if err != nil {
		return event{}
	}
	first := c.unannounced
	c.unannounced = false
	changed := false
	return event{
		apply: func() {
			if c.pc.closed.Load() {
				return
			}
			changed = c.advance(state)
			if id >= 0 {
				c.id.Store(id)
			}
		},
		fire: func() {
			if c.pc.closed.Load() {
				return // Close tells the channel's end itself
			}
			if first {
				c.announce()
			}
			c.notifyConns()
			switch state {
			case DataChannelStateOpen:
				// A channel that the application closes first, be it in the handler of
				// datachannel, does not open. One that has ended otherwise since did.
				if changed && !c.closeCalled.Load() {
					c.fireOpen()
				}
			case DataChannelStateClosing:
				// Close, which has made it so, does not raise the event.
				if changed {
					c.call(func(h *dataChannelHandlers) func() { return h.closing })
				}
			case DataChannelStateClosed:
				if failed {
					c.setCause(cause)
				}
				c.fireClosed()
				c.forget()
			}
		},
	}
}

func (c *DataChannel) fireOpen() {
	c.mu.Lock()
	f := c.handlers.open
	first := !c.opened
	c.opened = true
	c.mu.Unlock()
	if first && f != nil && !c.pc.closed.Load() {
		f()
	}
}

// call runs a handler without arguments.
func (c *DataChannel) call(pick func(*dataChannelHandlers) func()) {
	c.mu.Lock()
	f := pick(&c.handlers)
	c.mu.Unlock()
	if f != nil && !c.pc.closed.Load() {
		f()
	}
}

// setCause notes why the channel failed; an RTCError where libwebrtc gives
// details.
func (c *DataChannel) setCause(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cause = err
}

// fireClosed raises error, if there was one, and close.
func (c *DataChannel) fireClosed() {
	c.mu.Lock()
	onError, onClose, cause := c.handlers.err, c.handlers.close, c.cause
	for conn := range c.conns {
		conn.end(cause)
	}
	c.mu.Unlock()
	if cause != nil && onError != nil {
		onError(cause)
	}
	if onClose != nil {
		onClose()
	}
}

// abort closes the channel with its connection. It reports whether that is an
// event: a channel that was closed before has none.
func (c *DataChannel) abort() bool {
	return c.advance(DataChannelStateClosed)
}

// fireAborted is fireClosed for the end of the connection.
func (c *DataChannel) fireAborted() {
	c.setCause(&RTCError{ErrorDetail: ErrorDetailSCTPFailure, Message: "User-Initiated Abort, reason=Close called"})
	c.fireClosed()
}

// forget lets go of a closed channel: it may outlive its usefulness by the life
// of its connection.
func (c *DataChannel) forget() {
	c.pc.mu.Lock()
	delete(c.pc.channels, c)
	c.pc.mu.Unlock()
	c.release()
}

// release ends the native channel's events and gives it up.
func (c *DataChannel) release() {
	if p := c.ref.Acquire(); p != nil {
		cgo.DataChannelDetach(p)
		c.lastBuffered.Store(cgo.LoadCounter(c.buffered))
		c.ref.Release()
	}
	c.pc.subjects.remove(c.ref.ID())
	c.ref.Close()
}

func sortChannels(channels []*DataChannel) {
	sort.Slice(channels, func(i, j int) bool { return channels[i].order < channels[j].order })
}

// Send queues a binary message, which may be empty; data is copied. It does not
// wait: see BufferedAmount for back-pressure, or NetConn for a blocking view.
//
// It is an InvalidStateError where the channel is not open, a TypeError for more
// than the other peer takes (SCTPTransport.MaxMessageSize), and an OperationError
// where the queue, of 16 MiB, is full.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdatachannel-send
func (c *DataChannel) Send(data []byte) error { return c.send(data, true) }

// SendText is Send for a message of text, which should be UTF-8.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdatachannel-send
func (c *DataChannel) SendText(s string) error {
	return c.send(unsafe.Slice(unsafe.StringData(s), len(s)), false)
}

func (c *DataChannel) send(data []byte, binary bool) error {
	if c.ReadyState() >= DataChannelStateClosing {
		return c.notOpen() // of which the bridge need not know yet
	}
	p := c.ref.Acquire()
	if p == nil {
		return c.notOpen()
	}
	defer c.ref.Release()
	switch cgo.DataChannelSend(p, data, binary) {
	case cgo.SendOK:
		c.pc.rt.loop.sent(c, len(data))
		c.pc.d.flow.send()
		return nil
	case cgo.SendTooLarge:
		return newError(typeError, fmt.Sprintf("message of %d bytes is more than the other peer takes", len(data)), nil)
	case cgo.SendBufferFull:
		return newError(operationError, "", errBufferFull)
	default:
		return c.notOpen()
	}
}

func (c *DataChannel) notOpen() error {
	if c.pc.closed.Load() {
		return ErrConnectionClosed
	}
	return newError(invalidStateError, "data channel is "+c.ReadyState().String(), nil)
}

// Close begins the closing handshake, behind what was sent before. Closing twice
// is fine. The error is always nil.
//
// What SCTP itself has taken and not sent when the handshake begins may be lost
// on the revision debian, whose SCTP resets the stream at once: a peer that must
// have everything confirms it before the channel is closed.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdatachannel-close
func (c *DataChannel) Close() error {
	p := c.ref.Acquire()
	if p == nil {
		return nil
	}
	defer c.ref.Release()
	c.closeCalled.Store(true)
	if !c.advance(DataChannelStateClosing) {
		return nil
	}
	cgo.DataChannelClose(p)
	c.notifyConns()
	return nil
}

// Label returns the label that it was made with.
//
// https://www.w3.org/TR/webrtc/#dom-datachannel-label
func (c *DataChannel) Label() string { return c.label }

// Protocol returns the name of the application's protocol, or "".
//
// https://www.w3.org/TR/webrtc/#dom-datachannel-protocol
func (c *DataChannel) Protocol() string { return c.protocol }

// Ordered tells whether messages arrive in the order sent.
//
// https://www.w3.org/TR/webrtc/#dom-datachannel-ordered
func (c *DataChannel) Ordered() bool { return c.ordered }

// MaxPacketLifeTime returns the time in milliseconds after which a message is
// given up, or nil.
//
// https://www.w3.org/TR/webrtc/#dom-datachannel-maxpacketlifetime
func (c *DataChannel) MaxPacketLifeTime() *uint16 { return clone(c.maxPacketLifeTime) }

// MaxRetransmits returns how often a message is sent again, or nil.
//
// https://www.w3.org/TR/webrtc/#dom-datachannel-maxretransmits
func (c *DataChannel) MaxRetransmits() *uint16 { return clone(c.maxRetransmits) }

// Negotiated tells whether the application agreed on the channel by itself.
//
// https://www.w3.org/TR/webrtc/#dom-datachannel-negotiated
func (c *DataChannel) Negotiated() bool { return c.negotiated }

// Priority returns the channel's weight.
func (c *DataChannel) Priority() PriorityType { return c.priority }

// ID returns the channel's SCTP stream, or nil as long as it has none.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdatachannel-id
func (c *DataChannel) ID() *uint16 {
	id := c.id.Load()
	if id < 0 {
		if p := c.ref.Acquire(); p != nil {
			id = int32(cgo.DataChannelID(p))
			c.ref.Release()
		}
	}
	if id < 0 {
		return nil
	}
	c.id.Store(id)
	v := uint16(id)
	return &v
}

// ReadyState returns the channel's state.
//
// https://www.w3.org/TR/webrtc/#dom-datachannel-readystate
func (c *DataChannel) ReadyState() DataChannelState { return DataChannelState(c.state.Load()) }

// BufferedAmount returns how many bytes of messages are queued and not yet given
// to SCTP. It costs no call into libwebrtc. On an event loop it falls by tasks only. A
// channel that is closed keeps its last amount.
//
// https://www.w3.org/TR/webrtc/#dom-datachannel-bufferedamount
func (c *DataChannel) BufferedAmount() uint64 {
	if c.pc.onLoop() {
		return c.pc.rt.loop.unsentBy(c)
	}
	if c.ref.Acquire() == nil {
		return c.lastBuffered.Load()
	}
	defer c.ref.Release()
	return cgo.LoadCounter(c.buffered)
}

// BufferedAmountLowThreshold returns what SetBufferedAmountLowThreshold set; 0 at
// first.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdatachannel-bufferedamountlowthreshold
func (c *DataChannel) BufferedAmountLowThreshold() uint64 { return c.lowThreshold.Load() }

// SetBufferedAmountLowThreshold sets the amount, in bytes, at which
// OnBufferedAmountLow is called when BufferedAmount falls to it.
//
// https://www.w3.org/TR/webrtc/#dom-rtcdatachannel-bufferedamountlowthreshold
func (c *DataChannel) SetBufferedAmountLowThreshold(bytes uint64) {
	c.lowThreshold.Store(bytes)
	if p := c.ref.Acquire(); p != nil {
		cgo.DataChannelSetLowThreshold(p, bytes)
		c.ref.Release()
	}
}

// Transport returns the SCTP transport that the channel runs on, or nil before
// there is one.
func (c *DataChannel) Transport() *SCTPTransport { return c.pc.SCTP() }

func (c *DataChannel) set(change func(*dataChannelHandlers)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change(&c.handlers)
}

// OnOpen sets the handler of open. Where the channel is open already it is called
// all the same, soon.
//
// https://www.w3.org/TR/webrtc/#event-datachannel-open
func (c *DataChannel) OnOpen(f func()) {
	c.mu.Lock()
	missed := c.opened && f != nil
	c.handlers.open = f
	c.mu.Unlock()
	if missed && c.ReadyState() == DataChannelStateOpen {
		c.pc.d.post(f)
	}
}

// OnClosing sets the handler of closing: the other peer, or the end of the
// transport, has begun to close the channel. Close does not call it.
//
// https://www.w3.org/TR/webrtc/#event-datachannel-closing
func (c *DataChannel) OnClosing(f func()) { c.set(func(h *dataChannelHandlers) { h.closing = f }) }

// OnClose sets the handler of close, the last event of a channel. Closing the
// connection calls it too.
//
// https://www.w3.org/TR/webrtc/#event-datachannel-close
func (c *DataChannel) OnClose(f func()) { c.set(func(h *dataChannelHandlers) { h.close = f }) }

// OnError sets the handler of error: the channel closes, and not by its closing
// handshake. The error is an *RTCError where libwebrtc tells details. The revision of
// libwebrtc that Debian packages also fails, with a NetworkError, where it sends to
// an end that the other peer has just closed.
//
// https://www.w3.org/TR/webrtc/#event-datachannel-error
func (c *DataChannel) OnError(f func(error)) { c.set(func(h *dataChannelHandlers) { h.err = f }) }

// OnBufferedAmountLow sets the handler of bufferedamountlow.
//
// https://www.w3.org/TR/webrtc/#event-datachannel-bufferedamountlow
func (c *DataChannel) OnBufferedAmountLow(f func()) {
	c.set(func(h *dataChannelHandlers) { h.bufferedAmountLow = f })
}
