// SPDX-License-Identifier: GPL-3.0-or-later
// A site with carillon-push.js and carillon-sw.js in Chromium, before the engine's routes for devices:
//   node push.mjs PATH-TO-PushHost
//
// Once with a push service on this machine (push-service.mjs): the browser subscribes, decrypts and shows by itself. For all else the
// subscription is made here, with keys of its own, and what the engine encrypts for it is decrypted (by npm http_ece) and given to the
// worker by DevTools.
import assert from 'node:assert/strict';
import { createECDH, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Host, until } from '../integration/realtime/host.mjs';
import { launch, launchWithProfile } from './browser.mjs';
import { PushService } from './push-service.mjs';

const libraries = new URL('../integration/sdk/package.json', import.meta.url);
if (!existsSync(new URL('node_modules/http_ece', libraries))) {
  console.log('SKIP WHOLE: run "npm ci" in tests/integration/sdk');
  process.exit(0);
}
const ece = createRequire(libraries)('http_ece');
const program = process.argv[2];
const browser = await launch();

// A site that serves the two scripts as they are.
function startSite() {
  const files = {
    '/carillon-sw.js': readFileSync(new URL('../../resources/push/carillon-sw.js', import.meta.url)),
    '/page': '<!doctype html><title>A shop</title>',
  };
  const site = createServer((request, response) => {
    const body = files[request.url];
    const type = request.url.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(body ? 200 : 404, { 'Content-Type': type }).end(body ?? '');
  });
  return new Promise((resolve) => site.listen(0, '127.0.0.1', () => resolve(site)));
}

// What a push service and a browser agree on.
class Subscription {
  constructor(path) {
    this.ecdh = createECDH('prime256v1');
    this.ecdh.generateKeys();
    this.auth = randomBytes(16).toString('base64url');
    this.endpoint = `https://push.example.net/${path}`;
  }
  get json() {
    return { endpoint: this.endpoint, expirationTime: null, keys: { p256dh: this.ecdh.getPublicKey('base64url'), auth: this.auth } };
  }
  decrypt({ body }) {
    return ece.decrypt(Buffer.from(body, 'base64'), { version: 'aes128gcm', privateKey: this.ecdh, authSecret: this.auth }).toString();
  }
}

// In the page: the browser's part of a subscription, and nothing else, is replaced.
function replacePushManager(json) {
  let current = null;
  const subscriptionOf = (key) => ({
    toJSON: () => json, options: { applicationServerKey: key.buffer }, unsubscribe: async () => { current = null; return true; },
  });
  PushManager.prototype.getSubscription = async () => current;
  PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
    if (!userVisibleOnly || applicationServerKey.length !== 65) throw new TypeError('not what a browser takes');
    window.subscribedTimes = (window.subscribedTimes ?? 0) + 1;
    current = subscriptionOf(applicationServerKey);
    return current;
  };
}

// A visitor's browser on the site, subscribed, and what the tests do with it.
async function visit() {
  const host = await Host.start(program);
  const site = await startSite();
  const origin = `http://127.0.0.1:${site.address().port}`;
  const server = `http://127.0.0.1:${host.port}`;
  const context = await browser.newContext();
  await context.grantPermissions(['notifications'], { origin });
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  const subscription = new Subscription('p/1');
  await page.addInitScript(replacePushManager, subscription.json);
  await page.goto(`${origin}/page`);
  const ask = async (line) => { host.say(line); return host.answer(); };
  const inPage = (work, argument) => page.evaluate(async ([code, server, argument]) => {
    const { CarillonPush } = await import(`${server}/push/carillon-push.js`);
    const push = new CarillonPush({ server, worker: '/carillon-sw.js' });
    return (0, eval)(`(${code})`)(push, argument);
  }, [work.toString(), server, argument]);
  const worker = async () => context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker');
  return {
    host, context, page, origin, subscription, complaints, ask, inPage, worker,
    subscribe: () => inPage((push, token) => push.subscribe({ token, label: 'Test' }), host.token),
    shown: () => page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications())
      .map(({ title, body, tag, data }) => ({ title, body, tag, data }))),
    deliver: async (data) => {
      const session = await context.newCDPSession(page);
      const registered = new Promise((resolve) => session.on('ServiceWorker.workerRegistrationUpdated',
        ({ registrations }) => registrations.length && resolve(registrations[0].registrationId)));
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await registered, data });
      await session.detach();
    },
    close: async () => { await context.close(); site.close(); host.child.stdin.end(); await host.ended; },
  };
}

const tests = {
  async aBrowserIsSubscribedAndNotifiedForReal() {
    const host = await Host.start(program);
    const site = await startSite();
    const service = await PushService.start();
    const profile = mkdtempSync(join(tmpdir(), 'carillon-profile-'));
    const context = await launchWithProfile(profile, service.switches);
    const origin = `http://127.0.0.1:${site.address().port}`;
    await context.grantPermissions(['notifications'], { origin });
    const page = await context.newPage();
    await page.goto(`${origin}/page`);
    await page.evaluate(async ([server, token]) => {
      const { CarillonPush } = await import(`${server}/push/carillon-push.js`);
      await new CarillonPush({ server }).subscribe({ token });
    }, [`http://127.0.0.1:${host.port}`, host.token]);
    await until(() => service.isConnected, 'the browser listens', 60_000);
    const shown = () => page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map((one) => one.title));
    const said = ['Größe \u{1F514}', 'x'.repeat(3000)];
    for (const title of said) {
      host.say(`message ${JSON.stringify({ title, body: 'encrypted by us, decrypted by Chromium' })}`);
      const { url, body } = await host.answer();
      assert.match(url, /^https:\/\/[a-z0-9.]+\.google(apis)?\.com\//);
      service.deliver(Buffer.from(body, 'base64'));
      await until(async () => (await shown()).includes(title), 'a notification', 60_000);
    }
    assert.equal((await shown()).length, said.length);
    await context.close();
    rmSync(profile, { recursive: true, force: true });
    service.close();
    site.close();
    host.child.stdin.end();
  },

  async subscribesAndRegisters() {
    const visitor = await visit();
    assert.equal(await visitor.inPage((push) => push.state()), 'unsubscribed');
    const answer = await visitor.subscribe();
    assert.equal(await visitor.inPage((push) => push.state()), 'subscribed');
    const { devices } = await visitor.ask('devices');
    assert.equal(devices.length, 1);
    assert.equal(devices[0].id, answer.device);
    assert.equal(devices[0].browser, 'Chrome');
    assert.equal(devices[0].address.endpoint, visitor.subscription.endpoint);
    assert.equal(devices[0].address.key.length, 87, 'the key that it subscribed with');
    await visitor.subscribe(); // the same again: nothing new
    assert.equal((await visitor.ask('devices')).devices.length, 1);
    assert.equal(await visitor.page.evaluate(() => window.subscribedTimes), 1);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
  },

  async handsTheDeviceToTheSite() {
    const visitor = await visit();
    const device = await visitor.inPage(async (push) => {
      let handed;
      await push.subscribe({ register: async (device) => { handed = device; return { device: 5, token: 'of the site' }; } });
      return handed;
    });
    assert.deepEqual(Object.keys(device).sort(), ['address', 'label', 'user_agent']);
    assert.equal(device.address.keys.auth, visitor.subscription.auth);
    const refused = await visitor.inPage((push) => push.subscribe({ token: 'wrong' }).catch((error) => error.message));
    assert.match(refused, /token/i);
    await visitor.close();
  },

  async showsAMessageAndReportsTheClick() {
    const visitor = await visit();
    await visitor.subscribe();
    const sent = await visitor.ask(`message ${JSON.stringify({
      title: 'Order ready', body: 'It waits for you', url: `${visitor.origin}/page?order=1`,
      actions: [{ action: '1', title: 'Change day', url: `${visitor.origin}/page?day=1` }],
    })}`);
    assert.equal(sent.url, visitor.subscription.endpoint);
    await visitor.deliver(visitor.subscription.decrypt(sent));
    await until(async () => (await visitor.shown()).length === 1, 'a notification');
    const [shown] = await visitor.shown();
    assert.equal(shown.title, 'Order ready');
    assert.equal(shown.body, 'It waits for you');
    assert.equal(shown.tag, `d${sent.delivery}.w@example.org`);
    assert.equal(shown.data.id, sent.delivery);

    // The same message once more, after an attempt whose answer was lost: shown once.
    await visitor.deliver(visitor.subscription.decrypt(sent));
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal((await visitor.shown()).length, 1);

    const worker = await visitor.worker();
    const opened = await worker.evaluate(async () => {
      const opened = [];
      Object.defineProperty(self.clients, 'openWindow', { value: async (page) => { opened.push(page); }, configurable: true });
      const [notification] = await self.registration.getNotifications();
      for (const action of ['', '1']) self.dispatchEvent(new NotificationEvent('notificationclick', { notification, action }));
      await new Promise((resolve) => setTimeout(resolve, 100));
      return opened;
    });
    assert.deepEqual(opened, [`${visitor.origin}/page?order=1`, `${visitor.origin}/page?day=1`]);
    await until(async () => (await visitor.ask('devices')).devices[0].clicked, 'a click that Carillon knows of');
    await until(async () => (await visitor.shown()).length === 0, 'the notification is closed');
    await visitor.close();
  },

  async opensNothingButTheWeb() {
    const visitor = await visit();
    await visitor.subscribe();
    await visitor.deliver(JSON.stringify({ title: 'x', url: 'javascript:alert(1)', actions: [{ action: '1', title: 'y', url: 'file:///etc/passwd' }] }));
    await visitor.deliver('no JSON at all');
    await until(async () => (await visitor.shown()).length === 2, 'two notifications');
    assert.ok((await visitor.shown()).some(({ title }) => title === 'no JSON at all'));
    const opened = await (await visitor.worker()).evaluate(async () => {
      const opened = [];
      Object.defineProperty(self.clients, 'openWindow', { value: async (page) => { opened.push(page); }, configurable: true });
      for (const notification of await self.registration.getNotifications()) {
        if (notification.title === 'x') {
          for (const action of ['', '1']) self.dispatchEvent(new NotificationEvent('notificationclick', { notification, action }));
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      return opened;
    });
    assert.deepEqual(opened, []);
    await visitor.close();
  },

  async renewsWhatTheBrowserChanged() {
    const visitor = await visit();
    const { device } = await visitor.subscribe();
    const renewed = new Subscription('p/2');
    await (await visitor.worker()).evaluate((json) => {
      const event = new Event('pushsubscriptionchange');
      event.newSubscription = { toJSON: () => json };
      event.waitUntil = () => {};
      self.dispatchEvent(event);
    }, renewed.json);
    await until(async () => (await visitor.ask('devices')).devices[0].address.endpoint === renewed.endpoint, 'the new address');
    const { devices } = await visitor.ask('devices');
    assert.equal(devices.length, 1);
    assert.equal(devices[0].id, device, 'the same device');
    const sent = await visitor.ask('message {"title":"To the new one"}');
    assert.match(renewed.decrypt(sent), /To the new one/);
    await visitor.close();
  },

  async leaves() {
    const visitor = await visit();
    await visitor.subscribe();
    await visitor.inPage((push) => push.unsubscribe());
    assert.deepEqual((await visitor.ask('devices')).devices, []);
    assert.equal(await visitor.inPage((push) => push.state()), 'unsubscribed');
    await visitor.close();
  },

  async leavesEvenWhenCarillonDoesNotTakeTheToken() {
    const visitor = await visit();
    await visitor.subscribe();
    await visitor.inPage(() => new Promise((resolve) => {
      const opening = indexedDB.open('carillon-push');
      opening.onsuccess = () => {
        const transaction = opening.result.transaction('device', 'readwrite');
        const store = transaction.objectStore('device');
        const reading = store.get('this');
        reading.onsuccess = () => store.put({ ...reading.result, token: 'run out' }, 'this');
        transaction.oncomplete = () => { opening.result.close(); resolve(); };
      };
    }));
    await assert.rejects(visitor.inPage((push) => push.unsubscribe()));
    assert.equal(await visitor.inPage((push) => push.state()), 'unsubscribed');
    await visitor.close();
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`PASS ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n${error.stack}`);
  }
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
