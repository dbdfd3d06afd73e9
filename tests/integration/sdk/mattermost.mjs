// SPDX-License-Identifier: GPL-3.0-or-later
import mattermost from '@mattermost/client'
import { peer } from './lib/peer.mjs'

await peer('@mattermost/client', async ({ account: { settings, secrets }, message }) => {
  const client = new mattermost.Client4()
  client.setUrl(settings.base_url)
  client.setToken(secrets.token)
  const { title, text } = message.fields
  const post = {
    channel_id: message.to,
    message: [title && `**${title}**`, text].filter(Boolean).join('\n\n'),
    pending_post_id: message.key,
  }
  if (settings.priority !== 'standard')
    post.metadata = { priority: { priority: settings.priority } }
  await client.createPost(post)
})
