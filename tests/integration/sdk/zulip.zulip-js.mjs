// SPDX-License-Identifier: GPL-3.0-or-later
import zulip from 'zulip-js'
import { peer } from './lib/peer.mjs'

await peer('zulip-js', async ({ account: { settings, secrets }, message: { to, fields } }) => {
  const client = await zulip({ username: settings.user, apiKey: secrets.token, realm: settings.base_url })
  const [, channel, topic] = to.match(/^([^/]+)\/(.*)$/) ?? []
  const content = [fields.title && `**${fields.title}**`, fields.text].filter(Boolean).join('\n\n')
  await client.messages.send(channel ? { type: 'stream', to: channel, topic, content } : { type: 'private', to: [to], content })
})
