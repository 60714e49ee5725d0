// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package processes

import (
	"context"
	"encoding/json"
	"io"
	"net/rpc"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bazelbuild/rules_go/go/runfiles"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tests/internal/child"
	"github.com/nativertc/nativertc/tests/internal/peer"
)

// program returns the command line of echo. NATIVERTC_ECHO names what Bazel has
// built, an emulator and the program or the program alone; without it the go
// command builds the program.
func program(t *testing.T) []string {
	t.Helper()
	var command []string
	for _, name := range strings.Fields(os.Getenv("NATIVERTC_ECHO")) {
		path, err := runfiles.Rlocation(name)
		require.NoError(t, err)
		command = append(command, path)
	}
	if command == nil {
		path := filepath.Join(t.TempDir(), "echo")
		out, err := exec.CommandContext(t.Context(), "go", "build", "-tags", buildTags, "-o", path, "./echo").CombinedOutput()
		require.NoError(t, err, "%s", out)
		command = []string{path}
	}
	return command
}

// remote is the peer in the other process.
type remote struct {
	t      *testing.T
	client *rpc.Client
}

var _ peer.Peer = (*remote)(nil)

// start runs echo until the end of the test.
func start(t *testing.T) *remote {
	t.Helper()
	command := program(t)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	process, err := child.Start(cmd)
	require.NoError(t, err)
	t.Cleanup(process.Kill)
	client := rpc.NewClient(struct {
		io.Reader
		io.WriteCloser
	}{out, in})
	return &remote{t, client}
}

// call asks and waits for the answer, or the end of the context.
func (r *remote) call(ctx context.Context, method string, question, answer any) error {
	select {
	case call := <-r.client.Go("Peer."+method, question, answer, make(chan *rpc.Call, 1)).Done:
		return call.Error
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (r *remote) architecture(ctx context.Context) (architecture string, err error) {
	err = r.call(ctx, "Architecture", struct{}{}, &architecture)
	return architecture, err
}

// CreateOffer implements [peer.Peer].
func (r *remote) CreateOffer(ctx context.Context) (sdp string, err error) {
	err = r.call(ctx, "CreateOffer", struct{}{}, &sdp)
	return sdp, err
}

// CreateAnswer implements [peer.Peer].
func (r *remote) CreateAnswer(ctx context.Context) (sdp string, err error) {
	err = r.call(ctx, "CreateAnswer", struct{}{}, &sdp)
	return sdp, err
}

// SetRemote implements [peer.Peer].
func (r *remote) SetRemote(ctx context.Context, kind, sdp string) error {
	return r.call(ctx, "SetRemote", [2]string{kind, sdp}, &struct{}{})
}

// AddCandidate implements [peer.Peer].
func (r *remote) AddCandidate(ctx context.Context, candidate json.RawMessage) error {
	return r.call(ctx, "AddCandidate", candidate, &struct{}{})
}

// OnCandidate implements [peer.Peer].
func (r *remote) OnCandidate(f func(json.RawMessage)) {
	ctx := r.t.Context()
	go func() {
		for {
			var candidate json.RawMessage
			if err := r.call(ctx, "NextCandidate", struct{}{}, &candidate); err != nil {
				return // the end of the test
			}
			f(candidate)
		}
	}()
}
