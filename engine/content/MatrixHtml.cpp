// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/RichTextWalk.h"
#include "engine/content/RichTextWriter.h"

namespace carillon {

namespace {

using Mark = RichText::Mark;
using Span = RichText::Span;

// Matrix's subset of HTML. A blank line stays one, and what begins a line with blanks keeps them; around a block, which
// stands by itself, there is no line break.
class MatrixWriter {
public:
    QString run(const RichText& rich)
    {
        walk(
            rich, [&](const Span& span) { open(span); }, [&](const Span& span) { close(span); },
            [&](QStringView stretch) {
                for (const QChar c : stretch)
                    put(c);
            });
        return m_out;
    }

private:
    static bool isBlock(Mark mark) { return mark == Mark::Block || mark == Mark::Quote || mark == Mark::LongQuote; }

    void open(const Span& span)
    {
        if (isBlock(span.mark)) {
            m_breaks = 0;
            m_startsLine = true;
        }
        flushBreaks();
        m_blocksOfCode += span.mark == Mark::Block;
        const QString argument = span.argument.toHtmlEscaped();
        switch (span.mark) {
        case Mark::Spoiler: m_out += QStringLiteral("<span data-mx-spoiler>"); break;
        case Mark::Link: m_out += QStringLiteral("<a href=\"") + argument + QStringLiteral("\">"); break;
        case Mark::Block:
            m_out += argument.isEmpty() ? QStringLiteral("<pre><code>")
                                        : QStringLiteral("<pre><code class=\"language-") + argument + QStringLiteral("\">");
            break;
        default: m_out += tagOf(span.mark).isEmpty() ? QString() : u'<' + tagOf(span.mark) + u'>';
        }
    }

    void close(const Span& span)
    {
        m_blocksOfCode -= span.mark == Mark::Block;
        switch (span.mark) {
        case Mark::Spoiler: m_out += QStringLiteral("</span>"); break;
        case Mark::Link: m_out += QStringLiteral("</a>"); break;
        case Mark::Block: m_out += QStringLiteral("</code></pre>"); break;
        default: m_out += tagOf(span.mark).isEmpty() ? QString() : QStringLiteral("</") + tagOf(span.mark) + u'>';
        }
        m_afterBlock = isBlock(span.mark);
    }

    static QString tagOf(Mark mark)
    {
        switch (mark) {
        case Mark::Bold: return QStringLiteral("b");
        case Mark::Italic: return QStringLiteral("i");
        case Mark::Underline: return QStringLiteral("u");
        case Mark::Strike: return QStringLiteral("del");
        case Mark::Code: return QStringLiteral("code");
        case Mark::Quote:
        case Mark::LongQuote: return QStringLiteral("blockquote");
        default: return {};
        }
    }

    void put(QChar c)
    {
        if (m_blocksOfCode > 0) {
            m_out += escapedXml(c);
        } else if (c == u'\n') {
            ++m_breaks;
        } else {
            flushBreaks();
            m_out += c == u' ' && m_startsLine ? QStringLiteral("&nbsp;") : escapedXml(c);
            m_startsLine = m_startsLine && c == u' ';
        }
    }

    void flushBreaks()
    {
        if (!m_afterBlock)
            m_out += QStringLiteral("<br>").repeated(m_breaks);
        m_startsLine = m_startsLine || m_breaks > 0;
        m_breaks = 0;
        m_afterBlock = false;
    }

    QString m_out;
    qsizetype m_breaks = 0;
    int m_blocksOfCode = 0;
    bool m_startsLine = true;
    bool m_afterBlock = false;
};

} // namespace

QString toMatrixHtml(const RichText& text)
{
    return MatrixWriter().run(text);
}

} // namespace carillon
