// SPDX-License-Identifier: GPL-3.0-or-later
//
// This library gives the body on as it is, and so says nothing of it: what is compared is where it goes and how. The body is
// ours, by way of firebase-admin's (fcm.mjs), in the names of Google's REST reference.
import { auth, fcm } from '@googleapis/fcm'
import { compact, peer } from './lib/peer.mjs'
import { nowSeconds, uuidOf } from './lib/push.mjs'

function bodyFor({ settings }, { to, key, fields }) {
  const id = uuidOf(key)
  const ttl = settings.ttl_seconds
  const isData = settings.kind === 'data'
  const { title, body, image, url } = fields
  const actions = fields.actions && JSON.stringify(fields.actions)
  return {
    token: to,
    notification: isData ? undefined : compact({ title, body, image }),
    data: compact({ ...(isData ? { title, body, image } : {}), url, actions, id }),
    android: compact({
      priority: settings.priority,
      ttl: ttl === undefined ? undefined : `${ttl}s`,
      notification: isData ? undefined : compact({ tag: id, channel_id: settings.android_channel }),
    }),
    apns: compact({
      headers: compact({
        'apns-priority': isData || settings.priority === 'normal' ? '5' : '10',
        'apns-collapse-id': isData ? undefined : id,
        'apns-expiration': ttl === undefined ? undefined : String(ttl && nowSeconds + ttl),
      }),
      payload: { aps: isData ? { 'content-available': 1 } : compact({ sound: 'default', 'mutable-content': image ? 1 : undefined }) },
      fcmOptions: image && !isData ? { image } : undefined,
    }),
    webpush: compact({
      headers: compact({ TTL: ttl === undefined ? undefined : String(ttl), Urgency: settings.priority }),
      fcmOptions: url?.startsWith('https://') ? { link: url } : undefined,
    }),
    fcmOptions: settings.analytics_label ? { analyticsLabel: settings.analytics_label } : undefined,
  }
}

await peer('@googleapis/fcm', async ({ server, account, message }) => {
  const client = new auth.OAuth2()
  client.setCredentials({ access_token: 'ya29.hunter2-access', expiry_date: Date.now() + 3_600_000 })
  await fcm({ version: 'v1', auth: client, rootUrl: `${server}/` }).projects.messages.send({
    parent: `projects/${account.settings.project_id}`,
    requestBody: compact({ message: compact(bodyFor(account, message)), validate_only: account.settings.validate_only || undefined }),
  })
})
