// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package serve

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	webrtc "github.com/nativertc/nativertc/goapi"
)

// maxChat bounds a chat message, in bytes.
const maxChat = 2000

// chatBacklog is how much may wait for a browser before it misses messages.
const chatBacklog = 1 << 20

// chatMessage is what the chat channel carries to the browser. From it comes plain
// text.
type chatMessage struct {
	Type string    `json:"type"` // "message", or "info" of the server
	From string    `json:"from,omitempty"`
	Own  bool      `json:"own,omitempty"` // it comes back to its writer
	Text string    `json:"text"`
	Time time.Time `json:"time"`
}

// chatted is the handler of the chat channel's messages.
func (one *session) chatted(m webrtc.DataChannelMessage) {
	text := strings.TrimSpace(string(m.Data))
	switch {
	case !m.IsString || !utf8.ValidString(text):
		one.tell(chatMessage{Type: "info", Text: "Only text can be sent here."})
		return
	case len(text) > maxChat:
		one.tell(chatMessage{Type: "info", Text: fmt.Sprintf("A message has at most %d bytes.", maxChat)})
		return
	case text == "":
		return
	}
	message := chatMessage{Type: "message", From: one.name, Text: text}
	for _, other := range one.server.others(one) {
		other.tell(message)
	}
	message.Own = true
	one.tell(message)
}

// inform tells all other browsers something.
func (one *session) inform(format string, args ...any) {
	for _, other := range one.server.others(one) {
		other.tell(chatMessage{Type: "info", Text: fmt.Sprintf(format, args...)})
	}
}

// tell sends the browser a message, unless it takes them too slowly.
func (one *session) tell(m chatMessage) {
	one.mu.Lock()
	chat := one.chat
	one.mu.Unlock()
	if chat == nil || chat.BufferedAmount() > chatBacklog {
		return
	}
	m.Time = time.Now().UTC()
	text, err := json.Marshal(m)
	if err == nil {
		err = chat.SendText(string(text))
	}
	if err != nil {
		one.server.options.Logf("%s: chat: %v", one.name, err)
	}
}
