// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// The page's call. /?auto calls as soon as the page is there, /?auto&camera starts
// the camera too.

import { addMessage, clearStatistics, showStatistics } from './show.js';

const $ = (id) => document.getElementById(id);

let current = null; // the Call in progress

class Call {
  constructor() {
    this.pc = new RTCPeerConnection();
    this.url = ''; // of the session, once there is one
    this.waiting = []; // candidates that came before
    this.ended = false;

    // The order tells the server which is which: the clip first, then the echo.
    this.clipVideo = this.pc.addTransceiver('video', { direction: 'recvonly' });
    this.clipAudio = this.pc.addTransceiver('audio', { direction: 'recvonly' });
    this.echoVideo = this.pc.addTransceiver('video', { direction: 'sendrecv' });
    this.echoAudio = this.pc.addTransceiver('audio', { direction: 'sendrecv' });

    this.chat = this.pc.createDataChannel('chat');
    this.chat.onopen = () => enableChat(true);
    this.chat.onclose = () => enableChat(false);
    this.chat.onmessage = (e) => addMessage($('chat-log'), JSON.parse(e.data));
    this.stats = this.pc.createDataChannel('stats');
    this.stats.onmessage = (e) => showStatistics(JSON.parse(e.data), this.names());

    const clip = new MediaStream();
    const echo = new MediaStream();
    this.pc.ontrack = ({ track, transceiver }) => {
      const ofClip = transceiver === this.clipVideo || transceiver === this.clipAudio;
      (ofClip ? clip : echo).addTrack(track);
    };
    $('clip').srcObject = clip;
    $('echo').srcObject = echo;

    this.pc.onicecandidate = ({ candidate }) => { if (candidate) this.sendCandidate(candidate); };
    this.pc.onconnectionstatechange = () => {
      showState(this.pc.connectionState);
      if (this.pc.connectionState === 'failed') this.end('The connection has failed.');
    };
  }

  async start() {
    await this.pc.setLocalDescription();
    const session = await post('/sessions', { offer: this.pc.localDescription });
    this.url = `/sessions/${session.id}`;
    if (this.ended) {
      this.hangUp();
      return;
    }
    await this.pc.setRemoteDescription(session.answer);
    this.events = new EventSource(`${this.url}/events`);
    this.events.addEventListener('candidate', (e) => {
      const candidate = JSON.parse(e.data);
      if (candidate.candidate) this.pc.addIceCandidate(candidate).catch(showError);
    });
    this.events.addEventListener('closed', (e) => this.end(`The server has ended the call: ${JSON.parse(e.data)}.`));
    for (const candidate of this.waiting.splice(0)) this.sendCandidate(candidate);
  }

  sendCandidate(candidate) {
    if (!this.url) {
      this.waiting.push(candidate);
      return;
    }
    post(`${this.url}/candidates`, candidate).catch((err) => { if (!this.ended) showError(err); });
  }

  // startCamera sends the camera and the microphone, without a new negotiation.
  async startCamera() {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 }, audio: true });
    if (this.ended) {
      for (const track of stream.getTracks()) track.stop();
      return;
    }
    this.stream = stream;
    $('camera').srcObject = stream;
    await this.echoVideo.sender.replaceTrack(stream.getVideoTracks()[0] ?? null);
    await this.echoAudio.sender.replaceTrack(stream.getAudioTracks()[0] ?? null);
  }

  // names says what the streams are, by their media sections.
  names() {
    return {
      [this.clipVideo.mid]: 'Clip', [this.clipAudio.mid]: 'Clip',
      [this.echoVideo.mid]: 'Camera', [this.echoAudio.mid]: 'Microphone',
    };
  }

  hangUp() {
    // keepalive: the page may be going away.
    if (this.url) fetch(this.url, { method: 'DELETE', keepalive: true }).catch(() => {});
  }

  // end ends the call, and tells why where that is not the user's own wish.
  end(reason) {
    if (this.ended) return;
    this.ended = true;
    this.events?.close();
    if (!reason) this.hangUp();
    this.pc.close();
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    for (const id of ['clip', 'camera', 'echo']) $(id).srcObject = null;
    if (current === this) current = null;
    enableChat(false);
    clearStatistics();
    $('clip-info').textContent = '';
    showState(reason ? 'failed' : 'idle');
    showButtons();
    if (reason) showError(reason);
  }
}

// post sends JSON and returns the answer's, if it has any.
async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    let message = `${response.status} ${response.statusText}`;
    try { message = JSON.parse(text).error ?? message; } catch { /* It is no JSON. */ }
    throw new Error(message);
  }
  return text ? JSON.parse(text) : null;
}

async function startCall() {
  showError('');
  const call = new Call();
  current = call;
  showButtons();
  showState('connecting');
  try {
    await call.start();
  } catch (err) {
    call.end(`The call could not be made: ${err.message}`);
  }
}

async function startCamera() {
  $('camera-button').disabled = true;
  try {
    await current?.startCamera();
  } catch (err) {
    showError(`The camera cannot be used: ${err.message}`);
  }
  showButtons();
}

function showButtons() {
  $('call-button').textContent = current ? 'Hang up' : 'Call';
  $('call-button').classList.toggle('on', current !== null);
  $('camera-button').disabled = !current || Boolean(current.stream);
}

function showState(state) {
  $('status').dataset.state = state;
  $('status').textContent = state === 'idle' ? 'not connected' : state;
}

function showError(err) {
  const text = err instanceof Error ? err.message : err;
  $('error').textContent = text;
  $('error').hidden = !text;
}

function enableChat(enabled) {
  $('chat-input').disabled = !enabled;
  $('chat-send').disabled = !enabled;
}

$('call-button').onclick = () => (current ? current.end('') : startCall());
$('camera-button').onclick = startCamera;
$('hear-echo').onchange = (e) => { $('echo').muted = !e.target.checked; };
$('chat-form').onsubmit = (e) => {
  e.preventDefault();
  const text = $('chat-input').value.trim();
  if (text && current?.chat.readyState === 'open') {
    current.chat.send(text);
    $('chat-input').value = '';
  }
};
addEventListener('pagehide', () => current?.end(''));

setInterval(() => {
  const { videoWidth: width, videoHeight: height } = $('clip');
  const frames = $('clip').getVideoPlaybackQuality?.().totalVideoFrames ?? 0;
  $('clip-info').textContent = current && width ? `${width}×${height}, ${frames} frames shown` : '';
}, 500);

const wishes = new URLSearchParams(location.search);
if (wishes.has('auto')) {
  // Without a gesture of the user's a browser plays nothing that can be heard.
  $('clip').muted = true;
  await startCall();
  if (wishes.has('camera')) await startCamera();
}
