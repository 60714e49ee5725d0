// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/nativertc/nativertc/hw"
	"github.com/nativertc/nativertc/tools/nativertc/internal/cli"
	"github.com/nativertc/nativertc/tools/nativertc/internal/probe"
	"github.com/nativertc/nativertc/tools/nativertc/internal/table"
)

func probeCommand() *cli.Command {
	return &cli.Command{
		Name:    "probe",
		Summary: "tell what the linked libwebrtc can do: codecs, encoders, decoders, GPUs",
		Description: `Prints which revision of libwebrtc the program is linked with, the audio and
			video codecs that it can send and receive, the RTP header extensions, and which GPUs
			encode what, or why they do not. Of the rate controls of a GPU the first is used.
			"Without a copy" are the pictures in the memory of devices that it encodes where they
			are, and whether it crops and scales them too.

			The names of encoders and decoders are known only while they work: a call of less
			than a second is made with each video codec. --quick leaves that out.`,
		Examples: []cli.Example{
			{Line: "probe"},
			{Line: "probe --quick --json", Comment: "for a program"},
			{Line: "probe --encoder vaapi --encoder-device /dev/dri/renderD129", Comment: "of one GPU"},
		},
		Flags: func(fs *flag.FlagSet) cli.Run {
			encoder := cli.Choice{Value: anyHardware, Of: append([]string{anyHardware}, backends()...)}
			fs.Var(&encoder, "encoder", "GPUs of which `interface`: auto for all, vaapi, nvenc or videotoolbox")
			device := fs.String("encoder-device", "", "one GPU, such as /dev/dri/renderD129 or 0")
			asJSON := fs.Bool("json", false, "print JSON")
			quick := fs.Bool("quick", false, "make no calls")
			return func(ctx context.Context, env cli.Env, _ []string) error {
				o := probe.Options{Device: *device, Quick: *quick}
				if encoder.Value != anyHardware {
					o.Backend = hw.Backend(encoder.Value)
				}
				report, err := probe.Run(ctx, o)
				if err != nil {
					return err
				}
				if *asJSON {
					encoder := json.NewEncoder(env.Stdout)
					encoder.SetIndent("", "  ")
					return encoder.Encode(report)
				}
				return writeReport(env.Stdout, report)
			}
		},
	}
}

// writeReport writes what was found as tables.
func writeReport(w io.Writer, r *probe.Report) error {
	head := &table.Table{}
	head.Row("libwebrtc", r.Revision)
	head.Row("Go", r.Go)
	head.Row("Platform", fmt.Sprintf("%s, %d CPUs", r.Platform, r.CPUs))
	tables := []*table.Table{head}
	tables = append(tables, deviceTables(r.Devices)...)

	if len(r.Tried) > 0 {
		t := table.New("Video codec", "Encoder", "Decoder", "In a call")
		for _, one := range r.Tried {
			t.Row(one.Codec, cmp.Or(one.Encoder, "-"), cmp.Or(one.Decoder, "-"), cmp.Or(one.Problem, "works"))
		}
		tables = append(tables, t)
	}
	for _, m := range []struct {
		name string
		probe.Media
	}{{"Video", r.Video}, {"Audio", r.Audio}} {
		t := table.New(m.name, "Send", "Receive", "Clock rate", "Parameters")
		for _, c := range m.Codecs {
			name := c.Name
			if c.Channels > 1 {
				name = fmt.Sprintf("%s/%d", name, c.Channels)
			}
			t.Row(name, yes(c.Send), yes(c.Receive), fmt.Sprint(c.ClockRate), c.Parameters)
		}
		extensions := table.New(m.name + " header extensions")
		for _, uri := range m.HeaderExtensions {
			extensions.Row(uri)
		}
		tables = append(tables, t, extensions)
	}
	for i, t := range tables {
		if i > 0 {
			if _, err := fmt.Fprintln(w); err != nil {
				return err
			}
		}
		if _, err := t.WriteTo(w); err != nil {
			return err
		}
	}
	return nil
}

// deviceTables tell which GPUs there are and, if any does, what they encode and what they
// take without a copy.
func deviceTables(devices []probe.Device) []*table.Table {
	found := table.New("GPUs", "Device", "Driver", "Encodes")
	profiles := table.New("Encoding on GPUs", "Device", "Profile", "Up to", "Layers", "Rate control", "Offered")
	zeroCopy := table.New("Without a copy", "Device", "Memory", "Pixels", "Crops and scales")
	encodes := false
	for _, d := range devices {
		if len(d.Profiles) == 0 {
			found.Row(d.Backend, cmp.Or(d.Device, "-"), cmp.Or(d.Name, "-"), "nothing: "+d.Reason)
			continue
		}
		encodes = true
		found.Row(d.Backend, d.Device, cmp.Or(d.Name, "-"), "yes")
		for _, p := range d.Profiles {
			size, offered := "-", "yes"
			if p.MaxWidth > 0 {
				size = fmt.Sprintf("%dx%d", p.MaxWidth, p.MaxHeight)
			}
			if p.NotOffered != "" {
				offered = "no: " + p.NotOffered
			}
			profiles.Row(d.Backend, d.Device, p.Name, size, fmt.Sprintf("L1T%d", p.TemporalLayers),
				cmp.Or(strings.Join(p.RateModes, " "), "-"), offered)
		}
		for _, z := range d.ZeroCopy {
			zeroCopy.Row(d.Backend, d.Device, z.Memory, z.Format, yes(z.Scales))
		}
		if len(d.ZeroCopy) == 0 {
			zeroCopy.Row(d.Backend, d.Device, "none", "-", "-")
		}
	}
	if !encodes {
		return []*table.Table{found}
	}
	return []*table.Table{found, profiles, zeroCopy}
}

func yes(v bool) string {
	if v {
		return "yes"
	}
	return "no"
}
