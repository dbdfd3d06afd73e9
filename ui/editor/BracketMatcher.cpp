// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/BracketMatcher.h"

namespace carillon::ui {

namespace {

constexpr int furthest = 20'000; // characters searched for the partner: typing must stay quick in any text

int partnerOf(const QString& text, int start)
{
    static const QString brackets = QStringLiteral("()[]{}");
    const auto kind = brackets.indexOf(text.at(start));
    if (kind < 0)
        return -1;
    const QChar partner = brackets.at(kind ^ 1);
    const int step = kind % 2 == 0 ? 1 : -1;
    int depth = 0;
    for (int at = start; at >= 0 && at < text.size() && qAbs(at - start) < furthest; at += step) {
        if (text.at(at) == text.at(start))
            ++depth;
        else if (text.at(at) == partner && --depth == 0)
            return at;
    }
    return -1;
}

} // namespace

std::optional<std::pair<int, int>> matchingBrackets(const QString& text, int position)
{
    for (const int start : {position, position - 1}) {
        if (start < 0 || start >= text.size())
            continue;
        if (const int partner = partnerOf(text, start); partner >= 0)
            return std::pair(start, partner);
    }
    return {};
}

} // namespace carillon::ui
