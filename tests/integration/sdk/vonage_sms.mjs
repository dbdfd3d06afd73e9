// SPDX-License-Identifier: GPL-3.0-or-later
import { SMS } from '@vonage/sms'
import { peer } from './lib/peer.mjs'

await peer('@vonage/sms', async ({ account: { settings, secrets, receiptsUrl }, message: { to, key, fields } }) => {
  await new SMS({ apiKey: settings.api_key, apiSecret: secrets.api_secret }, { restHost: settings.base_url }).send({
    to: to.replace('+', ''),
    from: settings.sender.replace('+', ''),
    text: fields.text,
    type: fields.encoding === 'UCS-2' ? 'unicode' : 'text',
    clientRef: key.slice(0, 40),
    callback: receiptsUrl || undefined,
  })
})
