// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/nativertc/nativertc/cgo"
)

// logLimit bounds the bytes of lines that wait for the logger.
const logLimit = 4 << 20

// logPump takes lines from libwebrtc to a logger, on a goroutine of its own.
type logPump struct {
	queue   *cgo.EventQueue
	logger  *slog.Logger
	dropped uint64
	stop    chan struct{}
}

var (
	logMu   sync.Mutex
	logging *logPump // nil: silent
)

// SetLogger sends libwebrtc's log, from level on, to l: the log of all
// connections of the process. nil ends that, and so does a level above
// slog.LevelError; by default libwebrtc is silent. It never writes to stderr
// itself.
//
// libwebrtc's verbose lines have slog.LevelDebug, the others the level of their
// name. Each has the attributes "file" and "line" of its place in libwebrtc's
// source. libwebrtc does not wait for the logger: lines that come faster than
// it takes them are dropped and counted in a warning.
//
// Lines logged before the call may still reach the previous logger after it.
func SetLogger(l *slog.Logger, level slog.Level) {
	logMu.Lock()
	defer logMu.Unlock()
	if logging != nil {
		cgo.LogStop()
		close(logging.stop)
		logging = nil
	}
	if l == nil || level > slog.LevelError {
		return
	}
	logging = &logPump{queue: cgo.NewEventQueue(logLimit), logger: l, stop: make(chan struct{})}
	go logging.queue.Run(logging.stop, logging.log)
	cgo.LogStart(logging.queue, logSeverity(level))
}

func (p *logPump) log(e *cgo.Event) {
	severity, file, line, message, dropped := e.R.Str(), e.R.Str(), e.R.I32(), e.R.Str(), e.R.U64()
	p.queue.Consumed(cgo.LogLineCost + len(file) + len(message))
	if dropped > p.dropped {
		p.logger.Warn("lines of libwebrtc's log were dropped", "lines", dropped-p.dropped)
		p.dropped = dropped
	}
	level := logLevel(severity)
	ctx := context.Background()
	if !p.logger.Enabled(ctx, level) {
		return
	}
	record := slog.NewRecord(time.Now(), level, message, 0)
	if file != "" {
		record.AddAttrs(slog.String("file", file), slog.Int("line", int(line)))
	}
	_ = p.logger.Handler().Handle(ctx, record) // as slog itself does
}

// logLevel is the level of one of libwebrtc's severities.
func logLevel(severity string) slog.Level {
	switch severity {
	case "verbose":
		return slog.LevelDebug
	case "info":
		return slog.LevelInfo
	case "warning":
		return slog.LevelWarn
	default:
		return slog.LevelError
	}
}

// logSeverity is the least severity whose level is not below the given one.
func logSeverity(level slog.Level) string {
	for _, severity := range []string{"verbose", "info", "warning"} {
		if logLevel(severity) >= level {
			return severity
		}
	}
	return "error"
}
