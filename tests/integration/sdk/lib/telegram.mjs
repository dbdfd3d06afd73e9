// SPDX-License-Identifier: GPL-3.0-or-later
import { compact } from './peer.mjs'

// What a bot's code gives to its library for a message.
export function telegramCall({ settings }, { to, fields }) {
  const [chat, topic] = to.split('/')
  const options = compact({
    message_thread_id: topic ? Number(topic) : undefined,
    caption: fields.caption,
    parse_mode: fields.parse_mode,
    reply_markup: fields.reply_markup,
    link_preview_options: settings.previews === false && !fields.photo ? { is_disabled: true } : undefined,
    disable_notification: fields.disable_notification || settings.silent || undefined,
    protect_content: settings.protect_content || undefined,
  })
  return { chat, text: fields.text, photo: fields.photo, options }
}
