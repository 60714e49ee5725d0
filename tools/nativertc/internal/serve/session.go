// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package serve

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	webrtc "github.com/nativertc/nativertc/goapi"
	"github.com/nativertc/nativertc/tools/nativertc/internal/media"
)

// How long a browser may take to connect, and how long a connection may be lost,
// before its session ends.
const (
	connectPatience = 30 * time.Second
	lostPatience    = 15 * time.Second
)

// session is the call of one browser.
type session struct {
	server *Server
	id     string
	name   string
	begun  time.Time
	pc     *webrtc.PeerConnection // set before anybody but admit's caller can know the id
	output *media.Output
	quit   chan struct{} // closed by end
	done   chan struct{} // closed when all is closed
	once   sync.Once

	mu      sync.Mutex
	events  []event
	change  chan struct{} // closed and replaced by every event
	over    bool
	timer   *time.Timer // ends the session unless it connects
	joined  bool
	chat    *webrtc.DataChannel // nil until it is open
	closers []io.Closer
}

// event is one of the session's server-sent events.
type event struct {
	name string
	data []byte // one line
}

func newSession(s *Server, id, name string) *session {
	one := &session{
		server: s, id: id, name: name, begun: time.Now(),
		quit: make(chan struct{}), done: make(chan struct{}), change: make(chan struct{}),
	}
	one.timer = time.AfterFunc(connectPatience, func() { one.end("the browser did not connect") })
	return one
}

// answer makes the connection and answers the offer.
func (one *session) answer(offer webrtc.SessionDescription) (webrtc.SessionDescription, error) {
	none := webrtc.SessionDescription{}
	pc, err := one.server.api.NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return none, err
	}
	one.pc = pc
	one.keep(pc)
	pc.OnICECandidate(one.sendCandidate)
	pc.OnConnectionStateChange(one.stateChanged)
	pc.OnDataChannel(one.channelOpened)
	if err := pc.SetRemoteDescription(offer); err != nil {
		return none, err
	}
	if err := one.addMedia(); err != nil {
		return none, err
	}
	answer, err := pc.CreateAnswer(nil)
	if err != nil {
		return none, err
	}
	return answer, pc.SetLocalDescription(answer)
}

// addMedia puts the clip on the first transceiver of each kind, and what is received
// on the second one back on itself.
func (one *session) addMedia() error {
	api := one.server.api
	video, err := api.NewVideoSource(webrtc.VideoSourceInit{Label: "clip"})
	if err != nil {
		return err
	}
	one.keep(video)
	one.output = &media.Output{Video: video}
	clip := map[webrtc.RTPCodecType]func() (*webrtc.MediaStreamTrack, error){
		webrtc.RTPCodecTypeVideo: func() (*webrtc.MediaStreamTrack, error) { return video.NewTrack("", "clip") },
	}
	if one.server.studio.HasAudio() {
		audio, err := api.NewAudioSource(webrtc.AudioSourceInit{Label: "clip"})
		if err != nil {
			return err
		}
		one.keep(audio)
		one.output.Audio = audio
		clip[webrtc.RTPCodecTypeAudio] = func() (*webrtc.MediaStreamTrack, error) { return audio.NewTrack("", "clip") }
	}
	seen := map[webrtc.RTPCodecType]int{}
	for _, t := range one.pc.GetTransceivers() {
		kind := t.Kind()
		seen[kind]++
		switch newTrack := clip[kind]; {
		case seen[kind] == 1 && newTrack != nil:
			track, err := newTrack()
			if err != nil {
				return err
			}
			one.keep(track)
			if err := sendOn(t, track, webrtc.RTPTransceiverDirectionSendonly); err != nil {
				return fmt.Errorf("clip: %w", err)
			}
		case seen[kind] == 2:
			if err := sendOn(t, t.Receiver().Track(), webrtc.RTPTransceiverDirectionSendrecv); err != nil {
				return fmt.Errorf("echo: %w", err)
			}
		}
	}
	return nil
}

// sendOn sends a track on a transceiver that the browser has offered.
func sendOn(t *webrtc.RTPTransceiver, track *webrtc.MediaStreamTrack, direction webrtc.RTPTransceiverDirection) error {
	if err := t.SetDirection(direction); err != nil {
		return err
	}
	return t.Sender().ReplaceTrack(track)
}

// keep closes c with the session.
func (one *session) keep(c io.Closer) {
	one.mu.Lock()
	over := one.over
	if !over {
		one.closers = append(one.closers, c)
	}
	one.mu.Unlock()
	if over {
		_ = c.Close() // Always nil.
	}
}

// sendCandidate is the handler of icecandidate.
func (one *session) sendCandidate(c *webrtc.ICECandidate) {
	init := webrtc.ICECandidateInit{} // The end of candidates.
	if c != nil {
		init = c.ToJSON()
	}
	one.emit("candidate", init)
}

// stateChanged is the handler of connectionstatechange.
func (one *session) stateChanged(state webrtc.PeerConnectionState) {
	switch state {
	case webrtc.PeerConnectionStateConnected:
		one.mu.Lock()
		one.timer.Stop()
		first := !one.joined && !one.over
		if first {
			one.joined = true
			one.server.studio.Add(one.output) // Under the lock: end removes it after.
		}
		one.mu.Unlock()
		if first {
			one.server.options.Logf("%s has connected", one.name)
			one.inform("%s has joined", one.name)
		}
	case webrtc.PeerConnectionStateDisconnected:
		one.mu.Lock()
		if !one.over {
			one.timer.Reset(lostPatience)
		}
		one.mu.Unlock()
	case webrtc.PeerConnectionStateFailed:
		one.end("the connection has failed")
	case webrtc.PeerConnectionStateClosed:
		one.end("the connection is closed")
	}
}

// channelOpened is the handler of datachannel.
func (one *session) channelOpened(c *webrtc.DataChannel) {
	// A browser that is gone closes its channels before ICE notices.
	c.OnClose(func() { one.end("the browser is gone") })
	switch c.Label() {
	case "chat":
		c.OnOpen(func() {
			one.mu.Lock()
			one.chat = c
			one.mu.Unlock()
			one.tell(chatMessage{Type: "info", Text: fmt.Sprintf("You are %s. What you write comes back to you and goes to all others.", one.name)})
		})
		c.OnMessage(one.chatted)
	case "stats":
		c.OnOpen(func() { go one.sendStats(c) })
	}
}

// emit adds an event.
func (one *session) emit(name string, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		data = []byte("null")
	}
	one.mu.Lock()
	defer one.mu.Unlock()
	if one.over {
		return
	}
	one.events = append(one.events, event{name, data})
	close(one.change)
	one.change = make(chan struct{})
}

// eventsFrom returns the events from number next on, a channel that is closed by the
// next one, and whether there will be none.
func (one *session) eventsFrom(next int) ([]event, <-chan struct{}, bool) {
	one.mu.Lock()
	defer one.mu.Unlock()
	return one.events[min(next, len(one.events)):], one.change, one.over
}

// end ends the session, for the reason given. It does not wait, so that every
// handler may call it.
func (one *session) end(reason string) {
	one.once.Do(func() {
		one.emit("closed", reason)
		close(one.quit)
		one.mu.Lock()
		one.over = true
		one.chat = nil
		one.timer.Stop()
		closers, joined := one.closers, one.joined
		one.closers = nil
		close(one.change)
		one.change = make(chan struct{})
		one.mu.Unlock()
		one.server.forget(one)
		go func() {
			defer close(one.done)
			if one.output != nil {
				one.server.studio.Remove(one.output)
			}
			var err error
			for _, c := range closers {
				err = errors.Join(err, c.Close())
			}
			if err != nil {
				reason += " (" + err.Error() + ")"
			}
			one.server.options.Logf("%s: %s", one.name, reason)
			if joined {
				one.inform("%s has left", one.name)
			}
		}()
	})
}
