// SPDX-License-Identifier: GPL-3.0-or-later
import { peer } from './lib/peer.mjs'

// Some of the library's reports go to no logger but to the standard output, which is for answers.
const silent = () => {}
console.log = console.info = console.debug = silent
const { createClient } = await import('matrix-js-sdk')
const logger = { trace: silent, debug: silent, info: silent, warn: console.error, error: console.error, getChild: () => logger }

await peer('matrix-js-sdk', async ({ account: { settings, secrets }, message }) => {
  const client = createClient({
    baseUrl: settings.base_url, accessToken: secrets.token, userId: '@bell:example.org', deviceId: 'BELL', logger,
  })
  client.makeTxnId = () => message.key
  const { title, plain, html } = message.fields
  const body = [title, plain].filter(Boolean).join('\n\n')
  const kind = settings.msgtype === 'm.text' ? 'Message' : 'Notice'
  if (html)
    await client[`sendHtml${kind}`](message.to, body, html)
  else if (kind === 'Notice')
    await client.sendNotice(message.to, body)
  else
    await client.sendTextMessage(message.to, body)
  client.stopClient()
})
