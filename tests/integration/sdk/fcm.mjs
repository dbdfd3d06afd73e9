// SPDX-License-Identifier: GPL-3.0-or-later
import { Agent } from 'node:https'
import { connect } from 'node:net'
import admin from 'firebase-admin'
import { compact, peer } from './lib/peer.mjs'
import { nowSeconds, uuidOf } from './lib/push.mjs'

// The library fixes its host and speaks TLS; this leads its connections to the recording server, in clear text.
class Directed extends Agent {
  constructor(server) {
    super()
    this.server = new URL(server)
  }

  createConnection(_, connected) {
    const socket = connect(Number(this.server.port), this.server.hostname, () => connected(null, socket))
  }
}

function messageFor({ settings }, { to, key, fields }) {
  const id = uuidOf(key)
  const ttl = settings.ttl_seconds
  const isData = settings.kind === 'data'
  const { title, body, image, url } = fields
  const actions = fields.actions && JSON.stringify(fields.actions)
  return {
    token: to,
    notification: isData ? undefined : compact({ title, body, imageUrl: image }),
    data: compact({ ...(isData ? { title, body, image } : {}), url, actions, id }),
    android: compact({
      priority: settings.priority,
      ttl: ttl === undefined ? undefined : ttl * 1000,
      notification: isData ? undefined : compact({ tag: id, channelId: settings.android_channel }),
    }),
    apns: compact({
      headers: compact({
        'apns-priority': isData || settings.priority === 'normal' ? '5' : '10',
        'apns-collapse-id': isData ? undefined : id,
        'apns-expiration': ttl === undefined ? undefined : String(ttl && nowSeconds + ttl),
      }),
      payload: { aps: isData ? { contentAvailable: true } : compact({ sound: 'default', mutableContent: image ? true : undefined }) },
      fcmOptions: image && !isData ? { imageUrl: image } : undefined,
    }),
    webpush: compact({
      headers: compact({ TTL: ttl === undefined ? undefined : String(ttl), Urgency: settings.priority }),
      fcmOptions: url?.startsWith('https://') ? { link: url } : undefined,
    }),
    ...(settings.analytics_label ? { fcmOptions: { analyticsLabel: settings.analytics_label } } : {}),
  }
}

let count = 0
await peer('firebase-admin', async ({ server, account, message }) => {
  const credential = { getAccessToken: async () => ({ access_token: 'ya29.hunter2-access', expires_in: 3600 }) }
  const app = admin.initializeApp({ projectId: account.settings.project_id, credential, httpAgent: new Directed(server) }, `app ${++count}`)
  const messaging = app.messaging()
  messaging.enableLegacyHttpTransport()
  await messaging.send(messageFor(account, message), Boolean(account.settings.validate_only))
  await app.delete()
})
