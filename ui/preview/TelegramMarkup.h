// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preview/RichText.h"

namespace carillon::ui {

// Telegram's HTML: b strong i em u ins s strike del code pre a blockquote tg-spoiler span tg-emoji, and the references &lt;
// &gt; &amp; &quot; and numeric ones. A tag that Telegram does not know stays as written: it would refuse the message. Any
// text is taken.
RichMessage readTelegramHtml(const QString& html);

// Telegram's MarkdownV2: *bold* _italic_ __underline__ ~strike~ ||spoiler|| `code` ```pre``` [text](url) >quotation, and
// backslashes. What is opened and never closed stays as written.
RichMessage readTelegramMarkdown(const QString& markdown);

// By the parse mode of a message: "HTML", "MarkdownV2", or none for plain text.
RichMessage readTelegram(const QString& text, const QString& parseMode);

} // namespace carillon::ui
