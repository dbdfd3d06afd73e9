// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace carillon {

// How long an answer's words ask to wait, in milliseconds; nothing when they ask for no time. At most a day.
//
//     "Greylisted for 300 seconds" (postgrey)          300,000
//     "Try again in 5 minutes"                         300,000
//     "Please retry in 00:04:32" (milter-greylist)     272,000
//     "retry after 2.5s"                                 2,500
//
// Only a time that follows a word that asks for it ("again", "retry", "greylisted", "wait", "after" ...) counts: "Connection
// timed out after 30 seconds" asks for nothing.
std::optional<qint64> retryHint(const QString& words);

} // namespace carillon
