// SPDX-License-Identifier: GPL-3.0-or-later
//
// Meta's own library. It is configured by the environment alone, and its host has to be one that speaks TLS.
import { createRequire } from 'node:module'
import { httpsBridge } from './lib/bridge.mjs'
import { peer } from './lib/peer.mjs'

process.env.NODE_ENV = 'production' // else it looks for a file .env
const WhatsApp = createRequire(import.meta.url)('whatsapp')

const target = {}
const bridge = await httpsBridge(target)

await peer('whatsapp', async ({ server, account: { settings, secrets }, message: { to, key, fields } }) => {
  target.server = server
  Object.assign(process.env, {
    WA_BASE_URL: '127.0.0.1', WA_PHONE_NUMBER_ID: settings.phone_number_id, CLOUD_API_VERSION: settings.api_version,
    CLOUD_API_ACCESS_TOKEN: secrets.token, M4D_APP_ID: '1', M4D_APP_SECRET: secrets.app_secret, WA_BUSINESS_ACCOUNT_ID: '1',
    WEBHOOK_ENDPOINT: 'hooks', WEBHOOK_VERIFICATION_TOKEN: secrets.verify_token, LISTENER_PORT: '1',
  })
  const { messages, requester } = new WhatsApp()
  requester.port = bridge.port
  requester.client.agent.options.ca = bridge.cert
  const body = messages.bodyBuilder(fields.type, fields[fields.type], to)
  body.biz_opaque_callback_data = key // the library is older than this member
  const answer = await messages.send(JSON.stringify(body))
  if (answer.statusCode() !== 200)
    throw new Error(`HTTP ${answer.statusCode()}`)
  await answer.responseBodyToJSON()
  requester.client.clearSockets()
})
