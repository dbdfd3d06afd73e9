// SPDX-License-Identifier: GPL-3.0-or-later
//
// Subscribes the browsers of a site's visitors to Carillon's push messages. It needs nothing but a browser and, on the site itself, the
// service worker carillon-sw.js.
//
//   import { CarillonPush } from "https://notify.example.org/push/carillon-push.js";
//   const push = new CarillonPush({ server: "https://notify.example.org", worker: "/carillon-sw.js" });
//   button.onclick = () => push.subscribe({
//     register: (device) => fetch("/me/devices", { method: "POST", body: JSON.stringify(device) }).then((answer) => answer.json()),
//   });
//
// `register` hands the device to the site, which knows who is logged in: its server adds { contact: "<external id>" }, posts it to
// https://notify.example.org/api/v1/devices with a token of the scope device:write, and gives the answer back. A site whose server
// makes a token of the scope device:self for the visitor gives that instead, and the browser registers itself: subscribe({ token }).
//
// state()        "unsupported", "denied" (the visitor said no to the browser), "unsubscribed" or "subscribed"
// subscribe()    asks the visitor, subscribes and registers; call it from a click. Gives { device, token }. Doing it again, for instance
//                when another visitor has logged in, registers the browser for that one
// unsubscribe()  ends it, in the browser and in Carillon. When Carillon cannot be told, the browser has ended it all the same
//
// All throw an Error whose message says what is wrong.

const DATABASE = "carillon-push";
const STORE = "device";
const ENTRY = "this"; // read by carillon-sw.js

function stored(mode, use) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(STORE, mode);
      const request = use(transaction.objectStore(STORE));
      transaction.oncomplete = () => { database.close(); resolve(request.result); };
      transaction.onabort = () => { database.close(); reject(transaction.error); };
    };
  });
}

function octetsOf(base64Url) {
  return Uint8Array.from(atob(base64Url.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
}

function textOf(octets) {
  return btoa(String.fromCharCode(...new Uint8Array(octets))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

async function answerOf(response) {
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Error((answer && answer.detail) || `Carillon answered ${response.status}.`);
  return answer;
}

// The worker's registration, once it runs: a browser subscribes no other.
async function runningWorker(path) {
  const registration = await navigator.serviceWorker.register(path);
  const coming = registration.installing ?? registration.waiting;
  if (registration.active || !coming) return registration;
  return new Promise((resolve, reject) => {
    coming.addEventListener("statechange", () => {
      if (coming.state === "activated") resolve(registration);
      if (coming.state === "redundant") reject(new Error("The service worker does not start."));
    });
  });
}

export class CarillonPush {
  #server;
  #worker;
  #account;

  // server: where Carillon is reached; worker: the path of the service worker on this site; account: the name of the web push account,
  // when there are several.
  constructor({ server, worker = "/carillon-sw.js", account = "" }) {
    this.#server = server;
    this.#worker = worker;
    this.#account = account;
  }

  async state() {
    if (!("serviceWorker" in navigator) || !("PushManager" in globalThis) || !("Notification" in globalThis)) return "unsupported";
    if (Notification.permission === "denied") return "denied";
    const subscription = await this.#subscription();
    return subscription && await this.#device() ? "subscribed" : "unsubscribed";
  }

  async subscribe({ register, token, label = "" } = {}) {
    if (await this.state() === "unsupported") throw new Error("This browser takes no push messages.");
    if (await Notification.requestPermission() !== "granted") throw new Error("The browser was not allowed to show messages.");
    const key = await this.#publicKey();
    const subscription = await this.#subscribeWith(key);
    const device = { address: { ...subscription.toJSON(), key }, user_agent: navigator.userAgent, label };
    const answer = await (register ? register(device) : this.#register(device, token));
    if (!answer || !answer.token) throw new Error("Whoever registers a device gives back Carillon's answer, with its token.");
    await stored("readwrite", (store) => store.put({ server: this.#server, key, device: answer.device, token: answer.token }, ENTRY));
    return answer;
  }

  // The browser goes first: whatever becomes of the rest, no message reaches it any more.
  async unsubscribe() {
    const subscription = await this.#subscription();
    if (subscription) await subscription.unsubscribe();
    const device = await this.#device();
    if (device) {
      const headers = { "Authorization": `Bearer ${device.token}` };
      await answerOf(await fetch(new URL("/api/v1/devices/own", device.server), { method: "DELETE", headers }));
      await stored("readwrite", (store) => store.delete(ENTRY));
    }
  }

  #device() { return stored("readonly", (store) => store.get(ENTRY)); }

  async #subscription() {
    const registration = await navigator.serviceWorker.getRegistration(this.#worker);
    return registration ? registration.pushManager.getSubscription() : null;
  }

  async #publicKey() {
    const address = new URL("/api/v1/push/key", this.#server);
    if (this.#account) address.searchParams.set("account", this.#account);
    return (await answerOf(await fetch(address))).public_key;
  }

  // A subscription belongs to one key: one that was made with another is ended first.
  async #subscribeWith(key) {
    const { pushManager } = await runningWorker(this.#worker);
    const known = await pushManager.getSubscription();
    if (known && textOf(known.options.applicationServerKey) === key) return known;
    if (known) await known.unsubscribe();
    return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: octetsOf(key) });
  }

  async #register(device, token) {
    const headers = { "Authorization": `Bearer ${token}`, "Content-Type": "application/json" };
    const body = JSON.stringify(device);
    return answerOf(await fetch(new URL("/api/v1/devices", this.#server), { method: "POST", headers, body }));
  }
}
