// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// Command receive-video asks a server for video, by a POST of an offer that it
// answers, and writes the first frames as PNG files. examples/send-video is such a
// server.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strings"

	"github.com/nativertc/nativertc/examples/internal/signaling"
	webrtc "github.com/nativertc/nativertc/goapi"
)

func main() {
	from := flag.String("from", "http://127.0.0.1:8080/offer", "where to post the offer")
	frames := flag.Int("frames", 10, "how many frames to write")
	folder := flag.String("to", ".", "the folder to write them to")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *from, *frames, *folder)
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

var errConnectionFailed = errors.New("the connection failed")

// run receives frames until as many as asked for are written.
func run(ctx context.Context, url string, frames int, folder string) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	pc, err := signaling.LocalAPI().NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return err
	}
	defer pc.Close()
	pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		if s == webrtc.PeerConnectionStateFailed {
			cancel(errConnectionFailed)
		}
	})
	if _, err := pc.AddTransceiverFromKind(webrtc.RTPCodecTypeVideo, webrtc.RTPTransceiverInit{
		Direction: webrtc.RTPTransceiverDirectionRecvonly,
	}); err != nil {
		return err
	}
	tracks := make(chan *webrtc.TrackRemote, 1)
	pc.OnTrack(func(track *webrtc.TrackRemote, _ *webrtc.RTPReceiver) {
		select {
		case tracks <- track:
		default: // One is all that was asked for.
		}
	})
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
	select {
	case track := <-tracks:
		return record(ctx, track, frames, folder)
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// record writes the next frames of a track.
func record(ctx context.Context, track *webrtc.TrackRemote, frames int, folder string) error {
	sink, err := webrtc.NewVideoSink(track, webrtc.VideoSinkInit{})
	if err != nil {
		return err
	}
	defer sink.Close()
	for n := range frames {
		frame, err := sink.ReadFrame(ctx)
		if err != nil {
			return errors.Join(err, context.Cause(ctx))
		}
		err = writePNG(folder, n+1, frame)
		// The pixels are the decoder's, which has few such buffers.
		frame.Release()
		if err != nil {
			return err
		}
	}
	return nil
}

// post sends an offer and returns the answer.
func post(ctx context.Context, url string, offer webrtc.SessionDescription) (answer webrtc.SessionDescription, err error) {
	body, err := json.Marshal(offer)
	if err != nil {
		return answer, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return answer, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return answer, err
	}
	if response.StatusCode != http.StatusOK {
		return answer, fmt.Errorf("%s: %s", response.Status, strings.TrimSpace(string(text)))
	}
	return answer, json.Unmarshal(text, &answer)
}
