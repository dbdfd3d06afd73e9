// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TextCutter.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace carillon {

namespace {

constexpr qsizetype lookAhead = 64; // how much text behind a place tells whether a character ends there

// A stretch without the blanks at its end.
TextRange trimmed(QStringView text, TextRange range)
{
    while (range.end > range.begin && text[range.end - 1].isSpace())
        --range.end;
    return range;
}

// Where the next piece starts: behind the blanks, but the indentation of a line is kept.
qsizetype skipBlanks(QStringView text, qsizetype from)
{
    qsizetype end = from;
    while (end < text.size() && text[end].isSpace())
        ++end;
    if (end == text.size())
        return end;
    const qsizetype lastLine = text.mid(from, end - from).lastIndexOf(u'\n');
    return lastLine < 0 ? end : from + lastLine + 1;
}

bool splitsSurrogates(QStringView text, qsizetype at)
{
    return at > 0 && at < text.size() && text[at].isLowSurrogate() && text[at - 1].isHighSurrogate();
}

} // namespace

TextCutter::TextCutter(QStringView text, Measure measure, qsizetype unitsPerLimit, QList<TextRange> atoms)
    : m_text(text)
    , m_measure(std::move(measure))
    , m_unitsPerLimit(unitsPerLimit)
    , m_atoms(std::move(atoms))
{
}

bool TextCutter::isWithinAtom(qsizetype position) const
{
    return outOfAtom(-1, position) != position;
}

// The start of the atom that holds `position`, or `position` itself; never before `begin`.
qsizetype TextCutter::outOfAtom(qsizetype begin, qsizetype position) const
{
    const auto next = std::upper_bound(m_atoms.begin(), m_atoms.end(), position,
                                       [](qsizetype at, const TextRange& atom) { return at < atom.begin; });
    if (next == m_atoms.begin())
        return position;
    const TextRange& atom = *std::prev(next);
    return position > atom.begin && position < atom.end ? std::max(begin, atom.begin) : position;
}

// As much as the limit takes, wherever that ends.
qsizetype TextCutter::furthest(qsizetype begin, qint64 limit) const
{
    const qsizetype room = qsizetype(std::max<qint64>(limit, 0)) * m_unitsPerLimit + 1;
    qsizetype fits = begin;
    qsizetype tooFar = std::min(m_text.size(), begin + room);
    if (m_measure({begin, tooFar}) <= limit)
        return tooFar;
    while (tooFar - fits > 1) {
        const qsizetype middle = fits + (tooFar - fits) / 2;
        (m_measure({begin, middle}) <= limit ? fits : tooFar) = middle;
    }
    return fits;
}

qsizetype TextCutter::characterBefore(qsizetype begin, qsizetype end) const
{
    const QStringView window = m_text.mid(begin, std::min(m_text.size(), end + lookAhead) - begin);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, window.data(), window.size());
    finder.setPosition(end - begin);
    qsizetype at = finder.isAtBoundary() ? end - begin : finder.toPreviousBoundary();
    for (; at > 0 && isWithinAtom(begin + at); at = finder.toPreviousBoundary()) { }
    if (at > 0)
        return begin + at;
    const qsizetype whole = splitsSurrogates(m_text, end) ? end - 1 : end; // one character longer than the limit
    return outOfAtom(begin, whole);
}

// The best place to end at in the second half of [begin, end]; `begin` when there is none.
qsizetype TextCutter::breakBefore(qsizetype begin, qsizetype end, At at) const
{
    const qsizetype half = begin + (end - begin) / 2;
    qsizetype word = begin;
    qsizetype line = begin;
    for (qsizetype i = end; i > half; --i) {
        if (!m_text[i].isSpace() || isWithinAtom(i))
            continue;
        if (word == begin)
            word = i;
        if (at == At::Word)
            return word;
        if (m_text[i] != u'\n')
            continue;
        if (line == begin)
            line = i;
        if (i > 0 && m_text[i - 1] == u'\n')
            return i - 1;
    }
    if (line > begin || word > begin)
        return line > begin ? line : word;
    // Scripts without blanks, and long addresses: where a line may be broken.
    const QStringView window = m_text.mid(begin, std::min(m_text.size(), end + lookAhead) - begin);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Line, window.data(), window.size());
    finder.setPosition(end - begin);
    qsizetype opportunity = finder.isAtBoundary() ? end - begin : finder.toPreviousBoundary();
    for (; opportunity > half - begin; opportunity = finder.toPreviousBoundary()) {
        if (!isWithinAtom(begin + opportunity) && characterBefore(begin, begin + opportunity) == begin + opportunity)
            return begin + opportunity;
    }
    return begin;
}

qsizetype TextCutter::endOf(qsizetype begin, qint64 limit, At at) const
{
    const qsizetype end = furthest(begin, limit);
    if (end == m_text.size() || end == begin)
        return end;
    const qsizetype nice = breakBefore(begin, end, at);
    return nice > begin ? nice : characterBefore(begin, end);
}

TextRange TextCutter::cut(qint64 limit) const
{
    return trimmed(m_text, {0, endOf(0, limit, At::Word)});
}

QList<TextRange> TextCutter::split(const QList<qint64>& limits) const
{
    QList<TextRange> pieces;
    for (qsizetype begin = 0; begin < m_text.size();) {
        if (pieces.size() == maxPieces)
            return {};
        const qsizetype end = endOf(begin, limits[std::min(pieces.size(), limits.size() - 1)], At::Paragraph);
        if (end <= begin)
            return {};
        if (const TextRange piece = trimmed(m_text, {begin, end}); piece.end > piece.begin)
            pieces << piece;
        begin = skipBlanks(m_text, end);
    }
    return pieces;
}

} // namespace carillon
