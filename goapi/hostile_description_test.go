// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What follows was found by FuzzNegotiation or FuzzRemoteDescription to end the
// process, over at least one revision.

const sessionLines = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"

func remoteOffer(sdp string) SessionDescription {
	return SessionDescription{Type: SDPTypeOffer, SDP: sdp}
}

// offerOf applies an offer of pc's and returns it.
func offerOf(t *testing.T, pc *PeerConnection) SessionDescription {
	t.Helper()
	offer, err := pc.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, pc.SetLocalDescription(offer))
	return offer
}

// answerTo makes pc answer an offer, and returns that.
func answerTo(t *testing.T, pc *PeerConnection, offer SessionDescription) SessionDescription {
	t.Helper()
	require.NoError(t, pc.SetRemoteDescription(offer))
	answer, err := pc.CreateAnswer(nil)
	require.NoError(t, err)
	require.NoError(t, pc.SetLocalDescription(answer))
	return answer
}

// rejectSection sets the port of a kind of section to 0.
func rejectSection(sdp, kind string) string {
	return regexp.MustCompile(`m=`+kind+` \d+`).ReplaceAllString(sdp, "m="+kind+" 0")
}

func TestUnknownMediaKindIsRejected(t *testing.T) {
	_, b := newPair(t)
	require.NoError(t, b.SetRemoteDescription(remoteOffer(sessionLines+"m=text 9 UDP/TLS/RTP/SAVPF 96\r\n")))
	_, err := b.CreateOffer(nil)
	assert.Equal(t, "OperationError", exceptionName(err), "before the answer")
	answer, err := b.CreateAnswer(nil)
	require.NoError(t, err)
	assert.Contains(t, answer.SDP, "m=text 0 ")
	require.NoError(t, b.SetLocalDescription(answer))
	_, err = b.CreateOffer(nil)
	require.NoError(t, err)
}

func TestDataInASectionOfUnknownKind(t *testing.T) {
	_, b := newPair(t)
	err := b.SetRemoteDescription(remoteOffer(sessionLines + "m=pplication 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"))
	if onDebian() {
		require.Equal(t, "InvalidAccessError", exceptionName(err))
		return
	}
	require.NoError(t, err)
	answer, err := b.CreateAnswer(nil)
	require.NoError(t, err)
	assert.Contains(t, answer.SDP, "m=pplication 0 ")
}

func TestPacketTimesThatContradict(t *testing.T) {
	a, _ := newPair(t)
	_, err := a.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	offer := simpleOffer(a)
	for _, line := range []string{"a=maxptime:10", "a=maxptime:0", "a=maxptime:-1", "a=fmtp:111 minptime=2147483647"} {
		_, b := newPair(t)
		require.NoError(t, b.SetRemoteDescription(remoteOffer(offer+line+"\r\n")), line)
		require.NotNil(t, b.RemoteDescription(), line)
		answer, err := b.CreateAnswer(nil)
		require.NoError(t, err, line)
		require.NoError(t, b.SetLocalDescription(answer), line)
	}
}

func TestSetupHoldconn(t *testing.T) {
	a, b := newPair(t)
	_, err := a.CreateDataChannel("d", nil)
	require.NoError(t, err)
	offer := strings.ReplaceAll(simpleOffer(a), "a=setup:actpass", "a=setup:holdconn")
	if err := b.SetRemoteDescription(remoteOffer(offer)); err != nil {
		require.Equal(t, "InvalidAccessError", exceptionName(err))
		return
	}
	_, err = b.CreateAnswer(nil)
	if err != nil {
		require.Equal(t, "OperationError", exceptionName(err))
	}
}

// The data section is rejected by an offer that is then rolled back.
func TestDataRejectedAndRolledBack(t *testing.T) {
	a, b := newPair(t)
	_, err := a.CreateDataChannel("d", nil)
	require.NoError(t, err)
	negotiate(t, a, b)
	require.NoError(t, b.SetRemoteDescription(remoteOffer(rejectSection(simpleOffer(a), "application"))))
	require.NoError(t, b.SetRemoteDescription(SessionDescription{Type: SDPTypeRollback}))
	for _, err := range []error{second(b.CreateOffer(nil)), b.SetLocalDescription(SessionDescription{})} {
		if err != nil {
			require.Equal(t, "OperationError", exceptionName(err))
		}
	}
}

// A transceiver that was offered but never applied is stopped, and another takes
// its section.
func TestStoppedBeforeItsOfferWasApplied(t *testing.T) {
	a, b := newPair(t)
	first, err := a.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.NoError(t, err)
	_, err = a.CreateOffer(nil)
	require.NoError(t, err)
	require.NoError(t, first.Stop())
	var layers []RTPEncodingParameters
	for _, rid := range []string{"a", "b"} {
		layers = append(layers, RTPEncodingParameters{RTPCodingParameters: RTPCodingParameters{RID: rid}})
	}
	_, err = a.AddTransceiverFromKind(RTPCodecTypeVideo, RTPTransceiverInit{SendEncodings: layers})
	require.NoError(t, err)
	offer, err := a.CreateOffer(nil)
	require.NoError(t, err)
	err = a.SetLocalDescription(offer)
	if !onDebian() && err != nil {
		require.Equal(t, "InvalidStateError", exceptionName(err), "the newer revision takes the stopped one for the other")
		return
	}
	require.NoError(t, err)
	answerTo(t, b, offer)
}

// A simulcast transceiver is stopped while its offer is out.
func TestStoppedWhileSimulcastIsOffered(t *testing.T) {
	a, b := newPair(t)
	layers := []RTPEncodingParameters{
		{RTPCodingParameters: RTPCodingParameters{RID: "a"}}, {RTPCodingParameters: RTPCodingParameters{RID: "b"}},
	}
	transceiver, err := a.AddTransceiverFromKind(RTPCodecTypeVideo, RTPTransceiverInit{SendEncodings: layers})
	require.NoError(t, err)
	answer := answerTo(t, b, offerOf(t, a))
	require.NoError(t, transceiver.Stop())
	answer.SDP += "a=rid:a recv\r\na=rid:b recv\r\na=simulcast:recv a;b\r\n"
	err = a.SetRemoteDescription(answer)
	if onDebian() {
		require.Equal(t, "InvalidStateError", exceptionName(err))
	} else {
		require.NoError(t, err)
	}
}

// Offers of a peer that names no streams, rolled back and made again.
func TestRollbackWithoutStreams(t *testing.T) {
	for _, kind := range []RTPCodecType{RTPCodecTypeAudio, RTPCodecTypeVideo} {
		a, b := newPair(t)
		_, err := a.AddTransceiverFromKind(kind)
		require.NoError(t, err)
		offer := remoteOffer(dropLines(dropLines(offerOf(t, a).SDP, "a=msid"), "a=ssrc"))
		require.NoError(t, a.SetRemoteDescription(answerTo(t, b, offer)))
		for range 3 {
			require.NoError(t, b.SetRemoteDescription(offer))
			require.NoError(t, b.SetRemoteDescription(SessionDescription{Type: SDPTypeRollback}))
		}
		require.NoError(t, b.SetRemoteDescription(offer))
	}
}

// A section that an offer has rejected comes back in the next, before an answer.
func TestRejectedSectionComesBack(t *testing.T) {
	a, b := newPair(t)
	_, err := a.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.NoError(t, err)
	offer := offerOf(t, a)
	require.NoError(t, a.SetRemoteDescription(answerTo(t, b, offer)))
	rejecting := remoteOffer(dropLines(rejectSection(offer.SDP, "video"), "a=group"))
	require.NoError(t, b.SetRemoteDescription(rejecting))
	require.Equal(t, "InvalidAccessError", exceptionName(b.SetRemoteDescription(offer)))
	other := remoteOffer(strings.NewReplacer("a=mid:0", "a=mid:7", "BUNDLE 0", "BUNDLE 7").Replace(offer.SDP))
	require.Equal(t, "InvalidAccessError", exceptionName(b.SetRemoteDescription(other)), "another in its place")
	require.NoError(t, b.SetRemoteDescription(SessionDescription{Type: SDPTypeRollback}))
	err = b.SetRemoteDescription(offer)
	if err != nil { // debian has stopped the transceiver for good
		require.Equal(t, "InvalidStateError", exceptionName(err))
	}
}

// A section becomes another kind in the next offer, before an answer.
func TestSectionChangesItsKind(t *testing.T) {
	a, b := newPair(t)
	_, err := a.AddTransceiverFromKind(RTPCodecTypeVideo)
	require.NoError(t, err)
	require.NoError(t, b.SetRemoteDescription(remoteOffer(simpleOffer(a))))
	c, d := newPair(t)
	_, err = c.CreateDataChannel("d", nil)
	require.NoError(t, err)
	data := remoteOffer(simpleOffer(c))
	require.Equal(t, "InvalidAccessError", exceptionName(b.SetRemoteDescription(data)))
	require.NoError(t, d.SetRemoteDescription(data))
}

// An answer that wants no video has no codec either.
func TestIdleVideoWithoutCodec(t *testing.T) {
	rtpmap := regexp.MustCompile(`a=rtpmap:(\d+) \w+/`)
	for name, change := range map[string]func(string) string{
		"unknown codecs": func(s string) string { return rtpmap.ReplaceAllString(dropLines(s, "a=fmtp"), "a=rtpmap:$1 FOO/") },
		"rtx of nothing": func(s string) string { return regexp.MustCompile(`apt=\d+`).ReplaceAllString(s, "apt=1") },
	} {
		a, b := newPair(t)
		_, err := a.AddTransceiverFromKind(RTPCodecTypeVideo)
		require.NoError(t, err)
		answer := answerTo(t, b, offerOf(t, a))
		answer.SDP = strings.ReplaceAll(answer.SDP, "a=recvonly", "a=inactive")
		bad := SessionDescription{Type: SDPTypeAnswer, SDP: change(answer.SDP)}
		assert.Equal(t, "InvalidAccessError", exceptionName(a.SetRemoteDescription(bad)), name)
		require.NoError(t, a.SetRemoteDescription(answer), name)
	}
}

// A header extension is given twice, under two numbers.
func TestHeaderExtensionTwice(t *testing.T) {
	a, b := newPair(t)
	_, err := a.AddTransceiverFromKind(RTPCodecTypeAudio)
	require.NoError(t, err)
	answer := answerTo(t, b, offerOf(t, a))
	const line = "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n"
	require.Contains(t, answer.SDP, line)
	answer.SDP = strings.Replace(answer.SDP, line, "a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid\r\n"+line, 1)
	require.NoError(t, a.SetRemoteDescription(answer))
}

// TestRollbackThatMovesWaitingChannels rolls back, in each of the ways there are, an
// offer that moved data to another transport before channels had their ids.
func TestRollbackThatMovesWaitingChannels(t *testing.T) {
	for name, rollback := range map[string]func(a *PeerConnection, theirs SessionDescription) error{
		"by the application": func(a *PeerConnection, _ SessionDescription) error {
			return a.SetLocalDescription(SessionDescription{Type: SDPTypeRollback})
		},
		"by an offer that crosses it": func(a *PeerConnection, theirs SessionDescription) error {
			return a.SetRemoteDescription(theirs)
		},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := newPair(t)
			a.OnICECandidate(nil) // They never connect.
			b.OnICECandidate(nil)
			first, err := a.AddTransceiverFromKind(RTPCodecTypeAudio)
			require.NoError(t, err)
			_, err = a.CreateDataChannel("", nil)
			require.NoError(t, err)
			require.NoError(t, a.SetRemoteDescription(answerTo(t, b, offerOf(t, a))))
			require.NoError(t, first.Stop())
			offerOf(t, a)
			err = rollback(a, offerOf(t, b))
			if onDebian() {
				require.NoError(t, err)
				return
			}
			requireError(t, invalidStateError, err)
			assert.Equal(t, SignalingStateHaveLocalOffer, a.SignalingState())
		})
	}
}
