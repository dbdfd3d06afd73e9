// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/content/RichText.h"

namespace carillon {

// Text as Telegram's Bot API reads it (core.telegram.org/bots/api#formatting-options), checked as its server checks it, so
// that what passes here is not refused there. Errors name line and column of the rendered text and say what to write
// instead; their `field` is "text".

// HTML: only Telegram's own tags, closed in the order they were opened; & < > of text as entities.
Result<RichText> readTelegramHtml(const QString& html);

// MarkdownV2: what is reserved must be a mark or stand behind a backslash; every mark must end.
Result<RichText> readTelegramMarkdown(const QString& markdown);

// An error at a place of a text: "Line 2, column 7: ...".
Error telegramError(QStringView text, qsizetype at, const QString& sentence);

} // namespace carillon
