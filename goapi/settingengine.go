// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"net"
	"slices"
	"time"

	"github.com/nativertc/nativertc/cgo"
	"github.com/nativertc/nativertc/hw"
)

// SettingEngine holds what the W3C leaves to the implementation. Its zero value
// is what browsers do. Set what should be different, then pass it to NewAPI by
// WithSettingEngine, which takes a copy.
//
// The methods must not be called from several goroutines at a time. What is set
// later for the same thing replaces what was set before. libwebrtc's log is not
// among the settings, as it is one for the whole process: see SetLogger.
type SettingEngine struct {
	fieldTrials string
	bitrate     BitrateSettings

	minPort, maxPort    uint16
	interfaceFilter     func(string) bool
	ipFilter            func(net.IP) bool
	includeLoopback     bool
	networkTypes        []NetworkType
	noTCP               bool
	listenTCP           bool
	continualGathering  bool
	noTURNVerification  bool
	disconnectedTimeout time.Duration
	failedTimeout       time.Duration
	keepAliveInterval   time.Duration

	dscp                     bool
	noCPUAdaptation          bool
	receiveLimit             int
	jitterBufferMaxPackets   int
	jitterBufferAcceleration bool
	defaultICEServers        []ICEServer

	identityProviders *IdentityProviders
	identityOrigin    string
	identityTimeout   time.Duration

	encoders hw.Encoders

	eventLoop func(task func())

	mdnsMode MulticastDNSMode
	mdns     MulticastDNS
}

// SetEphemeralUDPPortRange limits the local ports of host candidates, UDP and
// TCP, to those from portMin to portMax. Both 0 lifts the limit. A range that
// is empty, or has but one end, is a RangeError.
func (e *SettingEngine) SetEphemeralUDPPortRange(portMin, portMax uint16) error {
	if portMin > portMax || portMin == 0 && portMax != 0 {
		return newError(rangeError, "empty port range", nil)
	}
	e.minPort, e.maxPort = portMin, portMax
	return nil
}

// SetInterfaceFilter limits gathering to the interfaces that filter keeps, by
// their names, such as "eth0". It is called for each interface, on the calling
// goroutine, when a connection is made, and decides for that connection and
// those made before that gather again. nil keeps all.
func (e *SettingEngine) SetInterfaceFilter(filter func(interfaceName string) (keep bool)) {
	e.interfaceFilter = filter
}

// SetIPFilter limits gathering to the local addresses that filter keeps. It is
// called as the filter of SetInterfaceFilter is, and works together with it.
// Where an interface has several addresses with one prefix, keeping one of them
// keeps all. nil keeps all.
func (e *SettingEngine) SetIPFilter(filter func(ip net.IP) (keep bool)) { e.ipFilter = filter }

// SetIncludeLoopbackCandidate gathers on loopback interfaces too.
func (e *SettingEngine) SetIncludeLoopbackCandidate(include bool) { e.includeLoopback = include }

// SetNetworkTypes limits gathering to these kinds of network: to the families of
// addresses that occur in the list, and to UDP alone if no kind in it is TCP.
// UDP itself cannot be turned off. An empty list stands for all.
func (e *SettingEngine) SetNetworkTypes(types []NetworkType) { e.networkTypes = slices.Clone(types) }

// SetICETCP tells whether TCP host candidates are gathered (RFC 6544), as
// browsers do: active ones only. They are by default.
func (e *SettingEngine) SetICETCP(enabled bool) { e.noTCP = !enabled }

// SetICETCPListen makes TCP host candidates passive ones (RFC 6544): the connection
// listens, on ports as SetEphemeralUDPPortRange says, so that a peer whose UDP is
// blocked, a browser for one, can connect to it. A browser never does; the
// default is false. It has no effect without SetICETCP.
func (e *SettingEngine) SetICETCPListen(enabled bool) { e.listenTCP = enabled }

// SetContinualGathering goes on gathering while the connection lasts, so that a
// network that appears later is used without an ICE restart. The gathering
// state never becomes complete then.
func (e *SettingEngine) SetContinualGathering(enabled bool) { e.continualGathering = enabled }

// SetTURNTLSVerify tells whether the certificates of TURN servers over TLS are
// verified. They are by default. Turn it off for tests only.
func (e *SettingEngine) SetTURNTLSVerify(verify bool) { e.noTURNVerification = !verify }

// SetICETimeouts tells how patient ICE is. A duration of 0 leaves libwebrtc's
// default; all count in milliseconds.
//
//   - disconnected is how long a pair of candidates may be without an answer
//     before ICE becomes disconnected: libwebrtc's unwritable timeout, after
//     which five checks must also have failed, and its receiving timeout, after
//     which checks become more frequent. Defaults 5 s and 2.5 s.
//   - failed is how long a pair may be without an answer before it is given up,
//     and with the last pair ICE becomes failed: the inactive timeout, counted
//     from the same answer. Default 15 s.
//   - keepAlive is the time between the checks that keep the NAT bindings of a
//     working pair open: the stable writable connection ping interval of the
//     selected pair, default 2.5 s, and the backup candidate pair ping interval
//     of one in reserve, default 25 s. A pair that is new, or that has not
//     answered lately, is checked at libwebrtc's own, quicker pace of up to
//     480 ms.
//
// NewPeerConnection fails with an InvalidAccessError if disconnected is longer
// than failed, or if disconnected or keepAlive is less than those 480 ms.
func (e *SettingEngine) SetICETimeouts(disconnected, failed, keepAlive time.Duration) {
	e.disconnectedTimeout, e.failedTimeout, e.keepAliveInterval = disconnected, failed, keepAlive
}

// SetFieldTrials sets libwebrtc's field trials, "Name/Group/Name/Group/". Text
// that is not of this form is a SyntaxError. What trials there are, and what
// they do, differs between revisions of libwebrtc, and may break anything.
func (e *SettingEngine) SetFieldTrials(trials string) error {
	if !cgo.ValidFieldTrials(trials) {
		return newError(syntaxError, "field trials", nil)
	}
	e.fieldTrials = trials
	return nil
}

// SetBitrate bounds the bandwidth estimate of each connection from its start, as
// PeerConnection.SetBitrate does. Bounds that contradict each other make
// NewPeerConnection fail.
func (e *SettingEngine) SetBitrate(bitrate BitrateSettings) { e.bitrate = bitrate }

// SetDSCP marks outgoing packets by the priority of what they carry (RFC 8837).
func (e *SettingEngine) SetDSCP(enabled bool) { e.dscp = enabled }

// SetCPUAdaptation tells whether a video encoder that cannot keep up makes the
// picture smaller or the frames fewer. It does by default.
func (e *SettingEngine) SetCPUAdaptation(enabled bool) { e.noCPUAdaptation = !enabled }

// defaultReceiveLimit is some seconds of what a data channel delivers at most.
const defaultReceiveLimit = 128 << 20

// SetDataChannelReceiveLimit bounds the bytes of messages of one connection that
// have arrived and wait for their handlers. A channel that exceeds it is closed
// with an error, since SCTP has acknowledged what would be lost. 0 is the
// default of 128 MiB. A negative number counts as 0.
func (e *SettingEngine) SetDataChannelReceiveLimit(bytes int) { e.receiveLimit = max(bytes, 0) }

// SetAudioJitterBuffer sets how many packets of received audio are buffered at
// most (0 for libwebrtc's 200) and whether a buffer that is too long is played
// faster to shorten it.
func (e *SettingEngine) SetAudioJitterBuffer(maxPackets int, fastAccelerate bool) {
	e.jitterBufferMaxPackets, e.jitterBufferAcceleration = max(maxPackets, 0), fastAccelerate
}

func (e *SettingEngine) dataChannelReceiveLimit() int {
	if e.receiveLimit == 0 {
		return defaultReceiveLimit
	}
	return e.receiveLimit
}

func (e *SettingEngine) bitrateSettings() BitrateSettings { return e.bitrate }

// tcpCandidates tells whether TCP candidates are gathered.
func (e *SettingEngine) tcpCandidates() bool {
	return !e.noTCP && (len(e.networkTypes) == 0 || slices.ContainsFunc(e.networkTypes, NetworkType.isTCP))
}

// factoryArgs writes what nrtc_factory_new reads. See mdnsArgs.
func (e *SettingEngine) factoryArgs(w *cgo.Writer, mdns *multicastDNS) {
	w.Str(e.fieldTrials)
	w.Bool(e.includeLoopback)
	e.networksArgs(w)
	e.encodersArgs(w)
	e.mdnsArgs(w, mdns)
}

// networksArgs writes what nrtc_factory_set_networks reads. It tells whether
// that can differ from one connection to the next.
func (e *SettingEngine) networksArgs(w *cgo.Writer) bool {
	restricted := e.interfaceFilter != nil || e.ipFilter != nil || len(e.networkTypes) > 0
	w.Bool(restricted)
	var allowed []string
	if restricted {
		allowed = e.allowedNetworks()
	}
	w.Strs(allowed)
	return restricted
}
