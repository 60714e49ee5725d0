// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Package turn runs coturn, the STUN and TURN server, on the loopback interface.
package turn

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pion/stun/v4"

	"github.com/nativertc/nativertc/tests/internal/child"
)

// The long-term credentials of every server that [Start] makes.
const (
	Username = "caller"
	Password = "open sesame"
	realm    = "nativertc.test"
)

const (
	startLimit = 20 * time.Second
	// portTries bounds the search for a port that is free for UDP and for TCP.
	portTries = 10
	// logShown is how much of the server's log a failed test shows, in bytes.
	logShown = 8 << 10
)

// A Server is a running turnserver.
type Server struct {
	// Port is where it listens on 127.0.0.1, with UDP and TCP.
	Port int

	log     *log
	process *child.Process
}

// Start runs a server until the end of the test.
func Start(t testing.TB) *Server {
	t.Helper()
	var err error
	for range portTries {
		var s *Server
		if s, err = start(t, t.TempDir()); err == nil {
			return s
		}
	}
	t.Fatalf("starting turnserver: %v", err)
	return nil
}

// STUN is the URL of the server as a STUN server.
func (s *Server) STUN() string { return fmt.Sprintf("stun:127.0.0.1:%d", s.Port) }

// TURN is the URL of the server as a TURN server; transport is "udp" or "tcp",
// that between the client and the server.
func (s *Server) TURN(transport string) string {
	return fmt.Sprintf("turn:127.0.0.1:%d?transport=%s", s.Port, transport)
}

// Requests returns how many requests of a TURN method, such as ALLOCATE or
// CREATE_PERMISSION, the server has answered with success.
func (s *Server) Requests(method string) int {
	return strings.Count(s.log.String(), "incoming packet "+method+" processed, success")
}

// binding is what the server logs for every binding request.
var binding = regexp.MustCompile(`handle_turn_binding:\d+:start`)

// Bindings returns how many STUN binding requests the server has seen.
func (s *Server) Bindings() int { return len(binding.FindAllString(s.log.String(), -1)) }

// Log returns what the server has written so far.
func (s *Server) Log() string { return s.log.String() }

func start(t testing.TB, dir string) (*Server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	// All state goes to dir: the defaults are files in /var. "Verbose", unlike
	// "verbose", logs bindings too.
	config := filepath.Join(dir, "turnserver.conf")
	if err := os.WriteFile(config, []byte(strings.Join([]string{
		"listening-ip=127.0.0.1", "relay-ip=127.0.0.1", fmt.Sprintf("listening-port=%d", port),
		"lt-cred-mech", "realm=" + realm, "user=" + Username + ":" + Password,
		"userdb=" + filepath.Join(dir, "turndb"), "pidfile=" + filepath.Join(dir, "turnserver.pid"),
		"log-file=stdout", "Verbose", "allow-loopback-peers", "no-cli", "no-tls", "no-dtls",
		"no-software-attribute", "relay-threads=1",
	}, "\n")+"\n"), 0o600); err != nil {
		return nil, err
	}
	s := &Server{Port: port, log: &log{}}
	cmd := exec.Command("turnserver", "-c", config)
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = s.log, s.log
	s.process, err = child.Start(cmd)
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() {
		s.process.Kill()
		if t.Failed() {
			text := s.Log()
			t.Logf("the end of what turnserver wrote:\n%s", text[max(0, len(text)-logShown):])
		}
	})
	if err := s.waitReady(t.Context()); err != nil {
		s.process.Kill()
		return nil, fmt.Errorf("%w\n%s", err, s.Log())
	}
	return s, nil
}

// freePort finds a port of 127.0.0.1 that nobody uses with UDP or TCP. Somebody
// may take it before the server does: then the server ends, and Start goes on to
// another.
func freePort() (int, error) {
	var failures []error
	for range portTries {
		listener, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			return 0, err
		}
		port := listener.Addr().(*net.TCPAddr).Port
		packets, err := net.ListenPacket("udp4", listener.Addr().String())
		_ = listener.Close()
		if err == nil {
			_ = packets.Close()
			return port, nil
		}
		failures = append(failures, err)
	}
	return 0, fmt.Errorf("no port free for both UDP and TCP: %w", errors.Join(failures...))
}

// waitReady waits until the server answers a STUN binding over UDP and over TCP.
func (s *Server) waitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	for _, network := range []string{"udp4", "tcp4"} {
		for {
			err := s.bind(ctx, network)
			if err == nil {
				break
			}
			select {
			case <-s.process.Done():
				return errors.New("turnserver ended")
			case <-ctx.Done():
				return fmt.Errorf("no answer over %s: %w", network, err)
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
	return nil
}

// bind makes one STUN binding request.
func (s *Server) bind(ctx context.Context, network string) error {
	connection, err := (&net.Dialer{}).DialContext(ctx, network, fmt.Sprintf("127.0.0.1:%d", s.Port))
	if err != nil {
		return err
	}
	defer connection.Close()
	if err := connection.SetDeadline(time.Now().Add(500 * time.Millisecond)); err != nil {
		return err
	}
	request, err := stun.Build(stun.TransactionID, stun.BindingRequest)
	if err != nil {
		return err
	}
	if _, err := connection.Write(request.Raw); err != nil {
		return err
	}
	buffer := make([]byte, 1500)
	n, err := connection.Read(buffer)
	if err != nil {
		return err
	}
	response := stun.New()
	if err := stun.Decode(buffer[:n], response); err != nil {
		return err
	}
	if response.Type != stun.BindingSuccess || response.TransactionID != request.TransactionID {
		return fmt.Errorf("unexpected answer %s", response)
	}
	return nil
}

// A log collects a process's output.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
