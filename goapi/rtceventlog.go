// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"errors"
	"io"
	"sync"
	"time"

	"github.com/nativertc/nativertc/cgo"
)

// ErrRTCEventLogOverflow is what StopRTCEventLog returns where the writer was so
// slow that the log ended early.
var ErrRTCEventLogOverflow = errors.New("the event log's writer is too slow")

// rtcEventLogLimit bounds the bytes that wait for the writer.
const rtcEventLogLimit = 16 << 20

// rtcEventLogs holds the log that a connection is writing.
type rtcEventLogs struct {
	eventLogMu sync.Mutex
	eventLog   *rtcEventLog
}

type rtcEventLog struct {
	queue  *cgo.EventQueue
	writer io.Writer
	err    error
	ended  bool
	done   chan struct{} // closed when everything is written
}

// StartRTCEventLog writes libwebrtc's binary event log of the connection to w,
// for the tools that display such logs. period is how often libwebrtc hands
// events over, 0 for at once; it counts in milliseconds. w is written to by one
// goroutine, which does not hold up the connection, until StopRTCEventLog or
// Close; after an error it is not written to any more. Of what was before, the log has
// only what describes the streams and candidate pairs.
//
// It is an InvalidStateError while a log is being written, an
// ErrConnectionClosed after Close, and a NotSupportedError where the libwebrtc
// that is linked was built without the log, which needs protobuf.
func (pc *PeerConnection) StartRTCEventLog(w io.Writer, period time.Duration) error {
	p, done, err := pc.use()
	if err != nil {
		return err
	}
	defer done()
	if w == nil || period < 0 {
		return newError(typeError, "event log without a writer, or with a negative period", nil)
	}
	log := &rtcEventLog{queue: cgo.NewEventQueue(rtcEventLogLimit), writer: w, done: make(chan struct{})}
	if !pc.setEventLog(log) {
		log.release()
		return newError(invalidStateError, "an event log is being written", nil)
	}
	queue := log.queue.Acquire()
	started := cgo.PeerConnectionStartRTCEventLog(p, queue, period.Milliseconds())
	log.queue.Release()
	if !started {
		pc.clearEventLog(log)
		log.release()
		return newError(notSupportedError, "this libwebrtc has no event log", nil)
	}
	go func() {
		log.run()
		pc.clearEventLog(log)
		close(log.done)
	}()
	return nil
}

// StopRTCEventLog ends the log, waits until all of it is written and returns the
// writer's first error or ErrRTCEventLogOverflow. Without a log, or after Close,
// it does nothing.
func (pc *PeerConnection) StopRTCEventLog() error {
	p, done, err := pc.use()
	if err != nil {
		return nil
	}
	pc.eventLogMu.Lock()
	log := pc.eventLog
	pc.eventLogMu.Unlock()
	if log == nil {
		done()
		return nil
	}
	cgo.PeerConnectionStopRTCEventLog(p)
	done()
	<-log.done
	return log.err
}

// setEventLog makes log the connection's, unless it has one.
func (l *rtcEventLogs) setEventLog(log *rtcEventLog) bool {
	l.eventLogMu.Lock()
	defer l.eventLogMu.Unlock()
	if l.eventLog != nil {
		return false
	}
	l.eventLog = log
	return true
}

func (l *rtcEventLogs) clearEventLog(log *rtcEventLog) {
	l.eventLogMu.Lock()
	defer l.eventLogMu.Unlock()
	if l.eventLog == log {
		l.eventLog = nil
	}
}

// run writes until the last record has come.
func (l *rtcEventLog) run() {
	for !l.ended {
		<-l.queue.Wake()
		l.queue.Take(l.write)
	}
	l.release()
}

func (l *rtcEventLog) write(e *cgo.Event) {
	end, overflowed, data := e.R.Bool(), e.R.Bool(), e.R.Bytes()
	if end {
		l.ended = true
		if overflowed && l.err == nil {
			l.err = ErrRTCEventLogOverflow
		}
		return
	}
	if l.err == nil {
		n, err := l.writer.Write(data)
		if err == nil && n < len(data) {
			err = io.ErrShortWrite
		}
		l.err = err
	}
	l.queue.Consumed(len(data))
}

func (l *rtcEventLog) release() {
	l.queue.Stop()
	l.queue.Close()
}
