// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/MarkerText.h"

#include <algorithm>
#include <array>

namespace carillon::ui {

namespace {

constexpr int deepest = 6;

int styleOf(QChar marker)
{
    switch (marker.unicode()) {
    case u'*': return RichSpan::Bold;
    case u'_': return RichSpan::Italic;
    case u'~': return RichSpan::Strike;
    case u'`': return RichSpan::Code;
    default: return 0;
    }
}

bool isWord(QStringView line, qsizetype position)
{
    return position >= 0 && position < line.size() && line.at(position).isLetterOrNumber();
}

bool isBlank(QStringView line, qsizetype position)
{
    return position < 0 || position >= line.size() || line.at(position).isSpace();
}

// Where a marker cannot close within a line any more: found once, asked often.
using Dead = std::array<bool, 4>;

std::size_t slotOf(QChar marker)
{
    return std::size_t(QStringView(u"*_~`").indexOf(marker));
}

QString withoutQuoteMark(const QString& line, const QStringList& marks)
{
    const auto mark = std::find_if(marks.begin(), marks.end(), [&](const QString& known) { return line.startsWith(known); });
    const QString rest = mark == marks.end() ? line : line.mid(mark->size());
    return rest.startsWith(u' ') ? rest.mid(1) : rest;
}

bool isQuoted(const QString& line, const QStringList& marks)
{
    return std::any_of(marks.begin(), marks.end(), [&](const QString& mark) { return line.startsWith(mark); });
}

void addLines(const QString& text, const QStringList& quoteMarks, QList<MarkupLine>& lines)
{
    for (qsizetype start = 0; start < text.size();) {
        const qsizetype end = text.indexOf(u'\n', start);
        const qsizetype next = end < 0 ? text.size() : end + 1;
        const QString line = text.mid(start, next - start);
        if (isQuoted(line, quoteMarks))
            lines << MarkupLine{MarkupLine::Quote, withoutQuoteMark(line, quoteMarks)};
        else
            lines << MarkupLine{MarkupLine::Text, line};
        start = next;
    }
}

} // namespace

MarkerText::MarkerText(RichBuilder& out, Special special)
    : m_out(out)
    , m_special(std::move(special))
{
}

void MarkerText::read(QStringView line, RichBlock::Kind kind, int style)
{
    m_kind = kind;
    readInside(line, style, 0);
}

void MarkerText::add(const QString& text, int style)
{
    m_out.add(text, style, {}, m_kind);
}

qsizetype MarkerText::closerOf(QStringView line, qsizetype opener) const
{
    const QChar marker = line.at(opener);
    for (qsizetype at = line.indexOf(marker, opener + 2); at > 0; at = line.indexOf(marker, at + 1)) {
        if (marker == u'`' || (!isBlank(line, at - 1) && !isWord(line, at + 1)))
            return at;
    }
    return -1;
}

void MarkerText::readInside(QStringView line, int style, int depth)
{
    Dead dead{};
    qsizetype done = 0;
    for (qsizetype at = 0; at < line.size();) {
        const QChar sign = line.at(at);
        if (m_special && (sign == u'<' || sign == u'&')) {
            add(line.mid(done, at - done).toString(), style);
            done = at;
            const qsizetype behind = m_special(line, at, style);
            at = behind > at ? behind : at + 1;
            done = behind > done ? behind : done;
            continue;
        }
        const int marked = styleOf(sign);
        const bool opens
            = marked != 0 && depth < deepest && !isWord(line, at - 1) && !isBlank(line, at + 1) && line.at(at + 1) != sign;
        const qsizetype closer = opens && !dead[slotOf(sign)] ? closerOf(line, at) : -1;
        if (opens)
            dead[slotOf(sign)] = closer < 0;
        if (closer < 0) {
            ++at;
            continue;
        }
        add(line.mid(done, at - done).toString(), style);
        const QStringView inside = line.mid(at + 1, closer - at - 1);
        if (marked == RichSpan::Code)
            add(inside.toString(), style | RichSpan::Code);
        else
            readInside(inside, style | marked, depth + 1);
        done = at = closer + 1;
    }
    add(line.mid(done).toString(), style);
}

QList<MarkupLine> markupLines(const QString& markup, const QStringList& quoteMarks)
{
    const QString fence = QStringLiteral("```");
    QString text = markup.left(longestMarkup);
    text.remove(u'\r');
    QList<MarkupLine> lines;
    qsizetype start = 0;
    while (start < text.size()) {
        const qsizetype open = text.indexOf(fence, start);
        const qsizetype close = open < 0 ? -1 : text.indexOf(fence, open + 3);
        if (close <= open + 3) {
            addLines(text.mid(start), quoteMarks, lines);
            break;
        }
        addLines(text.mid(start, open - start), quoteMarks, lines);
        QString code = text.mid(open + 3, close - open - 3);
        if (code.startsWith(u'\n'))
            code.remove(0, 1);
        if (code.endsWith(u'\n'))
            code.chop(1);
        lines << MarkupLine{MarkupLine::Fenced, code};
        start = close + 3;
    }
    return lines;
}

} // namespace carillon::ui
