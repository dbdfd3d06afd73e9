// SPDX-License-Identifier: GPL-3.0-or-later
import { apprise, appriseSend, appriseUrl } from './lib/apprise.mjs'
import { peer } from './lib/peer.mjs'

await peer(apprise, async ({ account: { settings, secrets }, message: { fields } }) => {
  appriseSend(appriseUrl('gotify', settings.base_url, { path: secrets.token, query: { format: 'markdown', priority: String(settings.priority) } }),
    { title: fields.title, body: fields.text, format: 'markdown' })
})
