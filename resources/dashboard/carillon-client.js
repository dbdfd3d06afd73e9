// SPDX-License-Identifier: GPL-3.0-or-later
//
// A client of Carillon's live feed (WebSocket protocol "carillon.v1"), for this page and for web applications of your own. It needs
// nothing but a browser, or Node with a WebSocket. It connects, subscribes, answers heartbeats, and after any break comes back with
// full jitter and resumes where it was, so that no entry is lost and none comes twice.
//
//   import { CarillonClient } from "./carillon-client.js";
//   const client = new CarillonClient({
//     url: "wss://mail.example.org/ws/v1",
//     token: "<JWT with the scope feed:read>",
//     subscriptions: [{ types: ["delivery.*"], filter: { campaign: 7 } }, { types: ["queue.stats"] }],
//     tail: 100,                       // without a place to resume from, begin that many entries back
//   });
//   client.addEventListener("event", ({ detail }) => console.log(detail.seq, detail.type, detail.data));
//   client.connect();
//
// Events (all CustomEvents, see `detail`):
//   state    { state, reason, retryInMs }: "connecting", "open", "waiting" (comes back by itself), "unauthorized" (setToken() goes
//            on), "closed" (final)
//   welcome  the server's welcome; time is the server's clock
//   reset    the place could not be resumed: forget what is shown, what follows starts anew
//   event    one log entry { seq, type, time, campaign, delivery, contact, account, channel, actor, data }, or "queue.stats" without seq
//   gap      { from, to }: entries that will not come
//   expiring { in }: seconds until the token ends; refresh(token) in time keeps the connection

const SUBPROTOCOL = "carillon.v1";
const FINAL = new Set([4400, 4403, 4404]);
const UNAUTHENTICATED = 4401;
const MIN_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;
const GRACE_MS = 10_000; // beyond the server's ping interval, before a silent line counts as dead

export class CarillonClient extends EventTarget {
  #options;
  #socket = null;
  #nextId = 1;
  #attempt = 0;
  #place = null; // { epoch, seq }
  #retryTimer = 0;
  #silenceTimer = 0;
  #silenceMs = 35_000;
  #advice = 0; // the server's retry_after, ms
  #wanted = false;
  #state = "closed";

  constructor({ url, token, subscriptions, tail = 0, name = "carillon-client.js", WebSocketClass = globalThis.WebSocket, random = Math.random }) {
    super();
    this.#options = { url, token, subscriptions, tail, name, WebSocketClass, random };
    globalThis.addEventListener?.("online", () => this.#retryNow());
  }

  get state() { return this.#state; }
  // Where it is in the log: { epoch, seq }, or null before the first welcome. Give it to resumeFrom() of a later client.
  get place() { return this.#place && { ...this.#place }; }

  resumeFrom(place) { this.#place = place && { ...place }; }

  connect() {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#open();
  }

  close() {
    this.#wanted = false;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#silenceTimer);
    this.#socket?.close(1000);
    this.#socket = null;
    this.#enter("closed");
  }

  // For the next connection; connects at once when it waits for a token.
  setToken(token) {
    this.#options.token = token;
    if (this.#state === "unauthorized") this.#open();
  }

  // Keeps the open connection beyond its token's end.
  refresh(token) {
    this.#options.token = token;
    this.#command({ op: "refresh", token });
  }

  #open() {
    this.#enter("connecting");
    const socket = new this.#options.WebSocketClass(this.#options.url, [SUBPROTOCOL]);
    this.#socket = socket;
    socket.onopen = () => this.#hello();
    socket.onmessage = (message) => this.#socket === socket && this.#receive(message.data);
    socket.onclose = (close) => this.#socket === socket && this.#lost(close);
    this.#heard();
  }

  #hello() {
    const hello = { op: "hello", token: this.#options.token, client: this.#options.name };
    if (this.#place) hello.resume = this.#place;
    if (this.#options.tail > 0) hello.tail = this.#options.tail;
    this.#command(hello);
  }

  #command(body) {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify({ id: this.#nextId++, ...body }));
  }

  #receive(text) {
    this.#heard();
    let message;
    try {
      message = JSON.parse(text);
    } catch {
      return; // not ours to judge: the server closes when it is confused
    }
    switch (message.op) {
      case "welcome": return this.#welcome(message);
      case "event": return this.#event(message);
      case "gap":
        this.#place.seq = Math.max(this.#place.seq, message.to);
        return this.#tell("gap", message);
      case "ping": return this.#socket?.send('{"op":"pong"}');
      case "expiring": return this.#tell("expiring", message);
      case "bye": this.#advice = (message.retry_after ?? 0) * 1000; return undefined;
      default: return undefined; // replies, and pushes of a newer server
    }
  }

  #welcome(message) {
    const began = this.#place !== null;
    this.#place = { epoch: message.epoch, seq: message.from };
    this.#attempt = 0;
    this.#advice = 0;
    this.#silenceMs = message.ping_interval * 1000 + GRACE_MS;
    if (began && !message.recovered) this.#tell("reset", message);
    this.#tell("welcome", message);
    this.#command({ op: "subscribe", subscriptions: this.#options.subscriptions });
    this.#enter("open");
  }

  #event(message) {
    if (message.seq !== undefined) {
      if (message.seq <= this.#place.seq) return;
      this.#place.seq = message.seq;
    }
    this.#tell("event", message);
  }

  #lost(close) {
    clearTimeout(this.#silenceTimer);
    this.#socket = null;
    if (!this.#wanted) return;
    if (FINAL.has(close.code)) {
      this.#wanted = false;
      this.#enter("closed", close.reason);
    } else if (close.code === UNAUTHENTICATED) {
      this.#enter("unauthorized", close.reason);
    } else {
      this.#wait(close.reason);
    }
  }

  // Full jitter: clients that lost the same server do not come back in step.
  #wait(reason) {
    const ceiling = Math.min(MAX_DELAY_MS, MIN_DELAY_MS * 2 ** (this.#attempt + 1));
    this.#attempt = Math.min(this.#attempt + 1, 10);
    const delay = this.#advice + MIN_DELAY_MS + this.#options.random() * (ceiling - MIN_DELAY_MS);
    this.#advice = 0;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#open(), delay);
    this.#enter("waiting", reason, delay);
  }

  #retryNow() {
    if (this.#state !== "waiting") return;
    clearTimeout(this.#retryTimer);
    this.#open();
  }

  // Anything heard puts off the moment when a silent line counts as dead.
  #heard() {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => {
      const socket = this.#socket;
      this.#socket = null;
      socket?.close();
      this.#wait("no answer");
    }, this.#silenceMs);
  }

  #enter(state, reason = "", retryInMs = 0) {
    this.#state = state;
    this.#tell("state", { state, reason, retryInMs });
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
