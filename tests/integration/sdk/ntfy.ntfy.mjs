// SPDX-License-Identifier: GPL-3.0-or-later
import { publish } from 'ntfy'
import { compact, peer } from './lib/peer.mjs'

// The library says by address and headers what ntfy documents as members of JSON, too.
const { fetch: send } = globalThis
globalThis.fetch = (address, { method, headers, body }) => {
  const { origin, pathname } = new URL(address)
  const header = (name) => headers[`X-${name}`]
  return send(origin, {
    method,
    headers: compact({ authorization: headers.Authorization, 'content-type': 'application/json' }),
    body: JSON.stringify(compact({
      topic: pathname.slice(1), message: body, title: header('Title'), icon: header('Icon'),
      priority: header('Priority') && Number(header('Priority')), tags: header('Tags')?.split(','),
      markdown: header('Markdown') && header('Markdown') === 'true',
    })),
  })
}

await peer('ntfy', async ({ account: { settings, secrets }, message: { to, fields } }) => {
  const { user, priority, icon, tags } = settings
  await publish(compact({
    server: settings.base_url, topic: to, message: fields.text, title: fields.title, iconURL: icon,
    tags: tags?.split(',').map((tag) => tag.trim()),
    priority: priority === '3' ? undefined : Number(priority),
    markdown: fields.text === fields.plain ? undefined : true,
    authorization: secrets.token || (user && { username: user, password: secrets.password }),
  }))
})
