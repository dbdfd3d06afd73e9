// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/RichText.h"

namespace carillon {

// How each platform writes marked text.

// Telegram's HTML: what its own parser reads back as the same text and marks.
QString toTelegramHtml(const RichText& text);

// The HTML of Matrix's formatted_body (client-server API, m.room.message msgtypes): what every client is asked to show.
QString toMatrixHtml(const RichText& text);

// Slack's mrkdwn: *bold*, _italic_, ~strike~, `code`, > quote, <https://address|label>, with & < > as entities. Marks end
// with the line, because Slack's do; where one stands within a word, a zero-width space makes Slack see it. Slack has no
// underline and no spoiler, and no escape for * _ ~ ` themselves.
QString toSlack(const RichText& text);

// WhatsApp's: *bold*, _italic_, ~strike~, ```code```, > quote; a link is its label with the address behind it.
QString toWhatsApp(const RichText& text);

// Markdown as chat platforms read it, signs that are meant as text escaped: **bold**, *italic*, ~~strike~~, `code`, fenced
// blocks, > quote, [label](address); a line that another one follows ends in two blanks, so that it stays a line.
QString toMarkdown(const RichText& text);

// Without marks: a link is its label with the address behind it.
QString toPlainText(const RichText& text);

} // namespace carillon
