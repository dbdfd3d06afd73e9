// SPDX-License-Identifier: GPL-3.0-or-later
import { REST } from '@discordjs/rest'
import { MessageFlags, Routes } from 'discord-api-types/v10'
import { compact, peer } from './lib/peer.mjs'

const shortened = (text) => (text.length > 256 ? `${text.slice(0, 253)}...` : text)

await peer('@discordjs/rest', async ({ server, account: { settings, secrets }, message: { to, fields } }) => {
  const rest = new REST({ api: `${server}/api`, version: '10', retries: 0 })
  const [id, token] = secrets.url.split('/').slice(-2)
  const [, thread] = to.split('/')
  const content = fields.title
    ? { embeds: [compact({ title: shortened(fields.title), description: fields.text })] }
    : { content: fields.text }
  await rest.post(Routes.webhook(id, token), {
    auth: false,
    query: new URLSearchParams(compact({ wait: 'true', thread_id: thread })),
    body: compact({
      ...content,
      username: settings.username,
      avatar_url: settings.avatar_url,
      flags: settings.silent ? MessageFlags.SuppressNotifications : undefined,
      thread_name: settings.forum && !thread ? fields.title : undefined,
      allowed_mentions: { parse: [] },
    }),
  })
})
