// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/NearestName.h"

#include <algorithm>
#include <array>

namespace carillon::lint {

namespace {

constexpr qsizetype longest = 64; // names beyond are not compared

// Damerau's distance: changes, insertions, deletions and swaps of neighbours.
int distance(const QString& a, const QString& b)
{
    std::array<std::array<int, longest + 1>, 3> rows{};
    const auto row = [&](qsizetype i) -> auto&
    {
        return rows[std::size_t(i % 3)];
    };
    for (qsizetype j = 0; j <= b.size(); ++j)
        row(0)[std::size_t(j)] = int(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row(i)[0] = int(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = std::size_t(j);
            const int change = row(i - 1)[at - 1] + (a[i - 1] != b[j - 1]);
            row(i)[at] = std::min({change, row(i - 1)[at] + 1, row(i)[at - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row(i)[at] = std::min(row(i)[at], row(i - 2)[at - 2] + 1);
        }
    }
    return row(a.size())[std::size_t(b.size())];
}

} // namespace

QString nearestName(const QString& wrong, const QStringList& known)
{
    QString nearest;
    int best = std::min<int>(2, int(wrong.size()) / 3) + 1;
    for (const QString& name : known) {
        if (wrong.size() > longest || name.size() > longest || std::abs(name.size() - wrong.size()) >= best)
            continue;
        const int found = distance(wrong.toLower().left(longest), name.toLower().left(longest));
        if (found < best) {
            best = found;
            nearest = name;
        }
    }
    return nearest;
}

} // namespace carillon::lint
