// SPDX-License-Identifier: GPL-3.0-or-later
import { Messages, SMS } from '@vonage/messages'
import { peer } from './lib/peer.mjs'

await peer('@vonage/messages', async ({ account: { settings, secrets }, message: { to, key, fields } }) => {
  const client = new Messages({ applicationId: settings.application_id, privateKey: secrets.private_key }, { apiHost: settings.base_url })
  await client.send(new SMS({ to: to.replace('+', ''), from: settings.sender, text: fields.text, clientRef: key }))
})
