// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tools/nativertc/internal/call"
	"github.com/nativertc/nativertc/tools/nativertc/internal/cli"
	"github.com/nativertc/nativertc/tools/nativertc/internal/progress"
	"github.com/nativertc/nativertc/tools/nativertc/internal/relay"
)

// callFlags are the flags of "call".
type callFlags struct {
	input              inputFlags
	codec, encoder     cli.Choice
	device             string
	duration           time.Duration
	low, initial, high cli.Bitrate
	output, picture    string
	loss               cli.Percent
	delay, jitter      time.Duration
	bandwidth          cli.Bitrate
	dataTime           time.Duration
	dataSize           int
	dataRate           cli.Bitrate
	every              int
	json, quiet        bool
	verbose            bool
}

// anyCodec leaves the choice of the codec to libwebrtc.
const anyCodec = "default"

// Encoders to choose from beside the backends of hw.
const (
	software    = "software"
	anyHardware = "auto"
)

// backends are the words for those of hw.
func backends() []string {
	return []string{string(hw.VAAPI), string(hw.NVENC), string(hw.VideoToolbox)}
}

// encoders returns what the flags ask for.
func (f *callFlags) encoders() hw.Encoders {
	switch f.encoder.Value {
	case software:
		return hw.Encoders{}
	case anyHardware:
		return hw.Encoders{Use: hw.Auto, Device: f.device}
	}
	return hw.Encoders{Use: hw.Auto, Backend: hw.Backend(f.encoder.Value), Device: f.device}
}

// none as a name of a file means that there is to be none.
const none = "none"

func callCommand() *cli.Command {
	return &cli.Command{
		Name:    "call",
		Summary: "make a complete call between two peers in this process and measure it",
		Description: `Two peers in this process call each other over real ICE, DTLS, SRTP and
			SCTP on the loopback interface. One sends video, from a file or generated, sound, and
			for a while as many messages on a data channel as it takes; the other receives them.

			Each video frame carries its number in the picture, so that what arrives can be
			compared with what was sent, frame by frame. At the end a table tells the figures; what
			was received is a file to play, and one frame of it a PNG.

			The exit status is 0 only if media and data really arrived: frames with their numbers,
			sound where sound was sent, and all messages unchanged. Ctrl-C ends the call early, with
			what was received until then.`,
		Examples: []cli.Example{
			{Line: "call", Comment: "ten seconds of the generated clip"},
			{Line: "call --input film.mkv --codec VP9 --size 640x360 --output received.mkv", Comment: "a file, scaled, with a codec of choice"},
			{Line: "call --encoder vaapi", Comment: "H.264 on a GPU of Intel or AMD"},
			{Line: "call --loss 5% --delay 50ms --bandwidth 2M --duration 30s", Comment: "a bad network"},
			{Line: "call --json --quiet", Comment: "figures for a program"},
		},
		Flags: func(fs *flag.FlagSet) cli.Run {
			f := &callFlags{
				codec:   cli.Choice{Value: anyCodec, Of: append([]string{anyCodec}, call.Codecs...)},
				encoder: cli.Choice{Value: software, Of: append([]string{software, anyHardware}, backends()...)},
				initial: 2e6,
			}
			f.input.define(fs)
			fs.Var(&f.codec, "codec", "video `codec`: "+strings.Join(f.codec.Of, ", "))
			fs.Var(&f.encoder, "encoder", "what encodes `video`: software, auto for any GPU there is, or the GPUs of one interface: vaapi, nvenc, videotoolbox; "+
				"software takes over what a GPU cannot do")
			fs.StringVar(&f.device, "encoder-device", "", "GPU to use, such as /dev/dri/renderD129 or 0; \"nativertc probe\" lists them")
			fs.DurationVar(&f.duration, "duration", 0, "`time` after which the call ends, such as 30s; without it the input's end, or 10s")
			fs.Var(&f.low, "min-bitrate", "least `bitrate` of the caller, such as 300k")
			fs.Var(&f.initial, "start-bitrate", "`bitrate` of the caller at first, 0 for libwebrtc's")
			fs.Var(&f.high, "max-bitrate", "greatest `bitrate` of the caller")
			fs.StringVar(&f.output, "output", "", "`file` to record what is received to: .mp4, .mkv, .webm, .mov, .y4m or .wav, or \"none\"; "+
				"without it nativertc-call.mp4 in the folder build if there is one, else here")
			fs.StringVar(&f.picture, "png", "", "`file` for one received frame, or \"none\"; without it beside the recording")
			fs.Var(&f.loss, "loss", "`share` of packets to lose, such as 5%")
			fs.DurationVar(&f.delay, "delay", 0, "`time` to delay packets by, in each direction, such as 50ms")
			fs.DurationVar(&f.jitter, "jitter", 0, "`time` of further delay at most, by chance")
			fs.Var(&f.bandwidth, "bandwidth", "`bitrate` of the network in each direction, such as 2M")
			fs.DurationVar(&f.dataTime, "data-time", 0, "`time` to load the data channel for; without it 3s, or a quarter of a shorter call")
			fs.IntVar(&f.dataSize, "data-size", 16<<10, "`bytes` of a message on the data channel")
			fs.Var(&f.dataRate, "data-rate", "`bitrate` of messages at most; without it as many as the channel takes")
			fs.IntVar(&f.every, "measure-every", 0, "measure the quality of every `n`-th frame; without it about five per second")
			fs.BoolVar(&f.json, "json", false, "print the figures as JSON")
			fs.BoolVar(&f.quiet, "quiet", false, "show no progress")
			fs.BoolVar(&f.verbose, "verbose", false, "show libwebrtc's log")
			return f.run
		},
	}
}

// options returns the options of the call that the flags ask for.
func (f *callFlags) options() call.Options {
	o := call.Options{
		Input: f.input.path, Loop: f.input.loop, NoAudio: f.input.noAudio,
		Width: f.input.size.Width, Height: f.input.size.Height, FPS: f.input.fps,
		Duration: f.duration,
		Bitrate:  webrtc.BitrateSettings{Min: int(f.low), Start: int(f.initial), Max: int(f.high)},
		Network: relay.Impairment{
			Loss: float64(f.loss), Delay: f.delay, Jitter: f.jitter, Rate: int64(f.bandwidth),
		},
		DataTime: f.dataTime, DataSize: f.dataSize, DataRate: int64(f.dataRate),
		MeasureEvery: f.every,
		Encoders:     f.encoders(),
		Output:       f.output, Picture: f.picture,
	}
	if f.codec.Value != anyCodec {
		o.Codec = f.codec.Value
	}
	// The default start gives way to the bounds that the user sets.
	if o.Bitrate.Max > 0 {
		o.Bitrate.Start = min(o.Bitrate.Start, o.Bitrate.Max)
	}
	if o.Bitrate.Start > 0 {
		o.Bitrate.Start = max(o.Bitrate.Start, o.Bitrate.Min)
	}
	if o.Output == "" {
		o.Output = filepath.Join(outputFolder(), "nativertc-call.mp4")
	}
	switch {
	case o.Picture == none:
		o.Picture = ""
	case o.Picture == "" && o.Output == none:
		o.Picture = filepath.Join(outputFolder(), "nativertc-call.png")
	case o.Picture == "":
		o.Picture = strings.TrimSuffix(o.Output, filepath.Ext(o.Output)) + ".png"
	}
	if o.Output == none {
		o.Output = ""
	}
	return o
}

// outputFolder returns where files go by default: the folder of built things in
// the source tree, or the current folder elsewhere.
func outputFolder() string {
	if stat, err := os.Stat("build"); err == nil && stat.IsDir() {
		return "build"
	}
	return "."
}

func (f *callFlags) run(ctx context.Context, env cli.Env, _ []string) error {
	o := f.options()
	if err := o.Check(); err != nil {
		return cli.Usagef("%v", err)
	}
	if f.verbose {
		o.Log = slog.New(slog.NewTextHandler(env.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
	}
	if !f.quiet {
		o.Progress = progress.New(env.Stderr, "call")
		defer o.Progress.Finish()
	}
	result, err := call.Run(ctx, o)
	if o.Progress != nil {
		o.Progress.Finish()
	}
	if result == nil {
		return err
	}
	if f.json {
		encoder := json.NewEncoder(env.Stdout)
		encoder.SetIndent("", "  ")
		if e := encoder.Encode(result); e != nil {
			return e
		}
	} else if e := writeResult(env.Stdout, result); e != nil {
		return e
	}
	if err != nil {
		return err
	}
	for _, p := range result.Problems {
		fmt.Fprintf(env.Stderr, "nativertc: %s\n", p)
	}
	if len(result.Problems) > 0 {
		return cli.ErrSilent
	}
	return nil
}
