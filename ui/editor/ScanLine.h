// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/LiquidScanner.h"

#include <QStringView>

namespace carillon::ui {

// One line on its way through the scanner: a place in it, and the spans found so far. Lives for one call of scanLine().
class ScanLine {
public:
    explicit ScanLine(const QString& line)
        : m_line(line)
    {
    }

    const QString& text() const { return m_line; }
    qsizetype position() const { return m_pos; }
    bool atEnd() const { return m_pos >= m_line.size(); }
    bool at(QStringView text) const { return QStringView(m_line).sliced(m_pos).startsWith(text); }
    QChar here() const { return m_line.at(m_pos); }
    QChar peek(qsizetype ahead) const { return m_pos + ahead < m_line.size() ? m_line.at(m_pos + ahead) : QChar(); }
    QChar before() const { return m_pos > 0 ? m_line.at(m_pos - 1) : QChar(); }
    QStringView rest() const { return QStringView(m_line).sliced(m_pos); }
    const QList<Span>& spans() const { return m_spans; }

    void skip(qsizetype length = 1) { m_pos = qMin(m_pos + length, m_line.size()); }

    // Adds the next characters to the spans, joining equal neighbours.
    void take(qsizetype length, SpanKind kind)
    {
        length = qMin(length, m_line.size() - m_pos);
        if (length <= 0)
            return;
        if (!m_spans.isEmpty() && m_spans.last().kind == kind && m_spans.last().start + m_spans.last().length == m_pos)
            m_spans.last().length += int(length);
        else
            m_spans << Span{int(m_pos), int(length), kind};
        m_pos += length;
    }

    // Where the next Liquid begins, or the end of the line: how far the host language may take at once.
    qsizetype hostEnd() const
    {
        if (m_nextLiquid < m_pos)
            m_nextLiquid = findLiquid(m_pos);
        return m_nextLiquid;
    }

    // From here through the next `end`, but no further than the next Liquid; 0 when there is none before that.
    qsizetype lengthThrough(QStringView end, qsizetype from = 0) const
    {
        const qsizetype found = m_line.indexOf(end, m_pos + from);
        return found < 0 || found + end.size() > hostEnd() ? 0 : found + end.size() - m_pos;
    }

    // The length of the word that begins here: letters, digits, underscores and dashes.
    qsizetype wordLength() const
    {
        qsizetype end = m_pos;
        while (end < m_line.size() && isWord(m_line.at(end)))
            ++end;
        return end - m_pos;
    }

    static bool isWordStart(QChar c) { return c.isLetter() || c == u'_'; }
    static bool isWord(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-'; }

private:
    qsizetype findLiquid(qsizetype from) const
    {
        for (qsizetype at = m_line.indexOf(u'{', from); at >= 0; at = m_line.indexOf(u'{', at + 1)) {
            if (at + 1 < m_line.size() && (m_line.at(at + 1) == u'{' || m_line.at(at + 1) == u'%'))
                return at;
        }
        return m_line.size();
    }

    const QString& m_line;
    qsizetype m_pos = 0;
    mutable qsizetype m_nextLiquid = -1;
    QList<Span> m_spans;
};

} // namespace carillon::ui
