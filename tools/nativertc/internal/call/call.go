// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package call

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/tools/nativertc/internal/clip"
	"github.com/nativertc/nativertc/tools/nativertc/internal/media"
	"github.com/nativertc/nativertc/tools/nativertc/internal/procstat"
	"github.com/nativertc/nativertc/tools/nativertc/internal/record"
)

// Bounds of what comes after the media.
const (
	drainTime  = 2 * time.Second // for frames that are under way
	idleTime   = 300 * time.Millisecond
	answerTime = 20 * time.Second // for what waits in the data channel
	recordTime = 2 * time.Minute  // to complete the recording
)

// loadDelay is how long media alone is sent before the data channel is loaded.
const loadDelay = 2 * time.Second

// call is a call in progress.
type call struct {
	o      Options
	clip   *media.Clip
	length time.Duration // planned

	api         *webrtc.API
	pair        *pair
	videoSource *webrtc.VideoSource
	audioSource *webrtc.AudioSource // nil without sound
	recorder    *record.Recorder    // nil without recording

	sent      *sentVideo
	sentSound soundMeter
	receiver  *receiver
	load      *loadSender
	loadEnd   loadReceiver

	closers []func() error // in reverse
}

// Run makes the call and returns what has become of it. The end of ctx ends the
// call early, and the result tells of what has arrived until then. The error says
// why there was no call, or what went wrong with the files; where the result is not
// nil too, it is worth showing.
func Run(ctx context.Context, o Options) (*Result, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if o.Log != nil {
		webrtc.SetLogger(o.Log, logLevel(ctx, o.Log))
		defer webrtc.SetLogger(nil, 0)
	}
	c := &call{o: o}
	result, err := c.run(ctx)
	if closed := c.close(); err == nil {
		err = closed
	}
	return result, err
}

// logLevel returns the lowest level that the logger takes.
func logLevel(ctx context.Context, l *slog.Logger) slog.Level {
	for _, level := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn} {
		if l.Enabled(ctx, level) {
			return level
		}
	}
	return slog.LevelError
}

func (c *call) run(ctx context.Context) (*Result, error) {
	if err := c.open(ctx); err != nil {
		return nil, err
	}
	begun := time.Now()
	if err := c.negotiate(); err != nil {
		return nil, err
	}
	if err := c.pair.connected(ctx); err != nil {
		return nil, err
	}
	result := &Result{Problems: []string{}}
	result.Connection.ConnectMS = time.Since(begun).Seconds() * 1000
	if err := c.talk(ctx, result); err != nil {
		return nil, err
	}
	if err := c.save(result); err != nil {
		return result, err
	}
	return result, nil
}

// close closes what has been opened, the last first.
func (c *call) close() error {
	var errs []error
	for i := len(c.closers) - 1; i >= 0; i-- {
		errs = append(errs, c.closers[i]())
	}
	c.closers = nil
	return errors.Join(errs...)
}

func (c *call) defers(f func() error) { c.closers = append(c.closers, f) }

// open opens the input, the files to write and the connections.
func (c *call) open(ctx context.Context) (err error) {
	// The input must outlive an interruption: the call ends it in order.
	c.clip, err = media.Open(context.WithoutCancel(ctx), media.Input{
		Path: c.o.Input, Loop: c.o.Loop, NoAudio: c.o.NoAudio,
		Width: c.o.Width, Height: c.o.Height, FPS: c.o.FPS,
	})
	if err != nil {
		return err
	}
	c.defers(c.clip.Close)
	if c.length = c.o.Duration; c.length == 0 {
		if c.length = c.clip.Length; c.length == 0 {
			c.length = defaultDuration
		}
	}
	c.sent = newSentVideo(c.o.MeasureEvery, c.clip.Video.FPS())
	if c.o.Output != "" {
		c.recorder, err = record.New(record.Options{
			Path: c.o.Output, FPS: max(c.clip.Video.FPS(), 1), Rate: clip.SampleRate, Channels: clip.Channels,
		})
		if err != nil {
			return err
		}
		c.defers(func() error { c.recorder.Abort(); return nil })
	}
	c.receiver = newReceiver(c.sent, c.recorder)

	c.api = newAPI(c.o.Bitrate, c.o.Encoders)
	if c.videoSource, err = c.api.NewVideoSource(webrtc.VideoSourceInit{Label: "clip"}); err != nil {
		return err
	}
	c.defers(c.videoSource.Close)
	if c.clip.Audio != nil {
		if c.audioSource, err = c.api.NewAudioSource(webrtc.AudioSourceInit{Label: "clip"}); err != nil {
			return err
		}
		c.defers(c.audioSource.Close)
	}
	impairment := &c.o.Network
	if !c.o.impaired() {
		impairment = nil
	}
	if c.pair, err = newPair(c.api, impairment); err != nil {
		return err
	}
	c.defers(c.pair.Close)
	c.defers(func() error { c.receiver.stop(); return nil })
	return nil
}

// negotiate adds the media and the data channel and makes offer and answer.
func (c *call) negotiate() error {
	c.receiver.attach(c.pair.callee)
	c.pair.callee.OnDataChannel(c.loadEnd.attach)
	channel, err := c.pair.caller.CreateDataChannel("load", nil)
	if err != nil {
		return err
	}
	window := uint64(loadWindow)
	if c.o.Network.Loss > 0 {
		window = smallWindow
	}
	c.load = newLoadSender(channel, window)

	video, err := c.videoSource.NewTrack("", "clip")
	if err != nil {
		return err
	}
	c.defers(video.Close)
	init := webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly}
	if c.o.Bitrate.Max > 0 {
		// Else libwebrtc's own bound for the size would hold.
		most := uint64(c.o.Bitrate.Max)
		init.SendEncodings = []webrtc.RTPEncodingParameters{{MaxBitrate: &most}}
	}
	transceiver, err := c.pair.caller.AddTransceiverFromTrack(video, init)
	if err != nil {
		return err
	}
	if c.o.Codec != "" {
		wanted, err := preferences(c.api, c.o.Codec)
		if err != nil {
			return err
		}
		if err := transceiver.SetCodecPreferences(wanted); err != nil {
			return fmt.Errorf("codec %s: %w", c.o.Codec, err)
		}
	}
	if c.audioSource != nil {
		audio, err := c.audioSource.NewTrack("", "clip")
		if err != nil {
			return err
		}
		c.defers(audio.Close)
		init := webrtc.RTPTransceiverInit{Direction: webrtc.RTPTransceiverDirectionSendonly}
		if _, err := c.pair.caller.AddTransceiverFromTrack(audio, init); err != nil {
			return err
		}
	}
	return c.pair.negotiate(func() error { return nil })
}

// talk sends media and data until the end of the clip, of the time, of ctx or of
// the connection, waits for what is under way, and fills in the result.
func (c *call) talk(ctx context.Context, result *Result) error {
	sampler, err := procstat.NewSampler(500 * time.Millisecond)
	if err != nil {
		return err
	}
	defer sampler.Stop()

	stop := make(chan struct{})
	end := sync.OnceFunc(func() { close(stop) })
	defer end()
	started := time.Now()
	timer := time.AfterFunc(c.length, end)
	if c.o.Duration == 0 && c.clip.Length > 0 {
		timer.Stop() // The clip's own end is exact.
	}
	defer timer.Stop()
	defer context.AfterFunc(ctx, end)()

	var wg sync.WaitGroup
	problems := make(chan error, 4)
	run := func(f func() error) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := f(); err != nil {
				problems <- err
				end()
			}
		}()
	}
	run(func() error {
		defer end()
		return media.PumpVideo(stop, c.clip.Video, c.videoSource, c.sent.mark)
	})
	if c.audioSource != nil {
		run(func() error {
			return media.PumpAudio(stop, c.clip.Audio, c.audioSource, func(b []int16) { c.sentSound.add(b, clip.SampleRate, clip.Channels) })
		})
	}
	run(func() error { return c.watch(stop) })
	answered := make(chan error, 1)
	go func() { answered <- c.loadChannel(stop) }()
	c.showProgress(stop, started)

	wg.Wait()
	result.Seconds = time.Since(started).Seconds()
	result.Process = newProcessResult(sampler.Stop())
	result.Interrupted = ctx.Err() != nil
	c.drain()
	c.collect(result)
	if err := <-answered; err != nil {
		problems <- err
	}
	close(problems)
	for err := range problems {
		result.Problems = append(result.Problems, err.Error())
	}
	result.Data = c.loadEnd.result()
	result.Data.MessageSize = c.o.dataSize()
	if c.pair.relay != nil {
		result.Network = newNetworkResult(c.pair.relay)
	}
	result.judge()
	return nil
}

// watch returns an error when the connection fails.
func (c *call) watch(stop <-chan struct{}) error {
	for {
		change, err := c.pair.failure()
		if err != nil {
			return err
		}
		select {
		case <-change:
		case <-stop:
			return nil
		}
	}
}

// loadChannel loads the data channel after a while of media alone, and makes sure
// that all has arrived.
func (c *call) loadChannel(stop <-chan struct{}) error {
	ctx, cancel := context.WithTimeout(context.Background(), connectTimeout)
	defer cancel()
	select {
	case <-c.load.open:
	case <-c.load.ended:
		return errors.New("the data channel closed before it was open")
	case <-ctx.Done():
		return fmt.Errorf("the data channel is not open after %v", connectTimeout)
	}
	delay := time.NewTimer(min(loadDelay, c.length/4))
	defer delay.Stop()
	select {
	case <-delay.C:
	case <-stop:
	}
	if err := c.load.run(stop, c.o.dataTime(c.length), c.o.dataSize(), c.o.DataRate); err != nil {
		return err
	}
	ctx, cancel = context.WithTimeout(context.Background(), answerTime)
	defer cancel()
	got, err := c.load.finish(ctx)
	if err != nil {
		return err
	}
	if got != c.load.sent {
		return fmt.Errorf("data channel: of %d messages of %d bytes, %d of %d bytes arrived, or not unchanged",
			c.load.sent.Messages, c.load.sent.Bytes, got.Messages, got.Bytes)
	}
	return nil
}

// showProgress shows how far the call has come until stop is closed.
func (c *call) showProgress(stop <-chan struct{}, started time.Time) {
	ticker := time.NewTicker(200 * time.Millisecond)
	defer ticker.Stop()
	for {
		if c.o.Progress != nil {
			fraction := time.Since(started).Seconds() / c.length.Seconds()
			c.o.Progress.Update(fraction, c.status(started))
		}
		select {
		case <-ticker.C:
		case <-stop:
			if c.o.Progress != nil {
				c.o.Progress.Update(1, c.status(started))
			}
			return
		}
	}
}

// status says in a few words what arrives.
func (c *call) status(started time.Time) string {
	c.receiver.mu.Lock()
	frames := c.receiver.video.good()
	c.receiver.mu.Unlock()
	d := c.loadEnd.result()
	return fmt.Sprintf("%d frames received, %.1f fps, data %.1f MB",
		frames, float64(frames)/max(time.Since(started).Seconds(), 0.001), float64(d.Bytes)/1e6)
}

// drain waits for frames that are under way.
func (c *call) drain() {
	slack := 2 * (c.o.Network.Delay + c.o.Network.Jitter)
	for end := time.Now().Add(drainTime + slack); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if idle, any := c.receiver.idle(); any && idle > idleTime+slack {
			return
		}
	}
}

// collect reads the statistics, ends the measurement of media and sums it up.
func (c *call) collect(result *Result) {
	sentStats, err := c.pair.caller.GetStats()
	if err != nil {
		result.Problems = append(result.Problems, "statistics of the caller: "+err.Error())
	}
	receivedStats, err := c.pair.callee.GetStats()
	if err != nil {
		result.Problems = append(result.Problems, "statistics of the callee: "+err.Error())
	}
	c.receiver.stop()

	r, v := c.receiver, &result.Video
	if r.failure != nil {
		result.Problems = append(result.Problems, r.failure.Error())
	}
	v.Width, v.Height = c.clip.Video.Size()
	v.ReceivedWidth, v.ReceivedHeight = r.size[0], r.size[1]
	v.Sink = r.video
	v.FramesSent, v.FramesReceived = c.sent.sent(), r.video.good()
	v.FramesDropped = v.FramesSent - min(v.FramesReceived, v.FramesSent)
	if result.Seconds > 0 {
		v.SentFPS = float64(v.FramesSent) / result.Seconds
		v.ReceivedFPS = float64(v.FramesReceived) / result.Seconds
	}
	psnr := r.errors.PSNR()
	v.PSNR = PSNR{psnr.All, psnr.Y, psnr.U, psnr.V}
	if r.video.Measured > 0 {
		v.SSIM = r.ssim / float64(r.video.Measured)
	}
	v.Delay = newDelay(r.latency.Summary())
	if c.audioSource != nil {
		a := &AudioResult{Sent: c.sentSound.result(), Received: r.sound.result()}
		a.Rate, a.Channels = r.sound.format()
		result.Audio = a
	}
	result.readSent(sentStats)
	result.readReceived(receivedStats)
}

// save completes the recording and writes the picture.
func (c *call) save(result *Result) error {
	var errs []error
	if c.recorder != nil {
		ctx, cancel := context.WithTimeout(context.Background(), recordTime)
		defer cancel()
		if err := c.recorder.Close(ctx); err != nil {
			errs = append(errs, err)
		} else {
			result.Output = c.o.Output
		}
		if n := c.recorder.Stats().Dropped; n > 0 {
			c.o.printf("%s: %d frames are missing, the machine was too slow to record them", c.o.Output, n)
		}
	}
	if c.o.Picture != "" {
		if c.receiver.picture == nil {
			errs = append(errs, fmt.Errorf("%s: no frame has arrived to be shown", c.o.Picture))
		} else if err := record.SavePNG(c.o.Picture, c.receiver.picture); err != nil {
			errs = append(errs, err)
		} else {
			result.Picture = c.o.Picture
		}
	}
	return errors.Join(errs...)
}
