// SPDX-License-Identifier: GPL-3.0-or-later
// The live socket as npm's ws sees it, which checks frames, close codes and subprotocols by itself; and the client library on top.
//   node socket.mjs PATH-TO-FeedHost
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';

import { CarillonClient } from '../../../resources/dashboard/carillon-client.js';
import { Host, until } from '../realtime/host.mjs';

if (!existsSync(new URL('./node_modules/ws', import.meta.url))) {
  console.log('SKIP WHOLE: run "npm ci" in tests/integration/peers first');
  process.exit(0);
}
const { default: WebSocket } = await import('ws');

const program = process.argv[2];
const host = await Host.start(program);
const url = `ws://127.0.0.1:${host.port}/ws/v1`;

function dashboard(protocols = ['carillon.v1'], options = {}) {
  const socket = new WebSocket(url, protocols, options);
  const peer = { socket, messages: [], pings: 0, say: (object) => socket.send(JSON.stringify(object)) };
  socket.on('message', (data, binary) => { assert.equal(binary, false); peer.messages.push(JSON.parse(data)); });
  socket.on('ping', () => { peer.pings += 1; });
  peer.closed = new Promise((resolve) => socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })));
  peer.opened = new Promise((resolve, reject) => { socket.on('open', resolve); socket.on('error', reject); });
  peer.opened.catch(() => {});
  peer.push = (op) => until(() => peer.messages.find((message) => message.op === op), op);
  peer.seqs = () => peer.messages.filter((message) => message.op === 'event').map((message) => message.seq);
  return peer;
}

const tests = {
  async streamsInOrder() {
    const peer = dashboard();
    await peer.opened;
    assert.equal(peer.socket.protocol, 'carillon.v1');
    assert.equal(peer.socket.extensions, '');
    peer.say({ id: 1, op: 'hello', token: host.token });
    const welcome = await peer.push('welcome');
    peer.say({ id: 2, op: 'subscribe', types: ['delivery.*'], filter: { campaign: 7 } });
    for (let i = 0; i < 20; ++i) host.say('append 100');
    await until(() => peer.seqs().length === 6_000, '6,000 entries', 20_000);
    peer.seqs().forEach((seq, i) => assert.equal(seq, welcome.seq + 1 + i));
    peer.socket.close(1000);
    assert.equal((await peer.closed).code, 1000);
  },

  async takesABearer() {
    const peer = dashboard(['carillon.v1', `bearer.${host.token}`]);
    await peer.opened;
    assert.equal(peer.socket.protocol, 'carillon.v1');
    await peer.push('welcome');
    peer.socket.terminate();
  },

  async refusesBeforeTheUpgrade() {
    for (const [protocols, options, status] of [
      [['carillon.v1', 'bearer.a.b.c'], {}, 401],
      [['carillon.v1'], { origin: 'https://evil.example' }, 403],
      [['carillon.v1'], { headers: { Host: 'evil.example' } }, 421],
    ]) {
      const peer = dashboard(protocols, options);
      await assert.rejects(peer.opened, new RegExp(String(status)));
    }
  },

  async closesWithTheRightCode() {
    for (const [send, code] of [
      [(socket) => socket.send('not json'), 4400],
      [(socket) => socket.send(Buffer.from([1, 2, 3])), 1003],
      [(socket) => socket.send('x'.repeat(70_000)), 1009],
      [(socket) => socket.send('{"id":1,"op":"hello","token":"x"}'), 4401],
      [(socket) => socket.send(Buffer.from([0xff, 0xfe]), { binary: false }), 1007],
    ]) {
      const peer = dashboard();
      await peer.opened;
      send(peer.socket);
      assert.equal((await peer.closed).code, code);
    }
    const unknown = dashboard(['carillon.v9']);
    await assert.rejects(unknown.opened, /subprotocol/); // as a browser does
  },

  async takesFragmentsAndAnswersPings() {
    const peer = dashboard();
    await peer.opened;
    const hello = JSON.stringify({ id: 1, op: 'hello', token: host.token });
    peer.socket.send(hello.slice(0, 20), { fin: false });
    peer.socket.ping('between');
    peer.socket.send(hello.slice(20), { fin: true });
    await peer.push('welcome');
    await new Promise((resolve) => { peer.socket.on('pong', resolve); peer.socket.ping(); });
    peer.socket.terminate();
  },

  // Every entry once and in order, over kills of the server and of the connection.
  async comesBackAndResumes() {
    let current = await Host.start(program);
    const commands = ['append 2000'];
    current.say(...commands);
    const seen = [];
    const resets = [];
    const client = new CarillonClient({
      url: `ws://127.0.0.1:${current.port}/ws/v1`, token: current.token, tail: 30,
      subscriptions: [{ types: ['delivery.*'] }], WebSocketClass: WebSocket, random: () => 0,
    });
    client.addEventListener('event', ({ detail }) => seen.push(detail.seq));
    client.addEventListener('reset', ({ detail }) => resets.push(detail));
    await new Promise((resolve) => setTimeout(resolve, 200));
    client.connect();
    await until(() => seen.length === 30, 'the tail');
    for (let round = 0; round < 3; ++round) {
      const more = ['append 50', 'append 7'];
      current.say(more[0]);
      await current.kill();
      commands.push(...more);
      current = await startAgain(current.port, commands);
      await until(() => seen.length === 30 + (round + 1) * 171, `round ${round}`);
    }
    seen.forEach((seq, i) => assert.equal(seq, 5_971 + i));
    assert.equal(resets.length, 0);
    client.close();
    await current.kill();
  },

  async saysBye() {
    const peer = dashboard();
    await peer.opened;
    peer.say({ id: 1, op: 'hello', token: host.token });
    await peer.push('welcome');
    host.say('bye 1012');
    const bye = await peer.push('bye');
    assert.equal(bye.reconnect, true);
    assert.equal((await peer.closed).code, 1012);
  },
};

// Another host in the place of a dead one, with the same log and more.
async function startAgain(port, commands) {
  const again = await Host.start(program, port);
  again.say(...commands);
  return again;
}

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
await host.kill();
process.exit(failed === 0 ? 0 : 1);
