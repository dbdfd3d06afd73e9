// SPDX-License-Identifier: GPL-3.0-or-later
import { WebClient } from '@slack/web-api'
import { compact, peer } from './lib/peer.mjs'

const previews = { always: true, never: false }

await peer('@slack/web-api', async ({ account: { settings, secrets }, message }) => {
  const client = new WebClient(secrets.token, { slackApiUrl: settings.base_url, retryConfig: { retries: 0 } })
  const [channel, thread] = message.to.split('/')
  const picture = settings.icon?.includes('://') ? { icon_url: settings.icon } : { icon_emoji: settings.icon }
  await client.chat.postMessage(compact({
    channel,
    thread_ts: thread,
    reply_broadcast: thread && settings.reply_broadcast ? true : undefined,
    text: message.fields.text,
    blocks: message.fields.blocks,
    unfurl_links: previews[settings.previews],
    unfurl_media: previews[settings.previews],
    username: settings.username,
    ...picture,
  }))
})
