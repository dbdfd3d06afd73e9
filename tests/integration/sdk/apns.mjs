// SPDX-License-Identifier: GPL-3.0-or-later
import apn from '@parse/node-apn'
import { http2Bridge } from './lib/bridge.mjs'
import { compact, peer } from './lib/peer.mjs'
import { nowSeconds, uuidOf } from './lib/push.mjs'

function notificationFor({ settings }, { key, fields }) {
  const isAlert = settings.kind === 'alert'
  const { title, body, image, url, actions } = fields
  const id = uuidOf(key)
  const made = new apn.Notification(compact({
    topic: settings.bundle_id,
    pushType: settings.kind,
    priority: isAlert ? Number(settings.priority) : 5,
    expiry: settings.ttl_seconds === undefined ? undefined : settings.ttl_seconds && nowSeconds + settings.ttl_seconds,
    collapseId: isAlert ? id : undefined,
    id,
    payload: compact({ ...(isAlert ? {} : { title, body }), image, url, actions }),
  }))
  if (!isAlert) {
    made.contentAvailable = true
    return made
  }
  made.alert = { title, body }
  const options = compact({ sound: settings.sound, threadId: settings.thread_id, category: settings.category,
    interruptionLevel: settings.interruption === 'active' ? undefined : settings.interruption, mutableContent: image ? true : undefined })
  return Object.assign(made, options)
}

const target = {}
const bridge = await http2Bridge(target)

await peer('@parse/node-apn', async ({ server, account, message }) => {
  target.server = server
  const { settings, secrets } = account
  const provider = new apn.Provider({
    token: { key: Buffer.from(secrets.key), keyId: settings.key_id, teamId: settings.team_id },
    production: true, address: 'localhost', port: bridge.port, ca: bridge.cert,
  })
  const { failed } = await provider.send(notificationFor(account, message), message.to)
  await provider.shutdown()
  if (failed.length > 0)
    throw new Error(JSON.stringify(failed[0]))
})
