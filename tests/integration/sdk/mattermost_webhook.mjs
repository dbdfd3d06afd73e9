// SPDX-License-Identifier: GPL-3.0-or-later
import { apprise, appriseSend, appriseUrl } from './lib/apprise.mjs'
import { peer } from './lib/peer.mjs'

await peer(apprise, async ({ account: { settings, secrets }, message: { to, fields } }) => {
  const [, server, token] = secrets.url.match(/^(.*)\/hooks\/(.*)$/)
  appriseSend(appriseUrl('mmost', server, { user: settings.username, path: token, query: { channel: to, image: 'no', format: 'markdown' } }),
    { body: fields.text, format: 'markdown' })
})
