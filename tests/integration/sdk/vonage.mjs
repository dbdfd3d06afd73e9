// SPDX-License-Identifier: GPL-3.0-or-later
import { Messages, SMS } from '@vonage/messages'
import { peer } from './lib/peer.mjs'

await peer('@vonage/messages', async ({ account: { settings, secrets, receiptsUrl }, message }) => {
  const client = new Messages({ apiKey: settings.api_key, apiSecret: secrets.api_secret }, { apiHost: settings.base_url })
  await client.send(new SMS({
    to: message.to.replace('+', ''),
    from: settings.sender.replace('+', ''),
    text: message.fields.text,
    clientRef: message.key,
    webhookUrl: receiptsUrl || undefined,
  }))
})
