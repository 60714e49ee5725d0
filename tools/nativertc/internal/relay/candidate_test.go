// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package relay

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRewriteCandidate(t *testing.T) {
	r, a, b, publicA, _ := newRelay(t, Config{})
	for _, form := range []string{
		"candidate:1 1 udp 2122260223 127.0.0.1 %d typ host generation 0 ufrag abcd network-id 1",
		"a=candidate:1 1 UDP 2122260223 127.0.0.1 %d typ host",
	} {
		out, ok, err := r.RewriteCandidate(A, fmt.Sprintf(form, a.addr.Port()))
		require.NoError(t, err)
		require.True(t, ok)
		require.Equal(t, fmt.Sprintf(form, publicA.Port()), out)

		// What is sent to the rewritten address arrives.
		b.sendTo(publicA, []byte("ping"))
		data, _ := a.receive()
		require.Equal(t, "ping", string(data))
	}

	out, ok, err := r.RewriteCandidate(A, "candidate:1 1 udp 2122260223 fd00::1 5000 typ host")
	if err == nil { // Where the machine has IPv6.
		require.True(t, ok)
		require.Contains(t, out, " ::1 ")
	}
	out, ok, err = r.RewriteCandidate(A, "")
	require.NoError(t, err)
	require.True(t, ok)
	require.Empty(t, out, "the end of candidates stays")
}

func TestRewriteDropsWhatLeadsPast(t *testing.T) {
	r, _, _, _, _ := newRelay(t, Config{})
	for _, c := range []string{
		"candidate:1 1 tcp 1518280447 127.0.0.1 9 typ host tcptype active",
		"candidate:1 1 udp 2122260223 9b36eaac-bb2e-49bb-bb78-21c41c499900.local 5000 typ host",
		"candidate:1 1 udp 1686052607 203.0.113.5 5000 typ srflx raddr 192.0.2.1 rport 5000",
		"candidate:1 1 udp 41885439 203.0.113.5 5000 typ relay raddr 0.0.0.0 rport 0",
		"candidate:1 1 udp 2122260223 127.0.0.1 0 typ host",
	} {
		out, ok, err := r.RewriteCandidate(A, c)
		require.NoError(t, err, c)
		require.False(t, ok, c)
		require.Empty(t, out, c)
	}
}

func TestRewriteRefusesMalformedCandidates(t *testing.T) {
	r, _, _, _, _ := newRelay(t, Config{})
	for _, c := range []string{
		"x", "candidate:", "candidate:1 1 udp 5 127.0.0.1 5000", "candidate:1 1 udp 5 127.0.0.1 70000 typ host",
		"candidate:1 1 udp 5 127.0.0.1 -1 typ host", "candidate:1 1 udp 5 127.0.0.1 5000 type host",
		"candidat:1 1 udp 5 127.0.0.1 5000 typ host", strings.Repeat("a ", 1000),
	} {
		_, ok, err := r.RewriteCandidate(A, c)
		require.ErrorIs(t, err, ErrCandidate, c)
		require.False(t, ok)
	}
	_, err := r.RewriteSDP(A, "v=0\r\na=candidate:junk\r\n")
	require.ErrorIs(t, err, ErrCandidate)
	_, _, err = r.RewriteCandidate(A, "candidate:1 1 udp 5 0.0.0.0 5000 typ host")
	require.Error(t, err)
}

func TestRewriteSDP(t *testing.T) {
	r, a, _, publicA, _ := newRelay(t, Config{})
	sdp := strings.Join([]string{
		"v=0",
		"o=- 1 2 IN IP4 127.0.0.1",
		"m=audio " + fmt.Sprint(a.addr.Port()) + " UDP/TLS/RTP/SAVPF 111",
		"c=IN IP4 192.0.2.7",
		"a=rtcp:5001 IN IP4 192.0.2.7",
		"a=candidate:1 1 udp 2122260223 127.0.0.1 " + fmt.Sprint(a.addr.Port()) + " typ host generation 0",
		"a=candidate:2 1 tcp 1518280447 127.0.0.1 9 typ host tcptype active",
		"a=end-of-candidates",
		"a=ice-ufrag:abcd",
		"m=video 0 UDP/TLS/RTP/SAVPF 96",
		"c=IN IP6 ::1",
		"",
	}, "\r\n")
	want := strings.Join([]string{
		"v=0",
		"o=- 1 2 IN IP4 127.0.0.1",
		"m=audio 9 UDP/TLS/RTP/SAVPF 111",
		"c=IN IP4 0.0.0.0",
		"a=rtcp:9 IN IP4 0.0.0.0",
		"a=candidate:1 1 udp 2122260223 127.0.0.1 " + fmt.Sprint(publicA.Port()) + " typ host generation 0",
		"a=end-of-candidates",
		"a=ice-ufrag:abcd",
		"m=video 0 UDP/TLS/RTP/SAVPF 96",
		"c=IN IP4 0.0.0.0",
		"",
	}, "\r\n")
	out, err := r.RewriteSDP(A, sdp)
	require.NoError(t, err)
	require.Equal(t, want, out)

	out, err = r.RewriteSDP(A, strings.ReplaceAll(sdp, "\r\n", "\n"))
	require.NoError(t, err)
	require.Equal(t, strings.ReplaceAll(want, "\r\n", "\n"), out, "line ends stay")
}

func FuzzRewriteSDP(f *testing.F) {
	f.Add("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=candidate:1 1 udp 5 127.0.0.1 5000 typ host\r\n")
	f.Add("m=\nc=IN \na=rtcp:\na=candidate:\n")
	r, err := New(Config{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { r.Close() })
	f.Fuzz(func(t *testing.T, sdp string) {
		out, err := r.RewriteSDP(A, sdp)
		if err == nil && strings.Count(out, "\n") > strings.Count(sdp, "\n") {
			t.Errorf("lines were added: %q", out)
		}
	})
}
