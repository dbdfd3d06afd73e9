// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/RichTextWriter.h"

#include "engine/content/RichTextWalk.h"

#include <algorithm>

namespace carillon {

namespace {

using Mark = RichText::Mark;
using Span = RichText::Span;

constexpr QChar zeroWidthSpace(0x200b);

QString telegramTag(Mark mark)
{
    switch (mark) {
    case Mark::Bold: return QStringLiteral("b");
    case Mark::Italic: return QStringLiteral("i");
    case Mark::Underline: return QStringLiteral("u");
    case Mark::Strike: return QStringLiteral("s");
    case Mark::Spoiler: return QStringLiteral("tg-spoiler");
    case Mark::Code: return QStringLiteral("code");
    case Mark::Quote:
    case Mark::LongQuote: return QStringLiteral("blockquote");
    case Mark::Link: return QStringLiteral("a");
    case Mark::Emoji: return QStringLiteral("tg-emoji");
    case Mark::Time: return QStringLiteral("tg-time");
    case Mark::Block:
    case Mark::Raw: break;
    }
    return {};
}

QString telegramOpening(const Span& span)
{
    const QString argument = span.argument.toHtmlEscaped();
    switch (span.mark) {
    case Mark::Link: return QStringLiteral("<a href=\"") + argument + QStringLiteral("\">");
    case Mark::Emoji: return QStringLiteral("<tg-emoji emoji-id=\"") + argument + QStringLiteral("\">");
    case Mark::Time: return QStringLiteral("<tg-time ") + span.argument + u'>';
    case Mark::LongQuote: return QStringLiteral("<blockquote expandable>");
    case Mark::Block:
        return argument.isEmpty() ? QStringLiteral("<pre>")
                                  : QStringLiteral("<pre><code class=\"language-") + argument + QStringLiteral("\">");
    case Mark::Raw: return {};
    default: return u'<' + telegramTag(span.mark) + u'>';
    }
}

QString telegramClosing(const Span& span)
{
    if (span.mark == Mark::Block)
        return span.argument.isEmpty() ? QStringLiteral("</pre>") : QStringLiteral("</code></pre>");
    const QString tag = telegramTag(span.mark);
    return tag.isEmpty() ? QString() : QStringLiteral("</") + tag + u'>';
}

// Writes marks as signs around words, as chat programs read them: *bold*.
class SignWriter {
public:
    enum class Dialect { Slack, WhatsApp, Markdown, Plain };

    explicit SignWriter(Dialect dialect)
        : m_dialect(dialect)
    {
    }

    QString run(const RichText& rich)
    {
        m_out.reserve(rich.text.size());
        walk(
            rich, [&](const Span& span) { open(span); }, [&](const Span& span) { close(span, rich); },
            [&](QStringView stretch) { put(stretch); });
        closeAll();
        return m_out + m_blanks;
    }

private:
    QString signOf(Mark mark) const
    {
        if (m_dialect == Dialect::Plain)
            return {};
        if (isMarkdown())
            return markdownSign(mark);
        switch (mark) {
        case Mark::Bold: return QStringLiteral("*");
        case Mark::Italic: return QStringLiteral("_");
        case Mark::Strike: return QStringLiteral("~");
        case Mark::Code: return m_dialect == Dialect::Slack ? QStringLiteral("`") : QStringLiteral("```");
        case Mark::Block: return QStringLiteral("```");
        default: return {};
        }
    }

    static QString markdownSign(Mark mark)
    {
        switch (mark) {
        case Mark::Bold: return QStringLiteral("**");
        case Mark::Italic: return QStringLiteral("*");
        case Mark::Strike: return QStringLiteral("~~");
        case Mark::Code: return QStringLiteral("`");
        case Mark::Block: return fence();
        default: return {};
        }
    }

    static QString fence() { return QStringLiteral("```"); }
    bool isMarkdown() const { return m_dialect == Dialect::Markdown; }
    bool isVerbatim() const { return m_verbatim > 0; }
    bool hasLabels() const { return m_dialect == Dialect::Slack || isMarkdown(); }

    void open(const Span& span)
    {
        if (span.mark == Mark::Quote || span.mark == Mark::LongQuote) {
            ++m_quotes;
            m_startsLine = true;
        } else if (span.mark == Mark::Raw) {
            openWanted();
            flushBlanks();
            m_out += span.argument;
            ++m_raw;
        } else if (span.mark == Mark::Link && hasLabels() && !isVerbatim()) {
            openWanted();
            flushBlanks();
            m_out += isMarkdown() ? QStringLiteral("[") : u'<' + slackAddress(span.argument) + u'|';
            ++m_label;
        } else if (const QString sign = signOf(span.mark); !sign.isEmpty() && !isVerbatim()) {
            m_wanted << sign;
            if (span.mark == Mark::Code || span.mark == Mark::Block) {
                openWanted();
                m_verbatim = m_wanted.size();
                if (isMarkdown() && span.mark == Mark::Block)
                    openFence(span.argument);
            }
        }
    }

    void close(const Span& span, const RichText& rich)
    {
        if (span.mark == Mark::Quote || span.mark == Mark::LongQuote) {
            --m_quotes;
        } else if (span.mark == Mark::Raw) {
            --m_raw;
        } else if (span.mark == Mark::Link) {
            closeLink(span, rich);
        } else if (!signOf(span.mark).isEmpty() && closesSign(span.mark)) {
            if (m_wanted.size() == m_written.size())
                closeLast();
            m_wanted.removeLast();
            m_verbatim = 0;
        }
    }

    // Within code no mark was opened, so that none is closed but the code itself.
    bool closesSign(Mark mark) const { return !isVerbatim() || mark == Mark::Code || mark == Mark::Block; }

    void closeLink(const Span& span, const RichText& rich)
    {
        if (hasLabels() && m_label > 0) {
            --m_label;
            m_out += isMarkdown() ? QStringLiteral("](") + markdownAddress(span.argument) + u')' : QStringLiteral(">");
            return;
        }
        const QString label = rich.text.mid(span.begin, span.end - span.begin);
        if (!hasLabels() && label != span.argument && QStringLiteral("mailto:") + label != span.argument)
            m_out += QStringLiteral(" (") + span.argument + u')';
    }

    static QString slackAddress(QString address)
    {
        address.replace(u'&', QStringLiteral("&amp;")).replace(u'<', QStringLiteral("%3C"));
        return address.replace(u'>', QStringLiteral("%3E")).replace(u'|', QStringLiteral("%7C"));
    }

    static QString markdownAddress(QString address)
    {
        address.replace(u' ', QStringLiteral("%20")).replace(u'(', QStringLiteral("%28"));
        return address.replace(u')', QStringLiteral("%29")).replace(u'<', QStringLiteral("%3C"));
    }

    // The fence is a line of its own, and so is what closes it.
    void openFence(const QString& language)
    {
        m_out += language + u'\n';
        m_startsLine = true;
    }

    void closeFence()
    {
        m_out += u'\n';
        startLine();
        m_out += fence();
    }

    bool needsBackslash(QChar c) const
    {
        static const QString signs = QStringLiteral("\\`*_~[]<>#|");
        const bool bullet = (c == u'-' || c == u'+') && (m_out.isEmpty() || m_out.endsWith(u'\n') || m_out.endsWith(u"> "));
        return bullet || signs.contains(c);
    }

    void write(QChar c)
    {
        if (m_dialect == Dialect::Slack && (c == u'&' || c == u'<' || c == u'>')) {
            m_out += escapedXml(c);
            return;
        }
        if (isMarkdown() && !isVerbatim() && needsBackslash(c))
            m_out += u'\\';
        m_out += c;
    }

    void put(QStringView stretch)
    {
        if (m_raw > 0)
            return;
        for (qsizetype at = 0; at < stretch.size();) {
            const qsizetype first = at++;
            put(stretch[first]);
            if (!stretch[first].isLetterOrNumber())
                continue;
            // What goes on as a word is neither blank nor sign, whatever the dialect.
            while (at < stretch.size() && stretch[at].isLetterOrNumber())
                ++at;
            m_out += stretch.sliced(first + 1, at - first - 1);
        }
    }

    void put(QChar c)
    {
        if (c == u'\n')
            return newLine();
        if (m_startsLine)
            startLine();
        if (c.isSpace() && !isVerbatim()) {
            m_blanks += c;
            return;
        }
        if (!isVerbatim())
            openWanted();
        flushBlanks();
        if (m_needsGap && c.isLetterOrNumber())
            m_out += zeroWidthSpace;
        m_needsGap = false;
        write(c);
    }

    void newLine()
    {
        if (m_label > 0) { // a label is one line
            m_out += u' ';
            return;
        }
        if (!isVerbatim())
            closeAll();
        flushBlanks();
        if (isMarkdown() && !isVerbatim() && !m_out.isEmpty() && !m_out.endsWith(u'\n'))
            m_out += QStringLiteral("  ");
        m_out += u'\n';
        m_startsLine = true;
        m_needsGap = false;
    }

    void startLine()
    {
        m_startsLine = false;
        if (m_quotes > 0)
            m_out += QStringLiteral("> ");
    }

    void flushBlanks()
    {
        if (m_startsLine)
            startLine();
        if (m_blanks.isEmpty())
            return;
        m_needsGap = false;
        m_out += m_blanks;
        m_blanks.resize(0); // unlike clear(), keeps its memory for the next word's
    }

    // Signs are written when a word follows: "* x*" would be no bold.
    void openWanted()
    {
        if (m_written.size() == m_wanted.size())
            return;
        flushBlanks();
        if (!m_out.isEmpty() && m_out.back().isLetterOrNumber())
            m_out += zeroWidthSpace;
        for (qsizetype i = m_written.size(); i < m_wanted.size(); ++i)
            m_out += m_wanted[i];
        m_written = m_wanted;
        m_needsGap = false;
    }

    void closeLast()
    {
        const QString sign = m_written.takeLast();
        if (isMarkdown() && sign == fence())
            closeFence();
        else
            m_out += sign;
        m_needsGap = true;
    }

    void closeAll()
    {
        while (!m_written.isEmpty())
            closeLast();
    }

    Dialect m_dialect;
    QString m_out;
    QString m_blanks; // behind the last word: a closing sign goes before them
    QStringList m_wanted; // signs of the open marks, outer first
    QStringList m_written; // those of them that stand in m_out
    int m_quotes = 0;
    int m_raw = 0;
    int m_label = 0;
    qsizetype m_verbatim = 0; // within code
    bool m_startsLine = true;
    bool m_needsGap = false; // a sign was closed: a letter must not follow at once
};

} // namespace

QString toTelegramHtml(const RichText& text)
{
    QString out;
    walk(
        text, [&](const Span& span) { out += telegramOpening(span); },
        [&](const Span& span) { out += telegramClosing(span); }, [&](QStringView stretch) { appendXml(out, stretch); });
    return out;
}

QString toSlack(const RichText& text)
{
    return SignWriter(SignWriter::Dialect::Slack).run(text);
}

QString toWhatsApp(const RichText& text)
{
    return SignWriter(SignWriter::Dialect::WhatsApp).run(text);
}

QString toMarkdown(const RichText& text)
{
    return SignWriter(SignWriter::Dialect::Markdown).run(text);
}

QString toPlainText(const RichText& text)
{
    return SignWriter(SignWriter::Dialect::Plain).run(text);
}

} // namespace carillon
