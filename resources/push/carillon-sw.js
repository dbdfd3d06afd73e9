// SPDX-License-Identifier: GPL-3.0-or-later
//
// The service worker of a site whose visitors get Carillon's push messages. Serve this file from the site itself, at its root, or let
// a worker of the site's own take it in:
//
//   importScripts("https://notify.example.org/push/carillon-sw.js");
//
// It shows each message, opens its page when it is clicked on and tells Carillon so, and when the browser changes its subscription it
// tells Carillon the new one. What it needs for that (server, key, token of this device) carillon-push.js has left in IndexedDB.
//
// A message is JSON: { title, body, image, url, actions: [{ action, title, url }], tag, id }.

"use strict";

(() => {
  const DATABASE = "carillon-push";
  const STORE = "device";
  const ENTRY = "this";

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

  const readDevice = () => stored("readonly", (store) => store.get(ENTRY));
  const writeDevice = (device) => stored("readwrite", (store) => store.put(device, ENTRY));

  // Asks Carillon in the name of this device. Throws what is wrong.
  async function ask(device, method, path, body) {
    const response = await fetch(new URL("/api/v1/devices/own" + path, device.server), {
      method,
      headers: { "Authorization": `Bearer ${device.token}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`Carillon answered ${response.status}.`);
    return response.status === 204 ? null : response.json();
  }

  function messageIn(event) {
    try {
      const message = event.data.json();
      if (message && typeof message === "object") return message;
    } catch {
      // No JSON: some other sender's text, shown as it is.
    }
    return { title: event.data ? event.data.text() : "" };
  }

  async function show(message) {
    const options = { body: message.body || "", data: { id: message.id, url: message.url, actions: message.actions || [] } };
    if (message.image) options.image = message.image;
    if (message.tag) options.tag = message.tag;
    if (message.actions) options.actions = message.actions.map(({ action, title }) => ({ action, title }));
    await self.registration.showNotification(message.title || self.location.hostname, options);
  }

  // The page that a click leads to: the button's, or the message's own. Nothing but the web is opened.
  function pageOf(notification, action) {
    const data = notification.data || {};
    const chosen = (data.actions || []).find((one) => one.action === action);
    try {
      const page = new URL((chosen && chosen.url) || data.url, self.location.origin);
      return page.protocol === "https:" || page.protocol === "http:" ? page.href : null;
    } catch {
      return null;
    }
  }

  async function openPage(page) {
    const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const open = windows.find((one) => one.url === page);
    await (open ? open.focus() : self.clients.openWindow(page));
  }

  async function reportClick(notification) {
    const id = notification.data && notification.data.id;
    const device = id && await readDevice();
    if (device) await ask(device, "POST", "/clicks", { delivery: id });
  }

  function octetsOf(base64Url) {
    return Uint8Array.from(atob(base64Url.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  }

  // The browser has ended a subscription: it subscribes again with the same key, and the device stays the same one.
  async function renew(event) {
    const device = await readDevice();
    if (!device) return;
    const subscription = event.newSubscription
      || await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: octetsOf(device.key) });
    const answer = await ask(device, "PUT", "", { address: { ...subscription.toJSON(), key: device.key } });
    await writeDevice({ ...device, token: answer.token });
  }

  self.addEventListener("push", (event) => event.waitUntil(show(messageIn(event))));

  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    const page = pageOf(event.notification, event.action);
    event.waitUntil(Promise.allSettled([page && openPage(page), reportClick(event.notification)]));
  });

  self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event)));
})();
