// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/content/RichText.h"

namespace carillon {

// What the writers of marked text share.

inline QString escapedXml(QChar c)
{
    switch (c.unicode()) {
    case u'&': return QStringLiteral("&amp;");
    case u'<': return QStringLiteral("&lt;");
    case u'>': return QStringLiteral("&gt;");
    default: return c;
    }
}

inline void appendXml(QString& out, QStringView text)
{
    for (const QChar c : text) {
        if (c == u'&' || c == u'<' || c == u'>')
            out += escapedXml(c);
        else
            out += c;
    }
}

// Calls open(span) and close(span) at the places of the marks and put(QStringView) for each stretch of the text between.
template <typename Open, typename Close, typename Put>
void walk(const RichText& rich, Open open, Close close, Put put)
{
    QList<const RichText::Span*> stack;
    qsizetype next = 0;
    for (qsizetype at = 0;;) {
        while (!stack.isEmpty() && stack.last()->end <= at)
            close(*stack.takeLast());
        while (next < rich.spans.size() && rich.spans[next].begin <= at) {
            stack << &rich.spans[next++];
            open(*stack.last());
        }
        if (at >= rich.text.size())
            return;
        qsizetype end = rich.text.size();
        if (!stack.isEmpty())
            end = qMin(end, stack.last()->end);
        if (next < rich.spans.size())
            end = qMin(end, rich.spans[next].begin);
        end = qMax(end, at + 1); // a mark that holds nothing goes around the next character
        put(QStringView(rich.text).sliced(at, end - at));
        at = end;
    }
}

} // namespace carillon
