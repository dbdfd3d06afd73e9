// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/LiquidScanner.h"

#include "ui/editor/HostScanner.h"

#include <QSet>

namespace carillon::ui {

namespace {

enum class Liquid {
    Outside,
    Output, // {{ }}
    Tag, // {% %}
    Lines, // {% liquid ... %}: a tag on each line
    LinesComment, // between `comment` and `endcomment` in there
    Comment, // the three kinds of body in which nothing counts but the end
    Raw,
    Doc,
    Remark, // {% # ... %}
};

constexpr int deepest = 15; // comments in comments that are counted

bool isOperator(const QString& word)
{
    static const QSet<QString> operators{QStringLiteral("and"),      QStringLiteral("or"),       QStringLiteral("not"),
                                         QStringLiteral("contains"), QStringLiteral("in"),       QStringLiteral("true"),
                                         QStringLiteral("false"),    QStringLiteral("nil"),      QStringLiteral("null"),
                                         QStringLiteral("empty"),    QStringLiteral("blank"),    QStringLiteral("with"),
                                         QStringLiteral("as"),       QStringLiteral("reversed"), QStringLiteral("limit"),
                                         QStringLiteral("offset"),   QStringLiteral("continue"), QStringLiteral("cols")};
    return operators.contains(word);
}

// Goes through one line. All that is to be known at its end fits into one integer.
class LineScanner {
public:
    LineScanner(const QString& text, HostLanguage language, int state)
        : m_line(text)
        , m_language(language)
        , m_liquid(Liquid(state & 0xf))
        , m_after(Liquid((state >> 4) & 0xf))
        , m_quote(quoteOf((state >> 8) & 0x3))
        , m_depth((state >> 10) & 0xf)
        , m_host{(state >> 14) & 0x1f, (state >> 19) & 0x3}
    {
    }

    int state() const
    {
        const int quote = m_quote == u'"' ? 1 : m_quote == u'\'' ? 2 : 0;
        return int(m_liquid) | int(m_after) << 4 | quote << 8 | m_depth << 10 | m_host.mode << 14 | m_host.flags << 19;
    }

    QList<Span> scan()
    {
        if (m_liquid == Liquid::Outside && !m_line.atEnd())
            beginHostLine(m_language, m_line, m_host);
        if (m_liquid == Liquid::Lines) { // a tag, and with it a string, ends with its line
            m_expectTag = true;
            m_quote = QChar();
        }
        while (!m_line.atEnd())
            step();
        if (m_liquid == Liquid::Outside)
            endHostLine(m_language, m_host);
        return m_line.spans();
    }

private:
    static QChar quoteOf(int code) { return code == 1 ? QChar(u'"') : code == 2 ? QChar(u'\'') : QChar(); }

    void step()
    {
        switch (m_liquid) {
        case Liquid::Outside: m_line.at(u"{{") || m_line.at(u"{%") ? open() : stepHost(m_language, m_line, m_host); break;
        case Liquid::Comment:
        case Liquid::Raw:
        case Liquid::Doc: stepBody(); break;
        case Liquid::Remark: m_line.at(u"%}") ? close(2) : m_line.take(1, SpanKind::LiquidComment); break;
        case Liquid::LinesComment: stepLinesComment(); break;
        case Liquid::Output:
        case Liquid::Tag:
        case Liquid::Lines: m_quote.isNull() ? stepLiquid() : stepString(); break;
        }
    }

    void open()
    {
        m_liquid = m_line.at(u"{%") ? Liquid::Tag : Liquid::Output;
        m_after = Liquid::Outside;
        m_expectTag = m_liquid == Liquid::Tag;
        m_expectFilter = false;
        m_line.take(m_line.peek(2) == u'-' ? 3 : 2, SpanKind::LiquidDelimiter);
    }

    void close(qsizetype length)
    {
        m_line.take(length, SpanKind::LiquidDelimiter);
        m_liquid = m_after;
        m_after = Liquid::Outside;
    }

    // Inside {% comment %}, {% raw %} or {% doc %}.
    void stepBody()
    {
        const QString name = m_liquid == Liquid::Comment ? QStringLiteral("comment")
            : m_liquid == Liquid::Doc                    ? QStringLiteral("doc")
                                                         : QStringLiteral("raw");
        if (m_line.at(u"{%")) {
            const QStringView tag = m_line.rest().sliced(m_line.at(u"{%-") ? 3 : 2).trimmed();
            if (m_liquid == Liquid::Comment && tag.startsWith(name))
                m_depth = qMin(m_depth + 1, deepest);
            else if (tag.startsWith(QStringView(u"end")) && tag.sliced(3).startsWith(name) && m_depth-- == 0) {
                m_depth = 0;
                return open();
            }
        }
        if (m_liquid == Liquid::Raw)
            m_line.skip();
        else if (m_liquid == Liquid::Doc && m_line.here() == u'@')
            m_line.take(1 + wordAfterAt(), SpanKind::LiquidTag);
        else
            m_line.take(1, SpanKind::LiquidComment);
    }

    qsizetype wordAfterAt() const
    {
        qsizetype length = 0;
        while (m_line.peek(length + 1).isLetter())
            ++length;
        return length;
    }

    void stepLinesComment()
    {
        if (m_line.at(u"%}"))
            return close(2);
        if (m_line.at(u"endcomment") && QStringView(m_line.text()).left(m_line.position()).trimmed().isEmpty()) {
            m_liquid = Liquid::Lines;
            return m_line.take(10, SpanKind::LiquidTag);
        }
        m_line.take(1, SpanKind::LiquidComment);
    }

    void stepString()
    {
        const qsizetype end = m_line.rest().indexOf(m_quote);
        m_line.take(end < 0 ? m_line.rest().size() : end + 1, SpanKind::LiquidString);
        if (end >= 0)
            m_quote = QChar();
    }

    void stepLiquid()
    {
        const QStringView end = m_liquid == Liquid::Output ? QStringView(u"}}") : QStringView(u"%}");
        const QChar here = m_line.here();
        if (m_line.at(end))
            return close(2);
        if (here == u'-' && m_line.rest().sliced(1).startsWith(end))
            return close(3);
        if (here == u'#' && m_expectTag)
            return takeRemark();
        if (here == u'"' || here == u'\'') {
            m_quote = here;
            m_expectTag = m_expectFilter = false;
            return m_line.take(1, SpanKind::LiquidString);
        }
        if (ScanLine::isWordStart(here))
            return takeWord();
        if (here.isDigit())
            return takeNumber();
        if (here.isSpace())
            return m_line.skip();
        m_expectFilter = here == u'|';
        m_line.take(1, SpanKind::LiquidOperator);
    }

    // {% # a remark %}: the whole tag; in {% liquid %} the rest of the line.
    void takeRemark()
    {
        if (m_liquid == Liquid::Tag) {
            m_liquid = Liquid::Remark;
            return;
        }
        const qsizetype end = m_line.rest().indexOf(u"%}");
        m_line.take(end < 0 ? m_line.rest().size() : end, SpanKind::LiquidComment);
    }

    void takeNumber()
    {
        qsizetype length = 1;
        while (m_line.peek(length).isDigit() || (m_line.peek(length) == u'.' && m_line.peek(length + 1).isDigit()))
            ++length;
        m_line.take(length, SpanKind::LiquidNumber);
    }

    void takeWord()
    {
        const qsizetype length = wordLength();
        const QString word = m_line.rest().left(length).toString();
        SpanKind kind = m_line.before() != u'.' && isOperator(word) ? SpanKind::LiquidOperator : SpanKind::LiquidVariable;
        if (m_expectTag) {
            kind = SpanKind::LiquidTag;
            enter(word);
        } else if (m_expectFilter) {
            kind = SpanKind::LiquidFilter;
        }
        m_expectTag = m_expectTag && word == u"liquid"; // {% liquid assign x = 1 ...
        m_expectFilter = false;
        m_line.take(length, kind);
    }

    // A dash that belongs to -}} or -%} is no part of the word before it.
    qsizetype wordLength() const
    {
        qsizetype length = m_line.wordLength();
        while (length > 1 && m_line.peek(length - 1) == u'-'
               && (m_line.rest().sliced(length).startsWith(u"}}") || m_line.rest().sliced(length).startsWith(u"%}")))
            --length;
        return length;
    }

    // What the tag of that name leads to: at its end, or (in {% liquid %}) at once.
    void enter(const QString& tag)
    {
        if (m_liquid == Liquid::Lines) {
            if (tag == u"comment")
                m_liquid = Liquid::LinesComment;
            return;
        }
        if (tag == u"liquid")
            m_liquid = Liquid::Lines;
        else if (tag == u"comment")
            m_after = Liquid::Comment;
        else if (tag == u"raw")
            m_after = Liquid::Raw;
        else if (tag == u"doc")
            m_after = Liquid::Doc;
    }

    ScanLine m_line;
    HostLanguage m_language;
    Liquid m_liquid;
    Liquid m_after; // where the tag being read leads to
    QChar m_quote;
    int m_depth; // of comments in a comment
    HostState m_host;
    bool m_expectTag = false;
    bool m_expectFilter = false;
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
