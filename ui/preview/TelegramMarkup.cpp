// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/TelegramMarkup.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace carillon::ui {

namespace {

constexpr qsizetype mostOpen = 64; // tags within tags

// What a tag does to the text inside it.
struct Tag {
    QString name;
    int style = 0;
    QString link;
    RichBlock::Kind kind = RichBlock::Paragraph;
};

int styleOfTag(const QString& name, const QString& attributes)
{
    static const QHash<QString, int> styles{
        {u"b"_qs, RichSpan::Bold},
        {u"strong"_qs, RichSpan::Bold},
        {u"i"_qs, RichSpan::Italic},
        {u"em"_qs, RichSpan::Italic},
        {u"u"_qs, RichSpan::Underline},
        {u"ins"_qs, RichSpan::Underline},
        {u"s"_qs, RichSpan::Strike},
        {u"strike"_qs, RichSpan::Strike},
        {u"del"_qs, RichSpan::Strike},
        {u"code"_qs, RichSpan::Code},
        {u"tg-spoiler"_qs, RichSpan::Spoiler},
        {u"a"_qs, 0},
        {u"pre"_qs, 0},
        {u"blockquote"_qs, 0},
        {u"tg-emoji"_qs, 0},
    };
    if (name == u"span")
        return attributes.contains(u"tg-spoiler") ? int(RichSpan::Spoiler) : -1;
    return styles.value(name, -1);
}

QString attributeOf(const QString& attributes, const QString& name)
{
    const QRegularExpression pattern(name + QStringLiteral("\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+))"),
                                     QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(attributes);
    return match.captured(1) + match.captured(2) + match.captured(3);
}

QString numericReference(QStringView digits, int base)
{
    bool isNumber = false;
    const uint code = digits.toUInt(&isNumber, base);
    const bool isCharacter = isNumber && code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    const char32_t character = code;
    return isCharacter ? QString::fromUcs4(&character, 1) : QString();
}

// The character that a reference stands for; empty for one that Telegram leaves as it is.
QString resolved(QStringView reference)
{
    if (reference == u"lt")
        return u"<"_qs;
    if (reference == u"gt")
        return u">"_qs;
    if (reference == u"amp")
        return u"&"_qs;
    if (reference == u"quot")
        return u"\""_qs;
    if (reference.startsWith(u"#x") || reference.startsWith(u"#X"))
        return numericReference(reference.mid(2), 16);
    return reference.startsWith(u'#') ? numericReference(reference.mid(1), 10) : QString();
}

QString unescaped(const QString& html)
{
    constexpr qsizetype longestReference = 12;
    QString text;
    text.reserve(html.size());
    for (qsizetype at = 0; at < html.size(); ++at) {
        const qsizetype end = html.at(at) == u'&' ? QStringView(html).mid(at, longestReference).indexOf(u';') : -1;
        const QString meant = end > 1 ? resolved(QStringView(html).mid(at + 1, end - 1)) : QString();
        if (meant.isEmpty()) {
            text += html.at(at);
        } else {
            text += meant;
            at += end;
        }
    }
    return text;
}

class HtmlReader {
public:
    RichMessage read(const QString& html)
    {
        static const QRegularExpression tag(QStringLiteral("<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\\s[^<>]*)?)>"));
        qsizetype done = 0;
        auto found = tag.globalMatch(html);
        while (found.hasNext()) {
            const auto match = found.next();
            const QString name = match.captured(2).toLower();
            if (styleOfTag(name, match.captured(3)) < 0 && !(name == u"span" && isOpen(name)))
                continue;
            add(html.mid(done, match.capturedStart() - done));
            done = match.capturedEnd();
            match.captured(1).isEmpty() ? open(name, match.captured(3)) : close(name);
        }
        add(html.mid(done));
        return m_out.take();
    }

private:
    bool isOpen(const QString& name) const
    {
        return std::any_of(m_open.begin(), m_open.end(), [&](const Tag& tag) { return tag.name == name; });
    }

    void open(const QString& name, const QString& attributes)
    {
        if (m_open.size() >= mostOpen)
            return;
        Tag tag = m_open.isEmpty() ? Tag() : m_open.last();
        tag.name = name;
        tag.style |= std::max(0, styleOfTag(name, attributes));
        if (name == u"a")
            tag.link = unescaped(attributeOf(attributes, u"href"_qs));
        if (name == u"pre" || (name == u"blockquote" && tag.kind == RichBlock::Paragraph))
            tag.kind = name == u"pre" ? RichBlock::Code : RichBlock::Quote;
        m_open << tag;
    }

    void close(const QString& name)
    {
        const bool known = isOpen(name);
        while (known && m_open.takeLast().name != name) { }
    }

    void add(const QString& html)
    {
        const Tag tag = m_open.isEmpty() ? Tag() : m_open.last();
        const int style = tag.kind == RichBlock::Code ? tag.style & ~RichSpan::Code : tag.style;
        m_out.add(unescaped(html), style, tag.link, tag.kind);
    }

    QList<Tag> m_open;
    RichBuilder m_out;
};

class MarkdownReader {
public:
    explicit MarkdownReader(const QString& markdown)
        : m_text(markdown)
    {
    }

    RichMessage read()
    {
        while (m_at < m_text.size())
            step();
        flush();
        return m_out.take();
    }

private:
    bool at(QStringView sign) const { return QStringView(m_text).mid(m_at, sign.size()) == sign; }

    void step()
    {
        const bool startsLine = m_at == 0 || m_text.at(m_at - 1) == u'\n';
        if (startsLine && (m_kind == RichBlock::Quote || at(u">") || at(u"**>")))
            beginLine();
        if (m_at >= m_text.size())
            return;
        if (at(u"\\") && m_at + 1 < m_text.size() && m_text.at(m_at + 1).unicode() < 127) {
            m_run += m_text.at(m_at + 1);
            m_at += 2;
        } else if (at(u"```")) {
            readVerbatim(u"```"_qs, RichBlock::Code);
        } else if (at(u"`")) {
            readVerbatim(u"`"_qs, m_kind);
        } else if (!readStyle() && !readLink()) {
            m_run += m_text.at(m_at++);
        }
    }

    void beginLine()
    {
        flush();
        if (at(u"**>"))
            m_at += 2;
        m_kind = at(u">") ? RichBlock::Quote : RichBlock::Paragraph;
        m_at += m_kind == RichBlock::Quote ? 1 : 0;
    }

    // Inside code only the back tick and the backslash are escaped.
    void readVerbatim(const QString& fence, RichBlock::Kind kind)
    {
        QString code;
        qsizetype end = m_verbatimIsDead ? m_text.size() : m_at + fence.size();
        for (; end < m_text.size() && QStringView(m_text).mid(end, fence.size()) != fence; ++end) {
            if (m_text.at(end) == u'\\' && end + 1 < m_text.size())
                ++end;
            code += m_text.at(end);
        }
        if (end >= m_text.size()) {
            m_verbatimIsDead = true;
            m_run += m_text.mid(m_at, fence.size());
            m_at += fence.size();
            return;
        }
        flush();
        static const QRegularExpression language(QStringLiteral("^[A-Za-z0-9+#_-]*\\n"));
        if (kind == RichBlock::Code)
            code.remove(language);
        m_out.add(code, kind == RichBlock::Code ? 0 : m_style | RichSpan::Code, m_link, kind);
        m_at = end + fence.size();
    }

    bool readStyle()
    {
        const std::pair<QStringView, int> marks[] = {{u"__", RichSpan::Underline},
                                                     {u"||", RichSpan::Spoiler},
                                                     {u"*", RichSpan::Bold},
                                                     {u"_", RichSpan::Italic},
                                                     {u"~", RichSpan::Strike}};
        for (const auto& [mark, style] : marks) {
            if (!at(mark))
                continue;
            const bool closes = (m_style & style) != 0;
            if (!closes && !isClosedLater(mark))
                return false;
            flush();
            m_style ^= style;
            m_at += mark.size();
            return true;
        }
        return false;
    }

    bool isClosedLater(QStringView mark) const
    {
        const qsizetype from = m_at + mark.size();
        for (qsizetype at = m_text.indexOf(mark, from); at >= 0; at = m_text.indexOf(mark, at + 1)) {
            if (m_text.at(at - 1) != u'\\')
                return true;
        }
        return false;
    }

    bool readLink()
    {
        static const QRegularExpression target(QStringLiteral("\\G\\]\\(((?:[^)\\\\\\n]|\\\\.){0,2000})\\)"));
        if (at(u"[") || at(u"![")) {
            if (m_nextTarget < m_at)
                m_nextTarget = m_text.indexOf(u"](", m_at);
            const qsizetype close = m_nextTarget < 0 ? m_nextTarget = m_text.size() : m_nextTarget;
            const auto match = close == m_text.size() ? QRegularExpressionMatch() : target.match(m_text, close);
            if (!match.hasMatch())
                return false;
            flush();
            m_link = match.captured(1).remove(u'\\');
            m_linkEnd = match.capturedEnd();
            m_linkClose = close;
            m_at += at(u"[") ? 1 : 2;
            return true;
        }
        if (m_at != m_linkClose || m_linkEnd <= m_at)
            return false;
        flush();
        m_link.clear();
        m_at = std::exchange(m_linkEnd, -1);
        return true;
    }

    void flush() { m_out.add(std::exchange(m_run, QString()), m_style, m_link, m_kind); }

    const QString m_text;
    qsizetype m_at = 0;
    QString m_run; // text that has been read and not yet added
    int m_style = 0;
    RichBlock::Kind m_kind = RichBlock::Paragraph;
    QString m_link;
    qsizetype m_nextTarget = -1; // where the next "](" stands: looked for once
    qsizetype m_linkClose = -1;
    qsizetype m_linkEnd = -1;
    bool m_verbatimIsDead = false; // a fence was never closed: none will be
    RichBuilder m_out;
};

} // namespace

RichMessage readTelegramHtml(const QString& html)
{
    return HtmlReader().read(html.left(longestMarkup));
}

RichMessage readTelegramMarkdown(const QString& markdown)
{
    return MarkdownReader(markdown.left(longestMarkup)).read();
}

RichMessage readTelegram(const QString& text, const QString& parseMode)
{
    if (parseMode.compare(u"HTML", Qt::CaseInsensitive) == 0)
        return readTelegramHtml(text);
    if (parseMode.startsWith(u"Markdown", Qt::CaseInsensitive))
        return readTelegramMarkdown(text);
    RichBuilder builder;
    builder.add(text.left(longestMarkup));
    return builder.take();
}

} // namespace carillon::ui
