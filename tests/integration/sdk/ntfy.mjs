// SPDX-License-Identifier: GPL-3.0-or-later
import { apprise, appriseSend, appriseUrl } from './lib/apprise.mjs'
import { peer } from './lib/peer.mjs'

await peer(apprise, async ({ account: { settings, secrets }, message: { to, fields } }) => {
  appriseSend(appriseUrl('ntfy', settings.base_url, { user: settings.user, password: secrets.password, path: to, query: { mode: 'private' } }),
    { title: fields.title, body: fields.text })
})
