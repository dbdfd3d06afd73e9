// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/LiquidScanner.h"

#include <QStringView>

namespace carillon::ui {

namespace {

enum class Liquid { Outside, Output, Tag, Comment, Raw };
enum class Host { Plain, TagName, Attributes, ValueDouble, ValueSingle, Comment, Fence };

bool isWordStart(QChar c)
{
    return c.isLetter() || c == u'_';
}

bool isWord(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'-';
}

// One line on its way through the scanner. The small states fit into the one integer a text block may keep.
class LineScanner {
public:
    LineScanner(const QString& line, HostLanguage language, int state)
        : m_line(line)
        , m_language(language)
        , m_liquid(Liquid(state & 0xf))
        , m_quote(quoteOf((state >> 4) & 0xf))
        , m_host(Host((state >> 8) & 0xf))
        , m_after(Liquid((state >> 12) & 0xf))
    {
    }

    int state() const
    {
        const int quote = m_quote == u'"' ? 1 : m_quote == u'\'' ? 2 : 0;
        return int(m_liquid) | quote << 4 | int(m_host) << 8 | int(m_after) << 12;
    }

    QList<Span> scan()
    {
        if (m_language == HostLanguage::Markdown && m_liquid == Liquid::Outside)
            startMarkdownLine();
        while (m_pos < m_line.size())
            step();
        endLine();
        return m_spans;
    }

private:
    static QChar quoteOf(int code) { return code == 1 ? QChar(u'"') : code == 2 ? QChar(u'\'') : QChar(); }

    bool at(QStringView text) const { return QStringView(m_line).sliced(m_pos).startsWith(text); }
    QChar here() const { return m_line.at(m_pos); }
    QChar next() const { return m_pos + 1 < m_line.size() ? m_line.at(m_pos + 1) : QChar(); }

    // Adds the next characters to the spans, joining equal neighbours.
    void take(qsizetype length, SpanKind kind)
    {
        length = qMin(length, m_line.size() - m_pos);
        if (!m_spans.isEmpty() && m_spans.last().kind == kind && m_spans.last().start + m_spans.last().length == m_pos)
            m_spans.last().length += int(length);
        else
            m_spans << Span{int(m_pos), int(length), kind};
        m_pos += length;
    }

    qsizetype wordLength() const
    {
        qsizetype end = m_pos;
        while (end < m_line.size() && isWord(m_line.at(end)))
            ++end;
        return end - m_pos;
    }

    qsizetype lengthThrough(QStringView end) const
    {
        const qsizetype found = m_line.indexOf(end, m_pos);
        return found < 0 ? m_line.size() - m_pos : found + end.size() - m_pos;
    }

    void step()
    {
        switch (m_liquid) {
        case Liquid::Outside: at(u"{{") || at(u"{%") ? openLiquid() : stepHost(); break;
        case Liquid::Comment:
        case Liquid::Raw: stepBlock(); break;
        case Liquid::Output:
        case Liquid::Tag: m_quote.isNull() ? stepLiquid() : stepString(); break;
        }
    }

    void openLiquid()
    {
        m_liquid = at(u"{%") ? Liquid::Tag : Liquid::Output;
        m_expectTag = m_liquid == Liquid::Tag;
        m_expectFilter = false;
        take(m_pos + 2 < m_line.size() && m_line.at(m_pos + 2) == u'-' ? 3 : 2, SpanKind::LiquidDelimiter);
    }

    // Inside {% comment %} or {% raw %}: nothing counts but the end.
    void stepBlock()
    {
        const QStringView end = m_liquid == Liquid::Comment ? QStringView(u"endcomment") : QStringView(u"endraw");
        if (at(u"{%")) {
            const QStringView tag = QStringView(m_line).sliced(m_pos + (at(u"{%-") ? 3 : 2)).trimmed();
            if (tag.startsWith(end)) {
                m_after = Liquid::Outside;
                return openLiquid();
            }
        }
        if (m_liquid == Liquid::Comment)
            take(1, SpanKind::LiquidComment);
        else
            ++m_pos;
    }

    void stepString()
    {
        const QChar quote = m_quote;
        const qsizetype length = lengthThrough(QStringView(&quote, 1));
        const bool closed = m_line.at(m_pos + length - 1) == quote;
        take(length, SpanKind::LiquidString);
        if (closed)
            m_quote = QChar();
    }

    void closeLiquid(qsizetype length)
    {
        take(length, SpanKind::LiquidDelimiter);
        m_liquid = m_after;
        m_after = Liquid::Outside;
    }

    void stepLiquid()
    {
        const QStringView close = m_liquid == Liquid::Tag ? QStringView(u"%}") : QStringView(u"}}");
        if (at(close))
            return closeLiquid(2);
        if (here() == u'-' && QStringView(m_line).sliced(m_pos + 1).startsWith(close))
            return closeLiquid(3);
        if (here() == u'"' || here() == u'\'') {
            m_quote = here();
            return take(1, SpanKind::LiquidString);
        }
        if (isWordStart(here()))
            return takeLiquidWord();
        if (here().isDigit())
            return take(qMax<qsizetype>(1, wordLength()), SpanKind::LiquidNumber);
        if (here().isSpace()) {
            ++m_pos;
            return;
        }
        m_expectFilter = here() == u'|';
        take(1, SpanKind::LiquidOperator);
    }

    void takeLiquidWord()
    {
        static const QStringList operators{QStringLiteral("and"),      QStringLiteral("or"),  QStringLiteral("not"),
                                           QStringLiteral("contains"), QStringLiteral("in"),  QStringLiteral("true"),
                                           QStringLiteral("false"),    QStringLiteral("nil"), QStringLiteral("empty"),
                                           QStringLiteral("blank")};
        const qsizetype length = wordLength();
        const QString word = m_line.mid(m_pos, length);
        SpanKind kind = operators.contains(word) ? SpanKind::LiquidOperator : SpanKind::LiquidVariable;
        if (m_expectTag) {
            kind = SpanKind::LiquidTag;
            if (word == u"comment")
                m_after = Liquid::Comment;
            else if (word == u"raw")
                m_after = Liquid::Raw;
        } else if (m_expectFilter) {
            kind = SpanKind::LiquidFilter;
        }
        m_expectTag = m_expectFilter = false;
        take(length, kind);
    }

    void stepHost()
    {
        switch (m_language) {
        case HostLanguage::Text: ++m_pos; break;
        case HostLanguage::Html: stepHtml(); break;
        case HostLanguage::Json: stepJson(); break;
        case HostLanguage::Markdown: stepMarkdown(); break;
        }
    }

    void stepHtml()
    {
        switch (m_host) {
        case Host::Comment: {
            const bool ends = at(u"-->");
            take(ends ? 3 : 1, SpanKind::Comment);
            m_host = ends ? Host::Plain : Host::Comment;
            break;
        }
        case Host::ValueDouble:
        case Host::ValueSingle: {
            const bool ends = here() == (m_host == Host::ValueDouble ? u'"' : u'\'');
            take(1, SpanKind::Value);
            if (ends)
                m_host = Host::Attributes;
            break;
        }
        case Host::TagName:
        case Host::Attributes: stepHtmlTag(); break;
        default: stepHtmlText();
        }
    }

    void stepHtmlText()
    {
        if (at(u"<!--")) {
            m_host = Host::Comment;
            take(4, SpanKind::Comment);
        } else if (here() == u'<' && (next().isLetter() || next() == u'/' || next() == u'!')) {
            take(next().isLetter() ? 1 : 2, SpanKind::Markup);
            m_host = Host::TagName;
        } else if (here() == u'&' && (next().isLetter() || next() == u'#') && m_line.indexOf(u';', m_pos) - m_pos < 12
                   && m_line.indexOf(u';', m_pos) > m_pos) {
            take(lengthThrough(u";"), SpanKind::Literal);
        } else {
            ++m_pos;
        }
    }

    void stepHtmlTag()
    {
        if (here() == u'>' || at(u"/>")) {
            take(here() == u'>' ? 1 : 2, SpanKind::Markup);
            m_host = Host::Plain;
        } else if (here() == u'"' || here() == u'\'') {
            m_host = here() == u'"' ? Host::ValueDouble : Host::ValueSingle;
            take(1, SpanKind::Value);
        } else if (isWordStart(here())) {
            take(wordLength(), m_host == Host::TagName ? SpanKind::Markup : SpanKind::Attribute);
            m_host = Host::Attributes;
        } else {
            ++m_pos;
        }
    }

    void stepJson()
    {
        if (m_host == Host::ValueDouble)
            return stepJsonString();
        if (here() == u'"') {
            m_jsonKind = isJsonKey() ? SpanKind::Attribute : SpanKind::Value;
            m_host = Host::ValueDouble;
            take(1, m_jsonKind);
        } else if (here().isDigit() || isWordStart(here())) {
            take(qMax<qsizetype>(1, wordLength()), SpanKind::Literal);
        } else if (QStringView(u"{}[]:,").contains(here())) {
            take(1, SpanKind::Markup);
        } else {
            ++m_pos;
        }
    }

    void stepJsonString()
    {
        const bool ends = here() == u'"';
        take(here() == u'\\' ? 2 : 1, m_jsonKind);
        if (ends)
            m_host = Host::Plain;
    }

    // A string is a key when a colon follows its closing quote.
    bool isJsonKey() const
    {
        qsizetype end = m_line.indexOf(u'"', m_pos + 1);
        while (end > 0 && m_line.at(end - 1) == u'\\')
            end = m_line.indexOf(u'"', end + 1);
        return end > 0 && QStringView(m_line).sliced(end + 1).trimmed().startsWith(u':');
    }

    void startMarkdownLine()
    {
        if (at(u"```")) {
            m_host = m_host == Host::Fence ? Host::Plain : Host::Fence;
            take(m_line.size(), SpanKind::Markup);
        } else if (m_host != Host::Fence) {
            qsizetype marks = 0;
            while (marks < m_line.size() && (m_line.at(marks) == u'#' || m_line.at(marks) == u'>'))
                ++marks;
            if (marks > 0)
                take(marks, SpanKind::Markup);
            else if (at(u"- ") || at(u"* "))
                take(1, SpanKind::Markup);
        }
    }

    void stepMarkdown()
    {
        if (m_host == Host::Fence)
            take(1, SpanKind::Value);
        else if (at(u"](") && m_line.indexOf(u')', m_pos) > 0)
            takeMarkdownTarget();
        else if (here() == u'`' && m_line.indexOf(u'`', m_pos + 1) > 0)
            take(m_line.indexOf(u'`', m_pos + 1) + 1 - m_pos, SpanKind::Value);
        else if (QStringView(u"*_[]").contains(here()))
            take(1, SpanKind::Markup);
        else
            ++m_pos;
    }

    // The ](address) of a link.
    void takeMarkdownTarget()
    {
        take(1, SpanKind::Markup);
        take(lengthThrough(u")"), SpanKind::Attribute);
    }

    // JSON strings end with their line; a broken one must not colour the rest of the text.
    void endLine()
    {
        if (m_language == HostLanguage::Json && m_liquid == Liquid::Outside)
            m_host = Host::Plain;
    }

    const QString& m_line;
    HostLanguage m_language;
    Liquid m_liquid;
    QChar m_quote;
    Host m_host;
    Liquid m_after; // where the tag being read leads to
    SpanKind m_jsonKind = SpanKind::Value;
    bool m_expectTag = false;
    bool m_expectFilter = false;
    qsizetype m_pos = 0;
    QList<Span> m_spans;
};

} // namespace

QList<Span> scanLine(const QString& line, HostLanguage language, int& state)
{
    LineScanner scanner(line, language, qMax(0, state));
    const QList<Span> spans = scanner.scan();
    state = scanner.state();
    return spans;
}

} // namespace carillon::ui
