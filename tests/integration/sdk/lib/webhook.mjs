// SPDX-License-Identifier: GPL-3.0-or-later
import { compact } from './peer.mjs'

const moment = new Date(1_700_000_000_000) // at which the clock of every fixture stands still

// Posts a message signed by `Webhook`, a library of Standard Webhooks: with each of the secrets, as while one is replaced.
export async function postSigned(Webhook, { account: { settings, secrets }, message }) {
  const { content, key, to } = message
  const signatures = (secrets.signing_secret ?? '').split(' ').filter(Boolean).map((secret) => new Webhook(secret).sign(key, moment, content))
  const headers = compact({
    'content-type': 'application/json',
    authorization: secrets.token && `Bearer ${secrets.token}`,
    'webhook-id': key,
    'webhook-timestamp': String(moment.getTime() / 1000),
    'webhook-signature': signatures.join(' '),
  })
  if (settings.header_name && secrets.header_value)
    headers[settings.header_name] = secrets.header_value
  await fetch(settings.url || to, { method: 'POST', headers, body: content })
}
