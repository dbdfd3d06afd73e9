// SPDX-License-Identifier: GPL-3.0-or-later
//
// Stands in for the push service that Chromium talks to, on this machine: check-in and registration by HTTP, and the line (MCS, over
// TLS) by which messages come down. So the browser makes a real subscription, with keys that only it has, and decrypts by itself what
// was encrypted for it. The formats are those of Chromium's google_apis/gcm (protocol buffers, mcs.proto and checkin.proto).
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';

const VERSION = 41;
const HEARTBEAT = 0, ACKNOWLEDGE = 1, LOGIN = 2, LOGGED_IN = 3, DATA = 8;

function varint(number) {
  const octets = [];
  let rest = BigInt(number);
  do {
    octets.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(octets);
}

// Fields of a protocol buffer: a number as varint, anything else by its length.
function field(number, value) {
  if (typeof value === 'number') return Buffer.concat([varint(number << 3), varint(value)]);
  return Buffer.concat([varint(number << 3 | 2), varint(Buffer.byteLength(value)), Buffer.from(value)]);
}

function fixed64(number, value) {
  const octets = Buffer.alloc(8);
  octets.writeBigUInt64LE(value);
  return Buffer.concat([varint(number << 3 | 1), octets]);
}

const frame = (tag, content = Buffer.alloc(0)) => Buffer.concat([Buffer.from([tag]), varint(content.length), content]);

function certificate() {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-push-'));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext',
    'subjectAltName=IP:127.0.0.1', '-keyout', join(folder, 'key'), '-out', join(folder, 'cert')], { stdio: 'ignore' });
  const made = { key: readFileSync(join(folder, 'key')), cert: readFileSync(join(folder, 'cert')) };
  rmSync(folder, { recursive: true });
  return made;
}

const listening = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));

export class PushService {
  #http = createServer((request, response) => this.#answer(request, response));
  #line;
  #socket = null;
  #sender = '';
  #subtype = '';
  #messages = 0;

  static async start() {
    const service = new PushService();
    const tls = certificate();
    const spki = new X509Certificate(tls.cert).publicKey.export({ type: 'spki', format: 'der' });
    service.#line = createTlsServer(tls, (socket) => service.#take(socket));
    const base = `http://127.0.0.1:${await listening(service.#http)}`;
    // Chromium's switches to use it.
    service.switches = [
      `--gcm-checkin-url=${base}/checkin`, `--gcm-registration-url=${base}/register`,
      `--gcm-mcs-endpoint=https://127.0.0.1:${await listening(service.#line)}`,
      `--ignore-certificate-errors-spki-list=${createHash('sha256').update(spki).digest('base64')}`,
    ];
    return service;
  }

  get isConnected() { return this.#socket !== null; }

  // The body of a push request, on to the browser that subscribed last.
  deliver(body) {
    const data = (key, value) => field(7, Buffer.concat([field(1, key), field(2, value)]));
    this.#socket.write(frame(DATA, Buffer.concat([
      field(3, this.#sender), field(5, 'org.chromium.linux'), data('subtype', this.#subtype), data('content-encoding', 'aes128gcm'),
      field(9, `message-${++this.#messages}`), field(21, body),
    ])));
  }

  close() {
    this.#socket?.destroy();
    this.#http.close();
    this.#line.close();
  }

  async #answer(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    if (request.url === '/checkin') {
      const checkedIn = [field(1, 1), fixed64(7, 12_345_678_901_234n), fixed64(8, 98_765_432_109_876n)];
      response.writeHead(200, { 'Content-Type': 'application/x-protobuffer' }).end(Buffer.concat(checkedIn));
      return;
    }
    const form = new URLSearchParams(Buffer.concat(parts).toString());
    if (form.get('X-subtype')?.startsWith('wp:')) [this.#sender, this.#subtype] = [form.get('sender'), form.get('X-subtype')];
    response.writeHead(200, { 'Content-Type': 'text/plain' }).end(`token=${createHash('sha256').update(String(form)).digest('hex')}`);
  }

  #take(socket) {
    let octets = Buffer.alloc(0);
    let greeted = false;
    socket.on('error', () => socket.destroy());
    socket.on('data', (piece) => {
      octets = Buffer.concat([octets, piece]);
      if (!greeted) [greeted, octets] = [true, octets.subarray(1)]; // the version
      for (let next = this.#frameIn(octets); next; next = this.#frameIn(octets)) {
        octets = octets.subarray(next.length);
        this.#obey(socket, next.tag);
      }
    });
  }

  // The tag and the length of the whole frame at the beginning; nothing while it is not all there.
  #frameIn(octets) {
    let size = 0;
    for (let i = 1; i < octets.length; ++i) {
      size |= (octets[i] & 127) << 7 * (i - 1);
      if (octets[i] & 128) continue;
      return octets.length >= i + 1 + size ? { tag: octets[0], length: i + 1 + size } : null;
    }
    return null;
  }

  #obey(socket, tag) {
    if (tag === HEARTBEAT) socket.write(frame(ACKNOWLEDGE));
    if (tag !== LOGIN) return;
    socket.write(Buffer.concat([Buffer.from([VERSION]), frame(LOGGED_IN, field(1, 'login'))]));
    this.#socket = socket;
  }
}
