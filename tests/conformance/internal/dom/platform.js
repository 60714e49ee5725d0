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
  class HTMLCanvasElement extends HTMLElement {}
  class HTMLMediaElement extends HTMLElement {}
  class HTMLVideoElement extends HTMLMediaElement {}
  class HTMLAudioElement extends HTMLMediaElement {}
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
    createElementNS(_, name) { return this.createElement(name); }
    getElementById(id) { return select(this, (e) => e.id === id)[0] || null; }
    getElementsByTagName(name) { return select(this, (e) => name === '*' || e.localName === name); }
    hasFocus() { return true; }
  }
  expose({Node, Element, HTMLElement, HTMLCanvasElement, HTMLMediaElement, HTMLVideoElement, HTMLAudioElement, Document});
  const document = new Document();
  document.documentElement = document.appendChild(new HTMLElement('html'));
  document.head = document.documentElement.appendChild(new HTMLElement('head'));
  document.body = document.documentElement.appendChild(new HTMLElement('body'));
  document.defaultView = window;
  hide(globalThis, 'document', document);
  hide(globalThis, '__element', (name, attributes, place) => {
    const e = new (kinds[name] || HTMLElement)(name, attributes);
    document[place].appendChild(e);
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
