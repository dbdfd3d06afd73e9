// SPDX-License-Identifier: GPL-3.0-or-later
//
// npm web-push makes the request; it would only send it by TLS, so it is sent here as it made it.
import webpush from 'web-push'
import { peer } from './lib/peer.mjs'
import { createECDH, createHash } from 'node:crypto'
import { request } from 'node:http'

function publicKeyOf(privateKey) {
  const key = createECDH('prime256v1')
  key.setPrivateKey(Buffer.from(privateKey, 'base64url'))
  return key.getPublicKey('base64url')
}

const topicOf = (tag) => createHash('sha256').update(tag).digest('base64url').slice(0, 32)

await peer('web-push', async ({ account, message }) => {
  const tag = message.fields.tag ?? message.key
  const payload = JSON.stringify({ ...message.fields, tag, id: 1 })
  const { endpoint, method, headers, body } = webpush.generateRequestDetails(JSON.parse(message.to), payload, {
    vapidDetails: {
      subject: account.settings.subject, publicKey: publicKeyOf(account.secrets.vapid_key), privateKey: account.secrets.vapid_key,
    },
    TTL: account.settings.keep_hours * 3600, urgency: 'normal', topic: topicOf(tag), contentEncoding: 'aes128gcm',
  })
  await new Promise((resolve, reject) => {
    request(endpoint, { method, headers }, (response) => response.resume().on('end', resolve)).on('error', reject).end(body)
  })
})
