// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/content/TelegramText.h"

#include <QCoreApplication>
#include <QHash>

#include <optional>

namespace carillon {

namespace {

using Mark = RichText::Mark;

constexpr qsizetype maxNesting = 100;

QString tr(const char* text)
{
    return QCoreApplication::translate("TelegramText", text);
}

const QHash<QString, Mark>& marksOfTags()
{
    static const QHash<QString, Mark> marks = {
        {QStringLiteral("b"), Mark::Bold},       {QStringLiteral("strong"), Mark::Bold},
        {QStringLiteral("i"), Mark::Italic},     {QStringLiteral("em"), Mark::Italic},
        {QStringLiteral("u"), Mark::Underline},  {QStringLiteral("ins"), Mark::Underline},
        {QStringLiteral("s"), Mark::Strike},     {QStringLiteral("strike"), Mark::Strike},
        {QStringLiteral("del"), Mark::Strike},   {QStringLiteral("tg-spoiler"), Mark::Spoiler},
        {QStringLiteral("span"), Mark::Spoiler}, {QStringLiteral("code"), Mark::Code},
        {QStringLiteral("pre"), Mark::Block},    {QStringLiteral("blockquote"), Mark::Quote},
        {QStringLiteral("a"), Mark::Link},       {QStringLiteral("tg-emoji"), Mark::Emoji},
        {QStringLiteral("tg-time"), Mark::Time},
    };
    return marks;
}

// What to write in place of a tag that every other HTML has.
QString insteadOf(const QString& tag)
{
    if (tag == QStringLiteral("br") || tag == QStringLiteral("br/"))
        return tr("write a line break");
    if (tag == QStringLiteral("p") || tag == QStringLiteral("div"))
        return tr("leave an empty line between paragraphs");
    if (tag == QStringLiteral("li") || tag == QStringLiteral("ul") || tag == QStringLiteral("ol"))
        return tr("write each item on a line of its own, with “• ” before it");
    if (tag == QStringLiteral("img") || tag == QStringLiteral("img/"))
        return tr("use the part “photo”");
    if (tag.size() == 2 && tag[0] == u'h' && tag[1].isDigit())
        return tr("use <b>");
    if (tag.isEmpty() || !tag[0].isLetter())
        return tr("a < that is text must be written as &lt;");
    return tr("its tags are b, i, u, s, a, code, pre, blockquote, tg-spoiler and tg-emoji");
}

class HtmlText {
public:
    explicit HtmlText(const QString& html)
        : m_html(html)
    {
    }

    Result<RichText> run()
    {
        while (m_at < m_html.size()) {
            const QChar c = m_html[m_at];
            if (c == u'&') {
                m_maker.text(entity(m_at));
            } else if (c == u'<') {
                if (Status status = tag(); !status)
                    return fail(status.error());
                if (m_open.size() > maxNesting)
                    return fail(telegramError(m_html, m_at, tr("More than %1 tags are open.").arg(maxNesting)));
            } else {
                m_maker.text(QStringView(m_html).mid(m_at++, 1));
            }
        }
        if (!m_open.isEmpty())
            return fail(telegramError(m_html, m_open.last().at, tr("<%1> is never closed.").arg(m_open.last().name)));
        return m_maker.take();
    }

private:
    struct Tag {
        QString name;
        qsizetype at = 0;
        bool hasMark = false;
    };

    bool isEnd(qsizetype at) const { return at >= m_html.size(); }

    // The character that an entity at `at` stands for, or the & itself; `at` goes behind it. Telegram knows four names.
    QString entity(qsizetype& at) const
    {
        qsizetype end = at + 1;
        if (end < m_html.size() && m_html[end] == u'#')
            return numericEntity(at);
        while (end < m_html.size() && m_html[end].unicode() < 128 && m_html[end].isLetter())
            ++end;
        const QStringView name = QStringView(m_html).mid(at + 1, end - at - 1);
        const QChar c = name == u"lt" ? u'<' : name == u"gt" ? u'>' : name == u"amp" ? u'&' : name == u"quot" ? u'"' : u'\0';
        if (c.isNull()) {
            ++at;
            return QStringLiteral("&");
        }
        at = end + (end < m_html.size() && m_html[end] == u';');
        return c;
    }

    QString numericEntity(qsizetype& at) const
    {
        constexpr qsizetype longest = 10;
        const bool isHex = at + 2 < m_html.size() && m_html[at + 2] == u'x';
        qsizetype end = at + (isHex ? 3 : 2);
        char32_t code = 0;
        for (; end < m_html.size() && end - at < longest; ++end) {
            bool isDigit = false;
            const uint digit = QStringView(m_html).mid(end, 1).toUInt(&isDigit, isHex ? 16 : 10);
            if (!isDigit)
                break;
            code = code * (isHex ? 16 : 10) + digit;
        }
        if (code == 0 || code >= 0x10ffff || end - at >= longest || QChar::isSurrogate(code)) {
            ++at;
            return QStringLiteral("&");
        }
        at = end + (end < m_html.size() && m_html[end] == u';');
        return QString::fromUcs4(&code, 1);
    }

    void skipBlanks()
    {
        while (!isEnd(m_at) && isBlank(m_html[m_at]))
            ++m_at;
    }

    static bool isBlank(QChar c) { return c == u' ' || (c >= u'\t' && c <= u'\r'); }

    // Up to a blank or one of `ends`.
    QString word(QStringView ends)
    {
        const qsizetype start = m_at;
        while (!isEnd(m_at) && !isBlank(m_html[m_at]) && !ends.contains(m_html[m_at]))
            ++m_at;
        return m_html.mid(start, m_at - start);
    }

    Status tag()
    {
        const qsizetype start = m_at++;
        if (!isEnd(m_at) && m_html[m_at] == u'/') {
            ++m_at;
            return closingTag(start);
        }
        const QString name = word(u">").toLower();
        if (!marksOfTags().contains(name))
            return fail(
                telegramError(m_html, start, tr("Telegram has no tag <%1>: %2.").arg(name.left(30), insteadOf(name))));
        QHash<QString, QString> attributes;
        for (skipBlanks(); !isEnd(m_at) && m_html[m_at] != u'>'; skipBlanks()) {
            const QString attribute = word(u"=>").toLower();
            const std::optional<QString> value = attributeValue();
            if (attribute.isEmpty() || !value)
                return fail(telegramError(
                    m_html, start, tr("The tag <%1> has an attribute that is not written as name=\"value\".").arg(name)));
            attributes.insert(attribute, *value);
        }
        if (isEnd(m_at))
            return fail(telegramError(m_html, start, tr("The tag <%1> has no >.").arg(name)));
        ++m_at;
        return openTag(name, attributes, start);
    }

    // Behind the attribute's name; empty without =, nothing when it is malformed.
    std::optional<QString> attributeValue()
    {
        skipBlanks();
        if (isEnd(m_at) || m_html[m_at] != u'=')
            return QString();
        ++m_at;
        skipBlanks();
        if (isEnd(m_at))
            return {};
        const QChar quote = m_html[m_at];
        if (quote != u'"' && quote != u'\'') {
            const QString value = word(u">").toLower();
            const bool isName = std::all_of(value.begin(), value.end(), [](QChar c) {
                return c.unicode() < 128 && (c.isLetterOrNumber() || c == u'.' || c == u'-');
            });
            return isName ? std::optional(value) : std::nullopt;
        }
        ++m_at;
        QString value;
        while (!isEnd(m_at) && m_html[m_at] != quote)
            value += m_html[m_at] == u'&' ? entity(m_at) : QString(m_html[m_at++]);
        if (isEnd(m_at))
            return {};
        ++m_at;
        return value;
    }

    Status openTag(const QString& name, const QHash<QString, QString>& attributes, qsizetype start)
    {
        const auto value = [&](const char* key) { return attributes.value(QString::fromLatin1(key)); };
        Tag tag{name, start, true};
        const Mark mark = marksOfTags()[name];
        if (name == QStringLiteral("span") && value("class") != QStringLiteral("tg-spoiler"))
            return fail(telegramError(m_html, start, tr("<span> is only for spoilers: <span class=\"tg-spoiler\">.")));
        if (mark == Mark::Emoji && value("emoji-id").isEmpty())
            return fail(telegramError(m_html, start, tr("<tg-emoji> needs an emoji-id.")));
        const RichText::Span* outer = m_maker.innermost();
        if (mark == Mark::Code && outer && outer->mark == Mark::Block) {
            tag.hasMark = false; // <pre><code class="language-cpp">: one block
            if (value("class").startsWith(QStringLiteral("language-")) && outer->begin == m_maker.written().size())
                m_maker.setArgument(value("class").mid(9));
        } else if (mark == Mark::Quote && attributes.contains(QStringLiteral("expandable"))) {
            m_maker.open(Mark::LongQuote);
        } else if (mark == Mark::Time) {
            m_maker.open(mark,
                         QStringLiteral("unix=\"%1\" format=\"%2\"")
                             .arg(value("unix").toHtmlEscaped(), value("format").toHtmlEscaped()));
        } else {
            m_maker.open(mark, mark == Mark::Link ? value("href") : mark == Mark::Emoji ? value("emoji-id") : QString());
        }
        m_open << tag;
        return {};
    }

    Status closingTag(qsizetype start)
    {
        const QString name = word(u">").toLower();
        skipBlanks();
        if (isEnd(m_at) || m_html[m_at] != u'>')
            return fail(telegramError(m_html, start, tr("The tag </%1> has no >.").arg(name.left(30))));
        ++m_at;
        if (m_open.isEmpty())
            return fail(telegramError(m_html, start, tr("</%1> closes nothing.").arg(name.left(30))));
        const Tag tag = m_open.takeLast();
        if (!name.isEmpty() && name != tag.name)
            return fail(
                telegramError(m_html, start, tr("</%1> stands where </%2> must come first.").arg(name.left(30), tag.name)));
        if (tag.hasMark)
            closeMark();
        return {};
    }

    // A link without an address leads to what it shows.
    void closeMark()
    {
        const RichText::Span* span = m_maker.innermost();
        if (span && span->mark == Mark::Link && span->argument.isEmpty())
            m_maker.setArgument(m_maker.written().mid(span->begin));
        m_maker.close();
    }

    const QString& m_html;
    qsizetype m_at = 0;
    QList<Tag> m_open;
    RichTextMaker m_maker;
};

} // namespace

Error telegramError(QStringView text, qsizetype at, const QString& sentence)
{
    const QStringView before = text.left(at);
    const qsizetype line = before.count(u'\n') + 1;
    const qsizetype column = at - before.lastIndexOf(u'\n');
    return {ErrorCode::InvalidInput, tr("Line %1, column %2: %3").arg(line).arg(column).arg(sentence),
            QStringLiteral("text")};
}

Result<RichText> readTelegramHtml(const QString& html)
{
    return HtmlText(html).run();
}

} // namespace carillon
