// SPDX-License-Identifier: GPL-3.0-or-later
import { IncomingWebhook } from '@slack/webhook'
import { compact, peer } from './lib/peer.mjs'

const previews = { always: true, never: false }

await peer('@slack/webhook', async ({ account: { settings, secrets }, message }) => {
  const [, thread] = message.to.split('/')
  await new IncomingWebhook(secrets.url).send(compact({
    text: message.fields.text,
    blocks: message.fields.blocks,
    thread_ts: thread,
    unfurl_links: previews[settings.previews],
    unfurl_media: previews[settings.previews],
  }))
})
