// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/nativertc/nativertc/tools/nativertc/internal/probe"
)

// TestProbeTellsCodecsAndCoders compares both forms of the output.
func TestProbeTellsCodecsAndCoders(t *testing.T) {
	code, out, errs := runProgram(t, "probe", "--json")
	require.Zero(t, code, errs)
	var r probe.Report
	require.NoError(t, json.Unmarshal([]byte(out), &r))
	assert.Contains(t, []string{"debian", "m150"}, r.Revision)
	require.NotEmpty(t, r.Audio.Codecs)
	assert.Equal(t, "opus", r.Audio.Codecs[0].Name, "Opus comes first")
	require.NotEmpty(t, r.Tried)
	for _, one := range r.Tried {
		assert.Empty(t, one.Problem, one.Codec)
		assert.NotEmpty(t, one.Encoder, one.Codec)
		assert.NotEmpty(t, one.Decoder, one.Codec)
	}

	code, out, errs = runProgram(t, "probe", "--quick")
	require.Zero(t, code, errs)
	for _, c := range append(r.Audio.Codecs, r.Video.Codecs...) {
		assert.Contains(t, out, c.Name)
	}
	assert.NotContains(t, out, "Encoder")
}

// TestProbeOfOneDevice: what is asked for, and nothing else.
func TestProbeOfOneDevice(t *testing.T) {
	code, out, errs := runProgram(t, "probe", "--quick", "--json", "--encoder", "VAAPI", "--encoder-device", "/dev/dri/no-such-node")
	require.Zero(t, code, errs)
	var r probe.Report
	require.NoError(t, json.Unmarshal([]byte(out), &r))
	require.Len(t, r.Devices, 1)
	assert.Equal(t, "vaapi", r.Devices[0].Backend)
	assert.Empty(t, r.Devices[0].Profiles)
	assert.NotEmpty(t, r.Devices[0].Reason)
}

// TestProbeTellsAllOfDevices: all that is known of them stands in the tables.
func TestProbeTellsAllOfDevices(t *testing.T) {
	var out strings.Builder
	require.NoError(t, writeReport(&out, &probe.Report{Devices: []probe.Device{
		{
			Backend: "vaapi", Device: "/dev/dri/renderD128", Name: "a driver",
			Profiles: []probe.Profile{
				{Name: "H264 high", MaxWidth: 4096, MaxHeight: 2304, TemporalLayers: 3, RateModes: []string{"VBR", "CQP"}},
				{Name: "AV1 main", TemporalLayers: 1, RateModes: []string{"CQP"}, NotOffered: "it is not sent"},
			},
			ZeroCopy: []probe.ZeroCopy{{Memory: "dmabuf", Format: "NV12", Scales: true}, {Memory: "dmabuf", Format: "P010"}},
		},
		{
			Backend: "vaapi", Device: "/dev/dri/renderD129",
			Profiles: []probe.Profile{{Name: "VP8", MaxWidth: 640, MaxHeight: 480, TemporalLayers: 1}},
		},
		{Backend: "nvenc", Device: "0", Name: "a GPU", Reason: "it has no encoder"},
		{Backend: "videotoolbox", Reason: "this is no Mac"},
	}}))
	require.Contains(t, out.String(), `
GPUs          Device               Driver    Encodes
------------  -------------------  --------  --------------------------
vaapi         /dev/dri/renderD128  a driver  yes
vaapi         /dev/dri/renderD129  -         yes
nvenc         0                    a GPU     nothing: it has no encoder
videotoolbox  -                    -         nothing: this is no Mac

Encoding on GPUs  Device               Profile        Up to  Layers  Rate control  Offered
----------------  -------------------  ---------  ---------  ------  ------------  ------------------
vaapi             /dev/dri/renderD128  H264 high  4096x2304  L1T3    VBR CQP       yes
vaapi             /dev/dri/renderD128  AV1 main           -  L1T1    CQP           no: it is not sent
vaapi             /dev/dri/renderD129  VP8          640x480  L1T1    -             yes

Without a copy  Device               Memory  Pixels  Crops and scales
--------------  -------------------  ------  ------  ----------------
vaapi           /dev/dri/renderD128  dmabuf  NV12    yes
vaapi           /dev/dri/renderD128  dmabuf  P010    no
vaapi           /dev/dri/renderD129  none    -       -
`)
}
