// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/BuildTools.h"

namespace carillon {

// What goes to Telegram's Bot API, as sendMessage takes it (or sendPhoto, when there is a photo):
//
//     {"text": "...", "parse_mode": "HTML" | "MarkdownV2"}        parse_mode is absent for plain text
//     {"photo": "https://...", "caption": "...", "parse_mode": ...}
//     and "reply_markup": {"inline_keyboard": [[{"text", "url"}]]}, "disable_notification": true
//
// Parts: text; photo (a web address: the text becomes its caption); buttons: [{"title", "url"}, ...] one a row, or rows of
// them [[...], [...]], {"title", "data"} for an answer to the bot (64 bytes), or {"inline_keyboard": ...} as Telegram has
// it. Settings: "parse_mode" "html" (default), "markdown" or "plain"; "silent".
//
// The text is checked as Telegram's parser would. Limits are 4,096 characters and 1,024 of a caption, in code points of what
// is read, marks not counted. What is cut or split is written as HTML, marks closed and opened again; the photo goes with
// the first message, the buttons with the last.
Result<Message> buildTelegram(BuildInput& input, MessageFacts& facts);

// The same for a text that was read already: from a template of the channel "chat".
Result<Message> buildTelegramText(const RichText& text, const Template& source, MessageFacts& facts);

} // namespace carillon
