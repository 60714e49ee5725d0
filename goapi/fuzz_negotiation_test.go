// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"slices"
	"strings"
	"testing"
)

// hostileWords replace words of a description: what its attributes know, and
// numbers at the edges of what they take.
var hostileWords = []string{
	"", "0", "1", "-1", "2", "13", "14", "15", "63", "64", "96", "97", "127", "128", "255", "256", "65535", "65536",
	"2147483647", "2147483648", "4294967295", "4294967296", "18446744073709551616", "1e9", "0x10", "*", "x", "é",
	"audio", "video", "application", "text", "rtx", "red", "ulpfec", "flexfec-03", "VP8", "VP9", "H264", "AV1", "opus",
	"telephone-event", "CN", "PCMU", "G722", "multiopus", "90000", "48000", "8000", "apt=96", "apt=97", "apt=127",
	"sendrecv", "sendonly", "recvonly", "inactive", "active", "passive", "actpass", "holdconn", "sha-1", "sha-256",
	"sha-512", "md5", "send", "recv", "FID", "SIM", "FEC-FR", "BUNDLE", "LS", "UDP/TLS/RTP/SAVPF", "RTP/AVP",
	"RTP/SAVPF", "UDP/DTLS/SCTP", "TCP/DTLS/SCTP", "DTLS/SCTP", "webrtc-datachannel", "9", "IN", "IP4", "IP6",
	"0.0.0.0", "::1", "127.0.0.1", "nack", "ccm", "fir", "transport-cc", "goog-remb", "rrtr", "cname", "msid", "ssrc",
	strings.Repeat("z", 300),
}

// hostileLines are put in: what a section takes at most once, or takes only with
// others.
var hostileLines = []string{
	"m=audio 9 UDP/TLS/RTP/SAVPF 111", "m=video 9 UDP/TLS/RTP/SAVPF 96 97", "m=video 0 UDP/TLS/RTP/SAVPF 96",
	"m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "m=text 9 UDP/TLS/RTP/SAVPF 96", "m=audio 0 UDP/TLS/RTP/SAVPF",
	"m=application 9 DTLS/SCTP 5000", "m=application 9 RTP/AVP 96", "m=image 0 udptl t38", "m=video 9 UDP/TLS/RTP/SAVPF",
	"a=mid:0", "a=mid:1", "a=mid:", "a=mid:x", "a=group:BUNDLE 0", "a=group:BUNDLE 0 1 2", "a=group:BUNDLE x y",
	"a=group:BUNDLE", "a=group:BUNDLE 0 0", "a=group:BUNDLE 1 0", "a=group:LS 0 1", "a=bundle-only",
	"a=rid:a send", "a=rid:b recv", "a=rid:a send pt=96;max-width=x", "a=rid:a send", "a=rid:c recv pt=96,97,300",
	"a=simulcast:send a;b", "a=simulcast:recv a;b", "a=simulcast:send a,b;~c recv d", "a=simulcast:send a recv a",
	"a=simulcast:recv ~a;~a", "a=ssrc:1 cname:x", "a=ssrc:1 msid:s t", "a=ssrc:2 cname:y", "a=ssrc:0 cname:z",
	"a=ssrc-group:FID 1 2", "a=ssrc-group:FID 1 1", "a=ssrc-group:FID 1", "a=ssrc-group:FID", "a=ssrc-group:SIM 1 2 3",
	"a=ssrc-group:FEC-FR 1 2", "a=ssrc-group:X 1 2 3 4", "a=msid:s t", "a=msid:- t", "a=msid:s", "a=msid:",
	"a=msid-semantic: WMS *", "a=rtpmap:96 VP8/90000", "a=rtpmap:97 rtx/90000", "a=fmtp:97 apt=96", "a=fmtp:97 apt=97",
	"a=fmtp:96 apt=97", "a=fmtp:97 apt=300", "a=fmtp:97 apt=-1", "a=rtpmap:98 red/90000", "a=rtpmap:98 red/48000/2",
	"a=fmtp:98 111/111", "a=fmtp:98 98/98", "a=fmtp:98 111/", "a=rtpmap:111 opus/48000/2", "a=rtpmap:111 opus/48000/9999",
	"a=rtpmap:111 multiopus/48000/6", "a=fmtp:111 channel_mapping=0,4,1,2,3,5;num_streams=4;coupled_streams=2",
	"a=fmtp:111 stereo=1;maxaveragebitrate=-1;maxplaybackrate=0;ptime=0", "a=rtpmap:0 PCMU/0", "a=rtpmap:9 G722/8000/0",
	"a=rtpmap:99 H264/90000", "a=fmtp:99 profile-level-id=zz;packetization-mode=9", "a=fmtp:99 x-google-max-bitrate=-1",
	"a=fmtp:96 x-google-min-bitrate=9;x-google-max-bitrate=1", "a=fmtp:96 x-google-start-bitrate=99999999999",
	"a=rtpmap:127 flexfec-03/90000", "a=fmtp:127 repair-window=x", "a=rtpmap:126 ulpfec/90000", "a=rtpmap:300 VP8/90000",
	"a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level", "a=extmap:1 urn:ietf:params:rtp-hdrext:toffset",
	"a=extmap:0 urn:x", "a=extmap:15 urn:x", "a=extmap:16 urn:y", "a=extmap:256 urn:x", "a=extmap:-1 urn:x",
	"a=extmap:2 urn:ietf:params:rtp-hdrext:encrypt urn:ietf:params:rtp-hdrext:toffset", "a=extmap:3/bad urn:x",
	"a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid", "a=extmap:5 urn:ietf:params:rtp-hdrext:sdes:mid",
	"a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", "a=extmap-allow-mixed",
	"a=sctp-port:0", "a=sctp-port:5000", "a=sctp-port:65536", "a=max-message-size:0", "a=max-message-size:-1",
	"a=max-message-size:99999999999999999999", "a=sctpmap:5000 webrtc-datachannel 1024", "a=sctpmap:0 x 0",
	"a=ice-ufrag:abcd", "a=ice-pwd:abcdefghijklmnopqrstuvwx", "a=ice-ufrag:", "a=ice-pwd:x", "a=ice-lite",
	"a=ice-options:trickle renomination x", "a=ice-options:", "a=ice-mismatch", "a=setup:active", "a=setup:passive",
	"a=setup:actpass", "a=setup:holdconn", "a=fingerprint:sha-256 00", "a=fingerprint:md5 00:11",
	"a=fingerprint:sha-256 " + strings.Repeat("AB:", 31) + "AB", "a=fingerprint:sha-1 " + strings.Repeat("AB:", 31) + "AB",
	"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + strings.Repeat("A", 40), "a=rtcp-mux", "a=rtcp-rsize",
	"a=rtcp-mux-only", "a=rtcp:9 IN IP4 0.0.0.0", "a=rtcp-fb:* nack", "a=rtcp-fb:* transport-cc", "a=rtcp-fb:96 ccm fir",
	"a=rtcp-fb:300 nack", "a=rtcp-fb:* x", "a=candidate:1 1 udp 1 127.0.0.1 9 typ host",
	"a=candidate:1 2 tcp 1 ::1 0 typ srflx raddr 0.0.0.0 rport 0 tcptype so", "a=candidate:", "a=end-of-candidates",
	"a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive", "a=ptime:0", "a=maxptime:-1", "a=x-google-flag:conference",
	"b=AS:0", "b=AS:-1", "b=TIAS:99999999999", "b=TIAS:1", "b=X:1", "c=IN IP4 127.0.0.1", "c=IN IP6 ::", "i=x", "k=clear:x",
	"t=0 0", "s=-", "o=- 1 1 IN IP4 127.0.0.1", "o=- 18446744073709551616 -1 IN IP6 x", "v=1", "a=x:", "a=", "=", "m=",
}

// hostileProgram is the input of a fuzz target, read byte by byte: which steps
// are made, and what is changed in the descriptions between the peers.
type hostileProgram []byte

func (p *hostileProgram) next() int {
	if len(*p) == 0 {
		return 0
	}
	b := (*p)[0]
	*p = (*p)[1:]
	return int(b)
}

// of picks one of n.
func (p *hostileProgram) of(n int) int {
	if n > 256 {
		return (p.next()<<8 | p.next()) % n
	}
	return p.next() % max(n, 1)
}

func pick[T any](p *hostileProgram, from []T) T { return from[p.of(len(from))] }

// mutate changes up to four things in a description.
func (p *hostileProgram) mutate(sdp string) string {
	lines := strings.Split(strings.TrimSuffix(sdp, "\r\n"), "\r\n")
	for range p.of(5) {
		lines = p.mutateOnce(lines)
	}
	return strings.Join(lines, "\r\n") + "\r\n"
}

func (p *hostileProgram) mutateOnce(lines []string) []string {
	if len(lines) == 0 {
		return []string{pick(p, hostileLines)}
	}
	i, sections := p.of(len(lines)), mediaSections(lines)
	switch p.of(14) {
	case 0:
		return slices.Delete(lines, i, i+1)
	case 1:
		return slices.Insert(lines, i, lines[i])
	case 2:
		j := p.of(len(lines))
		lines[i], lines[j] = lines[j], lines[i]
	case 3, 4:
		return slices.Insert(lines, i, pick(p, hostileLines))
	case 5:
		lines[i] = pick(p, hostileLines)
	case 6, 7, 8:
		lines[i] = p.replaceWord(lines[i])
	case 9: // a whole kind of attribute
		prefix, _, _ := strings.Cut(lines[i], ":")
		return slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, prefix) })
	case 10: // the same value everywhere
		prefix, _, found := strings.Cut(lines[i], ":")
		for j := range lines {
			if found && strings.HasPrefix(lines[j], prefix+":") {
				lines[j] = lines[i]
			}
		}
	case 11: // a section twice
		if len(sections) > 0 {
			s := pick(p, sections)
			return append(lines, slices.Clone(lines[s[0]:s[1]])...)
		}
	case 12: // a section less
		if len(sections) > 0 {
			s := pick(p, sections)
			return slices.Delete(lines, s[0], s[1])
		}
	case 13: // a section first
		if len(sections) > 0 {
			s := pick(p, sections)
			moved := slices.Clone(lines[s[0]:s[1]])
			return slices.Insert(slices.Delete(lines, s[0], s[1]), sections[0][0], moved...)
		}
	}
	return lines
}

// mediaSections returns where each section begins and ends.
func mediaSections(lines []string) (sections [][2]int) {
	for i, l := range lines {
		if strings.HasPrefix(l, "m=") {
			if n := len(sections); n > 0 {
				sections[n-1][1] = i
			}
			sections = append(sections, [2]int{i, len(lines)})
		}
	}
	return sections
}

func (p *hostileProgram) replaceWord(line string) string {
	separator := func(r rune) bool { return strings.ContainsRune(" :;,/=", r) }
	words := strings.FieldsFunc(line, separator)
	if len(words) == 0 {
		return pick(p, hostileWords)
	}
	n, with := p.of(len(words)), pick(p, hostileWords)
	end := 0
	for i, w := range words {
		start := end + strings.Index(line[end:], w)
		end = start + len(w)
		if i == n {
			return line[:start] + with + line[end:]
		}
	}
	return line
}

// hostileNegotiation lets two peers negotiate as the program tells. Both are to
// survive it.
type hostileNegotiation struct {
	hostileProgram
	a, b *PeerConnection
}

func (n *hostileNegotiation) run() {
	for steps := 0; steps < 24 && len(n.hostileProgram) > 0; steps++ {
		from, to := n.a, n.b
		if n.next()%2 == 1 {
			from, to = to, from
		}
		n.step(from, to)
	}
}

func (n *hostileNegotiation) step(from, to *PeerConnection) {
	switch n.of(12) {
	case 0, 1:
		if offer, err := from.CreateOffer(&OfferOptions{ICERestart: n.of(4) == 0}); err == nil {
			_ = from.SetLocalDescription(offer)
			_ = to.SetRemoteDescription(SessionDescription{Type: SDPTypeOffer, SDP: n.mutate(offer.SDP)})
		}
	case 2, 3:
		if answer, err := from.CreateAnswer(nil); err == nil {
			types := []SDPType{SDPTypeAnswer, SDPTypeAnswer, SDPTypePranswer}
			answer.Type = pick(&n.hostileProgram, types)
			_ = from.SetLocalDescription(answer)
			_ = to.SetRemoteDescription(SessionDescription{Type: answer.Type, SDP: n.mutate(answer.SDP)})
		}
	case 4: // what does not fit
		types := []SDPType{SDPTypeOffer, SDPTypeAnswer, SDPTypePranswer}
		if d := pick(&n.hostileProgram, []*SessionDescription{
			from.LocalDescription(), from.RemoteDescription(), to.LocalDescription(),
		}); d != nil {
			_ = to.SetRemoteDescription(SessionDescription{Type: pick(&n.hostileProgram, types), SDP: n.mutate(d.SDP)})
		}
	case 5:
		_ = to.SetRemoteDescription(SessionDescription{Type: SDPTypeRollback})
	case 6:
		_ = to.SetLocalDescription(SessionDescription{Type: SDPTypeRollback})
	case 7:
		_ = to.SetLocalDescription(SessionDescription{})
	case 8:
		kinds := []RTPCodecType{RTPCodecTypeAudio, RTPCodecTypeVideo}
		directions := []RTPTransceiverDirection{
			RTPTransceiverDirectionSendrecv, RTPTransceiverDirectionSendonly,
			RTPTransceiverDirectionRecvonly, RTPTransceiverDirectionInactive,
		}
		init := RTPTransceiverInit{Direction: pick(&n.hostileProgram, directions)}
		kind := pick(&n.hostileProgram, kinds)
		if kind == RTPCodecTypeVideo && n.of(3) == 0 {
			for _, rid := range []string{"a", "b", "c"} {
				init.SendEncodings = append(init.SendEncodings, RTPEncodingParameters{RTPCodingParameters: RTPCodingParameters{RID: rid}})
			}
		}
		_, _ = from.AddTransceiverFromKind(kind, init)
	case 9:
		_, _ = from.CreateDataChannel("d", nil)
	case 10:
		if all := from.GetTransceivers(); len(all) > 0 {
			_ = pick(&n.hostileProgram, all).Stop()
		}
	case 11:
		c := someCandidate()
		c.SDPMid = ptr(pick(&n.hostileProgram, []string{"0", "1", "2", "x"}))
		_ = to.AddICECandidate(c)
	}
}

// FuzzNegotiation lets two peers negotiate, each of which changes what it says
// to the other in the ways of a hostile peer.
func FuzzNegotiation(f *testing.F) {
	api := loopbackAPI()
	f.Add([]byte{0, 9, 0, 8, 0, 0, 0, 0, 1, 0, 1, 2, 0, 0})                         // a channel and audio, offer and answer
	f.Add([]byte{0, 8, 0, 1, 0, 0, 0, 1, 2, 200, 2, 1, 2, 0, 1, 40, 3, 9, 0, 1, 5}) // video, a rollback
	f.Fuzz(func(t *testing.T, program []byte) { negotiateHostile(t, api, program) })
}

func negotiateHostile(t *testing.T, api *API, program []byte) {
	n := hostileNegotiation{hostileProgram: program}
	for _, pc := range []**PeerConnection{&n.a, &n.b} {
		made, err := api.NewPeerConnection(Configuration{})
		if err != nil {
			t.Fatal(err)
		}
		defer made.Close()
		*pc = made
	}
	n.run()
}
