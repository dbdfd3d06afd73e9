// SPDX-License-Identifier: GPL-3.0-or-later
//
// Judges requests of Web Push by other people's implementations: npm http_ece decrypts the body as the browser would, npm jose checks
// the token as a push service would, and npm web-push makes the request for the same message, to be compared field by field.
//
// Each line of standard input is one request, with what it was made of; each line of standard output the verdict.
//
//     {"url", "headers": {..}, "body": base64, "payload", "browser": base64url of the private key, "auth": base64url,
//      "subscription": {..}, "vapid": {"subject", "publicKey", "privateKey"}, "ttl": 60, "urgency": "high", "topic": "..."}
//     {"text": "...", "claims": {..}, "differences": ["header Urgency: normal, not high"]}
import { createECDH } from 'node:crypto'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const require = createRequire(import.meta.url)
const { webcrypto } = await import('node:crypto')
globalThis.crypto ??= webcrypto // Node 18
const ece = require('http_ece')
const webpush = require('web-push')
const { importJWK, jwtVerify } = await import('jose')

function decrypted({ body, browser, auth }) {
  const privateKey = createECDH('prime256v1')
  privateKey.setPrivateKey(Buffer.from(browser, 'base64url'))
  return ece.decrypt(Buffer.from(body, 'base64'), { version: 'aes128gcm', privateKey, authSecret: auth }).toString()
}

// The parts of "vapid t=..., k=...".
const vapidIn = (field) => /^vapid t=(?<t>[^,]+), k=(?<k>\S+)$/.exec(field).groups

async function verified(field, audience) {
  const { t, k } = vapidIn(field)
  const point = Buffer.from(k, 'base64url')
  const key = await importJWK({
    kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url'),
  }, 'ES256')
  return jwtVerify(t, key, { audience, algorithms: ['ES256'] })
}

const partOf = (token, index) => JSON.parse(Buffer.from(token.split('.')[index], 'base64url'))

function differencesOf(ours, theirs) {
  const differences = []
  const same = (what, a, b) => a === b || differences.push(`${what}: ${a}, not ${b}`)
  same('endpoint', ours.url, theirs.endpoint)
  same('method', 'POST', theirs.method)
  same('names of headers', Object.keys(ours.headers).sort().join(), Object.keys(theirs.headers).filter((name) => name !== 'Content-Length').sort().join())
  for (const name of Object.keys(theirs.headers)) {
    if (name === 'Content-Length') same('length', Buffer.from(ours.body, 'base64').length, theirs.headers[name])
    else if (name !== 'Authorization') same(`header ${name}`, ours.headers[name], String(theirs.headers[name]))
  }
  const [a, b] = [vapidIn(ours.headers.Authorization), vapidIn(theirs.headers.Authorization)]
  same('public key', a.k, b.k)
  same('header of the token', JSON.stringify(partOf(a.t, 0), Object.keys(partOf(a.t, 0)).sort()), JSON.stringify(partOf(b.t, 0), Object.keys(partOf(b.t, 0)).sort()))
  const [{ exp, ...claims }, { exp: theirExp, ...theirClaims }] = [partOf(a.t, 1), partOf(b.t, 1)]
  same('claims', JSON.stringify(claims, Object.keys(claims).sort()), JSON.stringify(theirClaims, Object.keys(theirClaims).sort()))
  if (Math.abs(exp - theirExp) > 600) differences.push(`the token ends at ${exp}, theirs at ${theirExp}`)
  return differences
}

for await (const line of createInterface({ input: process.stdin })) {
  const ours = JSON.parse(line)
  try {
    const theirs = webpush.generateRequestDetails(ours.subscription, ours.payload, {
      vapidDetails: ours.vapid, TTL: ours.ttl, urgency: ours.urgency, topic: ours.topic, contentEncoding: 'aes128gcm',
    })
    const { payload } = await verified(ours.headers.Authorization, new URL(ours.url).origin)
    console.log(JSON.stringify({ text: decrypted(ours), claims: payload, differences: differencesOf(ours, theirs) }))
  } catch (error) {
    console.log(JSON.stringify({ differences: [String(error?.stack ?? error)] }))
  }
}
