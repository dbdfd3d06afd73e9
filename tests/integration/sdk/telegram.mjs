// SPDX-License-Identifier: GPL-3.0-or-later
import { Api } from 'grammy'
import { peer } from './lib/peer.mjs'
import { telegramCall } from './lib/telegram.mjs'

await peer('grammy', async ({ account, message }) => {
  const api = new Api(account.secrets.token, { apiRoot: account.settings.base_url })
  const { chat, text, photo, options } = telegramCall(account, message)
  if (photo)
    await api.sendPhoto(chat, photo, options)
  else
    await api.sendMessage(chat, text, options)
})
