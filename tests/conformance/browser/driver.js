// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

'use strict';

// The driver of the page: it knows no scenario and, but for events, no name of the API.
// driver_test.go has its counterpart for Go.

const interfaces = new Set(['RTCPeerConnection', 'RTCRtpTransceiver', 'RTCRtpSender',
  'RTCRtpReceiver', 'RTCDataChannel', 'RTCDtlsTransport', 'RTCIceTransport',
  'RTCSctpTransport', 'RTCDTMFSender', 'RTCCertificate', 'MediaStream', 'MediaStreamTrack']);

const patience = 10_000; // milliseconds that an operation may take

let objects, names, counts, log, payloads;

function reset() {
  for (const object of objects?.values() ?? []) {
    if (object instanceof RTCPeerConnection) object.close();
    if (object instanceof MediaStreamTrack) object.stop();
  }
  [objects, names, counts, log, payloads] = [new Map(), new Map(), {}, [], []];
}

// Where media comes from: tracks of the browser's camera and microphone.
const media = {
  sources: {},
  async track(kind) {
    this.sources[kind] ??= navigator.mediaDevices.getUserMedia({ [kind]: true });
    return (await this.sources[kind]).getTracks()[0].clone();
  },
};

function interfaceOf(value) {
  if (value instanceof MediaStreamTrack) return 'MediaStreamTrack';
  return value?.constructor?.name;
}

function nameOf(object, kind) {
  if (!names.has(object)) {
    counts[kind] = (counts[kind] ?? 0) + 1;
    const name = `${kind}#${counts[kind]}`;
    names.set(object, name);
    objects.set(name, object);
    watch(object, kind, name);
  }
  return { $object: names.get(object) };
}

// encode turns a value of the API into JSON, in which objects are names.
function encode(value) {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object') return value;
  const kind = interfaceOf(value);
  if (interfaces.has(kind)) return nameOf(value, kind);
  if (kind === 'RTCStatsReport') return { $stats: [...value.values()].map(encode) };
  if (kind === 'RTCSessionDescription') return { type: value.type, sdp: value.sdp };
  if (value instanceof ArrayBuffer) return { $bytes: value.byteLength };
  if (Array.isArray(value)) return value.map(encode);
  const result = {};
  for (const member in value) {
    if (typeof value[member] !== 'function' && value[member] !== undefined) result[member] = encode(value[member]);
  }
  return result;
}

// decode is the way back, for arguments.
function decode(value) {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(decode);
  if ('$object' in value) return objects.get(value.$object);
  if ('$bytes' in value) return new Uint8Array(value.$bytes);
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, decode(v)]));
}

function describe(error) {
  const result = { name: error.name };
  if (error instanceof RTCError) {
    result.detail = error.errorDetail;
    result.line = error.sdpLineNumber;
  }
  return result;
}

function late() {
  return new Promise((_, reject) => {
    setTimeout(() => reject({ name: 'never settled' }), patience);
  });
}

// call does one step: a constructor, a method, or an attribute read or set.
async function call({ target, member, how, args }) {
  const object = objects.get(target) ?? { media, RTCRtpSender, RTCRtpReceiver, RTCPeerConnection }[target];
  try {
    const values = args.map(decode);
    let value;
    if (how === 'new') {
      value = new (Object.hasOwn(window, target) ? window[target] : null)(...values);
    } else if (how === 'set') {
      if (!(member in object)) throw { name: `no attribute ${member}` };
      object[member] = values[0];
    } else if (how === 'event') {
      value = payloads.filter(({ stream, type }) => stream === target && type === member)[values[0]].value;
    } else {
      if (!(member in object)) throw { name: `no member ${member}` };
      value = object[member];
      if (typeof value === 'function') value = await Promise.race([value.apply(object, values), late()]);
    }
    const result = { value: encode(value) };
    if (object instanceof RTCPeerConnection && how !== 'event') result.state = object.signalingState;
    return result;
  } catch (error) {
    return { error: describe(error) };
  }
}

// noteTo keeps events with their scenario: some come when it is over.
const noteTo = (list) => (stream, text) => list.push({ stream, text });

function watchChannel(channel, stream, note) {
  channel.binaryType = 'arraybuffer';
  channel.onopen = () => note(stream, `open ${channel.readyState}`);
  channel.onclosing = () => note(stream, `closing ${channel.readyState}`);
  channel.onclose = () => note(stream, `close ${channel.readyState}`);
  channel.onerror = ({ error }) => note(stream, `error ${error.name} ${error.errorDetail} ${error.sctpCauseCode ?? '-'}`);
  channel.onbufferedamountlow = () => note(stream, 'bufferedamountlow');
  channel.onmessage = ({ data }) => note(stream,
    typeof data === 'string' ? `message ${data}` : `message of ${data.byteLength} bytes`);
}

function watchTrack(track, stream, note) {
  for (const type of ['mute', 'unmute', 'ended']) {
    track.addEventListener(type, () => note(stream, `${type} muted=${track.muted} ${track.readyState}`));
  }
}

const watchers = {
  RTCPeerConnection(pc, name, note) {
    const kept = payloads;
    const keep = (type, value) => kept.push({ stream: name, type, value });
    pc.onnegotiationneeded = () => note(name, `negotiationneeded ${pc.signalingState}`);
    pc.onsignalingstatechange = () => note(name, `signalingstatechange ${pc.signalingState}`);
    pc.onicegatheringstatechange = () => note(name, `icegatheringstatechange ${pc.iceGatheringState}`);
    pc.oniceconnectionstatechange = () => note(name, `iceconnectionstatechange ${pc.iceConnectionState}`);
    pc.onconnectionstatechange = () => note(name, `connectionstatechange ${pc.connectionState}`);
    pc.onicecandidate = ({ candidate }) => {
      keep('icecandidate', candidate);
      note(name, candidate?.candidate ? `icecandidate ${candidate.type} ${candidate.protocol}` : 'icecandidate null');
    };
    pc.onicecandidateerror = (event) => note(name, `icecandidateerror ${event.errorCode}`);
    pc.ontrack = ({ track, receiver, transceiver, streams }) => {
      keep('track', { track, receiver, transceiver, streams });
      note(name, `track ${track.kind} mid=${transceiver.mid} ${transceiver.direction} ` +
        `streams=${streams.length} muted=${track.muted} ${track.readyState}`);
      watchTrack(track, `${name}.track(${transceiver.mid})`, note);
      for (const stream of streams) {
        stream.onaddtrack = (event) => note(name, `addtrack ${event.track.kind}`);
        stream.onremovetrack = (event) => note(name, `removetrack ${event.track.kind}`);
      }
    };
    pc.ondatachannel = ({ channel }) => {
      keep('datachannel', channel);
      note(name, `datachannel ${channel.label} ${channel.readyState}`);
      watchChannel(channel, `${name}.channel(${channel.label})`, note);
    };
  },
  RTCDtlsTransport(transport, name, note) {
    transport.onstatechange = () => note(name, `statechange ${transport.state}`);
    transport.onerror = ({ error }) => note(name, `error ${error.errorDetail}`);
  },
  RTCIceTransport(transport, name, note) {
    transport.onstatechange = () => note(name, `statechange ${transport.state}`);
    transport.ongatheringstatechange = () => note(name, `gatheringstatechange ${transport.gatheringState}`);
    transport.onselectedcandidatepairchange = () => note(name, 'selectedcandidatepairchange');
  },
  RTCSctpTransport(transport, name, note) {
    transport.onstatechange = () => note(name, `statechange ${transport.state}`);
  },
  RTCDTMFSender(sender, name, note) {
    sender.ontonechange = ({ tone }) => note(name, `tonechange ${JSON.stringify(tone)}`);
  },
  RTCDataChannel(channel, name, note) {
    if (!channel.onopen) watchChannel(channel, name, note);
  },
};

function watch(object, kind, name) { watchers[kind]?.(object, name, noteTo(log)); }
