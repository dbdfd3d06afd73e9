// SPDX-License-Identifier: GPL-3.0-or-later
import twilio from 'twilio'
import { compact, peer } from './lib/peer.mjs'

// The library fixes its host; everything else of a request is left as it makes it.
class Directed extends twilio.RequestClient {
  constructor(server) {
    super()
    this.server = server
  }

  request(options) {
    return super.request({ ...options, uri: this.server + new URL(options.uri).pathname })
  }
}

await peer('twilio', async ({ account: { settings, secrets, receiptsUrl }, message }) => {
  const [user, password] = settings.api_key_sid ? [settings.api_key_sid, secrets.api_key_secret] : [settings.account_sid, secrets.auth_token]
  const client = twilio(user, password, { accountSid: settings.account_sid, httpClient: new Directed(settings.base_url) })
  await client.messages.create(compact({
    to: message.to,
    [settings.sender.startsWith('MG') && settings.sender.length === 34 ? 'messagingServiceSid' : 'from']: settings.sender,
    body: message.fields.text,
    validityPeriod: settings.validity_seconds,
    smartEncoded: settings.smart_encoded || undefined,
    statusCallback: receiptsUrl,
  }))
})
