// SPDX-License-Identifier: GPL-3.0-or-later
//
// Mattermost's incoming webhooks take what Slack's take, and a little more.
import { IncomingWebhook } from '@slack/webhook'
import { compact, peer } from './lib/peer.mjs'

await peer('@slack/webhook', async ({ account: { settings, secrets }, message: { to, fields } }) => {
  const webhook = new IncomingWebhook(secrets.url, compact({
    channel: settings.target === 'webhook' ? '' : to, username: settings.username, icon_url: settings.icon_url,
  }))
  await webhook.send(compact({
    text: [fields.title && `**${fields.title}**`, fields.text].filter(Boolean).join('\n\n'),
    priority: settings.priority && settings.priority !== 'standard' ? { priority: settings.priority } : undefined,
  }))
})
