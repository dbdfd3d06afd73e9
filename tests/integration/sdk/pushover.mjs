// SPDX-License-Identifier: GPL-3.0-or-later
import { apprise, appriseSend } from './lib/apprise.mjs'
import { compact, peer } from './lib/peer.mjs'

// Its addresses have no place for a server of one's own.
const direct = (server) => `plugins.NotifyPushover.NotifyPushover.notify_url = ${JSON.stringify(`${server}/1/messages.json`)}`

await peer(apprise, async ({ account: { settings, secrets }, message: { to, fields } }) => {
  const [user, device = ''] = to.split('/')
  const query = new URLSearchParams(compact({ priority: settings.priority, sound: settings.sound, url: settings.url, url_title: settings.url_title,
    ...(settings.priority === '2' ? { retry: settings.retry, expire: settings.expire } : {}) })).toString().replaceAll('+', '%20') // it takes + for itself
  appriseSend(`pover://${user}@${secrets.token}/${device}?${query}`,
    { title: fields.title, body: fields.plain, before: direct(settings.base_url) })
})
