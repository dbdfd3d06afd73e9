// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringView>

#include <functional>

namespace carillon {

// A stretch of a text, in UTF-16 units; `end` is behind it.
struct TextRange {
    qsizetype begin = 0;
    qsizetype end = 0;

    friend bool operator==(const TextRange&, const TextRange&) = default;
};

// Finds where a text that is too long may be cut: never within a character as people see it (an emoji of several code
// points, a letter with its accents), and within a word only when it alone is too long.
//
// `measure` says how much of a limit a stretch takes; it never shrinks when the stretch grows. `unitsPerLimit` is how many
// UTF-16 units can at most go into one unit of the limit (two where code points are counted). `atoms` are stretches that
// have to stay whole, such as a mention; in order. The text must outlive the cutter. Time grows with the limit, not with
// the text.
class TextCutter {
public:
    using Measure = std::function<qint64(TextRange)>;

    static constexpr qsizetype maxPieces = 20;

    TextCutter(QStringView text, Measure measure, qsizetype unitsPerLimit, QList<TextRange> atoms = {});

    // The longest stretch from the start, ended at a word, that the limit takes; empty when nothing fits.
    TextRange cut(qint64 limit) const;

    // The whole text in pieces, the first within limits[0] and so on, the last limit for all further: cut between
    // paragraphs if that wastes less than half a piece, else lines, else words. Nothing but blanks at the borders is left
    // out. Empty when there would be more than maxPieces or an atom fits in none.
    QList<TextRange> split(const QList<qint64>& limits) const;

private:
    enum class At { Word, Paragraph };

    qsizetype endOf(qsizetype begin, qint64 limit, At at) const;
    qsizetype furthest(qsizetype begin, qint64 limit) const;
    qsizetype breakBefore(qsizetype begin, qsizetype end, At at) const;
    qsizetype characterBefore(qsizetype begin, qsizetype end) const;
    bool isWithinAtom(qsizetype position) const;
    qsizetype outOfAtom(qsizetype begin, qsizetype position) const;

    QStringView m_text;
    Measure m_measure;
    qsizetype m_unitsPerLimit;
    QList<TextRange> m_atoms;
};

} // namespace carillon
