// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

package webrtc

import (
	"unsafe"

	"github.com/nativertc/nativertc/cgo"
)

// AddTrack adds a track to what the connection sends, in the given streams, and
// returns its sender: that of a transceiver that has not sent yet and fits, or
// of a new one. It makes a negotiation necessary.
//
// Without streams those that the track was made with are taken, if any. A track
// that the connection sends already, or that another API has made, is an
// InvalidAccessError, a nil one a TypeError.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-addtrack
func (pc *PeerConnection) AddTrack(track TrackLocal, streams ...*MediaStream) (*RTPSender, error) {
	var in cgo.Writer
	if isNilTrack(track) {
		return nil, errNilTrack()
	}
	if err := pc.isolationRefused(track); err != nil {
		return nil, err
	}
	sent, err := pc.writeTrack(&in, track)
	if err != nil {
		return nil, err
	}
	defer sent.release()
	if err := writeStreamIDs(&in, track, streams); err != nil {
		return nil, err
	}
	t, err := pc.addSending(cgo.PeerConnectionAddTrack, &in, sent)
	if err != nil {
		return nil, err
	}
	return t.sender, nil
}

// addSending has libwebrtc give a track that was written to a transceiver, and returns that.
func (pc *PeerConnection) addSending(add func(unsafe.Pointer, *cgo.Writer) (unsafe.Pointer, error), in *cgo.Writer, sent sentTrack) (*RTPTransceiver, error) {
	p, done, err := pc.use()
	if err != nil {
		return nil, err
	}
	defer done()
	native, err := add(p, in)
	if err != nil {
		return nil, nativeError(err)
	}
	t, err := pc.transceiver(native)
	if err != nil {
		return nil, err
	}
	t.sender.setTrack(sent)
	pc.page.added(t)
	return t, nil
}

// RemoveTrack ends sending a sender's track. The sender stays, without a track.
// It makes a negotiation necessary. A sender of another connection is an
// InvalidAccessError; one without a track, or of a transceiver that Stop was called
// on, is left alone.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-removetrack
func (pc *PeerConnection) RemoveTrack(sender *RTPSender) error {
	if sender == nil {
		return newError(typeError, "the sender is nil", nil)
	}
	p, done, err := pc.use()
	if err != nil {
		return err
	}
	defer done()
	if sender.pc != pc {
		return newError(invalidAccessError, "the sender is of another connection", nil)
	}
	native := sender.ref.Acquire()
	if native == nil || sender.Track() == nil || sender.transceiver.Direction() == RTPTransceiverDirectionStopped {
		if native != nil {
			sender.ref.Release()
		}
		return nil
	}
	defer sender.ref.Release()
	var in cgo.Writer
	in.Ref(native)
	if err := cgo.PeerConnectionRemoveTrack(p, &in); err != nil {
		return nativeError(err)
	}
	sender.setTrack(sentTrack{})
	return nil
}

// AddTransceiverFromKind adds a transceiver whose sender has no track yet. init is
// at most one. It makes a negotiation necessary.
//
// Errors: TypeError for a kind, direction or rid that is none and for a rid given
// twice; RangeError for ScaleResolutionDownBy below 1 and a negative MaxFramerate;
// InvalidAccessError for read-only members of an encoding other than the rid;
// OperationError for a codec or scalability mode that cannot be sent. More than
// three encodings of video, or one of audio, are left out.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-addtransceiver
func (pc *PeerConnection) AddTransceiverFromKind(kind RTPCodecType, init ...RTPTransceiverInit) (*RTPTransceiver, error) {
	if _, err := kind.MarshalText(); err != nil {
		return nil, err
	}
	return pc.addTransceiver(kind, nil, init)
}

// AddTransceiverFromTrack adds a transceiver that sends a track. See
// AddTransceiverFromKind. A nil track is a TypeError.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-addtransceiver
func (pc *PeerConnection) AddTransceiverFromTrack(track TrackLocal, init ...RTPTransceiverInit) (*RTPTransceiver, error) {
	if isNilTrack(track) {
		return nil, errNilTrack()
	}
	return pc.addTransceiver(track.Kind(), track, init)
}

func (pc *PeerConnection) addTransceiver(kind RTPCodecType, track TrackLocal, inits []RTPTransceiverInit) (*RTPTransceiver, error) {
	if len(inits) > 1 {
		return nil, newError(typeError, "more than one RTPTransceiverInit", nil)
	}
	var init RTPTransceiverInit
	if len(inits) == 1 {
		init = inits[0]
	}
	if init.Direction == RTPTransceiverDirectionUnknown {
		init.Direction = RTPTransceiverDirectionSendrecv
	}
	if err := checkDirection(init.Direction); err != nil {
		return nil, err
	}
	encodings, err := initialEncodings(kind, init.SendEncodings)
	if err != nil {
		return nil, err
	}

	var in cgo.Writer
	sent, err := pc.writeTrack(&in, track)
	if err != nil {
		return nil, err
	}
	defer sent.release()
	in.Str(kind.String())
	in.Str(init.Direction.String())
	if err := writeStreamIDs(&in, track, init.Streams); err != nil {
		return nil, err
	}
	cgo.WriteList(&in, encodings, func(e RTPEncodingParameters) { writeEncoding(&in, e) })
	return pc.addSending(cgo.PeerConnectionAddTransceiver, &in, sent)
}

// GetTransceivers returns the transceivers, in the order in which they were added,
// without those that were stopped and negotiated away. After Close it returns the
// last ones.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-gettransceivers
func (pc *PeerConnection) GetTransceivers() []*RTPTransceiver {
	if pc.onLoop() {
		return pc.page.shownTransceivers()
	}
	transceivers, listed := pc.listTransceivers()
	if listed {
		pc.rtp.retireOthers(transceivers)
	}
	return transceivers
}

// listTransceivers makes the objects of all transceivers that libwebrtc lists. listed
// is false where it cannot be asked.
func (pc *PeerConnection) listTransceivers() (transceivers []*RTPTransceiver, listed bool) {
	p, done, err := pc.use()
	if err != nil {
		return pc.rtp.lastTransceivers(), false
	}
	defer done()
	r, err := cgo.PeerConnectionGetTransceivers(p)
	if err != nil {
		return nil, false
	}
	for range r.U32() {
		t, err := pc.transceiver(r.Ptr())
		if err == nil {
			transceivers = append(transceivers, t)
		}
	}
	return transceivers, true
}

// GetSenders returns the senders of the transceivers that are not stopped.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-getsenders
func (pc *PeerConnection) GetSenders() []*RTPSender {
	var senders []*RTPSender
	for _, t := range pc.GetTransceivers() {
		if !t.Stopped() {
			senders = append(senders, t.sender)
		}
	}
	return senders
}

// GetReceivers returns the receivers of the transceivers that are not stopped.
//
// https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-getreceivers
func (pc *PeerConnection) GetReceivers() []*RTPReceiver {
	var receivers []*RTPReceiver
	for _, t := range pc.GetTransceivers() {
		if !t.Stopped() {
			receivers = append(receivers, t.receiver)
		}
	}
	return receivers
}
