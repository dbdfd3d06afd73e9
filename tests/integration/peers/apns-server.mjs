// SPDX-License-Identifier: GPL-3.0-or-later
// Stands in for APNs, which offers nothing to test with: node apns-server.mjs CERTIFICATE KEY PUBLIC_KEY. Node's HTTP/2 over
// TLS; tokens are verified by jose. Prints its port, then a line of JSON for each request: {"connection", "path", "headers",
// "body", "token": {"header", "payload"} or {"error"}}. The first digits of the device token say what becomes of it:
//
//   a    taken
//   b    410 Unregistered
//   c    the stream is reset
//   d    taken, and GOAWAY is said
//   e1   403 ExpiredProviderToken for the first token that it sees, taken with another
import { createSecureServer, constants } from 'node:http2'
import { readFileSync } from 'node:fs'
import { webcrypto } from 'node:crypto'

// Node 18, which Debian 12 has, does not offer the global that jose uses; it must be there before jose is loaded.
globalThis.crypto ??= webcrypto
const { importSPKI, jwtVerify } = await import('jose')

const [certificate, key, publicKey] = process.argv.slice(2).map((path) => readFileSync(path))
const verifier = await importSPKI(publicKey.toString(), 'ES256')
// One stream at first, and many once a token was good: as Apple does it.
const server = createSecureServer({ cert: certificate, key, settings: { maxConcurrentStreams: 1 } })

let connections = 0
let firstToken
server.on('session', (session) => {
  session.connectionNumber = ++connections
  session.on('error', () => {})
})

async function verify(authorization = '') {
  try {
    const { protectedHeader, payload } = await jwtVerify(authorization.replace(/^bearer /i, ''), verifier, { algorithms: ['ES256'] })
    return { header: protectedHeader, payload }
  } catch (error) {
    return { error: String(error) }
  }
}

function answer(stream, headers, status, body) {
  stream.respond({ ':status': status, 'apns-id': headers['apns-id'] })
  stream.end(body && JSON.stringify(body))
}

function behave(stream, headers) {
  const device = headers[':path'].slice('/3/device/'.length)
  firstToken ??= headers.authorization
  if (device.startsWith('b'))
    answer(stream, headers, 410, { reason: 'Unregistered', timestamp: Date.now() })
  else if (device.startsWith('c'))
    stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  else if (device.startsWith('e1') && headers.authorization === firstToken)
    answer(stream, headers, 403, { reason: 'ExpiredProviderToken' })
  else
    answer(stream, headers, 200)
  if (device.startsWith('d'))
    stream.session.goaway(constants.NGHTTP2_NO_ERROR, stream.id)
}

server.on('stream', async (stream, headers) => {
  stream.on('error', () => {})
  const connection = stream.session.connectionNumber
  let body = ''
  for await (const chunk of stream)
    body += chunk
  const token = await verify(headers.authorization)
  const plain = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')))
  console.log(JSON.stringify({ connection, path: headers[':path'], headers: plain, body, token }))
  if (token.error)
    answer(stream, headers, 403, { reason: 'InvalidProviderToken' })
  else
    behave(stream, headers)
  if (!token.error && !stream.session?.closed && !stream.session?.isOpened) {
    stream.session.isOpened = true
    stream.session.settings({ maxConcurrentStreams: 1000 })
  }
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
