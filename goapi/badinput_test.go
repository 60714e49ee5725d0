// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"errors"
	"net"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// name returns the DOMException that an error stands for.
func exceptionName(err error) string {
	var e Error
	if errors.As(err, &e) {
		return e.Name()
	}
	return ""
}

func TestMalformedSDP(t *testing.T) {
	a, _ := newPair(t)
	_, err := a.CreateDataChannel("d", nil)
	require.NoError(t, err)
	_, err = a.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.NoError(t, err)
	good := simpleOffer(a)
	require.NotEmpty(t, good)
	cases := map[string]string{
		"empty":           "",
		"not SDP":         "hello",
		"NUL":             "v=0\r\n\x00o=- 1 2 IN IP4 127.0.0.1\r\n",
		"no origin":       "v=0\r\ns=-\r\nt=0 0\r\n",
		"huge":            "v=0\r\n" + strings.Repeat("a=x:"+strings.Repeat("y", 1000)+"\r\n", 2000),
		"cut":             good[:len(good)/2],
		"no fingerprint":  dropLines(good, "a=fingerprint"),
		"bad fingerprint": strings.ReplaceAll(good, "a=fingerprint:sha-256 ", "a=fingerprint:sha-256 zz:"),
		"bad setup":       strings.ReplaceAll(good, "a=setup:actpass", "a=setup:sideways"),
		"no ufrag":        dropLines(good, "a=ice-ufrag"),
		"short password":  replaceLine(good, "a=ice-pwd:", "a=ice-pwd:x"),
		"bad rtpmap":      strings.ReplaceAll(good, "a=rtpmap:96 VP8/90000", "a=rtpmap:96 VP8/x"),
		"bad payload":     strings.ReplaceAll(good, "a=rtpmap:96", "a=rtpmap:-1"),
		"bad extmap":      strings.ReplaceAll(good, "a=extmap:", "a=extmap:0x"),
		"bad candidate":   good + "a=candidate:nonsense\r\n",
		"bad port":        strings.ReplaceAll(good, "m=video 9 ", "m=video 99999999 "),
		"unknown media":   strings.ReplaceAll(good, "m=video", "m=smell"),
		"same mid twice":  replaceLine(good, "a=mid:", "a=mid:0"),
		"bad sctp port":   strings.ReplaceAll(good, "a=sctp-port:5000", "a=sctp-port:99999999999"),
		"bad ssrc":        good + "a=ssrc:99999999999999 cname:x\r\n",
		"bad simulcast":   good + "a=rid:~ send\r\na=simulcast:send ;;;\r\n",
	}
	for name, sdp := range cases {
		t.Run(name, func(t *testing.T) {
			pc, err := loopbackAPI().NewPeerConnection(Configuration{})
			require.NoError(t, err)
			defer pc.Close()
			for _, typ := range []SDPType{SDPTypeOffer, SDPTypeAnswer, SDPTypePranswer} {
				err := pc.SetRemoteDescription(SessionDescription{Type: typ, SDP: sdp})
				if err != nil {
					assert.NotEmpty(t, exceptionName(err), "%v", err)
				}
				if name == "empty" || name == "not SDP" || name == "no origin" {
					var rtcError *RTCError
					require.ErrorAs(t, err, &rtcError)
					assert.Equal(t, ErrorDetailSDPSyntaxError, rtcError.ErrorDetail)
				}
				_ = pc.SetLocalDescription(SessionDescription{Type: typ, SDP: sdp})
			}
			_ = pc.SetRemoteDescription(SessionDescription{Type: SDPTypeRollback, SDP: sdp})
		})
	}
}

func TestSDPSyntaxErrorTellsTheLine(t *testing.T) {
	a, b := newPair(t)
	_, err := a.CreateDataChannel("d", nil)
	require.NoError(t, err)
	lines := strings.Split(simpleOffer(a), "\r\n")
	lines[1] = "o=nonsense"
	var rtcError *RTCError
	require.ErrorAs(t, b.SetRemoteDescription(SessionDescription{Type: SDPTypeOffer, SDP: strings.Join(lines, "\r\n")}), &rtcError)
	require.NotNil(t, rtcError.SDPLineNumber)
	assert.Equal(t, 2, *rtcError.SDPLineNumber)
}

func dropLines(sdp, prefix string) string {
	var kept []string
	for _, line := range strings.Split(sdp, "\r\n") {
		if !strings.HasPrefix(line, prefix) {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\r\n")
}

func replaceLine(sdp, prefix, with string) string {
	lines := strings.Split(sdp, "\r\n")
	for i, line := range lines {
		if strings.HasPrefix(line, prefix) {
			lines[i] = with
		}
	}
	return strings.Join(lines, "\r\n")
}

func TestWrongState(t *testing.T) {
	a, b := newPair(t)
	_, err := a.CreateAnswer(nil)
	assert.Equal(t, "InvalidStateError", exceptionName(err))
	_, err = a.CreateDataChannel("d", nil)
	require.NoError(t, err)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	answer := SessionDescription{Type: SDPTypeAnswer, SDP: offer.SDP}
	assert.Equal(t, "InvalidStateError", exceptionName(a.SetRemoteDescription(answer)))
	assert.Equal(t, "InvalidModificationError", exceptionName(b.SetLocalDescription(offer)), "not its own")
	assert.Equal(t, "InvalidStateError", exceptionName(a.SetLocalDescription(SessionDescription{Type: SDPTypeRollback})), "nothing to roll back")
	assert.Equal(t, "TypeError", exceptionName(a.SetLocalDescription(SessionDescription{Type: SDPType(99), SDP: offer.SDP})))
	assert.Equal(t, "TypeError", exceptionName(a.SetRemoteDescription(SessionDescription{SDP: offer.SDP})))
	assert.Equal(t, "InvalidStateError", exceptionName(a.AddICECandidate(someCandidate())), "before a description")
}

func TestMalformedCandidates(t *testing.T) {
	a, b := newPair(t)
	_, err := a.CreateDataChannel("d", nil)
	require.NoError(t, err)
	require.NoError(t, b.SetRemoteDescription(SessionDescription{Type: SDPTypeOffer, SDP: simpleOffer(a)}))
	good := someCandidate()
	require.NoError(t, b.AddICECandidate(good))
	require.NoError(t, b.AddICECandidate(ICECandidateInit{}), "the end of candidates")
	for name, text := range map[string]string{
		"nonsense":     "nonsense",
		"too short":    "candidate:1 1 udp",
		"bad priority": "candidate:1 1 udp x 127.0.0.1 9 typ host",
		"bad port":     "candidate:1 1 udp 1 127.0.0.1 99999 typ host",
		"bad type":     "candidate:1 1 udp 1 127.0.0.1 9 typ nothing",
		"NUL":          "candidate:1 1 udp 1 127.0.0.1\x00 9 typ host",
		"long":         "candidate:" + strings.Repeat("x", 1<<20),
	} {
		c := good
		c.Candidate = text
		assert.Equal(t, "OperationError", exceptionName(b.AddICECandidate(c)), name)
	}
	c := good
	c.SDPMid = ptr("no such section")
	assert.Equal(t, "OperationError", exceptionName(b.AddICECandidate(c)))
	c = good
	c.SDPMid, c.SDPMLineIndex = nil, ptr(uint16(999))
	assert.Equal(t, "OperationError", exceptionName(b.AddICECandidate(c)))
	c.SDPMLineIndex = nil
	assert.Equal(t, "TypeError", exceptionName(b.AddICECandidate(c)))
}

func TestBadConfigurations(t *testing.T) {
	server := func(s ICEServer) Configuration { return Configuration{ICEServers: []ICEServer{s}} }
	for name, c := range map[string]struct {
		configuration Configuration
		want          string
	}{
		"no scheme":        {server(ICEServer{URLs: []string{"example.org"}}), "SyntaxError"},
		"http":             {server(ICEServer{URLs: []string{"http://example.org"}}), "SyntaxError"},
		"empty":            {server(ICEServer{URLs: []string{""}}), "SyntaxError"},
		"no URLs":          {server(ICEServer{}), "SyntaxError"},
		"port":             {server(ICEServer{URLs: []string{"stun:example.org:99999"}}), "SyntaxError"},
		"NUL":              {server(ICEServer{URLs: []string{"stun:exa\x00mple.org"}}), "SyntaxError"},
		"no credentials":   {server(ICEServer{URLs: []string{"turn:example.org"}}), "InvalidAccessError"},
		"credential type":  {server(ICEServer{URLs: []string{"turn:example.org"}, Username: "u", Credential: 7}), "InvalidAccessError"},
		"transport policy": {Configuration{ICETransportPolicy: 99}, "TypeError"},
		"bundle policy":    {Configuration{BundlePolicy: 99}, "TypeError"},
		"mux policy":       {Configuration{RTCPMuxPolicy: 99}, "TypeError"},
		"zero certificate": {Configuration{Certificates: []Certificate{{}}}, "InvalidAccessError"},
	} {
		_, err := loopbackAPI().NewPeerConnection(c.configuration)
		assert.Equal(t, c.want, exceptionName(err), "%s: %v", name, err)
	}
}

func TestClosedConnection(t *testing.T) {
	a, b := newPair(t)
	ours, _ := channelPair(t, a, b, nil)
	require.NoError(t, a.Close())
	require.NoError(t, a.Close())
	for name, err := range map[string]error{
		"createOffer":       second(a.CreateOffer(nil)),
		"createAnswer":      second(a.CreateAnswer(nil)),
		"setLocal":          a.SetLocalDescription(SessionDescription{}),
		"setRemote":         a.SetRemoteDescription(SessionDescription{Type: SDPTypeOffer, SDP: "v=0"}),
		"addIceCandidate":   a.AddICECandidate(someCandidate()),
		"end of candidates": a.AddICECandidate(ICECandidateInit{}),
		"createDataChannel": second(a.CreateDataChannel("x", nil)),
		"setConfiguration":  a.SetConfiguration(Configuration{}),
		"setBitrate":        a.SetBitrate(BitrateSettings{Max: 1}),
		"addTransceiver":    second(a.AddTransceiverFromKind(RTPCodecTypeVideo)),
		"send":              ours.Send([]byte("x")),
	} {
		assert.ErrorIs(t, err, ErrConnectionClosed, name)
		assert.ErrorIs(t, err, net.ErrClosed, name)
		assert.Equal(t, "InvalidStateError", exceptionName(err), name)
	}
	report, err := a.GetStats()
	require.NoError(t, err, "as the W3C has it")
	assert.Zero(t, report.Len())
	a.RestartICE()
	assert.NotNil(t, a.LocalDescription(), "descriptions stay")
	assert.NotNil(t, a.RemoteDescription())
	assert.Equal(t, SignalingStateClosed, a.SignalingState())
	assert.Equal(t, PeerConnectionStateClosed, a.ConnectionState())
	assert.Equal(t, ICEConnectionStateClosed, a.ICEConnectionState())
	callEverything(a)
}

func second[T any](_ T, err error) error { return err }

func TestBadBitrates(t *testing.T) {
	a, _ := newPair(t)
	for _, b := range []BitrateSettings{{Min: -5}, {Min: 1000, Max: 10}, {Start: 10, Min: 1000}} {
		assert.Equal(t, "InvalidAccessError", exceptionName(a.SetBitrate(b)), "%+v", b)
	}
	assert.NoError(t, a.SetBitrate(BitrateSettings{Min: 30_000, Start: 300_000, Max: 2_000_000}))
}

// FuzzRemoteDescription gives libwebrtc descriptions of a hostile peer. It must
// refuse or take them, and go on.
func FuzzRemoteDescription(f *testing.F) {
	api := loopbackAPI()
	pc, err := api.NewPeerConnection(Configuration{})
	if err != nil {
		f.Fatal(err)
	}
	defer pc.Close()
	_, _ = pc.CreateDataChannel("d", nil)
	_, _ = pc.AddTransceiverFromKind(RTPCodecTypeAudio)
	_, _ = pc.AddTransceiverFromKind(RTPCodecTypeVideo)
	f.Add(simpleOffer(pc))
	f.Add("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n")
	f.Fuzz(func(t *testing.T, sdp string) {
		victim, err := api.NewPeerConnection(Configuration{})
		if err != nil {
			t.Fatal(err)
		}
		defer victim.Close()
		if victim.SetRemoteDescription(SessionDescription{Type: SDPTypeOffer, SDP: sdp}) != nil {
			return
		}
		if answer, err := victim.CreateAnswer(nil); err == nil {
			_ = victim.SetLocalDescription(answer)
		}
	})
}

// FuzzRemoteCandidate does the same with candidates.
func FuzzRemoteCandidate(f *testing.F) {
	api := loopbackAPI()
	pc, err := api.NewPeerConnection(Configuration{})
	if err != nil {
		f.Fatal(err)
	}
	defer pc.Close()
	_, _ = pc.CreateDataChannel("d", nil)
	victim, err := api.NewPeerConnection(Configuration{})
	if err != nil {
		f.Fatal(err)
	}
	defer victim.Close()
	if err := victim.SetRemoteDescription(SessionDescription{Type: SDPTypeOffer, SDP: simpleOffer(pc)}); err != nil {
		f.Fatal(err)
	}
	f.Add("candidate:1 1 udp 2113937151 127.0.0.1 9 typ host", "0", int32(0))
	f.Add("candidate:1 1 tcp 1518280447 ::1 9 typ host tcptype active generation 0 ufrag x network-id 1", "", int32(0))
	f.Add("candidate:1 1 udp 1 a.local 9 typ relay raddr 0.0.0.0 rport 0", "0", int32(-1))
	f.Fuzz(func(t *testing.T, text, mid string, index int32) {
		i := uint16(index)
		_ = victim.AddICECandidate(ICECandidateInit{Candidate: text, SDPMid: &mid, SDPMLineIndex: &i})
	})
}
