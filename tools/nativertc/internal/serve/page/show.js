// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What the data channels bring, as it is shown.

// mostLines bounds the chat's memory.
const mostLines = 500;

// addMessage adds a chat message to the list.
export function addMessage(log, { type, from, own, text, time }) {
  const line = document.createElement('li');
  line.title = new Date(time).toLocaleTimeString();
  if (type === 'info') {
    line.className = 'info';
    line.textContent = text;
  } else {
    line.classList.toggle('own', Boolean(own));
    const name = document.createElement('span');
    name.className = 'from';
    name.textContent = own ? `${from} (you)` : from;
    line.append(name, ' ', text);
  }
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  log.append(line);
  while (log.children.length > mostLines) log.firstChild.remove();
  if (atEnd) log.scrollTop = log.scrollHeight;
}

// showStatistics shows the Go side's statistics; names are the streams', by media
// section.
export function showStatistics(s, names) {
  const facts = [
    ['You', `${s.name}, for ${Math.round(s.seconds)} s; ${s.sessions} connected`],
    ['State', s.state],
    ['Path', s.protocol && `${s.protocol}, ${s.local} to ${s.remote}`],
    ['Round trip', `${s.round_trip_ms.toFixed(1)} ms`],
    ['Bandwidth', s.available_bitrate ? `${(s.available_bitrate / 1e6).toFixed(2)} Mbit/s estimated` : ''],
    ['Security', [s.dtls_cipher, s.srtp_cipher].filter(Boolean).join(', ')],
  ];
  const list = document.getElementById('connection-stats');
  list.replaceChildren(...facts.filter(([, value]) => value).flatMap(([name, value]) => [cell('dt', name), cell('dd', value)]));

  const rows = s.streams.map((one) => {
    const row = document.createElement('tr');
    row.title = [one.coder, one.limited && `limited by ${one.limited}`].filter(Boolean).join(', ');
    const video = one.kind === 'video';
    const values = [
      `${names[one.mid] ?? ''} ${one.kind} ${one.direction}`.trim(),
      one.codec,
      video && one.width ? `${one.width}×${one.height}` : '',
      video ? Math.round(one.fps ?? 0) : '',
      Math.round(one.bitrate / 1000),
      video ? one.frames ?? 0 : '',
      one.lost,
    ];
    row.append(...values.map((value) => cell('td', value)));
    return row;
  });
  document.querySelector('#stream-stats tbody').replaceChildren(...rows);
}

// clearStatistics shows none.
export function clearStatistics() {
  document.getElementById('connection-stats').replaceChildren();
  document.querySelector('#stream-stats tbody').replaceChildren();
}

function cell(tag, text) {
  const e = document.createElement(tag);
  e.textContent = text;
  return e;
}
