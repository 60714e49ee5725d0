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
			encode what, or why they do not.

			The names of encoders and decoders are known only while they work: a call of less
			than a second is made with each video codec. --quick leaves that out.`,
		Examples: []cli.Example{{Line: "probe"}, {Line: "probe --quick --json", Comment: "for a program"}},
		Flags: func(fs *flag.FlagSet) cli.Run {
			asJSON := fs.Bool("json", false, "print JSON")
			quick := fs.Bool("quick", false, "make no calls")
			return func(ctx context.Context, env cli.Env, _ []string) error {
				report, err := probe.Run(ctx, !*quick)
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

	devices := table.New("Encoding on GPUs", "Device", "Encodes")
	for _, d := range r.Devices {
		device := strings.TrimSpace(d.Device + " " + d.Name)
		if len(d.Profiles) == 0 {
			devices.Row(d.Backend, cmp.Or(device, "-"), "nothing: "+d.Reason)
		}
		for _, p := range d.Profiles {
			devices.Row(d.Backend, device, p)
		}
	}
	tables = append(tables, devices)

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

func yes(v bool) string {
	if v {
		return "yes"
	}
	return "no"
}
