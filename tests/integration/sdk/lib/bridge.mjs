// SPDX-License-Identifier: GPL-3.0-or-later
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

function selfSigned() {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' })
  const pair = { key: readFileSync(key), cert: readFileSync(cert) }
  rmSync(folder, { recursive: true })
  return pair
}

async function bodyOf(stream) {
  const chunks = []
  for await (const chunk of stream)
    chunks.push(chunk)
  return Buffer.concat(chunks)
}

// For a library that speaks nothing but HTTP/2 over TLS: a server that does, and gives each request on to the recording
// server (`target.server`) by HTTP/1.1, and its answer back. { port, cert }
export async function http2Bridge(target) {
  const pair = selfSigned()
  const bridge = createSecureServer(pair)
  bridge.on('stream', async (stream, headers) => {
    const plain = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')))
    plain['content-type'] ??= 'application/json' // such a library names none; the recording server must know what it reads
    const answer = await fetch(target.server + headers[':path'], { method: headers[':method'], headers: plain, body: await bodyOf(stream) })
    stream.respond({ ':status': answer.status, 'apns-id': answer.headers.get('apns-id') ?? '' })
    stream.end(Buffer.from(await answer.arrayBuffer()))
  })
  return listening(bridge, pair)
}

// The same for a library that speaks HTTP/1.1 and insists on TLS.
export async function httpsBridge(target) {
  const pair = selfSigned()
  const bridge = createServer(pair, async (request, response) => {
    const { host, connection, 'transfer-encoding': chunked, ...headers } = request.headers
    const answer = await fetch(target.server + request.url, { method: request.method, headers, body: await bodyOf(request) })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
    response.end(Buffer.from(await answer.arrayBuffer()))
  })
  return listening(bridge, pair)
}

async function listening(bridge, pair) {
  await new Promise((ready) => bridge.listen(0, '127.0.0.1', ready))
  return { port: bridge.address().port, cert: pair.cert }
}
