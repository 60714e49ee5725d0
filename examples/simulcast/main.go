// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command simulcast is the example of the specification with several encodings
// (section 10.4): it sends one picture in three sizes to a server, which passes to
// each of its viewers the one that suits. The server is any that speaks WHIP (RFC
// 9725): the offer is posted to -url, and the answer is in the response.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/nativertc/nativertc/examples/internal/devices"
	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

func main() {
	url := flag.String("url", "http://127.0.0.1:8080/whip", "where the server takes offers")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *url, func(sent []encoding) { fmt.Println(sent) })
	stop()
	if err != nil && !errors.Is(err, context.Canceled) {
		log.Fatal(err)
	}
}

// The size of the picture. Below 960 by 540, libwebrtc does not send three.
const width, height = 960, 540

// encoding is what was sent of one of the sizes.
type encoding struct {
	rid           string
	width, height uint32
	frames        uint32
}

// String is what the program prints.
func (e encoding) String() string {
	return fmt.Sprintf("%s: %d frames, now %dx%d", e.rid, e.frames, e.width, e.height)
}

// run publishes the camera, and reports what is sent every second until ctx ends.
func run(ctx context.Context, url string, report func([]encoding)) error {
	// Enough for all three sizes from the beginning; by default, libwebrtc works its
	// way up.
	api := signaling.LocalAPI(func(s *webrtc.SettingEngine) { s.SetBitrate(webrtc.BitrateSettings{Start: 3_000_000}) })
	pc, err := api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return err
	}
	defer pc.Close()
	camera, err := devices.NewCamera(api, width, height)
	if err != nil {
		return err
	}
	defer camera.Close()
	half, quarter := 2.0, 4.0
	transceiver, err := pc.AddTransceiverFromTrack(camera.Track, webrtc.RTPTransceiverInit{
		Direction: webrtc.RTPTransceiverDirectionSendonly,
		SendEncodings: []webrtc.RTPEncodingParameters{
			{RTPCodingParameters: webrtc.RTPCodingParameters{RID: "q"}, ScaleResolutionDownBy: &quarter},
			{RTPCodingParameters: webrtc.RTPCodingParameters{RID: "h"}, ScaleResolutionDownBy: &half},
			{RTPCodingParameters: webrtc.RTPCodingParameters{RID: "f"}},
		},
	})
	if err != nil {
		return err
	}
	offer, err := signaling.Offer(ctx, pc)
	if err != nil {
		return err
	}
	answer, err := post(ctx, url, offer)
	if err != nil {
		return err
	}
	if err := pc.SetRemoteDescription(answer); err != nil {
		return err
	}

	every := time.NewTicker(time.Second)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-every.C:
		}
		sent, err := encodings(transceiver.Sender())
		if err != nil {
			return err
		}
		report(sent)
	}
}

// post gives the server an offer.
func post(ctx context.Context, url string, offer webrtc.SessionDescription) (answer webrtc.SessionDescription, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(offer.SDP))
	if err != nil {
		return answer, err
	}
	request.Header.Set("Content-Type", "application/sdp")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusCreated {
		return answer, fmt.Errorf("the server answers %s", response.Status)
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return webrtc.SessionDescription{Type: webrtc.SDPTypeAnswer, SDP: string(text)}, err
}

// encodings asks the statistics what is sent.
func encodings(sender *webrtc.RTPSender) (sent []encoding, err error) {
	report, err := sender.GetStats()
	if err != nil {
		return nil, err
	}
	for _, s := range webrtc.StatsOf[*webrtc.OutboundRTPStreamStats](report) {
		if s.RID != nil {
			sent = append(sent, encoding{*s.RID, value(s.FrameWidth), value(s.FrameHeight), value(s.FramesSent)})
		}
	}
	return sent, nil
}

// value is what a member of the statistics says, or 0 where there is none yet.
func value(p *uint32) uint32 {
	if p == nil {
		return 0
	}
	return *p
}
