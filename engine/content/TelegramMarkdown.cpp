// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TelegramText.h"

#include <QCoreApplication>
#include <QUrl>
#include <QUrlQuery>

#include <optional>

namespace carillon {

namespace {

using Mark = RichText::Mark;

constexpr qsizetype maxNesting = 100;

QString tr(const char* text)
{
    return QCoreApplication::translate("TelegramText", text);
}

class MarkdownText {
public:
    explicit MarkdownText(const QString& markdown)
        : m_text(markdown)
    {
    }

    Result<RichText> run()
    {
        while (m_at < m_text.size()) {
            if (Status status = next(); !status)
                return fail(status.error());
            if (m_starts.size() > maxNesting)
                return fail(telegramError(m_text, m_at, tr("More than %1 marks are open.").arg(maxNesting)));
        }
        endQuote();
        if (!m_starts.isEmpty())
            return fail(neverEnds());
        return m_maker.take();
    }

private:
    // What stands at a distance from here; null behind the end.
    QChar peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar(); }

    bool isInCode() const
    {
        const RichText::Span* span = m_maker.innermost();
        return span && (span->mark == Mark::Code || span->mark == Mark::Block);
    }

    Error neverEnds() const
    {
        return telegramError(m_text, m_starts.last(), tr("What “%1” opens is never closed.").arg(m_text[m_starts.last()]));
    }

    Error reserved() const
    {
        return telegramError(m_text, m_at, tr("“%1” is reserved in MarkdownV2: write “\\%1”.").arg(m_text[m_at]));
    }

    void put(qsizetype count = 1)
    {
        m_maker.text(QStringView(m_text).mid(m_at, count));
        m_at += count;
        m_startsLine = false;
    }

    void open(Mark mark, qsizetype length, const QString& argument = {})
    {
        m_maker.open(mark, argument);
        m_starts << m_at;
        m_at += length;
    }

    void close(qsizetype length)
    {
        m_maker.close();
        m_starts.removeLast();
        m_at += length;
    }

    Status next()
    {
        const QChar c = peek();
        if (c == u'\\' && peek(1).unicode() > 0 && peek(1).unicode() <= 126) {
            ++m_at;
            put();
            m_startsLine = m_text[m_at - 1] == u'\n';
            return {};
        }
        if (isInCode())
            return code();
        if (c == u'\n')
            return newLine();
        if (!QStringView(u"_*[]()~`>#+-=|{}.!").contains(c)) {
            put();
            return {};
        }
        if (const RichText::Span* span = m_maker.innermost(); span && endsHere(span->mark))
            return end(span->mark);
        return begin();
    }

    Status code()
    {
        const Mark mark = m_maker.innermost()->mark;
        if (endsHere(mark))
            close(mark == Mark::Block ? 3 : 1);
        else if (peek() == u'`')
            open(Mark::Code, 1); // within a block
        else
            put();
        return {};
    }

    bool endsHere(Mark mark) const
    {
        const QChar c = peek();
        switch (mark) {
        case Mark::Bold: return c == u'*';
        case Mark::Italic: return c == u'_' && peek(1) != u'_';
        case Mark::Underline: return c == u'_' && peek(1) == u'_';
        case Mark::Strike: return c == u'~';
        case Mark::Spoiler: return c == u'|' && peek(1) == u'|';
        case Mark::Code: return c == u'`';
        case Mark::Block: return c == u'`' && peek(1) == u'`' && peek(2) == u'`';
        case Mark::Link:
        case Mark::Emoji: return c == u']';
        case Mark::Quote:
            return c == u'|' && peek(1) == u'|' && ((peek(2) == u'\n' && peek(3) != u'>') || m_at + 2 == m_text.size());
        default: return false;
        }
    }

    Status end(Mark mark)
    {
        switch (mark) {
        case Mark::Underline:
        case Mark::Spoiler: close(2); return {};
        case Mark::Link: return endLink();
        case Mark::Emoji: return endEmoji();
        case Mark::Quote: // "||" at its end: shown folded
            m_maker.setMark(Mark::LongQuote);
            close(2);
            return {};
        default: close(1); return {};
        }
    }

    Status newLine()
    {
        const RichText::Span* span = m_maker.innermost();
        const bool isQuoted = m_maker.isOpen(Mark::Quote);
        if (isQuoted && peek(1) != u'>') {
            if (span->mark != Mark::Quote)
                return fail(neverEnds());
            put();
            close(0);
        } else {
            put();
        }
        if (isQuoted && peek() == u'>')
            ++m_at; // the quote goes on
        m_startsLine = true;
        return {};
    }

    void endQuote()
    {
        const RichText::Span* span = m_maker.innermost();
        if (span && span->mark == Mark::Quote)
            close(0);
    }

    Status begin()
    {
        switch (peek().unicode()) {
        case u'*': open(Mark::Bold, 1); return {};
        case u'_': peek(1) == u'_' ? open(Mark::Underline, 2) : open(Mark::Italic, 1); return {};
        case u'~': open(Mark::Strike, 1); return {};
        case u'[': open(Mark::Link, 1); return {};
        case u'`': beginCode(); return {};
        case u'|':
            if (peek(1) != u'|')
                return fail(reserved());
            open(Mark::Spoiler, 2);
            return {};
        case u'!':
            if (peek(1) != u'[')
                return fail(reserved());
            open(Mark::Emoji, 2);
            return {};
        case u'>': return beginQuote();
        default: return fail(reserved());
        }
    }

    // At the start of a line; a second one there starts over.
    Status beginQuote()
    {
        if (!m_startsLine)
            return fail(reserved());
        endQuote();
        if (m_maker.isOpen(Mark::Quote))
            ++m_at;
        else
            open(Mark::Quote, 1);
        return {};
    }

    void beginCode()
    {
        if (peek(1) != u'`' || peek(2) != u'`')
            return open(Mark::Code, 1);
        qsizetype end = m_at + 3;
        while (end < m_text.size() && !m_text[end].isSpace() && m_text[end] != u'`')
            ++end;
        const bool hasLanguage = end > m_at + 3 && end < m_text.size() && m_text[end] != u'`';
        open(Mark::Block, 3, hasLanguage ? m_text.mid(m_at + 3, end - m_at - 3) : QString());
        if (hasLanguage)
            m_at = end;
        if (peek() == u'\n')
            ++m_at;
    }

    // The address within (...), its backslashes undone; nothing when it does not end.
    std::optional<QString> address()
    {
        QString result;
        for (++m_at; m_at < m_text.size() && peek() != u')'; ++m_at) {
            if (peek() == u'\\' && peek(1).unicode() > 0 && peek(1).unicode() <= 126)
                ++m_at;
            result += peek();
        }
        if (m_at == m_text.size())
            return {};
        ++m_at;
        return result;
    }

    Status endLink()
    {
        const qsizetype start = m_starts.last();
        ++m_at;
        QString target = m_maker.written().mid(m_maker.innermost()->begin);
        if (peek() == u'(') {
            const std::optional<QString> written = address();
            if (!written)
                return fail(telegramError(m_text, start, tr("The address of the link is never closed with “)”.")));
            target = *written;
        }
        m_maker.setArgument(target);
        close(0);
        return {};
    }

    Status endEmoji()
    {
        const qsizetype start = m_starts.last();
        ++m_at;
        const std::optional<QString> target = peek() == u'(' ? address() : std::nullopt;
        const QUrl url(target.value_or(QString()));
        const QUrlQuery query(url);
        if (url.scheme() == QStringLiteral("tg") && url.host() == QStringLiteral("time")) {
            m_maker.setMark(Mark::Time);
            m_maker.setArgument(QStringLiteral("unix=\"%1\" format=\"%2\"")
                                    .arg(query.queryItemValue(QStringLiteral("unix")).toHtmlEscaped(),
                                         query.queryItemValue(QStringLiteral("format")).toHtmlEscaped()));
        } else if (url.scheme() == QStringLiteral("tg") && url.host() == QStringLiteral("emoji")) {
            m_maker.setArgument(query.queryItemValue(QStringLiteral("id")));
        } else {
            return fail(telegramError(m_text, start, tr("An emoji is written as ![👍](tg://emoji?id=…).")));
        }
        close(0);
        return {};
    }

    const QString& m_text;
    qsizetype m_at = 0;
    bool m_startsLine = true; // a quote may begin
    QList<qsizetype> m_starts; // where the open marks begin
    RichTextMaker m_maker;
};

} // namespace

Result<RichText> readTelegramMarkdown(const QString& markdown)
{
    return MarkdownText(markdown).run();
}

} // namespace carillon
