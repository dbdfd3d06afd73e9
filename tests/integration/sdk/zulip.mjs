// SPDX-License-Identifier: GPL-3.0-or-later
import { apprise, appriseSend } from './lib/apprise.mjs'
import { peer } from './lib/peer.mjs'

// Its addresses have no place for a server of one's own.
const direct = (server) => `plugins.NotifyZulip.NotifyZulip.notify_url = ${JSON.stringify(`${server}/api/v1/messages`)}`

await peer(apprise, async ({ account: { settings, secrets }, message: { to, fields } }) => {
  const [, bot, organisation] = settings.user.match(/^(.*)-bot@(.*)\.zulipchat\.com$/)
  const [channel, topic] = to.split('/')
  appriseSend(`zulip://${bot}@${organisation}/${secrets.token}/${channel}/`,
    { title: topic, body: fields.text, before: direct(settings.base_url) })
})
