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

// Calls open(span) and close(span) at the places of the marks and put(index) for each character of the text between.
template <typename Open, typename Close, typename Put>
void walk(const RichText& rich, Open open, Close close, Put put)
{
    QList<const RichText::Span*> stack;
    qsizetype next = 0;
    for (qsizetype at = 0; at <= rich.text.size(); ++at) {
        while (!stack.isEmpty() && stack.last()->end <= at)
            close(*stack.takeLast());
        while (next < rich.spans.size() && rich.spans[next].begin <= at) {
            stack << &rich.spans[next++];
            open(*stack.last());
        }
        if (at < rich.text.size())
            put(at);
    }
}

} // namespace carillon
