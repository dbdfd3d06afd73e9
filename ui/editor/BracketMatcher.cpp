// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/BracketMatcher.h"

namespace carillon::ui {

namespace {

using Pair = std::optional<std::pair<TextRange, TextRange>>;

constexpr qsizetype furthest = 20'000; // characters searched for the partner: typing must stay quick in any text

bool isOpening(QStringView two)
{
    return two == u"{{" || two == u"{%";
}

bool isClosing(QStringView two)
{
    return two == u"}}" || two == u"%}";
}

// The delimiter that closes the one at `start`; strings between them do not count.
Pair delimitersFrom(QStringView text, qsizetype start)
{
    const QStringView close = text.mid(start, 2) == u"{{" ? QStringView(u"}}") : QStringView(u"%}");
    QChar quote;
    for (qsizetype at = start + 2; at + 1 < text.size() && at - start < furthest; ++at) {
        const QChar here = text.at(at);
        if (!quote.isNull()) {
            quote = here == quote ? QChar() : quote;
        } else if (text.mid(at, 2) == close) {
            const bool dashed = text.at(at - 1) == u'-' && at - 1 > start + 2;
            return std::pair(TextRange{start, text.mid(start + 2, 1) == u"-" ? 3 : 2},
                             TextRange{dashed ? at - 1 : at, dashed ? 3 : 2});
        } else if (here == u'"' || here == u'\'') {
            quote = here;
        }
    }
    return {};
}

// The delimiters of which one begins at `at`.
Pair delimitersAt(QStringView text, qsizetype at)
{
    const QStringView two = text.mid(at, 2);
    if (isOpening(two))
        return delimitersFrom(text, at);
    if (!isClosing(two))
        return {};
    const QStringView open = two == u"}}" ? QStringView(u"{{") : QStringView(u"{%");
    const qsizetype start = text.left(at).lastIndexOf(open);
    if (start < 0 || at - start > furthest)
        return {};
    const Pair pair = delimitersFrom(text, start);
    return pair && pair->second.end() == at + 2 ? std::optional(std::pair(pair->second, pair->first)) : std::nullopt;
}

qsizetype partnerOf(QStringView text, qsizetype start)
{
    static const QString brackets = QStringLiteral("()[]{}");
    const auto kind = brackets.indexOf(text.at(start));
    if (kind < 0)
        return -1;
    const QChar partner = brackets.at(kind ^ 1);
    const int step = kind % 2 == 0 ? 1 : -1;
    int depth = 0;
    for (qsizetype at = start; at >= 0 && at < text.size() && qAbs(at - start) < furthest; at += step) {
        if (text.at(at) == text.at(start))
            ++depth;
        else if (text.at(at) == partner && --depth == 0)
            return at;
    }
    return -1;
}

} // namespace

std::optional<std::pair<TextRange, TextRange>> matchingBrackets(const QString& text, int position)
{
    for (const int start : {position, position - 1, position - 2}) {
        if (start < 0)
            continue;
        if (const Pair pair = delimitersAt(text, start))
            return pair;
    }
    for (const int start : {position, position - 1}) {
        if (start < 0 || start >= text.size())
            continue;
        if (const qsizetype partner = partnerOf(text, start); partner >= 0)
            return std::pair(TextRange{start, 1}, TextRange{partner, 1});
    }
    return {};
}

} // namespace carillon::ui
