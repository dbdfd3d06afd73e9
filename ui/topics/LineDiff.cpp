// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/LineDiff.h"

#include <QHash>
#include <QStringList>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr int mostChanges = 1'000;

using Numbers = QList<int>; // lines as numbers: equal lines have equal numbers

// The furthest points of each number of changes, from which the way is read backwards.
class Myers {
public:
    Myers(const Numbers& before, const Numbers& after)
        : m_before(before)
        , m_after(after)
    {
    }

    // The changes in reverse order; false when there are too many.
    bool find(QList<DiffLine>& reversed)
    {
        const int n = int(m_before.size());
        const int m = int(m_after.size());
        const int most = qMin(n + m, mostChanges);
        QList<int> furthest(2 * most + 3, 0);
        for (int d = 0; d <= most; ++d) {
            m_trace << furthest.mid(most + 1 - d - 1, 2 * d + 3);
            for (int k = -d; k <= d; k += 2) {
                int& x = furthest[most + 1 + k];
                x = down(furthest, most, k, d) ? furthest.at(most + 2 + k) : furthest.at(most + k) + 1;
                while (x < n && x - k < m && m_before.at(x) == m_after.at(x - k))
                    ++x;
                if (x >= n && x - k >= m) {
                    walkBack(reversed, d);
                    return true;
                }
            }
        }
        return false;
    }

private:
    static bool down(const QList<int>& furthest, int most, int k, int d)
    {
        return k == -d || (k != d && furthest.at(most + k) < furthest.at(most + 2 + k));
    }

    void walkBack(QList<DiffLine>& reversed, int changes) const
    {
        int x = int(m_before.size());
        int y = int(m_after.size());
        for (int d = changes; d > 0; --d) {
            const QList<int>& furthest = m_trace.at(d); // of diagonals -d-1 to d+1, before this change
            const int k = x - y;
            const auto at = [&](int diagonal) { return furthest.at(diagonal + d + 1); };
            const bool added = k == -d || (k != d && at(k - 1) < at(k + 1));
            const int beforeX = added ? at(k + 1) : at(k - 1);
            const int beforeY = beforeX - (added ? k + 1 : k - 1);
            while (x > beforeX + (added ? 0 : 1) && y > beforeY + (added ? 1 : 0))
                reversed << DiffLine{DiffLine::Same, x--, y--, {}, 0};
            if (added)
                reversed << DiffLine{DiffLine::Added, 0, y--, {}, 0};
            else
                reversed << DiffLine{DiffLine::Removed, x--, 0, {}, 0};
        }
        while (x > 0 && y > 0)
            reversed << DiffLine{DiffLine::Same, x--, y--, {}, 0};
    }

    const Numbers& m_before;
    const Numbers& m_after;
    QList<QList<int>> m_trace;
};

Numbers numbersOf(const QStringList& lines, QHash<QString, int>& numbers)
{
    Numbers all;
    all.reserve(lines.size());
    for (const QString& line : lines) {
        auto number = numbers.constFind(line);
        if (number == numbers.cend())
            number = numbers.insert(line, int(numbers.size()));
        all << *number;
    }
    return all;
}

QStringList linesOf(const QString& text)
{
    return text.isEmpty() ? QStringList() : text.split(u'\n');
}

// The changes between two lists of lines that differ at both ends.
QList<DiffLine> changesOf(const QStringList& before, const QStringList& after)
{
    QHash<QString, int> numbers;
    const Numbers one = numbersOf(before, numbers);
    const Numbers other = numbersOf(after, numbers);
    QList<DiffLine> lines;
    if (Myers(one, other).find(lines)) {
        std::reverse(lines.begin(), lines.end());
        return lines;
    }
    lines.clear();
    for (int line = 1; line <= before.size(); ++line)
        lines << DiffLine{DiffLine::Removed, line, 0, {}, 0};
    for (int line = 1; line <= after.size(); ++line)
        lines << DiffLine{DiffLine::Added, 0, line, {}, 0};
    return lines;
}

} // namespace

QList<DiffLine> diffLines(const QString& before, const QString& after)
{
    const QStringList one = linesOf(before);
    const QStringList other = linesOf(after);
    const int shortest = int(qMin(one.size(), other.size()));
    int head = 0;
    while (head < shortest && one.at(head) == other.at(head))
        ++head;
    int tail = 0;
    while (tail < shortest - head && one.at(one.size() - 1 - tail) == other.at(other.size() - 1 - tail))
        ++tail;
    QList<DiffLine> lines;
    for (int line = 1; line <= head; ++line)
        lines << DiffLine{DiffLine::Same, line, line, one.at(line - 1), 0};
    for (DiffLine line : changesOf(one.mid(head, one.size() - head - tail), other.mid(head, other.size() - head - tail))) {
        line.oldLine += line.oldLine > 0 ? head : 0;
        line.newLine += line.newLine > 0 ? head : 0;
        line.text = line.oldLine > 0 ? one.at(line.oldLine - 1) : other.at(line.newLine - 1);
        lines << line;
    }
    for (int n = tail; n > 0; --n)
        lines << DiffLine{DiffLine::Same, int(one.size()) - n + 1, int(other.size()) - n + 1, one.at(one.size() - n), 0};
    return lines;
}

QList<DiffLine> foldSame(const QList<DiffLine>& lines, int context)
{
    QList<bool> near(lines.size(), false);
    bool changed = false;
    for (int at = 0; at < lines.size(); ++at) {
        if (lines.at(at).kind == DiffLine::Same)
            continue;
        changed = true;
        for (int n = qMax(0, at - context); n <= at + context && n < lines.size(); ++n)
            near[n] = true;
    }
    QList<DiffLine> folded;
    for (int at = 0; at < lines.size() && changed; ++at) {
        if (near.at(at))
            folded << lines.at(at);
        else if (!folded.isEmpty() && folded.last().kind == DiffLine::Left)
            ++folded.last().left;
        else
            folded << DiffLine{DiffLine::Left, 0, 0, {}, 1};
    }
    return folded;
}

} // namespace carillon::ui
