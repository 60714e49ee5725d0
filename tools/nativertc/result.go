// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/nativertc/nativertc/tools/nativertc/internal/call"
	"github.com/nativertc/nativertc/tools/nativertc/internal/table"
)

// writeResult writes the figures of a call as a table.
func writeResult(w io.Writer, r *call.Result) error {
	t := table.New("Figure", "Value")
	v := &r.Video
	t.Row("Codec", cmp.Or(v.Codec, "-"))
	t.Row("Encoder", cmp.Or(v.Encoder, "-")+", decoder "+cmp.Or(v.Decoder, "-"))
	t.Row("Resolution", fmt.Sprintf("%dx%d sent, %dx%d received%s", v.Width, v.Height, v.ReceivedWidth, v.ReceivedHeight, limited(v.Limitation)))
	t.Row("Frames", fmt.Sprintf("%d sent, %d received, %d dropped", v.FramesSent, v.FramesReceived, v.FramesDropped))
	t.Row("Frame rate", fmt.Sprintf("%.1f fps sent, %.1f fps received", v.SentFPS, v.ReceivedFPS))
	t.Row("Bitrate", bitrate(v.Bitrate)+fmt.Sprintf(", %d key frames", v.KeyFrames))
	t.Row("PSNR", fmt.Sprintf("%.1f dB (Y %.1f, U %.1f, V %.1f), SSIM %.3f, over %d frames", v.PSNR.All, v.PSNR.Y, v.PSNR.U, v.PSNR.V, v.SSIM, v.Sink.Measured))
	t.Row("Latency", fmt.Sprintf("p50 %.1f ms, p99 %.1f ms, from push to sink", v.Delay.P50, v.Delay.P99))
	if a := r.Audio; a != nil {
		t.Row("Audio", fmt.Sprintf("%s, %d Hz, %s, %s", cmp.Or(a.Codec, "-"), a.Rate, channels(a.Channels), bitrate(a.Bitrate)))
		t.Row("Audio level", fmt.Sprintf("%.1f dBFS sent, %.1f dBFS received, %.1f s concealed", a.Sent.Level, a.Received.Level, a.Concealed))
	} else {
		t.Row("Audio", "none")
	}
	d := &r.Data
	intact := "intact"
	if !d.Intact {
		intact = "NOT intact"
	}
	t.Row("Data channel", fmt.Sprintf("%s/s, %d messages of %s, %s", size(d.BytesPerSecond), d.Messages, binarySize(d.MessageSize), intact))
	c := &r.Connection
	t.Row("Connection", fmt.Sprintf("%s, %s to %s, connected in %.0f ms, round trip %.1f ms",
		cmp.Or(c.Protocol, "-"), cmp.Or(c.LocalType, "-"), cmp.Or(c.RemoteType, "-"), c.ConnectMS, c.RoundTripMS))
	if n := r.Network; n != nil {
		t.Row("Network", fmt.Sprintf("%d packets relayed, %d lost, %d too many for the queue", n.Forwarded, n.Lost, n.QueueFull))
	}
	t.Row("Process CPU", fmt.Sprintf("%.0f %% of a core (%.1f s in %.1f s), both peers", r.Process.CPUShare*100, r.Process.CPUSeconds, r.Seconds))
	t.Row("Process memory", fmt.Sprintf("%s at most, %d threads", size(float64(r.Process.PeakRSS)), r.Process.PeakThreads))
	if r.Output != "" {
		t.Row("Recording", r.Output)
	}
	if r.Picture != "" {
		t.Row("Picture", r.Picture)
	}
	_, err := t.WriteTo(w)
	return err
}

// limited says why the encoder gives less than it was asked for.
func limited(reason string) string {
	if reason == "" {
		return ""
	}
	return ", limited by " + strings.ReplaceAll(reason, "cpu", "CPU")
}

func channels(n int) string {
	switch n {
	case 1:
		return "mono"
	case 2:
		return "stereo"
	}
	return fmt.Sprintf("%d channels", n)
}

func bitrate(v float64) string {
	if v >= 1e6 {
		return fmt.Sprintf("%.2f Mbit/s", v/1e6)
	}
	return fmt.Sprintf("%.0f kbit/s", v/1e3)
}

func size(bytes float64) string {
	if bytes >= 1e6 {
		return fmt.Sprintf("%.1f MB", bytes/1e6)
	}
	return fmt.Sprintf("%.1f kB", bytes/1e3)
}

// binarySize writes powers of two as such.
func binarySize(bytes int) string {
	if bytes >= 1024 && bytes%1024 == 0 {
		return fmt.Sprintf("%d KiB", bytes/1024)
	}
	return fmt.Sprintf("%d B", bytes)
}
