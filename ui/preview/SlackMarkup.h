// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preview/RichText.h"

#include <QJsonObject>

namespace carillon::ui {

// Slack's mrkdwn as Slack shows it: *bold* _italic_ ~strike~ `code` ```block```, > quotation, >>> the rest quoted,
// <https://a.b|label>, <@U1>, <#C1|general>, <!here>; &amp; &lt; &gt; resolved. Emoji by name (":tada:") stay as written,
// and so do "- " and "• ": mrkdwn knows no lists. Any text is taken.
RichMessage readSlackMarkup(const QString& mrkdwn);

// The text object of a block: {"type": "mrkdwn" or "plain_text", "text": "..."}; a bare string counts as mrkdwn.
RichMessage readSlackText(const QJsonValue& text);

// A block of type "rich_text": sections, lists, quotations and preformatted text.
RichMessage readSlackRichText(const QJsonObject& block);

} // namespace carillon::ui
