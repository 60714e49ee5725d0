// Copyright 2026 The nativertc Authors. All rights reserved.
// Use of this source code is governed by a BSD-style licence that can be
// found in the LICENSE file.

// What a page finds apart from WebRTC, as far as the tests need it: a document
// whose elements are not shown, blobs, text coding, the clock and messages.

'use strict';

(() => {
  const hide = (o, name, value) =>
      Object.defineProperty(o, name, {value, writable: true, configurable: true, enumerable: false});
  const expose = (classes) => {
    for (const [name, value] of Object.entries(classes)) hide(globalThis, name, value);
  };

  // Tasks and time.
  hide(globalThis, 'queueMicrotask', (f) => { Promise.resolve().then(f).catch(reportError); });
  hide(globalThis, 'requestAnimationFrame', (f) => setTimeout(() => f(performance.now()), 16));
  hide(globalThis, 'cancelAnimationFrame', (id) => clearTimeout(id));
  hide(globalThis, 'performance', {now: () => __now(), timeOrigin: __origin, mark() {}, measure() {}});
  const log = (...args) => __log(args.map(String).join(' '));
  hide(globalThis, 'console', {log, info: log, warn: log, error: log, debug() {}, trace() {}});

  // Documents without layout.
  class Node extends EventTarget {
    constructor() {
      super();
      this.childNodes = [];
      this.parentNode = null;
    }
    get parentElement() { return this.parentNode; }
    get firstChild() { return this.childNodes[0] || null; }
    appendChild(child) {
      if (child.parentNode) child.parentNode.removeChild(child);
      this.childNodes.push(child);
      child.parentNode = this;
      return child;
    }
    removeChild(child) {
      this.childNodes = this.childNodes.filter((c) => c !== child);
      child.parentNode = null;
      return child;
    }
    remove() { if (this.parentNode) this.parentNode.removeChild(this); }
    append(...children) { children.forEach((c) => this.appendChild(c)); }
    contains(node) { return node === this || this.childNodes.some((c) => c.contains && c.contains(node)); }
  }
  class Element extends Node {
    constructor(name, attributes = {}) {
      super();
      this.localName = name;
      this.attributes_ = attributes;
      this.style = {};
    }
    get tagName() { return this.localName.toUpperCase(); }
    get id() { return this.getAttribute('id') || ''; }
    set id(v) { this.setAttribute('id', v); }
    get name() { return this.getAttribute('name') || ''; }
    get content() { return this.getAttribute('content') || ''; }
    get src() { return this.getAttribute('src') || ''; }
    getAttribute(name) { return name in this.attributes_ ? this.attributes_[name] : null; }
    setAttribute(name, value) { this.attributes_[name] = String(value); }
    hasAttribute(name) { return name in this.attributes_; }
    getElementsByTagName(name) { return select(this, (e) => e.localName === name); }
  }
  class HTMLElement extends Element {}
  const select = (root, wanted) => {
    const found = [];
    for (const child of root.childNodes) {
      if (child instanceof Element && wanted(child)) found.push(child);
      found.push(...select(child, wanted));
    }
    return found;
  };
  // Gives elements of a class event handler attributes.
  const handlers = (type, ...names) => {
    for (const name of names) {
      const key = Symbol(name);
      Object.defineProperty(type.prototype, 'on' + name, {
        configurable: true,
        get() { return this[key] ? this[key].f : null; },
        set(f) {
          if (!this[key]) {
            const slot = {f: null};
            hide(this, key, slot);
            this.addEventListener(name, function(e) { if (slot.f) slot.f.call(this, e); });
          }
          this[key].f = typeof f === 'function' ? f : null;
        },
      });
    }
  };

  // A canvas in shades of grey, one byte for each pixel.
  const names = {black: [0, 0, 0], white: [255, 255, 255], red: [255, 0, 0], lime: [0, 255, 0], green: [0, 128, 0], blue: [0, 0, 255]};
  const grey = (r, g, b) => Math.round(0.21 * r + 0.72 * g + 0.07 * b);
  const number = (v, otherwise) => (v === null ? otherwise : Number(v));
  class HTMLCanvasElement extends HTMLElement {
    get width() { return number(this.getAttribute('width'), 300); }
    set width(v) { this.setAttribute('width', v); }
    get height() { return number(this.getAttribute('height'), 150); }
    set height(v) { this.setAttribute('height', v); }
    get pixels() {
      const size = this.width * this.height;
      if (!this.pixels_ || this.pixels_.length !== size) this.pixels_ = new Uint8Array(size);
      return this.pixels_;
    }
    getContext(type) {
      const context = type === 'webgl' ? WebGLRenderingContext : CanvasRenderingContext2D;
      if (!this.context_) this.context_ = new context(this);
      return this.context_ instanceof context ? this.context_ : null;
    }
    captureStream() {
      return new MediaStream([__captureCanvas(() => [this.width, this.height, this.pixels.buffer])]);
    }
  }
  class CanvasRenderingContext2D {
    constructor(canvas) {
      this.canvas = canvas;
      this.fillStyle = 'rgb(0, 0, 0)';
    }
    fillRect(x, y, w, h) {
      const {width, height, pixels} = this.canvas;
      const style = String(this.fillStyle);
      const luma = grey(...(names[style] || style.match(/[\d.]+/g) || names.black).map(Number));
      const clamp = (v, most) => Math.min(Math.max(Math.floor(v), 0), most);
      const [from, to] = [clamp(x, width), clamp(x + w, width)];
      for (let row = clamp(y, height); row < clamp(y + h, height); row++) {
        pixels.fill(luma, row * width + from, row * width + to);
      }
    }
    clearRect(x, y, w, h) { this.fillRect(x, y, w, h); }
    drawImage(source, x, y, w, h) {
      const from = source instanceof HTMLVideoElement ? source.frame_ : source;
      if (!from || !from.pixels) return;
      const {width, height, pixels} = this.canvas;
      if (w === undefined) [w, h] = [from.width, from.height];
      for (let row = 0; row < Math.min(h, height - y); row++) {
        const at = Math.floor(row * from.height / h) * from.width;
        if (w === from.width) {
          pixels.set(from.pixels.subarray(at, at + Math.min(w, width - x)), (row + y) * width + x);
          continue;
        }
        for (let column = 0; column < Math.min(w, width - x); column++) {
          pixels[(row + y) * width + x + column] = from.pixels[at + Math.floor(column * from.width / w)];
        }
      }
    }
    getImageData(x, y, w, h) {
      const data = new Uint8ClampedArray(4 * w * h);
      for (let row = 0; row < h; row++) {
        for (let column = 0; column < w; column++) {
          const luma = this.canvas.pixels[(y + row) * this.canvas.width + x + column];
          data.set([luma, luma, luma, 255], 4 * (row * w + column));
        }
      }
      return {width: w, height: h, data};
    }
    fillText() {}
    beginPath() {}
    arc() {}
    fill() {}
  }

  // WebGL as far as it clears.
  class WebGLRenderingContext {
    constructor(canvas) {
      this.canvas = canvas;
      this.luma_ = 0;
    }
    clearColor(...color) { this.luma_ = grey(...color.slice(0, 3).map((v) => 255 * v)); }
    clear(buffers) { if (buffers & this.COLOR_BUFFER_BIT) this.canvas.pixels.fill(this.luma_); }
  }
  hide(WebGLRenderingContext.prototype, 'COLOR_BUFFER_BIT', 0x4000);

  // Media elements that take what a stream's tracks give.
  class HTMLMediaElement extends HTMLElement {
    constructor(name, attributes) {
      super(name, attributes);
      this.readyState = 0;
      this.currentTime = 0;
      this.paused = true;
      this.source_ = null;
      this.playing_ = new Promise((resolve) => { this.begin_ = resolve; });
    }
    get srcObject() { return this.source_; }
    set srcObject(stream) {
      if (this.detach_) this.detach_();
      this.source_ = stream;
      this.detach_ = stream && __attachMedia(stream, (...frame) => this.show_(...frame));
    }
    play() { return this.playing_; }
    pause() { this.paused = true; }
    load() {}
    show_(time, width, height, buffer) {
      const resized = buffer && (this.videoWidth !== width || this.videoHeight !== height);
      if (buffer) {
        [this.videoWidth, this.videoHeight] = [width, height];
        this.frame_ = {width, height, pixels: new Uint8Array(buffer)};
      }
      this.currentTime = time;
      this.shown_ = (this.shown_ || 0) + (buffer ? 1 : 0);
      if (this.readyState === 0) {
        this.readyState = 4;
        this.paused = false;
        for (const name of ['loadedmetadata', 'loadeddata', 'canplay', 'play', 'playing']) this.dispatchEvent(new Event(name));
        this.begin_();
      } else if (resized) {
        this.dispatchEvent(new Event('resize'));
      }
      this.dispatchEvent(new Event('timeupdate'));
      const callbacks = this.callbacks_ || [];
      this.callbacks_ = [];
      for (const f of callbacks) f(performance.now(), {width, height, mediaTime: time});
    }
    getVideoPlaybackQuality() { return {totalVideoFrames: this.shown_ || 0, droppedVideoFrames: 0, corruptedVideoFrames: 0}; }
    requestVideoFrameCallback(f) { (this.callbacks_ = this.callbacks_ || []).push(f); }
  }
  ['NOTHING', 'METADATA', 'CURRENT_DATA', 'FUTURE_DATA', 'ENOUGH_DATA'].forEach((name, value) => {
    for (const o of [HTMLMediaElement, HTMLMediaElement.prototype]) hide(o, `HAVE_${name}`, value);
  });
  handlers(HTMLMediaElement, 'loadedmetadata', 'loadeddata', 'canplay', 'play', 'playing', 'resize', 'timeupdate', 'ended');
  class HTMLVideoElement extends HTMLMediaElement {
    constructor(name, attributes) {
      super(name, attributes);
      this.videoWidth = this.videoHeight = 0;
    }
  }
  class HTMLAudioElement extends HTMLMediaElement {}
  expose({CanvasRenderingContext2D, WebGLRenderingContext});

  // Web Audio as far as it makes a track that is not silent.
  class AudioNode {
    connect(to) { return to; }
    disconnect() {}
  }
  class OscillatorNode extends AudioNode {
    constructor() {
      super();
      this.frequency = {value: 440};
    }
    start() {}
    stop() {}
  }
  class MediaStreamAudioDestinationNode extends AudioNode {
    constructor() {
      super();
      this.stream = new MediaStream([__captureAudio()]);
    }
  }
  class AudioContext {
    constructor() {
      this.state = 'running';
      this.destination = new AudioNode();
    }
    get currentTime() { return performance.now() / 1000; }
    createOscillator() { return new OscillatorNode(); }
    createMediaStreamDestination() { return new MediaStreamAudioDestinationNode(); }
    async resume() {}
    async close() {}
  }
  expose({AudioNode, OscillatorNode, MediaStreamAudioDestinationNode, AudioContext});

  // What the language has and the engine has not.
  const iterators = Object.getPrototypeOf(Object.getPrototypeOf([].values()));
  for (const name of ['find', 'filter', 'map', 'some', 'every', 'forEach', 'reduce']) {
    if (!(name in iterators)) hide(iterators, name, function(...args) { return [...this][name](...args); });
  }
  hide(iterators, 'toArray', function() { return [...this]; });

  const kinds = {canvas: HTMLCanvasElement, video: HTMLVideoElement, audio: HTMLAudioElement};
  class Document extends Node {
    constructor() {
      super();
      this.readyState = 'loading';
      this.visibilityState = 'visible';
      this.hidden = false;
      this.title = '';
    }
    createElement(name) { return new (kinds[name] || HTMLElement)(name); }
    createTextNode(text) { return Object.assign(new Node(), {textContent: text}); }
    createElementNS(_, name) { return this.createElement(name); }
    getElementById(id) { return select(this, (e) => e.id === id)[0] || null; }
    getElementsByTagName(name) { return select(this, (e) => name === '*' || e.localName === name); }
    hasFocus() { return true; }
  }
  expose({Node, Element, HTMLElement, HTMLCanvasElement, HTMLMediaElement, HTMLVideoElement, HTMLAudioElement, Document});
  const tree = new Document();
  tree.documentElement = tree.appendChild(new HTMLElement('html'));
  tree.head = tree.documentElement.appendChild(new HTMLElement('head'));
  tree.body = tree.documentElement.appendChild(new HTMLElement('body'));
  tree.defaultView = window;
  hide(globalThis, 'document', tree);
  hide(globalThis, '__element', (name, attributes, place, text) => {
    const e = new (kinds[name] || HTMLElement)(name, attributes);
    document[place].appendChild(e);
    if (text) e.appendChild(Object.assign(new Node(), {data: text, textContent: text}));
    if (e.id && !(e.id in window)) hide(window, e.id, e);
  });
  hide(globalThis, 'Audio', function() { return document.createElement('audio'); });
  expose({parent: window, top: window, opener: null, frames: window, length: 0, origin: location.origin});

  // Blobs.
  const bytesOf = Symbol('bytes');
  const encode = (s) => new TextEncoder().encode(s);
  class Blob {
    constructor(parts = [], options = {}) {
      const chunks = [...parts].map((p) => {
        if (p instanceof Blob) return p[bytesOf];
        if (p instanceof ArrayBuffer) return new Uint8Array(p.slice(0));
        if (ArrayBuffer.isView(p)) return new Uint8Array(p.buffer.slice(p.byteOffset, p.byteOffset + p.byteLength));
        return encode(String(p));
      });
      const all = new Uint8Array(chunks.reduce((n, c) => n + c.length, 0));
      let at = 0;
      for (const c of chunks) { all.set(c, at); at += c.length; }
      hide(this, bytesOf, all);
      hide(this, 'type', options.type || '');
    }
    get size() { return this[bytesOf].length; }
    slice(from, to) { return new Blob([this[bytesOf].slice(from, to)]); }
    async arrayBuffer() { return this[bytesOf].slice().buffer; }
    async text() { return new TextDecoder().decode(this[bytesOf]); }
  }
  hide(globalThis, '__blobBytes', (blob) => blob[bytesOf].buffer);
  class FileReader extends EventTarget {
    constructor() {
      super();
      this.result = null;
      this.onload = null;
    }
    readAsArrayBuffer(blob) { this.finish_(blob[bytesOf].slice().buffer); }
    readAsText(blob) { this.finish_(new TextDecoder().decode(blob[bytesOf])); }
    finish_(result) {
      __task(() => {
        this.result = result;
        const e = new Event('load');
        if (this.onload) this.onload(e);
        this.dispatchEvent(e);
      });
    }
  }
  class TextEncoder {
    encode(s = '') { return new Uint8Array(__encode(String(s))); }
  }
  class TextDecoder {
    decode(v = new Uint8Array()) {
      return __decode(v instanceof ArrayBuffer ? v : v.buffer.slice(v.byteOffset, v.byteOffset + v.byteLength));
    }
  }
  expose({Blob, FileReader, TextEncoder, TextDecoder});

  // Messages.
  class MessagePort extends EventTarget {
    constructor() {
      super();
      this.onmessage = null;
    }
    start() {}
    close() {}
    postMessage(data) {
      const to = this.peer_;
      __task(() => {
        const e = new MessageEvent('message', {data});
        if (to.onmessage) to.onmessage(e);
        to.dispatchEvent(e);
      });
    }
  }
  class MessageChannel {
    constructor() {
      [this.port1, this.port2] = [new MessagePort(), new MessagePort()];
      [this.port1.peer_, this.port2.peer_] = [this.port2, this.port1];
    }
  }
  expose({MessagePort, MessageChannel});
  hide(window, 'postMessage', (data) => {
    __task(() => window.dispatchEvent(new MessageEvent('message', {data, origin: location.origin})));
  });
})();
