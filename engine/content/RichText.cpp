// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/RichText.h"

#include <algorithm>

namespace carillon {

RichText RichText::mid(TextRange range) const
{
    RichText result{text.mid(range.begin, range.end - range.begin), {}};
    for (const Span& span : spans) {
        if (span.begin >= range.end)
            break; // in order: none behind it begins earlier
        const qsizetype begin = std::max(span.begin, range.begin) - range.begin;
        const qsizetype end = std::min(span.end, range.end) - range.begin;
        if (begin < end)
            result.spans << Span{span.mark, begin, end, span.argument};
    }
    return result;
}

QList<TextRange> RichText::atoms() const
{
    QList<TextRange> result;
    for (const Span& span : spans) {
        if (span.mark == Mark::Raw || span.mark == Mark::Emoji || span.mark == Mark::Time)
            result << TextRange{span.begin, span.end};
    }
    return result;
}

void RichText::append(const RichText& other)
{
    const qsizetype start = text.size();
    text += other.text;
    for (const Span& span : other.spans)
        spans << Span{span.mark, span.begin + start, span.end + start, span.argument};
}

void RichTextMaker::open(RichText::Mark mark, const QString& argument)
{
    m_open << m_result.spans.size();
    m_result.spans << RichText::Span{mark, m_result.text.size(), m_result.text.size(), argument};
}

void RichTextMaker::close()
{
    if (m_open.isEmpty())
        return;
    const qsizetype index = m_open.takeLast();
    RichText::Span& span = m_result.spans[index];
    span.end = m_result.text.size();
    if (span.end == span.begin)
        m_result.spans.removeAt(index); // whatever is behind it was empty, too, and is gone
}

bool RichTextMaker::isOpen(RichText::Mark mark) const
{
    return std::any_of(m_open.begin(), m_open.end(), [&](qsizetype index) { return m_result.spans[index].mark == mark; });
}

const RichText::Span* RichTextMaker::innermost() const
{
    return m_open.isEmpty() ? nullptr : &m_result.spans[m_open.last()];
}

void RichTextMaker::setArgument(const QString& argument)
{
    m_result.spans[m_open.last()].argument = argument;
}

void RichTextMaker::setMark(RichText::Mark mark)
{
    m_result.spans[m_open.last()].mark = mark;
}

RichText RichTextMaker::take()
{
    while (!m_open.isEmpty())
        close();
    return std::move(m_result);
}

} // namespace carillon
