// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tests/doubles"
	"github.com/nativertc/nativertc/tests/internal/nativepeer"
)

// patience is how long a test waits for what must come.
const patience = 90 * time.Second

// stepLimit is how long a picture may take to the receiver before it counts as lost.
const stepLimit = 5 * time.Second

// onDouble uses the double as if it were a GPU; it is given all the time that a
// busy machine may need.
func onDouble(use hw.Use) hw.Encoders {
	return hw.Encoders{
		Use: use, Backend: hw.VAAPI, Device: doubles.VANode,
		OpenTimeout: patience, FrameTimeout: patience, RetryAfter: time.Hour, RetryAtMost: time.Hour,
	}
}

// A call sends numbered pictures, each of one colour, and notes what arrives.
type call struct {
	t        *testing.T
	peer     *nativepeer.Peer
	sender   *webrtc.PeerConnection
	receiver *webrtc.PeerConnection
	source   *webrtc.VideoSource
	track    *webrtc.MediaStreamTrack

	transceiver *webrtc.RTPTransceiver

	// draw makes the n-th picture; see oneColour.
	draw func(n, width, height int) *webrtc.VideoFrameBuffer
	// native, if it is not nil, puts a picture in the memory of a device.
	native func(*webrtc.VideoFrameBuffer) webrtc.NativeVideoBuffer
	// free lets pictures be sent without waiting for those before to arrive.
	free bool

	mu       sync.Mutex
	received []picture
	sent     int
}

type picture struct {
	luma          int  // on average, rounded
	exact         bool // all pixels have it
	width, height int
}

const width, height = 64, 48

// lumaOf is the colour of the n-th picture. Software changes it by less than the
// step between two.
func lumaOf(n int) byte { return byte(20 + n%50*4) }

func newAPI(encoders hw.Encoders) *webrtc.API {
	var s webrtc.SettingEngine
	s.SetIncludeLoopbackCandidate(true)
	s.SetInterfaceFilter(func(name string) bool { return name == "lo" })
	s.SetCPUAdaptation(false)
	// Three layers of small pictures.
	if err := s.SetFieldTrials("WebRTC-LegacySimulcastLayerLimit/Disabled/"); err != nil {
		panic(err)
	}
	// A picture of the double takes what it takes: no picture is left out.
	s.SetBitrate(webrtc.BitrateSettings{Min: 2_000_000, Start: 5_000_000, Max: 20_000_000})
	s.SetVideoEncoders(encoders)
	return webrtc.NewAPI(webrtc.WithSettingEngine(s))
}

// newSender makes a connection that is to send.
func newSender(t *testing.T, encoders hw.Encoders, encodings ...webrtc.RTPEncodingParameters) *call {
	t.Helper()
	api := newAPI(encoders)
	c := &call{t: t, peer: nativepeer.NewOf(t, api, webrtc.Configuration{}), draw: oneColour}
	c.sender = c.peer.PeerConnection
	var err error
	c.source, err = api.NewVideoSource(webrtc.VideoSourceInit{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.source.Close() })
	c.track, err = c.source.NewTrack("", "")
	require.NoError(t, err)
	c.transceiver, err = c.sender.AddTransceiverFromTrack(c.track, webrtc.RTPTransceiverInit{SendEncodings: encodings})
	require.NoError(t, err)
	return c
}

// newCall connects two peers that negotiate the first codec offered.
func newCall(t *testing.T, encoders hw.Encoders, encodings ...webrtc.RTPEncodingParameters) *call {
	t.Helper()
	return newSender(t, encoders, encodings...).connect()
}

// connect gives a sender a receiver.
func (c *call) connect() *call {
	t := c.t
	t.Helper()
	var err error
	c.receiver, err = newAPI(hw.Encoders{}).NewPeerConnection(webrtc.Configuration{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = c.receiver.GracefulClose() })
	c.receiver.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		sink, err := webrtc.NewVideoSink(track, webrtc.VideoSinkInit{})
		if err != nil {
			t.Error(err)
			return
		}
		sink.OnFrame(func(f *webrtc.VideoFrame) {
			defer f.Release()
			c.mu.Lock()
			defer c.mu.Unlock()
			c.received = append(c.received, look(f))
		})
	})
	for _, ends := range [][2]*webrtc.PeerConnection{{c.sender, c.receiver}, {c.receiver, c.sender}} {
		ends[0].OnICECandidate(func(candidate *webrtc.ICECandidate) {
			if candidate == nil {
				return
			}
			go func() {
				for ends[1].RemoteDescription() == nil {
					time.Sleep(5 * time.Millisecond)
				}
				_ = ends[1].AddICECandidate(candidate.ToJSON())
			}()
		})
	}
	c.negotiate()
	return c
}

func (c *call) negotiate() {
	c.t.Helper()
	offer, err := c.sender.CreateOffer(nil)
	require.NoError(c.t, err)
	require.NoError(c.t, c.sender.SetLocalDescription(offer))
	require.NoError(c.t, c.receiver.SetRemoteDescription(offer))
	answer, err := c.receiver.CreateAnswer(nil)
	require.NoError(c.t, err)
	require.NoError(c.t, c.receiver.SetLocalDescription(answer))
	answer.SDP += takeLayers(offer.SDP)
	require.NoError(c.t, c.sender.SetRemoteDescription(answer))
	c.eventually(func() bool { return c.sender.ConnectionState() == webrtc.PeerConnectionStateConnected }, "the connection")
}

// takeLayers returns the lines by which an answer takes the simulcast of an offer, as
// a server's does. A peer of ours takes one layer.
func takeLayers(offer string) (lines string) {
	var rids []string
	for line := range strings.Lines(offer) {
		if rid, ok := strings.CutPrefix(line, "a=rid:"); ok {
			rid, _, _ = strings.Cut(rid, " ")
			rids = append(rids, rid)
			lines += "a=rid:" + rid + " recv\r\n"
		}
	}
	if len(rids) > 0 {
		lines += "a=simulcast:recv " + strings.Join(rids, ";") + "\r\n"
	}
	return lines
}

// look tells the colour of a frame.
func look(f *webrtc.VideoFrame) picture {
	p := picture{width: f.Width, height: f.Height, exact: true}
	sum := 0
	for y := range f.Height {
		for _, v := range f.Planes[0].Data[y*f.Planes[0].Stride:][:f.Width] {
			sum += int(v)
			p.exact = p.exact && v == f.Planes[0].Data[0]
		}
	}
	p.luma = (sum + f.Width*f.Height/2) / (f.Width * f.Height)
	return p
}

// oneColour is that of the n-th picture.
func oneColour(n, width, height int) *webrtc.VideoFrameBuffer {
	buffer, err := webrtc.NewVideoFrameBuffer(webrtc.PixelFormatI420, width, height)
	if err != nil {
		panic(err)
	}
	for plane, value := range []byte{lumaOf(n), 100, 150} {
		data := buffer.Planes[plane].Data
		for i := range data {
			data[i] = value
		}
	}
	return buffer
}

// hardlyMoving keeps all but the upper left corner as it is.
func hardlyMoving(n, width, height int) *webrtc.VideoFrameBuffer {
	buffer := oneColour(0, width, height)
	buffer.Planes[0].Data[0] = lumaOf(n)
	return buffer
}

// push sends the next picture, of a size.
func (c *call) push(width, height int) {
	c.t.Helper()
	f := &webrtc.VideoFrame{VideoFrameBuffer: *c.draw(c.sent, width, height)}
	if c.native != nil {
		f.Native = c.native(&f.VideoFrameBuffer)
	}
	require.NoError(c.t, c.source.PushFrame(f))
	c.sent++
}

// run sends pictures until done.
func (c *call) run(what string, done func() bool) {
	c.t.Helper()
	c.runSize(width, height, what, done)
}

func (c *call) runSize(width, height int, what string, done func() bool) {
	c.t.Helper()
	for deadline := time.Now().Add(patience); !done(); {
		if time.Now().After(deadline) {
			require.Fail(c.t, "did not happen: "+what, "implementation %q, received %v", c.implementation(), c.all())
		}
		c.step(width, height)
	}
}

// step sends the next picture and lets it arrive, if any has: on a machine that is
// too slow libwebrtc leaves pictures out at both ends, and what is tested is that
// nobody else does.
func (c *call) step(width, height int) {
	c.t.Helper()
	before := len(c.all())
	c.push(width, height)
	time.Sleep(time.Second / 15)
	if before == 0 || c.free {
		return
	}
	for late := time.Now().Add(stepLimit); len(c.all()) == before && time.Now().Before(late); {
		time.Sleep(5 * time.Millisecond)
	}
}

// more sends pictures until so many more have arrived.
func (c *call) more(count int) {
	c.t.Helper()
	before := len(c.all())
	c.run("more pictures", func() bool { return len(c.all()) >= before+count })
}

func (c *call) all() []picture {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]picture(nil), c.received...)
}

func (c *call) eventually(ok func() bool, what string) {
	c.t.Helper()
	for deadline := time.Now().Add(patience); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			require.Fail(c.t, "did not happen: "+what)
		}
	}
}

// outbound returns the statistics of the streams sent.
func (c *call) outbound() []*webrtc.OutboundRTPStreamStats {
	c.t.Helper()
	report, err := c.sender.GetStats()
	require.NoError(c.t, err)
	return webrtc.StatsOf[*webrtc.OutboundRTPStreamStats](report)
}

func (c *call) implementation() string {
	for _, s := range c.outbound() {
		if s.EncoderImplementation != nil {
			return *s.EncoderImplementation
		}
	}
	return ""
}

func (c *call) keyFrames() (n int) {
	for _, s := range c.outbound() {
		if s.KeyFramesEncoded != nil {
			n += int(*s.KeyFramesEncoded)
		}
	}
	return n
}

// gaps counts where, from the first on, pictures are missing. Software changes a
// colour by less than the step between two.
func (c *call) gaps(from int) (count int) {
	c.t.Helper()
	all := c.all()
	last := -1
	for i, p := range all[from:] {
		n := -1
		for k := range 50 {
			if d := p.luma - int(lumaOf(k)); d >= -1 && d <= 1 {
				n = k
			}
		}
		require.GreaterOrEqual(c.t, n, 0, "picture %d is none that was sent: %v", from+i, p)
		if last >= 0 && n != (last+1)%50 {
			c.t.Logf("picture %d of %v does not follow the one before", from+i, all)
			count++
		}
		last = n
	}
	return count
}

func TestProbe(t *testing.T) {
	useDriver(t, "intel")
	devices, err := hw.ProbeDevice(t.Context(), hw.VAAPI, doubles.VANode)
	require.NoError(t, err)
	require.Len(t, devices, 1)
	d := devices[0]
	require.Empty(t, d.Reason)
	require.Equal(t, hw.VAAPI, d.Backend)
	require.Contains(t, d.Name, "test double")
	var names []string
	for _, p := range d.Profiles {
		names = append(names, p.Name)
		require.Empty(t, p.NotOffered, "both revisions send it")
	}
	require.Equal(t, []string{"H264 constrained baseline", "H264 main", "H264 high", "VP8", "VP9 profile 0", "H265 main", "AV1 main"}, names)
	require.Equal(t, hw.Profile{
		Name: "H264 constrained baseline", MaxWidth: 4096, MaxHeight: 4096, TemporalLayers: 3,
		RateModes: []string{"VBR", "CBR", "CQP"},
	}, d.Profiles[0])
	require.Zero(t, hw.OpenSessions(""), "the sessions that it tried are closed")
}

func TestProbeTellsWhyNot(t *testing.T) {
	d := useDriver(t, "no-encode")
	for _, c := range []struct{ persona, fault, device, reason string }{
		{"no-encode", "", doubles.VANode, "no encode engine"},
		{"intel", "init", doubles.VANode, "driver"},
		{"intel", "context", doubles.VANode, "open a session"},
		{"intel", "", "/dev/dri/no-such-node", "does not exist"},
	} {
		t.Setenv("NATIVERTC_VA_DOUBLE_PERSONA", c.persona)
		d.setFault(t, c.fault)
		devices, err := hw.ProbeDevice(t.Context(), hw.VAAPI, c.device)
		require.NoError(t, err)
		require.Len(t, devices, 1)
		require.Empty(t, devices[0].Profiles)
		require.Contains(t, devices[0].Reason, c.reason)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := hw.Probe(ctx)
	require.ErrorIs(t, err, context.Canceled)
}

// TestCall: what the GPU encodes arrives to the bit.
func TestCall(t *testing.T) {
	d := useDriver(t, "intel")
	c := newCall(t, onDouble(hw.Auto))
	c.more(30)
	require.Equal(t, "VAAPI", c.implementation())
	require.Zero(t, c.gaps(5))
	for _, p := range c.all() {
		require.True(t, p.exact && (p.luma-20)%4 == 0, "not the picture that was sent: %v", p)
		require.Equal(t, width, p.width)
		require.Equal(t, height, p.height)
	}
	for _, s := range c.outbound() {
		if s.PowerEfficientEncoder != nil {
			require.True(t, *s.PowerEfficientEncoder)
		}
	}
	require.Equal(t, 1, hw.OpenSessions(doubles.VANode))
	require.Less(t, c.keyFrames(), 4, "key frames come on request only")
	require.NoError(t, c.sender.GracefulClose())
	require.NoError(t, c.source.Close())
	c.eventually(func() bool { return hw.OpenSessions("") == 0 }, "the end of the session")
	require.Empty(t, d.lines("refused:"))
	for _, line := range d.lines("terminate") {
		require.Contains(t, line, "contexts=0 surfaces=0 buffers=0 configs=0 images=0")
	}
}

// TestEveryDriverInACall: what the table of docs/hardware.md says of sessions, with
// libwebrtc's decoder as the judge.
func TestEveryDriverInACall(t *testing.T) {
	for _, persona := range []string{"mesa", "mesa-sequence", "mesa-none", "cqp", "cbr", "no-derive"} {
		t.Run(persona, func(t *testing.T) {
			d := useDriver(t, persona)
			c := newCall(t, onDouble(hw.Auto))
			c.more(8)
			require.Equal(t, "VAAPI", c.implementation())
			require.Zero(t, c.gaps(2))
			for _, p := range c.all() {
				require.True(t, p.exact && (p.luma-20)%4 == 0, "not the picture that was sent: %v", p)
			}
			require.Empty(t, d.lines("refused:"))
		})
	}
}

func TestResolutionChangesMidStream(t *testing.T) {
	forBackends(t, testResolutionChanges)
}

func testResolutionChanges(t *testing.T, b backend, d *driver) {
	c := newCall(t, b.encoders(hw.Auto))
	for _, size := range [][2]int{{64, 48}, {98, 54}, {32, 34}, {64, 48}} {
		c.runSize(size[0], size[1], "a picture of another size", func() bool {
			all := c.all()
			return len(all) > 0 && all[len(all)-1].width == size[0] && all[len(all)-1].height == size[1]
		})
	}
	require.Equal(t, b.implementation, c.implementation())
	require.Equal(t, 1, hw.OpenSessions(b.device))
	require.Empty(t, d.lines("refused:"))
}

// TestOffersWhatDevicesEncode: before software, or alone.
func TestOffersWhatDevicesEncode(t *testing.T) {
	useDriver(t, "h264")
	onH264 := func(use hw.Use) hw.Encoders {
		e := onDouble(use)
		e.Device = doubles.OtherVANode
		return e
	}
	profiles := func(encoders hw.Encoders) (found []string) {
		capabilities, err := newAPI(encoders).GetRTPSenderCapabilities(webrtc.RTPCodecTypeVideo)
		require.NoError(t, err)
		for _, codec := range capabilities.Codecs {
			name := strings.TrimPrefix(codec.MimeType, "video/")
			if i := strings.Index(codec.SDPFmtpLine, "profile-level-id="); name == "H264" && i >= 0 {
				name += " " + codec.SDPFmtpLine[i+len("profile-level-id="):][:6]
			}
			found = append(found, name)
		}
		return found
	}
	auto := profiles(onH264(hw.Auto))
	require.Equal(t, "H264 42e01f", auto[0])
	require.Contains(t, auto, "H264 640c1f")
	require.Contains(t, auto, "VP8")
	software := profiles(hw.Encoders{})
	require.NotEqual(t, "H264 42e01f", software[0])
	require.Subset(t, auto, software, "a device takes nothing away")
	require.NotContains(t, profiles(onH264(hw.Require)), "VP8")
	require.Contains(t, profiles(onH264(hw.Require)), "H264 640c1f")

	// What the application names comes first, whoever encodes it; the rest stays as it was.
	ordered := onH264(hw.Auto)
	ordered.Codecs = []string{"vp9", "AV1"}
	named := profiles(ordered)
	require.Equal(t, "VP9", named[0])
	first := slices.Index(named, "H264 42e01f")
	require.Less(t, slices.Index(named, "AV1"), first)
	require.Less(t, first, slices.Index(named, "VP8"))
	require.ElementsMatch(t, auto, named)
}
