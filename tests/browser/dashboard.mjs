// SPDX-License-Identifier: GPL-3.0-or-later
// The dashboard page in Chromium, before a server with a scripted log:
//   node dashboard.mjs PATH-TO-FeedHost
import assert from 'node:assert/strict';

import { Host, until } from '../integration/realtime/host.mjs';
import { launch } from './browser.mjs';

const program = process.argv[2];
const browser = await launch();

// A page, with what it got from the socket and what it complained about.
async function open(host, { hash = `#token=${host.token}`, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const seen = { pushes: [], complaints: [] };
  page.on('console', (message) => message.type() === 'error' && seen.complaints.push(message.text()));
  page.on('pageerror', (error) => seen.complaints.push(String(error)));
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => seen.pushes.push(JSON.parse(payload))));
  await page.goto(`http://127.0.0.1:${host.port}/${hash}`);
  const tile = (label) => page.locator(`#tiles div:has(dt:text-is("${label}")) dd`).textContent();
  return {
    page, seen,
    counts: async () => ({ queued: await tile('Queued'), sent: await tile('Sent'), failed: await tile('Failed') }),
    link: (state) => page.waitForSelector(`#link[data-state=${state}]`, { timeout: 20_000 }),
    welcomes: () => seen.pushes.filter((push) => push.op === 'welcome'),
    seqs: () => seen.pushes.filter((push) => push.op === 'event' && push.seq).map((push) => push.seq),
    close: () => context.close(),
  };
}

async function shows(view, wanted) {
  const text = JSON.stringify(wanted);
  let last = '';
  await until(async () => (last = JSON.stringify(await view.counts())) === text, `counts ${text}`).catch((error) => {
    throw new Error(`${error.message}; the page shows ${last}`);
  });
}

const tests = {
  async showsWhatHappens() {
    const host = await Host.start(program);
    host.say('entry campaign.sending 7 {"name":"Spring newsletter"}', 'append 100');
    const view = await open(host);
    await view.link('open');
    assert.equal(new URL(view.page.url()).hash, '', 'the token must not stay in the address');
    await shows(view, { queued: '0', sent: '90', failed: '10' });
    host.say('append 150');
    await shows(view, { queued: '0', sent: '225', failed: '25' });
    const rows = view.page.locator('#deliveries tr');
    await until(async () => await rows.count() === 200, '200 rows');
    assert.match(await rows.first().innerText(), /Failed[\s\S]*anna\.lindqvist\.250@example\.org[\s\S]*email[\s\S]*Spring newsletter/);
    assert.equal(await rows.first().locator('td').first().getAttribute('title'), '550 5.1.1 No such user');
    assert.match(await view.page.locator('#campaigns').innerText(), /Spring newsletter[\s\S]*Sending[\s\S]*250 of 250, 25 failed/);
    await view.page.getByLabel('Problems only').check();
    await until(async () => await rows.count() === 20, 'problems only'); // of the 200 it keeps
    await until(async () => /[1-9]/.test(await view.page.locator('#chart').getAttribute('aria-label')), 'a chart with figures');
    assert.ok(await view.page.locator('#chart canvas').isVisible());
    host.say('stats {"states":{"queued":41380,"sent":7},"campaigns":[{"id":8,"name":"Notice","state":"paused","total":10,"counts":{"sent":4}}]}');
    await shows(view, { queued: '41,380', sent: '7', failed: '0' });
    assert.match(await view.page.locator('#campaigns').innerText(), /Notice[\s\S]*Paused[\s\S]*4 of 10/);
    assert.deepEqual(view.seen.complaints, [], 'no script error, nothing blocked by the policy');
    await view.close();
    await host.kill();
  },

  // A first host is killed, a second takes its place with the same log and more: the page goes on where it was.
  async survivesARestart() {
    const commands = ['append 1000'];
    const first = await Host.start(program);
    first.say(...commands);
    const view = await open(first);
    await until(() => view.seqs().at(-1) === 3_000, 'the tail');
    const before = await view.counts();
    await first.kill();
    await view.link('waiting');
    assert.match(await view.page.locator('#link').innerText(), /Reconnecting in \d+ s/);
    const second = await Host.start(program, first.port);
    second.say(...commands, 'append 100');
    await view.link('open');
    await until(() => view.seqs().at(-1) === 3_300, 'what happened meanwhile');
    assert.equal(view.welcomes().length, 2);
    assert.equal(view.welcomes()[1].recovered, true);
    view.seqs().forEach((seq, i, all) => assert.equal(seq, all[0] + i, 'no gap and no repeat'));
    const number = (text) => Number(text.replaceAll(',', ''));
    await shows(view, { queued: before.queued, sent: (number(before.sent) + 90).toLocaleString('en-US'), failed: String(number(before.failed) + 10) });
    await view.page.reload(); // the tab remembers its token
    await view.link('open');
    await view.close();
    await second.kill();
  },

  async startsAnewWhenItCannotResume() {
    const first = await Host.start(program);
    first.say('append 50');
    const view = await open(first);
    await shows(view, { queued: '0', sent: '45', failed: '5' });
    await first.kill();
    const second = await Host.start(program, first.port); // knows less than the page: its place is void
    second.say('append 10');
    await view.link('waiting');
    await view.link('open');
    await shows(view, { queued: '0', sent: '9', failed: '1' });
    await view.close();
    await second.kill();
  },

  async asksForAToken() {
    const host = await Host.start(program);
    const view = await open(host, { hash: '' });
    const field = view.page.getByLabel('Access token');
    await until(() => field.evaluate((node) => node === document.activeElement), 'focus in the field');
    await field.fill('wrong');
    await view.page.keyboard.press('Enter');
    await until(async () => /refused/.test(await view.page.locator('#sign-in-reason').innerText()), 'the refusal');
    await field.fill(host.token);
    await view.page.keyboard.press('Enter');
    await view.link('open');
    assert.ok(await view.page.locator('#sign-in').isHidden());
    await view.close();
    await host.kill();
  },

  async fitsAPhoneAndTheDark() {
    const host = await Host.start(program);
    host.say('append 30');
    const view = await open(host, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await shows(view, { queued: '0', sent: '27', failed: '3' });
    assert.equal(await view.page.evaluate(() => document.documentElement.scrollWidth), 390, 'nothing sticks out sideways');
    const [red, green, blue] = (await view.page.evaluate(() => getComputedStyle(document.body).backgroundColor)).match(/\d+/g).map(Number);
    assert.ok(red + green + blue < 120, 'a dark page');
    await view.close();
    await host.kill();
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
    console.log(`PASS ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}: ${error.stack}`);
  }
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
