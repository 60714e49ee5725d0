// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package hardware

import (
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/nativertc/nativertc/cgo"
	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tests/doubles"
)

// lent counts the pictures that are in the memory of a device, and what is said of their end.
type lent struct {
	made, released atomic.Int64
	twice          atomic.Bool
}

// release returns what frees a picture, which must be called once.
func (l *lent) release(free func()) func() {
	l.made.Add(1)
	var done atomic.Bool
	return func() {
		if done.Swap(true) {
			l.twice.Store(true)
			return
		}
		free()
		l.released.Add(1)
	}
}

// allReleased waits until nothing is lent any more.
func (l *lent) allReleased(c *call) {
	c.t.Helper()
	c.eventually(func() bool { return l.released.Load() == l.made.Load() }, "the release of every picture")
	require.False(c.t, l.twice.Load(), "a picture was released twice")
	require.Positive(c.t, l.made.Load())
}

// asDmabuf puts pictures in memory that descriptors stand for.
func (l *lent) asDmabuf(t *testing.T) func(*webrtc.VideoFrameBuffer) webrtc.NativeVideoBuffer {
	return func(b *webrtc.VideoFrameBuffer) webrtc.NativeVideoBuffer {
		fd, err := unix.MemfdCreate("a picture", unix.MFD_CLOEXEC)
		require.NoError(t, err)
		memory := os.NewFile(uintptr(fd), "a picture")
		pitch := (b.Width + 255) / 256 * 256
		pixels := make([]byte, pitch*(b.Height+(b.Height+1)/2))
		interleave(b, pixels, pitch, pixels[pitch*b.Height:], pitch)
		_, err = memory.Write(pixels)
		require.NoError(t, err)
		return &webrtc.DmabufBuffer{
			Format: webrtc.DRMFormatNV12, Width: b.Width, Height: b.Height, Device: doubles.VANode,
			Planes:  [2]webrtc.DmabufPlane{{FD: fd, Pitch: pitch}, {FD: fd, Offset: pitch * b.Height, Pitch: pitch}},
			Release: l.release(func() { _ = memory.Close() }),
		}
	}
}

// asCUDA puts pictures in what stands for the memory of a GPU.
func (l *lent) asCUDA(t *testing.T) func(*webrtc.VideoFrameBuffer) webrtc.NativeVideoBuffer {
	return func(b *webrtc.VideoFrameBuffer) webrtc.NativeVideoBuffer {
		width, rows := (b.Width+1)/2*2, (b.Height+1)/2*2
		memory, err := hw.AllocateCUDA(0, width, rows*3/2)
		require.NoError(t, err)
		pixels := make([]byte, width*rows*3/2)
		interleave(b, pixels, width, pixels[width*rows:], width)
		require.NoError(t, memory.Write(0, pixels, width, width))
		pitch := memory.Pitch()
		return &webrtc.CUDABuffer{
			Format: webrtc.PixelFormatNV12, Width: b.Width, Height: b.Height,
			Planes:  [3]webrtc.CUDAPlane{{Address: memory.Address(), Pitch: pitch}, {Address: memory.Address() + uintptr(pitch*rows), Pitch: pitch}},
			Release: l.release(func() { _ = memory.Close() }),
		}
	}
}

// interleave writes an I420 buffer as NV12.
func interleave(b *webrtc.VideoFrameBuffer, luma []byte, pitch int, chroma []byte, chromaPitch int) {
	for y := range b.Height {
		copy(luma[y*pitch:], b.Planes[0].Data[y*b.Planes[0].Stride:][:b.Width])
	}
	for y := range (b.Height + 1) / 2 {
		for x := range (b.Width + 1) / 2 {
			chroma[y*chromaPitch+2*x] = b.Planes[1].Data[y*b.Planes[1].Stride+x]
			chroma[y*chromaPitch+2*x+1] = b.Planes[2].Data[y*b.Planes[2].Stride+x]
		}
	}
}

// zeroCopy are the ways into encoders on devices without a copy.
var zeroCopy = []struct {
	backend
	// put puts pictures where they are read.
	put func(*lent, *testing.T) func(*webrtc.VideoFrameBuffer) webrtc.NativeVideoBuffer
	// mark is in the log of the double for each picture that it read there.
	mark string
}{
	{backends[0], (*lent).asDmabuf, " imported=1"},
	{backends[1], (*lent).asCUDA, " device=1"},
}

// TestZeroCopyCall: pictures in the memory of a device arrive to the bit, and nobody copies
// one.
func TestZeroCopyCall(t *testing.T) {
	for _, z := range zeroCopy {
		t.Run(string(z.Backend), func(t *testing.T) {
			d := z.use(t)
			var l lent
			c := newSender(t, z.encoders(hw.Auto))
			c.native = z.put(&l, t)
			c.connect()
			before := cgo.PicturesCopied()
			c.more(20)
			require.Equal(t, z.implementation, c.implementation())
			require.Zero(t, c.gaps(5))
			for _, p := range c.all() {
				require.True(t, p.exact && (p.luma-20)%4 == 0, "not the picture that was sent: %v", p)
			}
			require.Equal(t, before, cgo.PicturesCopied())
			for _, line := range d.lines("picture") {
				require.Contains(t, line, z.mark)
			}
			require.NotContains(t, d.all(), "map an image")
			// Back and forth, in one session.
			sessions := hw.OpenSessions(z.device)
			c.native = nil
			c.more(5)
			require.Greater(t, cgo.PicturesCopied(), before)
			c.native = z.put(&l, t)
			c.more(5)
			require.Equal(t, sessions, hw.OpenSessions(z.device))
			require.Empty(t, d.lines("refused:"))

			require.NoError(t, c.sender.GracefulClose())
			l.allReleased(c)
			c.eventually(func() bool { return hw.OpenSessions("") == 0 }, "the end of the session")
		})
	}
}

// TestZeroCopyFallsBackOnTheVeryFrame: what the device was to read is read by the
// encoder in software.
func TestZeroCopyFallsBackOnTheVeryFrame(t *testing.T) {
	for _, z := range zeroCopy {
		t.Run(string(z.Backend), func(t *testing.T) {
			d := z.use(t)
			fault := map[hw.Backend][2]string{hw.VAAPI: {"end@0+", "context"}, hw.NVENC: {"encode", "open"}}[z.Backend]
			var l lent
			encoders := z.encoders(hw.Auto)
			encoders.RetryAfter, encoders.RetryAtMost = 100*time.Millisecond, 400*time.Millisecond
			c := newSender(t, encoders)
			c.native = z.put(&l, t)
			c.connect()
			c.more(10)
			require.Equal(t, z.implementation, c.implementation())
			from := len(c.all())
			d.setFault(t, fault[0]+" "+fault[1])
			c.step(width, height)
			c.step(width, height)
			c.eventually(c.inSoftware, "software in the statistics")
			c.more(10)
			require.Zero(t, c.gaps(from))
			d.setFault(t, "")
			c.run("the return to hardware", func() bool { return c.implementation() == z.implementation })
			c.more(5)
			require.Zero(t, c.gaps(from))
			last := d.lines("picture")
			require.Contains(t, last[len(last)-1], z.mark)
			require.NoError(t, c.source.Close())
			require.NoError(t, c.sender.GracefulClose())
			l.allReleased(c)
		})
	}
}

// TestZeroCopyHang: what a driver hangs with is read by the encoder in software meanwhile, and
// stays lent until the driver returns, though all else is closed.
func TestZeroCopyHang(t *testing.T) {
	for _, z := range zeroCopy {
		t.Run(string(z.Backend), func(t *testing.T) {
			d, fault := z.use(t), "hang"
			if z.Backend == hw.VAAPI {
				// A driver that cannot wait for a time.
				d, fault = useDriver(t, "mesa"), "hang@0+"
			}
			var l lent
			encoders := z.encoders(hw.Auto)
			encoders.FrameTimeout = 3 * time.Second
			c := newSender(t, encoders)
			c.native = z.put(&l, t)
			c.connect()
			c.more(5)
			require.Equal(t, z.implementation, c.implementation())
			from := len(c.all())
			d.setFault(t, fault)
			t.Cleanup(func() { d.setFault(t, "") })
			c.step(width, height)
			c.step(width, height)
			c.eventually(c.inSoftware, "software in the statistics")
			c.more(5)
			require.Zero(t, c.gaps(from))
			require.NoError(t, c.source.Close())
			require.NoError(t, c.sender.GracefulClose())
			c.eventually(func() bool { return l.released.Load() == l.made.Load()-1 }, "the release of all other pictures")
			require.Equal(t, 1, hw.OpenSessions(""))
			d.setFault(t, "")
			l.allReleased(c)
			c.eventually(func() bool { return hw.OpenSessions("") == 0 }, "the end of the session")
		})
	}
}

// TestReadingThatHangs: pictures of a device that hangs while they are read are black, and nobody
// waits for it: not the encoder, nor who closes.
func TestReadingThatHangs(t *testing.T) {
	d := useDriver(t, "mesa")
	var l lent
	c := newSender(t, hw.Encoders{})
	put := l.asDmabuf(t)
	c.native = func(b *webrtc.VideoFrameBuffer) webrtc.NativeVideoBuffer {
		native := put(b).(*webrtc.DmabufBuffer)
		native.Modifier = webrtc.DRMModifierInvalid // a driver reads it
		return native
	}
	c.free = true
	c.connect()
	c.more(3)
	require.NotEmpty(t, d.lines("read"))
	black := func() bool {
		all := c.all()
		return len(all) > 0 && all[len(all)-1].luma == 0
	}
	require.False(t, black())
	t.Cleanup(func() { d.setFault(t, "") })
	d.setFault(t, "read")
	reads := len(d.lines("read"))
	c.run("black pictures", black)
	c.more(5)
	require.True(t, black())
	require.Len(t, d.lines("read"), reads+1, "no second reading beside one that hangs")
	require.NoError(t, c.source.Close())
	require.NoError(t, c.sender.GracefulClose())
	c.eventually(func() bool { return l.released.Load() == l.made.Load()-1 }, "the release of all other pictures")
	d.setFault(t, "")
	l.allReleased(c)
}

// layersOf are three, each half the size of the next.
func layersOf() (layers []webrtc.RTPEncodingParameters) {
	for i, rid := range []string{"q", "h", "f"} {
		layers = append(layers, webrtc.RTPEncodingParameters{
			RTPCodingParameters:   webrtc.RTPCodingParameters{RID: rid},
			ScaleResolutionDownBy: ptr(float64(int(4) >> i)),
			MaxBitrate:            ptr(uint64(5_000_000)),
		})
	}
	return layers
}

// simulcast sends three layers of pictures in the memory of a device.
func (c *call) simulcast() {
	c.t.Helper()
	c.draw, c.free = hardlyMoving, true
	c.connect()
	encoding := func() []int { return c.encodedWidths(5) }
	c.runSize(256, 192, "three layers", func() bool { return len(encoding()) == 3 })
	require.Equal(c.t, []int{64, 128, 256}, encoding())
}

// TestZeroCopySimulcast: the device scales for the layers, if it can.
func TestZeroCopySimulcast(t *testing.T) {
	d := useDriver(t, "intel")
	var l lent
	c := newSender(t, onDouble(hw.Auto), layersOf()...)
	c.native = l.asDmabuf(t)
	before := cgo.PicturesCopied()
	c.simulcast()
	require.Equal(t, before, cgo.PicturesCopied())
	require.Equal(t, 3, hw.OpenSessions(doubles.VANode))
	require.NotContains(t, c.implementation(), "OpenH264")
	require.NotContains(t, d.all(), "map an image")
	require.Contains(t, d.all(), "scale 256x192+0+0 to 64x48")
	require.Contains(t, d.all(), "scale 256x192+0+0 to 128x96")
	require.NotContains(t, d.all(), "to 256x192")
	require.Empty(t, d.lines("refused:"))
	require.NoError(t, c.sender.GracefulClose())
	l.allReleased(c)
}

// TestZeroCopySimulcastWithoutAScaler: the largest layer is not copied; for the others, the
// picture is read once and scaled.
func TestZeroCopySimulcastWithoutAScaler(t *testing.T) {
	d := useDriver(t, "no-scale")
	var l lent
	c := newSender(t, onDouble(hw.Auto), layersOf()...)
	c.native = l.asDmabuf(t)
	c.simulcast()
	require.NotContains(t, c.implementation(), "OpenH264")
	require.Contains(t, d.all(), " imported=1")
	require.Contains(t, d.all(), " imported=0")
	require.Empty(t, d.lines("refused:"))
	require.NoError(t, c.sender.GracefulClose())
	l.allReleased(c)
}

// TestZeroCopySimulcastOfNVENC: the same, since it does not scale.
func TestZeroCopySimulcastOfNVENC(t *testing.T) {
	d := useNVENC(t)
	var l lent
	c := newSender(t, onNVENC(), layersOf()...)
	c.native = l.asCUDA(t)
	c.simulcast()
	require.NotContains(t, c.implementation(), "OpenH264")
	require.Contains(t, d.all(), " device=1")
	require.Contains(t, d.all(), " device=0")
	require.Empty(t, d.lines("refused:"))
	require.NoError(t, c.sender.GracefulClose())
	l.allReleased(c)
}

// TestZeroCopyFollowsTheMemory: to the GPU that the pictures are on.
func TestZeroCopyFollowsTheMemory(t *testing.T) {
	d := useNVENC(t)
	t.Setenv("NATIVERTC_CUDA_DOUBLE_GPUS", "2")
	encoders := onNVENC()
	encoders.Device = ""
	var l lent
	c := newSender(t, encoders)
	c.connect()
	c.more(3)
	require.Equal(t, 1, hw.OpenSessions("0"))
	c.native = func(b *webrtc.VideoFrameBuffer) webrtc.NativeVideoBuffer {
		memory, err := hw.AllocateCUDA(1, 512, b.Height*3/2)
		require.NoError(t, err)
		pixels := make([]byte, 512*b.Height*3/2)
		interleave(b, pixels, 512, pixels[512*b.Height:], 512)
		require.NoError(t, memory.Write(0, pixels, 512, 512))
		return &webrtc.CUDABuffer{
			Format: webrtc.PixelFormatNV12, Width: b.Width, Height: b.Height, Device: 1,
			Planes:  [3]webrtc.CUDAPlane{{Address: memory.Address(), Pitch: 512}, {Address: memory.Address() + uintptr(512*b.Height), Pitch: 512}},
			Release: l.release(func() { _ = memory.Close() }),
		}
	}
	from := len(c.all())
	c.more(10)
	require.Zero(t, c.gaps(from))
	require.Equal(t, "NVENC", c.implementation())
	require.Equal(t, []int{0, 1}, []int{hw.OpenSessions("0"), hw.OpenSessions("1")})
	last := d.lines("picture")
	require.Contains(t, last[len(last)-1], " device=1")
	require.NoError(t, c.sender.GracefulClose())
	l.allReleased(c)
}

// TestZeroCopyMemoryOfCUDA: what is asked of it is checked.
func TestZeroCopyMemoryOfCUDA(t *testing.T) {
	useNVENC(t)
	for _, wrong := range [][3]int{{-1, 64, 48}, {7, 64, 48}, {0, 0, 48}, {0, 64, 0}, {0, 1 << 30, 48}, {0, 64, 1 << 30}} {
		_, err := hw.AllocateCUDA(wrong[0], wrong[1], wrong[2])
		require.Error(t, err)
	}
	m, err := hw.AllocateCUDA(0, 64, 48)
	require.NoError(t, err)
	require.NoError(t, m.Write(0, make([]byte, 64*48), 64, 64))
	require.NoError(t, m.Write(47, make([]byte, 64), 64, 64))
	require.Error(t, m.Write(1, make([]byte, 64*48), 64, 64))
	require.Error(t, m.Write(-1, make([]byte, 64), 64, 64))
	require.Error(t, m.Write(0, make([]byte, 65), 65, 65))
	require.Error(t, m.Write(0, make([]byte, 64), 64, 63))
	require.Error(t, m.Write(0, nil, 0, 0))

	source, err := webrtc.NewVideoSource(webrtc.VideoSourceInit{})
	require.NoError(t, err)
	defer source.Close()
	planes := [3]webrtc.CUDAPlane{{Address: m.Address(), Pitch: m.Pitch()}, {Address: m.Address() + 32*uintptr(m.Pitch()), Pitch: m.Pitch()}}
	good := webrtc.CUDABuffer{Format: webrtc.PixelFormatNV12, Width: 64, Height: 32, Planes: planes}
	require.NoError(t, source.PushFrame(&webrtc.VideoFrame{Native: &good}))
	var typ *webrtc.TypeError
	for what, change := range map[string]func(*webrtc.CUDABuffer){
		"format":       func(b *webrtc.CUDABuffer) { b.Format = webrtc.PixelFormatI010 },
		"size":         func(b *webrtc.CUDABuffer) { b.Width = 0 },
		"rows":         func(b *webrtc.CUDABuffer) { b.Height = 64 },
		"pitch":        func(b *webrtc.CUDABuffer) { b.Planes[1].Pitch = -1 },
		"small pitch":  func(b *webrtc.CUDABuffer) { b.Planes[0].Pitch = 63 },
		"no address":   func(b *webrtc.CUDABuffer) { b.Planes[0].Address = 0 },
		"address":      func(b *webrtc.CUDABuffer) { b.Planes[0].Address = 4096 },
		"device":       func(b *webrtc.CUDABuffer) { b.Device = 5 },
		"great device": func(b *webrtc.CUDABuffer) { b.Device = 1 << 40 },
		"context":      func(b *webrtc.CUDABuffer) { b.Context = 4096 },
	} {
		b := good
		change(&b)
		require.ErrorAs(t, source.PushFrame(&webrtc.VideoFrame{Native: &b}), &typ, what)
	}
	require.NoError(t, m.Close())
	require.NoError(t, m.Close())
	require.Error(t, m.Write(0, make([]byte, 64), 64, 64))
	require.ErrorAs(t, source.PushFrame(&webrtc.VideoFrame{Native: &good}), &typ, "memory that is freed")
}

// TestProbeZeroCopy: what sessions of each driver say.
func TestProbeZeroCopy(t *testing.T) {
	for persona, want := range map[string][]hw.ZeroCopyFormat{
		"intel":     {{Memory: hw.Dmabuf, Format: "NV12", Scales: true}, {Memory: hw.Dmabuf, Format: "P010", Scales: true}},
		"no-scale":  {{Memory: hw.Dmabuf, Format: "NV12"}},
		"no-import": nil,
	} {
		useDriver(t, persona)
		devices, err := hw.ProbeDevice(t.Context(), hw.VAAPI, doubles.VANode)
		require.NoError(t, err)
		require.Len(t, devices, 1)
		require.ElementsMatch(t, want, devices[0].ZeroCopy, persona)
	}
	useNVENC(t)
	devices, err := hw.ProbeDevice(t.Context(), hw.NVENC, "0")
	require.NoError(t, err)
	require.Equal(t, []hw.ZeroCopyFormat{{Memory: hw.CUDA, Format: "NV12"}, {Memory: hw.CUDA, Format: "I420"}}, devices[0].ZeroCopy)
}

// TestZeroCopyWhereItIsNotTaken: drivers that import nothing, or not this; encoders in software.
func TestZeroCopyWhereItIsNotTaken(t *testing.T) {
	for _, persona := range []string{"no-import", "import fails", "software"} {
		t.Run(persona, func(t *testing.T) {
			d := useDriver(t, persona)
			encoders := onDouble(hw.Auto)
			switch persona {
			case "import fails":
				d.setFault(t, "import")
			case "software":
				encoders = hw.Encoders{}
			}
			var l lent
			c := newSender(t, encoders)
			c.native = l.asDmabuf(t)
			c.connect()
			c.more(8)
			require.Zero(t, c.gaps(2))
			require.NotContains(t, d.all(), " imported=1")
			if persona != "software" {
				require.Equal(t, "VAAPI", c.implementation())
				require.Equal(t, 1, strings.Count(d.all(), "context 64x48"), "one session does it")
			}
			require.NoError(t, c.sender.GracefulClose())
			l.allReleased(c)
		})
	}
}

// TestZeroCopyOddSizes: what an encoder's alignment costs is cut off, and not copied.
func TestZeroCopyOddSizes(t *testing.T) {
	d := useDriver(t, "intel")
	var l lent
	c := newSender(t, onDouble(hw.Auto))
	c.native = l.asDmabuf(t)
	c.connect()
	cut := func(width, height int) {
		c.runSize(width, height, "a picture of another size", func() bool {
			all := c.all()
			return len(all) > 0 && all[len(all)-1].width == width/2*2 && all[len(all)-1].height == height/2*2
		})
	}
	// Only now libwebrtc has heard what sizes the encoder wants.
	cut(65, 49)
	before, mapped := cgo.PicturesCopied(), strings.Count(d.all(), "map an image")
	cut(99, 54)
	cut(33, 35)
	cut(64, 48)
	require.Equal(t, "VAAPI", c.implementation())
	require.Equal(t, before, cgo.PicturesCopied())
	require.Equal(t, mapped, strings.Count(d.all(), "map an image"))
	require.Empty(t, d.lines("refused:"))
	require.NoError(t, c.sender.GracefulClose())
	l.allReleased(c)
}
