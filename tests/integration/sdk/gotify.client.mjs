// SPDX-License-Identifier: GPL-3.0-or-later
import { GotifyClient } from 'gotify-client'
import { compact, peer } from './lib/peer.mjs'

await peer('gotify-client', async ({ account: { settings, secrets }, message: { fields: { title, text } } }) => {
  const client = new GotifyClient(settings.base_url, { app: secrets.token })
  await client.message.createMessage(compact({
    title, message: text || title, priority: settings.priority,
    extras: compact({
      'client::display': { contentType: 'text/markdown' },
      'client::notification': settings.click && { click: { url: settings.click } },
    }),
  }))
})
