// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QString>
#include <QStringList>

namespace carillon {

// What is wrong with a message's blocks, as Slack's Block Kit limits them (the limits stand in its SDK's type comments).
// Each sentence names the place as a JSON pointer, what is allowed and what is there: "/blocks/0/text/text has 3,120
// characters; at most 3,000 are allowed." At most maxProblems; empty when Slack would take it.
QStringList slackBlockProblems(const QJsonArray& blocks);

constexpr qsizetype maxSlackProblems = 10;

// A text that says what the blocks show: for notifications, and for those who see no blocks.
QString slackFallbackText(const QJsonArray& blocks);

} // namespace carillon
