// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/BuildTools.h"

namespace carillon {

// What a template of the channel "chat" becomes on a platform. Parts: title, and text in Markdown, converted into what the
// platform shows: for Slack, Telegram and WhatsApp see their builders; the title is a bold line above. Any other platform
// gets the Markdown itself, and the same without marks for those that read none:
//
//     {"title": "...", "text": "...", "plain": "...", "format": "markdown"}     title only when there is one
//
// Matrix, which shows HTML, gets the whole as "html" besides, when it has marks.
//
// The text has the platform's limit where that is known: Discord 2,000 characters, Mattermost 16,383, Pushover 1,024, Zulip
// 10,000; ntfy 4,096 bytes, Matrix and Teams 24,000. In Mattermost and Zulip the title is part of the text. What is cut or
// split is written as Markdown again, marks closed and opened; the title stays with the first message.
Result<Message> buildChat(BuildInput& input, MessageFacts& facts);

} // namespace carillon
