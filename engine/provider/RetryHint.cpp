// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/provider/RetryHint.h"

#include <QRegularExpression>

#include <cmath>

namespace carillon {

namespace {

constexpr double dayMs = 86'400'000;
constexpr qsizetype longestText = 2'000;

double unitMs(const QString& unit)
{
    const QString lower = unit.toLower();
    if (lower.startsWith(u"ms") || lower.startsWith(u"milli"))
        return 1;
    switch (lower.isEmpty() ? u's' : lower.front().unicode()) {
    case u'm': return 60'000;
    case u'h': return 3'600'000;
    default: return 1'000;
    }
}

qint64 bounded(double ms)
{
    return qint64(std::ceil(qBound(0.0, ms, dayMs)));
}

} // namespace

std::optional<qint64> retryHint(const QString& words)
{
    // A word that asks, a few others between, then the time. "timed out" is not asking, whatever follows.
    static const QRegularExpression asking(
        QStringLiteral("\\b(?:try(?:ing)?\\s+(?:again|later|back)|retry(?:[\\s-]*after)?|re-?try|resend|come\\s+back|wait"
                       "|grey-?list(?:ed|ing)?|gray-?list(?:ed|ing)?|back\\s*off|delayed|deferred|again)\\b"
                       "(?<between>[^0-9\\r\\n]{0,60}?)"
                       "(?:(?<h>\\d{1,2}):(?<m>\\d{2}):(?<s>\\d{2})\\b"
                       "|(?<amount>\\d{1,7}(?:\\.\\d{1,3})?)\\s*(?<unit>milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m"
                       "|hours?|hrs?|h)\\b)"),
        QRegularExpression::CaseInsensitiveOption);
    QRegularExpressionMatchIterator matches = asking.globalMatch(words.left(longestText));
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        if (match.captured(QStringLiteral("between")).contains(QStringLiteral("timed out"), Qt::CaseInsensitive))
            continue;
        if (!match.captured(QStringLiteral("s")).isEmpty())
            return bounded(match.captured(QStringLiteral("h")).toDouble() * 3'600'000
                           + match.captured(QStringLiteral("m")).toDouble() * 60'000
                           + match.captured(QStringLiteral("s")).toDouble() * 1'000);
        return bounded(match.captured(QStringLiteral("amount")).toDouble() * unitMs(match.captured(QStringLiteral("unit"))));
    }
    return std::nullopt;
}

} // namespace carillon
