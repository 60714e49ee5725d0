// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

'use strict';

// goCall calls the Go function that the test registered under a name.
function goCall(name, argument) {
  goCallText(JSON.stringify({ name, argument }));
}

// The page's peers by name.
const peers = {};

// A Waitable is a value that changes and that others wait for.
class Waitable {
  #waiting = new Set();

  // Calls check again, for all who wait.
  changed() {
    for (const again of [...this.#waiting]) again();
  }

  // Waits until check returns something true, and returns that.
  until(check) {
    return new Promise((resolve) => {
      const again = () => {
        const result = check();
        if (!result) return;
        this.#waiting.delete(again);
        resolve(result);
      };
      this.#waiting.add(again);
      again();
    });
  }
}

// A Channel keeps what has come over a data channel: strings as they are, binary
// messages as arrays of bytes.
class Channel extends Waitable {
  messages = [];
  closed = false;

  constructor(channel) {
    super();
    this.channel = channel;
    channel.binaryType = 'arraybuffer';
    channel.onmessage = ({ data }) => {
      this.messages.push(typeof data === 'string' ? data : [...new Uint8Array(data)]);
      this.changed();
    };
    channel.onopen = () => this.changed();
    channel.onclose = () => {
      this.closed = true;
      this.changed();
    };
  }

  async open() {
    await this.until(() => this.channel.readyState === 'open');
  }

  async close() {
    await this.until(() => this.closed);
  }

  // Waits for the next message and takes it.
  async next() {
    await this.until(() => this.messages.length > 0);
    return this.messages.shift();
  }
}

class Peer extends Waitable {
  channels = [];
  tracks = [];

  constructor(name, configuration) {
    super();
    const pc = (this.pc = new RTCPeerConnection(configuration));
    pc.onicecandidate = ({ candidate }) => {
      // The end of candidates is told by null; an empty one ends a generation.
      if (candidate && candidate.candidate) goCall('candidate:' + name, candidate);
    };
    pc.onconnectionstatechange = () => this.changed();
    pc.ontrack = ({ track }) => {
      track.onmute = track.onunmute = track.onended = () => this.changed();
      this.tracks.push(track);
      this.changed();
    };
    pc.ondatachannel = ({ channel }) => this.add(channel);
  }

  // Takes a data channel of either side into the list.
  add(channel) {
    const result = new Channel(channel);
    this.channels.push(result);
    this.changed();
    return result;
  }

  async state(wanted) {
    await this.until(() => this.pc.connectionState === wanted);
  }

  // Waits for the channel with a label.
  async channel(label) {
    return this.until(() => this.channels.find((c) => c.channel.label === label));
  }

  // Waits for the newest live remote track of a kind.
  async track(kind) {
    return this.until(() => this.tracks.findLast((t) => t.kind === kind && t.readyState === 'live'));
  }

  async addCamera({ video, audio }) {
    const stream = await navigator.mediaDevices.getUserMedia({
      // What the camera's file has, so that nothing is scaled.
      video: video && { width: { exact: 640 }, height: { exact: 360 }, frameRate: { exact: 30 } },
      // A tone is noise to the voice processing.
      audio: audio && { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    for (const track of stream.getTracks()) {
      const sender = this.pc.addTrack(track, stream);
      if (track.kind === 'audio') continue;
      // On a busy machine, fewer pictures are better than small ones, which cannot
      // be compared.
      const parameters = sender.getParameters();
      parameters.degradationPreference = 'maintain-resolution';
      await sender.setParameters(parameters);
    }
  }
}

// The number of a picture, as the Go package media draws it: twenty blocks along
// the top, sixteen bits and four of a check value. Returns -1 if there is none.
function readNumber(luma, stride, width) {
  const blocks = 20;
  const side = Math.floor(width / blocks);
  let word = 0;
  for (let i = 0; i < blocks; i++) {
    const left = Math.floor((i * width) / blocks) + (side >> 2);
    const top = side >> 2;
    let sum = 0;
    let count = 0;
    for (let y = top; y < top + (side >> 1); y++) {
      for (let x = left; x < left + (side >> 1); x++, count++) sum += luma[y * stride + x];
    }
    const mean = sum / count;
    if (mean > 96 && mean < 160) return -1;
    word = word * 2 + (mean >= 160 ? 1 : 0);
  }
  const n = word >> 4;
  const check = ((n >> 12) ^ (n >> 8) ^ (n >> 4) ^ n ^ 0xa) & 0xf;
  return (word & 0xf) === check ? n : -1;
}

// The decoded samples of what a video element shows, as tightly packed I420. They
// come without the conversion to RGB and back that a canvas would add.
async function readPicture(video) {
  const frame = new VideoFrame(video);
  try {
    if (!frame.format.startsWith('I420')) throw new Error(`the picture is ${frame.format}, not I420`);
    const { width, height } = frame.visibleRect;
    const luma = width * height;
    const data = new Uint8Array(luma + luma / 2);
    await frame.copyTo(data, {
      layout: [
        { offset: 0, stride: width },
        { offset: luma, stride: width / 2 },
        { offset: luma + luma / 4, stride: width / 2 },
      ],
    });
    return { width, height, data };
  } finally {
    frame.close();
  }
}

function toBase64(data) {
  let text = '';
  // fromCharCode takes its input as arguments: not too many at once.
  for (let i = 0; i < data.length; i += 4096) text += String.fromCharCode(...data.subarray(i, i + 4096));
  return btoa(text);
}

async function watchVideo(track, wanted) {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  document.body.append(video);
  try {
    await video.play();
    const numbers = [];
    let shown = 0;
    for (;;) {
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
      shown++;
      const { width, height, data } = await readPicture(video);
      const number = readNumber(data, width, width);
      if (number < 0) continue;
      numbers.push(number);
      if (numbers.length >= wanted.count && width === wanted.width && height === wanted.height) {
        return { shown, numbers, width, height, data: toBase64(data) };
      }
    }
  } finally {
    video.srcObject = null;
    video.remove();
  }
}

async function listenAudio(track) {
  const stream = new MediaStream([track]);
  // A remote track has no sound for Web Audio until an element plays it.
  const element = new Audio();
  element.muted = true;
  element.srcObject = stream;
  await element.play();
  const context = new AudioContext();
  try {
    await context.resume();
    const analyser = new AnalyserNode(context, { fftSize: 32768 });
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const loud = () => {
      analyser.getFloatTimeDomainData(samples);
      // The whole of it, both ends: not the moment in which the sound begins.
      const part = samples.length >> 4;
      const peak = (from) => Math.max(...samples.subarray(from, from + part).map(Math.abs));
      return peak(0) > 0.01 && peak(samples.length - part) > 0.01;
    };
    while (!loud()) await new Promise((resolve) => setTimeout(resolve, 100));
    return { rate: context.sampleRate, samples: [...samples] };
  } finally {
    await context.close();
    element.srcObject = null;
  }
}
